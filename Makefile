# Two commands do everything on a fresh machine: `make kit` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/trygg-natt/project.yaml
RETURNED := examples/trygg-natt/returned

# The many processes of the tests start from bytecode, wherever make was called from.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help kit test test-office lint templates bench scale fuzz fuzz-reading kills judge clean

help:
	@echo "make kit        environment, install, then the whole main job on the example: kit/ and results/"
	@echo "make test       the test suite (no LibreOffice needed)"
	@echo "make test-office  the tests that need LibreOffice"
	@echo "make lint       style, types, layers"
	@echo "make templates  build the Office templates from their sheets"
	@echo "make bench      speed, as ratios to named baselines"
	@echo "make scale      100,000 returned files collected, here and through Dask; FILES=2000 for fewer"
	@echo "make fuzz       100,000 mutated templates; CASES=1000 for fewer, FIRST=500000 for others"
	@echo "make kills      collecting killed 1,000 times at random moments; KILLS=50 for fewer"
	@echo "make fuzz-reading  100,000 mutated returned files; CASES=1000 for fewer"
	@echo "make judge      quick validators over every file the tests fill (needs ../shared/judges);"
	@echo "                ALL=1 for the slow ones too, LibreOffice among them: about an hour;"
	@echo "                KEPT=FOLDER goes on with the files that an earlier run kept there"
	@echo "make clean      remove what the commands above made"

$(VENV)/.ready: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=python3.12")'
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

kit: $(VENV)/.ready
	@$(BIN)/toolkit check $(EXAMPLE)
	@$(BIN)/toolkit generate $(EXAMPLE) -o kit
	@$(BIN)/toolkit generate $(EXAMPLE) -o kit --lang fi
	@$(BIN)/python scripts/pictures.py kit
	@# 3: some files came back damaged, as they do; what was found is told
	@$(BIN)/toolkit collect $(RETURNED) -o results --project $(EXAMPLE) || [ $$? -eq 3 ]
	@$(BIN)/toolkit present results --project $(EXAMPLE) -o results/status.pptx

test: $(VENV)/.ready
	$(BIN)/python -m pytest -m "not office" -n auto --dist loadfile

test-office: $(VENV)/.ready
	$(BIN)/python -m pytest -m office

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

templates: $(VENV)/.ready
	$(BIN)/toolkit templates build

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks

scale: $(VENV)/.ready
	$(BIN)/python -m benchmarks.collect --dask --files $(or $(FILES),100000)

kills: $(VENV)/.ready
	$(BIN)/python -m benchmarks.kills --kills $(or $(KILLS),1000)

fuzz: $(VENV)/.ready
	$(BIN)/python -m benchmarks.fuzz $(or $(CASES),100000) --first $(or $(FIRST),0)

fuzz-reading: $(VENV)/.ready
	$(BIN)/python -m benchmarks.fuzz_reading $(or $(CASES),100000)

judge: $(VENV)/.ready
	$(BIN)/python scripts/judge.py $(if $(ALL),--all) $(if $(KEPT),--kept --outputs $(KEPT))

clean:
	rm -rf $(VENV) kit results dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

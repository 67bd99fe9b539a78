"""Pictures of every page of a folder of Office files, and one contact sheet.

In: a folder, and the file the contact sheet goes to (``<folder>-pictures/contact-sheet.png``
unless another is named). Out: ``<folder>-pictures/<file>/page-01.png ...`` and the sheet, which
shows one language, one copy of each document and its first pages. Needs LibreOffice (soffice) and
poppler (pdftoppm); where they are missing it says so and does nothing.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

SUFFIXES = {".docx", ".pptx", ".xlsx"}
THUMB = (240, 180)
FIRST_PAGES = {".docx": 5, ".pptx": 15, ".xlsx": 8}
COLUMNS = 9
BATCH = 30
GAP = 10


def asked() -> argparse.Namespace:
    told = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    told.add_argument("folder", type=folder_of, help="a folder of Office files")
    told.add_argument("sheet", type=Path, nargs="?", help="the file the contact sheet goes to")
    return told.parse_args()


def folder_of(path: str) -> Path:
    """A folder that is there; argparse says it where it is not."""
    if not Path(path).is_dir():
        raise argparse.ArgumentTypeError(f"{path} is not a folder")
    return Path(path)


def main(folder: Path, sheet: Path | None = None) -> int:
    """Draws the pages; returns the exit code."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        say("No pictures: LibreOffice and poppler are not installed here.")
        return 0
    out = folder.with_name(folder.name + "-pictures")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    files = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES)
    with tempfile.TemporaryDirectory() as scratch:
        pages = {file: draw(pdf, out / file.stem) for file, pdf in printed(files, Path(scratch))}
    sheet = sheet or out / "contact-sheet.png"
    contact_sheet(chosen(pages)).save(sheet, optimize=True)
    say(f"Pages drawn: {sum(map(len, pages.values()))}. Look at {sheet} and {out}")
    return 0


def printed(files: list[Path], scratch: Path) -> list[tuple[Path, Path]]:
    """Each file with its PDF; many files share one start of LibreOffice."""
    home = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    found = []
    for suffix in sorted(SUFFIXES):
        out = scratch / suffix[1:]
        group = [file for file in files if file.suffix == suffix]
        for start in range(0, len(group), BATCH):
            some = map(str, group[start : start + BATCH])
            run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(out), *some)
        found += [(file, out / f"{file.stem}.pdf") for file in group]
    return sorted(found)


def draw(pdf: Path, out: Path) -> list[Path]:
    """The pages of a PDF as PNG, in order, added to those of files of the same name."""
    out.mkdir(parents=True, exist_ok=True)
    stem = out / (pdf.parent.name + "-page")
    run("pdftoppm", "-r", "60", "-png", str(pdf), str(stem))
    return sorted(out.glob(f"{stem.name}*.png"))


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def chosen(pages: dict[Path, list[Path]]) -> list[Path]:
    """The first pages of one copy of each document, in the language that sorts with ``nb``."""
    documents: dict[tuple[str, str], list[Path]] = {}
    in_norwegian = {file: p for file, p in pages.items() if "_nb" in file.stem} or pages
    for file, drawn in in_norwegian.items():
        number = file.stem.partition("_")[0]
        documents.setdefault((number, file.suffix), drawn[: FIRST_PAGES[file.suffix]])
    return [page for drawn in documents.values() for page in drawn]


def contact_sheet(pages: list[Path]) -> Image.Image:
    """The pages as thumbnails on one sheet."""
    rows = math.ceil(len(pages) / COLUMNS)
    size = (COLUMNS * (THUMB[0] + GAP) + GAP, rows * (THUMB[1] + GAP) + GAP)
    sheet = Image.new("RGB", size, "#e8eaed")
    for n, page in enumerate(pages):
        with Image.open(page) as picture:
            thumb = picture.convert("RGB")
        thumb.thumbnail(THUMB, Image.Resampling.LANCZOS)
        x = GAP + n % COLUMNS * (THUMB[0] + GAP) + (THUMB[0] - thumb.width) // 2
        y = GAP + n // COLUMNS * (THUMB[1] + GAP) + (THUMB[1] - thumb.height) // 2
        sheet.paste(thumb, (x, y))
    return sheet.quantize(160)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(**vars(asked())))

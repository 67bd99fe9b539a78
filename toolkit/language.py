"""Language: labels, dates, numbers and money in nb, da, sv, fi and en.

In: ``data/terms.tsv`` and ``data/terms-more.tsv`` (key and five labels a row) and
``data/locales.tsv`` (what CLDR says of the five languages; a test holds it against Babel). Out:
frozen ``Labels`` of one language. No label stands in code: code holds keys.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from toolkit.finding import LANGUAGES

NBSP = "\u00a0"
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "ð": "d", "þ": "th", "đ": "d"})

Number = int | float | Decimal
Day = date


@dataclass(frozen=True)
class Labels:
    """The labels of one language, and its way to write dates, numbers and money."""

    lang: str
    texts: Mapping[str, str]
    locale: Mapping[str, str]

    @staticmethod
    def load(language: str) -> Labels:
        """The labels of ``nb``, ``da``, ``sv``, ``fi`` or ``en``; KeyError for another."""
        return _labels(language)

    @property
    def tag(self) -> str:
        """The language as BCP 47 with its country: ``nb-NO``."""
        return self.locale["tag"]

    def t(self, key: str, **params: object) -> str:
        """The label of a key, its ``{n}`` filled; KeyError where no such key exists."""
        text = self.texts[key]
        return text.format_map(params) if params else text

    def has(self, key: str) -> bool:
        """Whether the table holds the key."""
        return key in self.texts

    def swap(self, text: str) -> str | None:
        """A whole Norwegian label in this language; None for other text and for homonyms."""
        found = self._swaps.get(text)
        if found is not None or not text:
            return found
        inner = text.replace(NBSP, " ").strip()
        found = self._swaps.get(inner)
        if found is None or NBSP in text.strip():
            return found
        return text.replace(inner, found)

    @property
    def homonyms(self) -> frozenset[str]:
        """Norwegian labels with two translations: they need ``{{ t('key') }}``."""
        return _homonyms()

    @cached_property
    def _swaps(self) -> Mapping[str, str]:
        norwegian = _labels("nb").texts
        return {
            norwegian[key]: text
            for key, text in self.texts.items()
            if norwegian[key] not in _homonyms()
        }

    @cached_property
    def edition(self) -> str:
        """A name for what ``swap`` and the formats give: it changes when the tables change."""
        told = repr((sorted(self._swaps.items()), sorted(self.locale.items())))
        return f"{sha256(told.encode()).hexdigest()[:32]} {Path(__file__).stat().st_mtime_ns}"

    def options(self, name: str) -> tuple[tuple[str, str], ...]:
        """The (key, label) pairs of an option list, in order.

        ``phase`` is ``o.phase.*``; a name without options is a family of labels: ``r`` gives the
        roles ``r.*``, ``j`` the parts of a service journey.
        """
        return tuple((key, self.texts[prefix + key]) for prefix, key in _members(name))

    def label(self, name: str, key: str) -> str:
        """The label of one option: ``label("status", "done")``; KeyError where there is none."""
        return self.texts[f"{_prefix(name)}{key}"]

    def key_of(self, name: str, label: str) -> str | None:
        """The option a text names, whatever its case, outer blanks and language; else None.

        Labels are unique inside a list over all five languages (a test holds that), so the
        language of the file decides nothing.
        """
        return label_keys(name).get(_folded(label))

    # --- dates --------------------------------------------------------------------------

    def date(self, day: Day) -> str:
        """A date the country's short way: 12.01.2026, 2026-01-12, 12/01/2026."""
        return _dated(self.locale["date"], day)

    def day_month(self, day: Day) -> str:
        """Day and month: 12. januar, 12. tammikuuta, 12 January."""
        return self.locale["day_month"].format(day.day, self._month(day))

    def month_year(self, day: Day) -> str:
        """Month and year: januar 2026."""
        return f"{self._month(day)} {day.year}"

    def long_date(self, day: Day) -> str:
        """The whole date in words: 12. januar 2026."""
        return f"{self.day_month(day)} {day.year}"

    def _month(self, day: Day) -> str:
        return self.locale[f"month.{day.month}"]

    # --- numbers ------------------------------------------------------------------------

    def number(self, value: Number, decimals: int | None = None) -> str:
        """A number with the language's separators; without ``decimals`` at most three of them."""
        text = f"{rounded(value, 3 if decimals is None else decimals):,f}"
        if decimals is None and "." in text:
            text = text.rstrip("0").rstrip(".")
        return self._separated(text)

    def percent(self, value: Number, decimals: int | None = None) -> str:
        """A percentage given as 0–100: 97,2 %."""
        return self.locale["percent"].format(self.number(value, decimals))

    def money(self, value: Number, currency: str = "", decimals: int = 0) -> str:
        """An amount in whole units with its currency: 520 000 kr, €520,000."""
        exact, symbol = rounded(value, decimals), self.currency(currency)
        amount = self.number(exact.copy_abs(), decimals)
        text = self._priced(amount, symbol) if symbol else amount
        return self.locale["minus"] + text if exact < 0 else text

    def currency(self, code: str) -> str:
        """The sign a currency has in this language: kr, DKK, €."""
        if not code or f"currency.{code}" in self.locale:
            return self.locale.get(f"currency.{code}", "")
        from babel.numbers import get_currency_symbol  # a rare currency: let CLDR itself answer

        return get_currency_symbol(code, self.tag.replace("-", "_"))

    def _separated(self, text: str) -> str:
        signs = {",": self.locale["group"], ".": self.locale["decimal"], "-": self.locale["minus"]}
        return "".join(signs.get(letter, letter) for letter in text)

    def number_format(self, code: str, currency: str = "NOK") -> str:
        """An Excel number format of a Norwegian template in this language.

        Dates follow the country, ``"kr"`` becomes the sign of ``currency`` on the side where the
        language puts it, ``[$-414]`` the language's own month names.
        """
        swapped = code.replace(_labels("nb").locale["date"], self.locale["date"])
        swapped = swapped.replace("[$-414]", f"[$-{self.locale['lcid']}]")
        return ";".join(self._money_section(section, currency) for section in swapped.split(";"))

    def _money_section(self, section: str, currency: str) -> str:
        if '" %"' in section:
            return section.replace('" %"', f'"{self.locale["percent"].format("")}"')
        plain = section.replace(NBSP, " ").replace(' "kr"', "").replace('" kr"', "")
        if plain == section:
            return section
        before, _, after = self._priced("#", self.currency(currency)).partition("#")
        minus = "-" if plain.startswith("-") else ""
        head = plain[: plain.index("]") + 1] if plain.startswith("[") else minus  # [<100]
        literals = [f'"{text}"' if text else "" for text in (before, after)]
        return f"{head}{literals[0]}{plain.removeprefix(head)}{literals[1]}"

    def _priced(self, amount: str, symbol: str) -> str:
        text = self.locale["money"].format(amount, symbol)
        tight = text.startswith(symbol) and not symbol.isalpha()
        return text.replace(NBSP, "", 1) if tight else text

    # --- words --------------------------------------------------------------------------

    def join_and(self, items: Iterable[str]) -> str:
        """A list in a sentence: a, b og c."""
        texts = list(items)
        if len(texts) < 2:
            return "".join(texts)
        return self.locale["and"].format(", ".join(texts[:-1]), texts[-1])

    def quoted(self, text: str) -> str:
        """A text in the language's quotation marks: «…», ”…”."""
        return self.locale["quote"].format(text)


def rounded(value: Number, decimals: int = 0) -> Decimal:
    """A value for display, rounded half away from zero."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    result = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return result if result else abs(result)


def slug(text: str) -> str:
    """A text as part of a file name: small ASCII letters, digits and hyphens (SPEC 2.1)."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in letters).split()
    return "-".join(words)


@cache
def option_keys(name: str) -> tuple[str, ...]:
    """The keys of an option list, in order; empty where there is no such list."""
    return tuple(key for _, key in _members(name))


@cache
def label_keys(name: str) -> Mapping[str, str]:
    """Every label of an option list in five languages, trimmed and in small letters -> its key."""
    every = (_labels(language).options(name) for language in LANGUAGES)
    return {_folded(text): key for options in every for key, text in options}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _dated(pattern: str, day: Day) -> str:
    text = pattern.replace("yyyy", f"{day.year:04}")
    text = text.replace("mm", f"{day.month:02}").replace("dd", f"{day.day:02}")
    return text.replace("m", f"{day.month}").replace("d", f"{day.day}")


@cache
def _prefix(name: str) -> str:
    return f"o.{name}." if any(key.startswith(f"o.{name}.") for key in _keys()) else f"{name}."


def _members(name: str) -> tuple[tuple[str, str], ...]:
    return _families().get(_prefix(name), ())


@cache
def _families() -> Mapping[str, tuple[tuple[str, str], ...]]:
    families: dict[str, list[tuple[str, str]]] = {}
    for key in _keys():
        parts = key.split(".")
        prefix = ".".join(parts[: 2 if parts[0] == "o" else 1]) + "."
        families.setdefault(prefix, []).append((prefix, key.removeprefix(prefix)))
    return {prefix: tuple(members) for prefix, members in families.items()}


def _keys() -> Sequence[str]:
    return tuple(_labels("nb").texts)


@cache
def _labels(language: str) -> Labels:
    column = LANGUAGES.index(language) + 1 if language in LANGUAGES else 0
    if not column:
        raise KeyError(language)
    texts = {row[0]: row[column] for row in _rows("terms.tsv") + _rows("terms-more.tsv")}
    locale = {row[0]: row[column].replace("nbsp", NBSP) for row in _rows("locales.tsv")}
    return Labels(language, texts, locale)


@cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    text = (files("toolkit") / "data" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:] if line)


@cache
def _homonyms() -> frozenset[str]:
    seen: dict[str, tuple[str, ...]] = {}
    found = set()
    for _, norwegian, *others in _rows("terms.tsv") + _rows("terms-more.tsv"):
        if seen.setdefault(norwegian, tuple(others)) != tuple(others):
            found.add(norwegian)
    return frozenset(found)

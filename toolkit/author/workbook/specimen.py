"""A specimen: every part of the workbooks in one file, in three brands, to look at.

In: a folder and a language. Out: one workbook a brand: the toolkit's own, a light yellow, a dark
blue. What stands in it is invented here; what it looks like is what every kit looks like.
``python -m toolkit.author.workbook.specimen FOLDER`` writes them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.author.specimens import BRANDS
from toolkit.author.workbook import build
from toolkit.document import Document, load_document, shipped_templates
from toolkit.language import Labels, option_keys
from toolkit.office import Localisation, fill

LISTS = (
    *("probability", "consequence", "risk_level", "risk_category", "cia", "strategy", "status"),
    *("stakeholder_group", "org_level", "level4", "attitude", "involvement", "quadrant"),
    *("channel", "frequency", "phase"),
)
RISKS = (  # the worst first: hazard, probability, consequence, the same two after measures
    *(("Sensor er slått av", 4, 4, 2, 3), ("Varsel når ikke fram", 3, 5, 2, 5)),
    *(("Journalbytte samtidig", 4, 3, 1, 3), ("Pårørende tror at noen ser på", 4, 2, 0, 0)),
    ("Strømbrudd i boligen", 3, 2, 2, 2),
)
SCORES = ("probability", "consequence", "probability_after", "consequence_after")
STAKEHOLDERS = (  # name, interest, influence, degree and attitude as places in their lists
    *(("Nattevakter", 3, 3, 3, 1), ("Avdelingsledere", 3, 3, 3, 3), ("Pårørende", 3, 1, 3, 3)),
    *(("Hovedutvalg for helse og mestring", 1, 3, 1, 2), ("Fastleger", 1, 1, 1, 2)),
    ("Leverandør av tilsynsløsning", 3, 2, 2, 4),
)
MEETINGS = ((0, 3), (0, 3), (0, 2), (0, 4), (1, 3))  # phase, level

MATRIX = ("gggyo", "ggyoo", "gyoor", "yoorr", "oorrr")  # probability 1-5, consequence 1-5
SYSTEM = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
)

Row = dict[str, Any]


def specimens(folder: Path, language: str = "nb") -> tuple[Path, ...]:
    """Writes one workbook a brand into a folder; the files written."""
    labels, document = Labels.load(language), specimen_document()
    template, data = build(document, Labels.load("nb")), specimen_context(document, labels)
    local = Localisation(labels.tag, labels.swap, labels.number_format)
    made = []
    for name, brand in BRANDS.items():
        out = folder / f"xlsx-{name}{'' if language == 'nb' else f'-{language}'}.xlsx"
        words = {"t": labels.t}
        fill(template, data, out, localisation=local, theme=brand.theme, globals=words)
        made.append(out)
    return tuple(made)


def specimen_document() -> Document:
    """The risk analysis and the stakeholder analysis in one workbook."""
    folder = shipped_templates() / "xlsx"
    risks, others = (load_document(folder / f"{name}.yaml") for name in ("ros", "stakeholders"))
    return risks.model_copy(update={"sections": {**risks.sections, **others.sections}})


def specimen_context(document: Document, labels: Labels) -> Row:
    """Plain data for the specimen, in the language of the labels."""
    lists = {name: [text for _, text in labels.options(name)] for name in LISTS}
    lists |= {
        "role": ["Prosjektleder", "Avdelingsleder"],
        "stakeholder": [s[0] for s in STAKEHOLDERS],
    }
    matrix = [[_level(labels, p, c) for c in range(1, 6)] for p in range(1, 6)]
    risks = [_risk(labels, number, risk) for number, risk in enumerate(RISKS, 1)]
    definitions = {
        scale: [text for _, text in labels.options(f"{scale}_def")]
        for scale in ("probability", "consequence")
    }
    tables = {"risks": risks, "stakeholders": _stakeholders(lists), "stakeholder_actions": []}
    tables |= {"actions": [], "anchor_log": [_meeting(lists, *m) for m in MEETINGS]}
    return {
        "lists": lists,
        "tables": {key: _complete(document, key, rows) for key, rows in tables.items()},
        "view": {
            "risks": {
                **{"matrix": matrix, "definitions": definitions},
                **{"worst": risks, "moved": _moved(risks)},
            }
        },
        **_head(labels),
    }


def _head(labels: Labels) -> Row:
    info = dict.fromkeys(("unit", "filled_role", "sponsor", "version"), "")
    info |= {"document": labels.t("d.23"), "project_name": "Trygg natt", "return_by": ""}
    info |= {"organisation": "Fjordvik kommune", "phase": labels.label("phase", "p1")}
    info |= {"project_leader": "Prosjektleder", "return_to": "prosjekt@fjordvik.example"}
    identity = dict.fromkeys(SYSTEM, "specimen")
    meta = [{"key": key, "value": value} for key, value in identity.items()]
    return {"info": info, "identity": identity, "meta": meta, "branding": {"logo": None}}


def _level(labels: Labels, probability: int, consequence: int) -> str | None:
    if not (probability and consequence):
        return None
    letter = MATRIX[probability - 1][consequence - 1]
    key = next(key for key in option_keys("risk_level") if key.startswith(letter))
    return labels.label("risk_level", key)


def _risk(labels: Labels, number: int, risk: tuple[str, int, int, int, int]) -> Row:
    hazard, *scores = risk
    words = {
        name: labels.label(name.removesuffix("_after"), str(score)) if score else None
        for name, score in zip(SCORES, scores, strict=True)
    }
    return words | {
        **{"id": f"ri{number:02}", "hazard": hazard, "deadline": date(2027, number, 15)},
        **{"risk_value": scores[0] * scores[1], "residual_value": scores[2] * scores[3] or None},
        "risk_level": _level(labels, scores[0], scores[1]),
        "residual_level": _level(labels, scores[2], scores[3]),
    }


def _moved(risks: list[Row]) -> list[Row]:
    """The risks whose value falls, the largest fall first, with their scores as numbers."""
    rows = [
        risk | dict(zip(SCORES, scores, strict=True))
        for risk, (_, *scores) in zip(risks, RISKS, strict=True)
        if risk["residual_value"]
    ]
    return sorted(rows, key=lambda row: row["residual_value"] - row["risk_value"])


def _stakeholders(lists: dict[str, list[str]]) -> list[Row]:
    return [_stakeholder(lists, f"st{n:02}", *own) for n, own in enumerate(STAKEHOLDERS, 1)]


def _stakeholder(lists: dict[str, list[str]], key: str, name: str, *places: int) -> Row:
    interest, influence, degree, attitude = places
    quadrants = option_keys("quadrant")
    quadrant = ("monitor", "inform", "satisfy", "engage")[(influence > 1) * 2 + (interest > 1)]
    level = lists["level4"]
    return {
        **{"id": key, "name": name, "stakeholder": name, "interest": level[interest]},
        **{"influence": level[influence], "affected_degree": level[degree]},
        **{"attitude_now": lists["attitude"][attitude], "attitude_wanted": lists["attitude"][4]},
        **{"priority_score": (interest + 1) * (influence + 1), "attitude_gap": 4 - attitude},
        "quadrant": lists["quadrant"][quadrants.index(quadrant)],
    }


def _meeting(lists: dict[str, list[str]], phase: int, level: int) -> Row:
    return {"id": None, "phase": lists["phase"][phase], "org_level": lists["org_level"][level]}


def _complete(document: Document, key: str, rows: list[Row]) -> list[Row]:
    """The rows with an entry for every column of their sheet."""
    section = document.sections.get(f"s.{key}")
    names = ["id", "comment", *(field.name for field in section.columns)] if section else []
    return [dict.fromkeys(names) | row for row in rows]


if __name__ == "__main__":
    specimens(Path(sys.argv[1]))

"""What comes back that cannot be read, or adds nothing: copies, damage, files of others.

In: nothing. Out: sendings.
"""

from __future__ import annotations

from datetime import date

from returning.plan import Put, Sending, Source, Told, do, level

NORD = "03_gevinstrealisering_nb_hjemmetjenesten-sone-nord"
USER = "16_evaluering-av-pilot_nb_bruker_1.docx"
SHIFTS = (
    ("Dato", "Vakt", "Enhet", "Antall"),
    ("28.06.2027", "Natt", "Sone Nord", 2),
    ("29.06.2027", "Natt", "Sone Nord", 2),
    ("30.06.2027", "Natt", "Bryggen", 1),
)


def rejected(name: str, reason: str, done: str, expect: str, **more: object) -> Sending:
    """A file that is not read."""
    return Sending(
        name=name,
        done=done,
        expect=expect,
        status="rejected",
        reason=reason,
        told=(Told(reason),),
        **{"source": None, **more},  # type: ignore[arg-type]
    )


SPOILED = (
    Sending(
        name="Kopi av 16_evaluering-av-pilot_nb_bruker_1.docx",
        source=None,
        twin=USER,
        spoil="copy",
        done="The same file once more, under another name",
        expect="One of the two is read, the other is a duplicate",
        status="duplicate",
        reason="file-duplicate",
    ),
    rejected(
        f"{NORD} (ny).xlsx",
        "file-damaged",
        "Cut off after two thirds, as by a broken transfer",
        "Rejected as damaged",
        twin=f"{NORD}.xlsx",
        spoil="truncate",
    ),
    rejected(
        "02_interessentanalyse økonomi.xlsx",
        "file-password",
        "Saved with a password",
        "Rejected: locked with a password",
        source=Source("d.02"),
        password="natt",
        by="Økonomirådgiver",
        role="ro14",
        day=date(2026, 2, 17),
        steps=(Put("stakeholders", "st06", "f.interest", level("large")),),
    ),
    rejected(
        "23_ros-analyse_nb (Lillevik).xlsx",
        "file-other-project",
        "The risk analysis of another project",
        "Rejected: belongs to another project",
        source=Source("d.23", project="minimal"),
        steps=(),
    ),
    rejected(
        "Vaktliste natt uke 26.xlsx",
        "file-foreign",
        "A workbook that has nothing to do with the kit",
        "Rejected as foreign",
        steps=(do("cells", sheet="Vaktliste", rows=[list(row) for row in SHIFTS]),),
    ),
    rejected(
        "16_evaluering-av-pilot_nb_ansatt (tom).xlsx",
        "returned-empty",
        "Nothing in it: 0 bytes",
        "Rejected as empty",
        spoil="empty",
    ),
    rejected(
        "Les meg først.txt",
        "skipped-other",
        "A note beside the files",
        "Rejected: no workbook and no Word document",
        spoil="note",
    ),
    Sending(
        name="~$_evaluering-av-pilot_nb_leder_2.docx",
        source=None,
        spoil="lock",
        done="The lock file Word leaves beside an open document",
        expect="Told as a lock file and counted nowhere",
        status="aside",
        reason="skipped-lock",
        told=(Told("skipped-lock"),),
    ),
)


def sendings() -> list[Sending]:
    """What came back and is not read."""
    return list(SPOILED)

"""Who does what, as three units see it: document d.12, September 2026.

In: nothing. Out: sendings. Bryggen contradicts the two others about who answers for an alarm (h07);
all three agree on who answers for h13, which was sent out without.
"""

from __future__ import annotations

from datetime import date

from returning.plan import Put, Sending, Source, Step, Typed, do, puts

TABLE = "huki"


def nord() -> Sending:
    """Confirms what was sent out; renames the sheet."""
    steps: tuple[Step, ...] = (
        Put(TABLE, "h13", "ro02", "H/U"),
        *puts("roles", "ro05", {"description": "Lærer opp kolleger og hjelper på vakt"}),
        *puts("roles", "ro08", {"description": "Tar imot varsler og vurderer dem"}),
        do("rename_sheet", table=TABLE, to="Ansvar sone Nord"),
    )
    return Sending(
        name="12_rolle-og-ansvarsmatrise-huki_nb_hjemmetjenesten-sone-nord.xlsx",
        source=Source("d.12", "un01"),
        done="Sheet renamed; h13 got its H; the letters of h07 left as they were sent",
        expect="H/U for ro08 in h07 is confirmed",
        by="Avdelingsleder, sone Nord",
        role="ro04",
        day=date(2026, 9, 8),
        steps=steps,
    )


def bryggen() -> Sending:
    """Contradicts; in an old format; a letter of the other alphabet."""
    return Sending(
        name="12_rolle-og-ansvarsmatrise-huki_nb_bryggen-omsorgsboliger.xls",
        source=Source("d.12", "un02"),
        done="Saved as Excel 97–2003; in h07 U for ro08 and H for ro04; “c” for K in h08",
        expect="Conflict in h07 for ro08 (U against H/U) and for ro04 (H against I), all senders "
        "listed",
        by="Avdelingsleder, Bryggen",
        role="ro04",
        day=date(2026, 9, 9),
        steps=(
            Put(TABLE, "h07", "ro08", "U"),
            Put(TABLE, "h07", "ro04", "H"),
            Put(TABLE, "h08", "ro05", Typed("c", "K")),
            Put(TABLE, "h13", "ro02", "H/U"),
        ),
    )


def solsiden() -> Sending:
    """Letters as people type them; columns of roles moved and hidden."""
    return Sending(
        name="12_HUKI_Solsiden.xlsx",
        source=Source("d.12", "un03"),
        done="File renamed; the column of ro11 moved first, those of ro09 and ro10 hidden; letters "
        "typed “h,u” and “u+h”",
        expect="Letters H/U in both cells, each under its role",
        by="Avdelingsleder, Solsiden",
        role="ro04",
        day=date(2026, 9, 11),
        steps=(
            Put(TABLE, "h13", "ro02", Typed("h,u", "H/U")),
            Put(TABLE, "h07", "ro08", Typed("u+h", "H/U")),
            *puts("roles", "ro05", {"description": "Setter opp og tester sensorer"}),
            do("move_column", table=TABLE, field="ro11", before="ro01"),
            do("hide_columns", table=TABLE, fields=["ro09", "ro10"]),
        ),
    )


def sendings() -> list[Sending]:
    """What came back of d.12."""
    return [nord(), bryggen(), solsiden()]

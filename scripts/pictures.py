"""Pictures of every page of a folder of Office files, and one contact sheet.

In: a folder. Out: ``<folder>-pictures/<file>/page-1.png ...`` and ``contact-sheet.png``. Needs
LibreOffice (soffice) and poppler (pdftoppm); where they are missing it says so and does nothing.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

SUFFIXES = {".docx", ".pptx", ".xlsx"}
THUMB = (300, 300)


def main(folder: Path) -> int:
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        say("No pictures: LibreOffice and poppler are not installed here.")
        return 0
    out = folder.with_name(folder.name + "-pictures")
    shutil.rmtree(out, ignore_errors=True)
    files = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES)
    pages = [page for file in files for page in draw(file, out / file.stem)]
    if pages:
        contact_sheet(pages).save(out / "contact-sheet.png", optimize=True)
    say(f"{len(pages)} pages of {len(files)} files: {out / 'contact-sheet.png'}")
    return 0


def draw(file: Path, out: Path) -> list[Path]:
    """The pages of one file as PNG, in order."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        home = f"-env:UserInstallation={Path(profile).as_uri()}"
        run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(file))
    pdf = out / f"{file.stem}.pdf"
    run("pdftoppm", "-r", "60", "-png", str(pdf), str(out / "page"))
    return sorted(out.glob("page*.png"))


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def contact_sheet(pages: list[Path], columns: int = 8) -> Image.Image:
    """All pages as thumbnails on one sheet."""
    rows = math.ceil(len(pages) / columns)
    gap = 12
    sheet = Image.new(
        "RGB", (columns * (THUMB[0] + gap) + gap, rows * (THUMB[1] + gap) + gap), "#e8eaed"
    )
    for n, page in enumerate(pages):
        with Image.open(page) as picture:
            thumb = picture.convert("RGB")
        thumb.thumbnail(THUMB)
        x = gap + n % columns * (THUMB[0] + gap) + (THUMB[0] - thumb.width) // 2
        y = gap + n // columns * (THUMB[1] + gap) + (THUMB[1] - thumb.height) // 2
        sheet.paste(thumb, (x, y))
    return sheet.quantize(128)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""The client: opens files, does what people do, saves them, and says where things stand.

In: a file of jobs (JSON): source, target, password, acts; or lists and fields of a form. Out: a
file beside it with the marks of each job. Run it as ``python3 -m returning.client JOBS OUT`` with a
Python that has UNO.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from returning.book import Book
from returning.letter import fill
from returning.office import Office

Job = dict[str, Any]


def done(office: Office, job: Job) -> dict[str, str]:
    """Do one job; the marks of its cells."""
    document = office.load(job["source"])
    marks = {}
    if "lists" in job:
        fill(document, job["lists"], job["fields"])
    else:
        book = Book(document)
        for act in job["acts"]:
            book.act(act)
        marks = book.marks()
    office.save(document, job["target"], job.get("password", ""))
    return marks


def main(jobs: str, out: str) -> None:
    """Do every job of a file."""
    todo = json.loads(Path(jobs).read_text(encoding="utf-8"))
    with Office() as office:
        marks = [done(office, job) for job in todo]
    Path(out).write_text(json.dumps(marks, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""The command line: the only door that knows Click, prints and sets exit codes.

In: arguments. Out: results on standard output, messages on standard error, and an exit code:
0 clean, 1 a bug, 2 usage, 3 findings of severity error, 5 would overwrite, 6 a limit was hit.
Commands import what they need when they run, so that ``--help`` costs nothing.
"""

from toolkit.cli import collect, description, kit, office, present, results, templates
from toolkit.cli.door import main, toolkit

__all__ = [
    "collect",
    "description",
    "kit",
    "main",
    "office",
    "present",
    "results",
    "templates",
    "toolkit",
]

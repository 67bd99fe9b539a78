"""The project description: its model, its checks, its reading and its defaults."""

from toolkit.project.checks import project_checks
from toolkit.project.model import Project
from toolkit.project.reading import (
    Description,
    check_description,
    language_in,
    read_description,
    read_project,
)

__all__ = [
    "Description",
    "Project",
    "check_description",
    "language_in",
    "project_checks",
    "read_description",
    "read_project",
]

"""The project description: its model, its checks, its reading and its defaults."""

from toolkit.project.checks import project_checks
from toolkit.project.defaults import activities_of, default_steps, milestones_of, steps_of
from toolkit.project.model import Project
from toolkit.project.reading import (
    Description,
    check_description,
    documents_of,
    language_in,
    read_description,
    read_project,
)

__all__ = [
    "Description",
    "Project",
    "activities_of",
    "check_description",
    "default_steps",
    "documents_of",
    "language_in",
    "milestones_of",
    "project_checks",
    "read_description",
    "read_project",
    "steps_of",
]

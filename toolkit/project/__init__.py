"""The project description as one frozen value; see ``model.Project``."""

from toolkit.project.model import Project

__all__ = ["Project"]

"""Content: what documents say of a project, as plain data in a language."""

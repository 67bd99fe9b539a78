"""Veikart toolkit: one project description in, a kit of Office files out."""

__version__ = "0.1.0"

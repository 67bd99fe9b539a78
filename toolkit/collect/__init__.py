"""Collect: returned workbooks and Word forms in, stored and merged values and findings out."""

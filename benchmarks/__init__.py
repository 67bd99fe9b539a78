"""How fast the toolkit is, beside the libraries people would otherwise use."""

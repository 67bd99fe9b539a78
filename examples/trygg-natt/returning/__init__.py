"""How the returned files of the example are made: who sent what, and a real client that does it."""

"""The command ``toolkit``; ``python -m toolkit`` is the same."""

from toolkit.cli import main

if __name__ == "__main__":
    main()

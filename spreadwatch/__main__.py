"""`python -m spreadwatch`: how a screen starts its collector, whatever the command is called on this system."""

from __future__ import annotations

from spreadwatch.cli import main

if __name__ == "__main__":
    main()

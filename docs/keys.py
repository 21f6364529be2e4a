"""Writes docs/keys.md from the one table of actions; a test compares them."""

from __future__ import annotations

from pathlib import Path

from tui.actions import keys_table

HEAD = """# Keys

Made from the table in `tui/actions.py` by `python docs/keys.py`. To give an action other keys, name it under
`[keys]` in the settings: `dismiss = "D"`; several keys are parted by spaces.

"""

if __name__ == "__main__":
    Path(__file__).with_name("keys.md").write_text(HEAD + keys_table(), "utf-8")

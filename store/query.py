"""What a person types into a search box, as a full-text query that can't be malformed."""

from __future__ import annotations

import re
import unicodedata

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_COLUMNS = ("title", "summary", "body")


def match(text: str) -> str:
    """An FTS5 expression for the words of ``text``; empty when nothing in it can be searched for.

    Words are all required; ``"exact words"`` is a phrase, ``-word`` excludes, ``title:word`` looks in
    one text, and the last word may be unfinished. Everything else is literal: each word is quoted, so no
    input is a syntax error.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    parts = list(_PART.finditer(text))
    for number, part in enumerate(parts):
        minus, phrase, word = part.groups()
        column = ""
        if word:
            head, colon, rest = word.partition(":")
            if colon and rest and head.lower() in _COLUMNS:
                column, word = f"{head.lower()} : ", rest
        tokens = _tokens(phrase if phrase is not None else word)
        if not tokens:
            continue
        unfinished = phrase is None and number == len(parts) - 1 and not text[-1].isspace()
        quoted = f'{column}"{" ".join(tokens)}"' + ("*" if unfinished else "")
        (unwanted if minus else wanted).append(quoted)
    if not wanted:
        return ""
    found = " AND ".join(wanted)
    return f"({found})" + "".join(f" NOT {part}" for part in unwanted)


def _tokens(words: str) -> list[str]:
    """The runs of letters and digits, as FTS5's unicode61 sees them; quotes and operators fall away."""
    spaced = (
        character if unicodedata.category(character)[0] in "LN" or unicodedata.combining(character) else " "
        for character in words
    )
    return "".join(spaced).split()

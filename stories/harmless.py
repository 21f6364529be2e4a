"""Characters that text from elsewhere may not bring into the store: a terminal obeys them, or they turn a line around."""

from __future__ import annotations

import re

# C0 (but tab and line feed), DEL, C1; soft hyphen; Arabic letter mark, zero-width space, direction
# marks, embeddings, overrides, isolates, invisible operators; byte-order mark, annotations, object
# replacement; surrogates, noncharacters, language tags. The zero-width (non-)joiners stay: Persian,
# Indic scripts and emoji need them, and they can't reorder anything.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def harmless(text: str) -> str:
    """The text without any of them."""
    return _UNSAFE.sub("", text)

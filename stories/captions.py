"""Captions of pictures, which many feeds give as an item's summary: they tell of the picture, often years old.

"Ned Price speaks in Washington on Feb. 25, 2021. (Nicholas Kamm/AFP via Getty Images)" stood under a headline of
2023; taken for the news it made items alike that share a photographer, and unlike ones that share a claim.
"""

from __future__ import annotations

import re

_LONGEST = 480
"""Characters of a caption; a credit that stands farther from its line's start ends another's sentence only."""
_AGENCY = (
    r"Getty(?:\s?Images)?|AP(?:\sPhoto)?|AFP|Reuters|EPA|Bloomberg|Shutterstock|Xinhua|TASS|Sputnik|dpa|PA|"
    r"Photo|Handout|Pool|Zuma(?:\sPress)?|Anadolu(?:\sAgency)?|NurPhoto|iStock|Alamy|Unsplash|Wikimedia\sCommons"
)
_CREDIT = re.compile(
    rf"""\((?=[^()]{{2,110}}\))(?:
        [^()]{{2,70}}(?:/|\svia\s)[^()]{{0,50}}\b(?:{_AGENCY})      # (Nicholas Kamm/POOL/AFP via Getty Images)
      | (?:AP|Reuters|AFP)\s?Photo(?:/[^()]{{2,60}})?               # (AP Photo/Pavel Golovkin)
      | (?:Photo|Image|Picture)s?\s?(?:by|:|credit)\s?[^()]{{2,70}} # (Photo by Alex Wong)
    )(?:,\sFile(?:\sPhoto)?)?\)""",
    re.VERBOSE | re.IGNORECASE,
)
_FILE = re.compile(r"(?:^|(?<=\n))[ \t]*FILE(?:\sPHOTO)?\s?[:–—-]\s[^\n]*")
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def captions(text: str) -> list[tuple[int, int]]:
    """Offsets of the captions in a text, each from where its line or its sentence begins up to its credit."""
    found = [line.span() for line in _FILE.finditer(text)] if "FILE" in text else []
    if ")" not in text:
        return found
    free = 0
    for credit in _CREDIT.finditer(text):
        start = max(free, text.rfind("\n", 0, credit.start()) + 1)
        if credit.start() - start > _LONGEST:
            stops = [stop.end() for stop in _STOP.finditer(text, start, credit.start())]
            start = stops[-1] if stops else credit.start()
        free = credit.end()
        found.append((start, free))
    return sorted(found)


def without_captions(text: str) -> str:
    """The text with its captions cut out."""
    left, place = [], 0
    for start, end in captions(text):
        left.append(text[place:start])
        place = max(place, end)
    return " ".join([*left, text[place:]]) if left else text

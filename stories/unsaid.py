"""What a sentence only asks about, supposes or shows forged, though it has the words of an act."""

from __future__ import annotations

import re

_ASKING = re.compile(r"(?:did|does|do|has|have|had|is|are|was|were|will|would|could|can) ")
_CONDITION = re.compile(r"if [^,]*$")
_FORGED = re.compile(
    r"\b(?:fake|faked|doctored|deepfake|fabricated|manipulated|ai-generated|bogus|forged|spoof|satirical)(?: \w+){0,2}? "
    r"(?:videos?|clips?|footage|audio|recordings?|images?|photos?|posts?|letters?|documents?|tweets?|screenshots?|quotes?|"
    r"statements?|reports?|articles?|stor(?:y|ies)|websites?|broadcasts?) "
    r"(?:shows?|showing|shown|of|purport\w*|claim\w*|has|have|with|quot\w*|in which|featur\w*|depict\w*)\b[^,;:]*$"
)


def forged(before: str) -> bool:
    """Whether what follows is only shown in a forgery ("Fake video shows minister …"); of words in lower case."""
    return _FORGED.search(before) is not None


def supposed(sentence: str, before: str) -> bool:
    """Whether an act is asked about or a condition ("Did Oslo deny it?", "If Oslo denies it, …").

    Of the sentence and its part before the act, both in lower case.
    """
    if _CONDITION.match(before):
        return True
    return _ASKING.match(sentence) is not None and sentence.rstrip(" \"'").endswith("?")

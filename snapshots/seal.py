"""SHA-256 seals: a JSON text whose last member is the hash of every byte before it, and hashes of values."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

_TAIL = re.compile(r' "seal": "([0-9a-f]{64})"\n}\n\Z')


def sealed(document: dict[str, Any]) -> str:
    """The object as indented JSON with its seal as last member; ends with a line break."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    head = text.removesuffix("\n}") + ",\n"
    return f'{head} "seal": "{of_text(head)}"\n}}\n'


def unsealed(text: str) -> bool:
    """Whether a sealed text is exactly as it was written."""
    tail = _TAIL.search(text)
    return tail is not None and tail[1] == of_text(text[: tail.start()])


def of_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def of_value(value: Any) -> str:
    """SHA-256 of a JSON value, whatever its spacing and the order of its keys."""
    return of_text(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))

"""Which characters a body's bytes stand for: its mark, UTF-8, what is declared, and else what fits best."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""\A[^<]{0,200}<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""<(?:dc:)?language>\s*([A-Za-z-]{2,12})|xml:lang\s*=\s*["']([A-Za-z-]{2,12})""")
_BY_LANGUAGE = {
    "zh-tw": ("big5hkscs", "gb18030"),
    "zh-hk": ("big5hkscs", "gb18030"),
    "zh-hant": ("big5hkscs", "gb18030"),
    "zh": ("gb18030", "big5hkscs"),
    "ja": ("euc_jp", "cp932"),
    "ko": ("cp949",),
}
"""Encodings of more than one byte a character, the likelier first: other text hardly ever is valid in them."""
_NO_CHARSETS = frozenset({"utf-8", "punycode", "idna"})
"""Found not to fit already, or for host names: Python's take time by the square of the length."""
_DETECTED = ("cp1251", "koi8-r", "cp1252")


def decoded(body: bytes, content_type: str = "", lang: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a body, and what had to be assumed: `stated`, else the encoding that fits best.

    ``lang`` is the language it is known to have; what the body itself says of that counts first.
    """
    found = stated(body, content_type)
    if found is not None:
        return found
    # One bad byte in megabytes of UTF-8 is a slip, not another encoding.
    slipped = body.decode("utf-8", "replace")
    if slipped.count("\ufffd") * 200 < len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", body)) * 2:
        return slipped, ("Replaced bytes that are not valid UTF-8.",)
    best = (
        _of_language(body, lang)
        or _detected(body)
        or max(_DETECTED, key=lambda name: _likeness(body[:100_000].decode(name, "replace")))
    )
    return body.decode(best, "replace"), (f"The declared encoding does not fit; read as {best}.",)


def stated(body: bytes, content_type: str = "") -> tuple[str, tuple[str, ...]] | None:
    """The text by byte-order mark, then strict UTF-8, then what is declared; None where none of them fits.

    Declarations lie more often than UTF-8 does: text in another encoding is almost never valid UTF-8.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace"), ()
    # Two-byte text without its mark is valid UTF-8 full of NULs; "<?" or "{" gives it away.
    if body[:1] in b"<{[" and body[1:2] == b"\x00" != body[2:3]:
        return body.decode("utf-16-le", "replace"), ("Read as UTF-16 without a byte-order mark.",)
    if body[:1] == b"\x00" and body[1:2] in (b"<", b"{", b"["):
        return body.decode("utf-16-be", "replace"), ("Read as UTF-16 without a byte-order mark.",)
    declared = [name.decode("ascii") for name in _DECLARED.findall(body[:1024])]
    declared += _CHARSET.findall(content_type[:500])
    stateful = next((name for name in declared if name.lower().startswith(("iso-2022", "hz", "utf-7"))), "")
    if not stateful:
        # Those encodings are pure ASCII bytes, which UTF-8 would accept; all others fail it.
        try:
            return body.decode("utf-8"), ()
        except UnicodeDecodeError as error:
            if error.start > len(body) - 4 and error.reason == "unexpected end of data":
                return body[: error.start].decode("utf-8"), ()
    for name in declared:
        try:
            if codecs.lookup(name).name not in _NO_CHARSETS:
                # Not the codec's own decode, which would unpack "charset=zlib" without an end.
                return body.decode(name), ()
        except (LookupError, UnicodeError):
            continue
    return None


def _of_language(body: bytes, lang: str) -> str:
    """The encoding that the text's language is written in and the whole body is valid in, empty where there is none.

    Two Chinese characters are four Cyrillic letters as well: of words so short only the language tells.
    """
    named = [
        (first or second).decode("ascii").lower() for first, second in _LANGUAGE.findall(body[:100_000])[:5]
    ]
    for code in (*named, lang.lower()):
        for name in _BY_LANGUAGE.get(code, _BY_LANGUAGE.get(code[:2], ())):
            try:
                body.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return ""


def _detected(body: bytes) -> str:
    """The encoding by charset-normalizer, empty where it has too little to go by.

    It tells scripts apart, but not Western from Central European: single letters among ASCII are not its matter.
    """
    beyond = re.findall(rb"[\x80-\xff]+", body[:100_000])
    length = sum(map(len, beyond))
    if length < 30 or length < 3 * len(beyond):
        return ""
    from charset_normalizer import from_bytes  # 60 ms, for the few feeds that need it

    found = from_bytes(body[:100_000]).best()
    return found.encoding if found is not None and found.encoding != "utf_8" else ""


def _likeness(text: str) -> float:
    """How much text looks like words: letters in their usual case, not signs; higher is likelier."""
    score = 0.0
    beyond = re.findall(r"[^\x00-\x7f]+", text)
    for run in beyond:
        for previous, letter in zip(" " + run, run, strict=False):
            if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
                score -= 5
            elif "а" <= letter <= "я" or letter in "ёіїєґ":
                score += 1
            elif "А" <= letter <= "Я":
                # Capitals inside a word are what KOI8-R looks like when read as cp1251.
                score += 0.3 if not previous.isalpha() else -1
            elif letter.isalpha():
                # A lone accented letter among ASCII is Western; runs of them are not.
                score += 1.5 if len(run) <= 2 else -1
    return score

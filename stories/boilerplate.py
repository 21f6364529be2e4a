"""What stands in a page beside its news: bios, disclaimers, related links, subscribe lines."""

from __future__ import annotations

import re
from functools import lru_cache

# A line in lower case that opens one of these says nothing of the news. English mostly: the archives' pages are.
_LINE = re.compile(
    r"""\s*(?:
      (?:also|lire|читайте|lea|lesen\ssie)\s(?:read|aussi|также|también|auch)\b
    | (?:read|see|watch|listen|more)\s?(?:more|also|next|now|on|from|in\sthis\scategory)?\s*[:»>]
    | (?:read|see)\s(?:more|also|next)\s*$
    | related(?:\s(?:articles?|stories|posts|content|links|topics))?\s*:?\s*$
    | (?:week[’']s\stop|top|trending|popular|latest|more\sin|most\sread|recommended|editor[’']s\spicks)\s?(?:stories|news|articles|this\scategory)?\s*:?\s*$
    | (?:subscribe|sign\sup|log\s?in|join)\b.{0,120}\b(?:newsletter|access|now|today|reading|updates|inbox|analysis|subscriber|free|here)\b
    | you[’'](?:ve|\shave)?\s?(?:reached|read)\b.{0,60}\b(?:limit|articles?)\b
    | (?:to\sread|read)\s(?:the\s)?(?:entire|full|whole)\s(?:article|story|report|piece)\b
    | you\smust\s(?:become|be)\sa?\s?(?:subscriber|member|logged)
    | (?:try|start)\s\d+\sdays?\b | already\sa\s(?:subscriber|member)
    | (?:photo|image|picture|video|file\sphoto|photograph)s?\s(?:courtesy|credit|by|via|:)
    | -?\s*(?:sponsor|advertisement|advertorial|story\scontinues\sbelow)\b
    | \(?\s*disclaimer\b | (?:leave\sa\s(?:reply|comment)) | comments?\s*(?:\(\d+\))?\s*$ | comment\son\sthis
    | your\semail\saddress\s | required\sfields | back\sto\stop | share\s(?:this|on)\b | follow\s(?:us|@)
    | (?:home|about\sus)\s*\|\| | powered\sby\b | ©|copyright\b | all\srights\sreserved
    | (?:the\spost\s.{1,200}\sappeared\sfirst\son\s)
    | (?:click|tap)\s(?:here|to)\b | date\s*:\s*$ | news\sdetails\s*$ | back\sissues
    | (?:he|she|they)\scan\s(?:also\s)?be\s(?:also\s)?(?:contacted|reached|followed)\b
    | editor(?:-in-chief)?\b[^.]{0,60}\.?$
    | if\syou\sare\slooking\sfor\sissues
    | (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday),\s\w+\s\d{1,2},\s\d{4}\s*$
    )""",
    re.VERBOSE,
)
# Other such lines by what stands inside them, each behind words it can't be without: to try these patterns on
# every line took more than half of the time that lines take.
_HOLDING = (
    (
        " is ",
        re.compile(
            r"\s*\(?(?:[a-z][\w.’-]+\s){1,4}is\s(?:a|an|the)\s.{3,90}"
            r"(?:writer|columnist|commentator|journalist|reporter|correspondent|editor|author|fellow)\b.{0,400}$"
        ),
    ),
    ("editor-in-chief", re.compile(r"\s*.{1,200}\beditor-in-chief\sof\b.{0,80}$")),
    ("://", re.compile(r"\s*\S{0,40}https?://\S+\s*$")),
)
# Who wrote it is no claim, but it is evidence of provenance (`stories.citations` reads it).
_CREDIT = re.compile(
    r"\s*(?:[\w.,’ -]{3,120}\s)?contributed\sto\sthis\s(?:report|article|story)\b", re.IGNORECASE
)
# From one of these lines on, the rest of the page is its frame.
_TAIL = re.compile(
    r"\s*(?:leave\sa\s(?:reply|comment)|related(?:\s(?:articles?|stories|posts))?\s*:?\s*$|week[’']s\stop\sstories|"
    r"more\sin\sthis\scategory|back\sto\stop|share\sthis\s(?:story|article|post)|comments?\s*$|"
    r"you\smight\salso\slike|recommended\sfor\syou)"
)
_TAIL_FROM = 0.4
"""A tail marker counts only in the last part of a page: "Related" can head a list in its middle."""
_APPEARED = re.compile(r"\s*The post .{1,300}? appeared first on .{1,80}$")


@lru_cache(maxsize=4)
def body_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the text that is news: lines of boilerplate and a page's tail are left out.

    A line that stands twice counts once (paywalled pages repeat their teaser), so that nobody is
    heard twice.
    """
    if "\n" not in text:
        cut = _APPEARED.search(text) if "appeared first on" in text else None
        end = cut.start() if cut else len(text)
        return ((0, end),) if end > 200 or (end and not _is_beside(text[:200].lower())) else ()
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    credited = "contributed" in text.lower()
    frame = len(text) * _TAIL_FROM
    place = 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        bare = line.strip()
        if not bare:
            continue
        low = bare.lower()
        if start > frame and _TAIL.match(low):
            break
        if bare in seen or _is_beside(low) or (credited and _CREDIT.match(bare)):
            continue
        if len(bare) > 40:
            seen.add(bare)
        spans.append((start, start + len(line.rstrip())))
    return tuple(spans)


def _is_beside(low: str) -> bool:
    """Whether a line in lower case says nothing of the news."""
    for held, line in _HOLDING:
        if held in low and line.match(low):
            return True
    return _LINE.match(low) is not None


def credit_lines(text: str) -> list[tuple[int, int]]:
    """Offsets of the boilerplate lines that tell where a text came from."""
    low = text.lower()
    if "contributed" not in low and "read" not in low:
        return []
    found = []
    place = 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        if len(line) < 300 and (_CREDIT.match(line) or _CLICK.match(line)):
            found.append((start, start + len(line.rstrip())))
    return found


_CLICK = re.compile(
    r"\s*(?:to\s)?read\s(?:the\s)?(?:entire|full|whole|original)\s(?:article|story|report|piece)\b",
    re.IGNORECASE,
)

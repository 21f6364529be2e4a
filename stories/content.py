"""Where in a sentence what somebody says begins and ends."""

from __future__ import annotations

from stories.speakers import grammar, is_adverb
from stories.text import Word

MARKS = frozenset('"“”«»„')


def content_start(row: list[Word], verb: int) -> int | None:
    """Where what is said begins after a verb: past "reporters", "on Friday", a comma or colon; "that" belongs to it."""
    at, end = verb + 1, len(row)
    if at < end and row[verb].low in grammar("tells"):
        for step in range(at, min(end, at + 14)):
            if (
                row[step].low in ("that", "to", "of", "whether", "if", "for", "how", "why", "what")
                or row[step].text in ':"“,'
            ):
                at = step
                break
        else:
            if at < end and row[at].low in (
                "him",
                "her",
                "them",
                "me",
                "us",
                "you",
                "reporters",
                "journalists",
                "it",
            ):
                at += 1
    while at < end:
        low = row[at].low
        if low in grammar("time") or (is_adverb(low) and low not in ("never", "no", "only")):
            at += 1
        elif low in ("on", "in", "at", "during", "late", "early", "last", "this", "to") and _timed(row, at):
            at = _timed(row, at)
        elif row[at].text in ",:" or (
            at == verb + 1 and row[verb].low not in grammar("say") and _phrasal(row, at)
        ):
            at += 1
        else:
            break
    return at if at < end and row[at].text not in ".;" else None


def _timed(row: list[Word], at: int) -> int:
    """Where a phrase of time or place that opens here ends ("on Friday", "in a statement", "to reporters"); 0 for none."""
    end = len(row)
    step = at + 1
    while (
        step < end
        and step - at < 4
        and (
            row[step].low in grammar("determiners")
            or row[step].low in ("recent", "written", "joint", "brief", "separate", "emailed")
        )
    ):
        step += 1
    if step < end and (row[step].low in grammar("time") or row[step].low in ("reporters", "journalists")):
        while step < end and (
            row[step].low in grammar("time")
            or row[step].low.isdigit()
            or row[step].low in ("reporters", "journalists")
        ):
            step += 1
        return step
    return 0


def _phrasal(row: list[Word], at: int) -> bool:
    """Whether a preposition belongs to the verb before it ("called for", "points to"), not to what is brought."""
    low = row[at].low
    if low in (
        "for",
        "of",
        "about",
        "on",
        "out",
        "with",
        "against",
        "up",
        "off",
        "back",
        "at",
        "in",
        "into",
        "over",
    ):
        return True
    return (
        low == "to"
        and at + 1 < len(row)
        and (row[at + 1].low in grammar("determiners") or row[at + 1].text[0].isupper())
    )


def content_end(row: list[Word], start: int, *, attitude: bool = False) -> int:
    """Where what is said ends: at the sentence's end, or where a clause of the writer's own sets in.

    What an attitude is about ("endorsed X last week", "criticised X, declaring …") ends sooner.
    """
    depth, inside = 0, False
    for at in range(start, len(row)):
        text = row[at].text
        if text in "“«" or (text == '"' and depth == 0):
            depth += 1
        elif text in "”»" or (text == '"' and depth):
            depth = max(0, depth - 1)
        if depth or at - start < 2:
            continue
        if text in "–—":
            # a pair of dashes holds an aside; a single one begins the writer's own words
            if not inside and not any(word.text == text for word in row[at + 1 :]):
                return row[at - 1].end
            inside = not inside
        elif text == ";" or _sets_in(row, at, attitude):
            return row[at - 1].end
    last = row[-1]
    return last.start if last.text in ".!?" and len(row) > 1 else last.end


def _sets_in(row: list[Word], at: int, attitude: bool) -> bool:
    """Whether a clause of the writer's own begins at a word."""
    low = row[at].low
    nxt = row[at + 1].low if at + 1 < len(row) else ""
    if low == ",":
        return nxt in grammar("breaks") or (attitude and nxt.endswith("ing"))
    if low in ("but", "while", "although", "whereas"):
        return nxt not in ("that", "also", "instead", "only")
    if low == "and":
        return (nxt in grammar("say") or attitude) and nxt.endswith(("s", "ed", "aid", "old"))
    if low == "as":
        return nxt in ("he", "she", "they", "it")
    return attitude and (
        low in ("when", "after", "before", "during") or (low == "last" and nxt in grammar("time"))
    )


def second_half(text: str, row: list[Word], at: int) -> list[tuple[int, int]]:
    """What goes on after a speaker in the middle (“…,” he said. “…”; The group, he said, has …)."""
    for step in range(at, min(len(row), at + 12)):
        mark = row[step].text
        if (mark in ",:" or (mark in '"“' and step > at)) and step + 1 < len(row):
            nxt = row[step + 1] if mark in ",:" else row[step]
            if nxt.text in '"“«‘':
                span = trimmed(text, nxt.start, row[-1].end)
                return [span] if span[0] < span[1] else []
            if mark == "," and step == at and nxt.text[0].isalnum() and nxt.low not in grammar("openers"):
                span = trimmed(text, nxt.start, row[-1].start if row[-1].text == "." else row[-1].end)
                return [span] if span[1] - span[0] > 3 else []
            if mark == ",":
                return []
    return []


def only_adverbial(row: list[Word], at: int) -> bool:
    """Whether nothing but time and place follows ("on Friday", "in a statement to reporters")."""
    opened = False
    for word in row[at:]:
        if word.text in ".":
            continue
        if word.text in ",;":
            return True
        low = word.low
        if low == "that" or word.text in MARKS or word.text == ":":
            return False
        if low in grammar("prepositions") or low in ("as", "when", "while", "after", "before"):
            opened = True
        elif not (
            opened
            or low in grammar("time")
            or low in grammar("determiners")
            or low.isdigit()
            or is_adverb(low)
        ):
            return False
    return True


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:\n\t\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t\u00a0":
        end -= 1
    return (start, end)

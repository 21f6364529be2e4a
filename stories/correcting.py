"""The analyst's own reading of statements laid over the tool's: changed, marked wrong, or added by selecting words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from stories.affiliation import party as party_spoken_for
from stories.attribution import attributions
from stories.decision import Act, Decision
from stories.evidence import Reading, Stance, Statement, Target, Voice
from stories.item import Field, Item, Span
from stories.story import PlacedStatement

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def corrected(
    placed: list[PlacedStatement], items: Sequence[tuple[Item, Reading]], overrides: Sequence[Decision]
) -> list[PlacedStatement]:
    """The statements as the analyst reads them.

    A decision names one item and, in its details, the statement by ``where`` and ``start`` (of its cue)
    or, for a statement of the analyst's own, ``where``, ``start`` and ``end`` of the words selected. It
    sets any of ``stance``, ``speaker``, ``party``, ``target``; ``wrong`` = "yes" leaves it off and "no" puts
    it back; ``add`` = "yes" adds it. An empty ``speaker`` says that nobody is named.
    """
    if not overrides:
        return placed
    by_id = {item.id: item for item, _ in items}
    result = list(placed)
    left_off: dict[_Place, bool] = {}
    for decision in overrides:
        if decision.act is not Act.STANCE:
            continue
        details = dict(decision.details)
        for number in decision.items:
            item = by_id.get(number)
            if item is None or "where" not in details or "start" not in details:
                continue
            where, start = Field(details["where"]), int(details["start"])
            if details.get("add") == "yes":
                result.append(_added(item, Span(where, start, int(details["end"])), dict(details)))
                continue
            place = (number, where, start)
            if "wrong" in details:
                left_off[place] = details["wrong"] == "yes"
            result = [_changed(each, item, details) if _place(each) == place else each for each in result]
    return sorted(
        (each for each in result if not left_off.get(_place(each), False)), key=lambda each: each.at
    )


_Place = tuple[int, Field, int]
"""An item, and where in it a statement's cue begins."""


def _place(each: PlacedStatement) -> _Place:
    cue = each.statement.cue
    return each.item, cue.where, cue.start


def _added(item: Item, span: Span, details: dict[str, str]) -> PlacedStatement:
    """A statement of the analyst's own: who is named for it speaks for their party, else for themselves."""
    statement = Statement(Stance(details.get("stance", "assert")), span, item.words(span), span)
    speaker = details.pop("speaker", None)
    if speaker is None:
        statement = _spoken(replace(statement, voice=Voice.UNNAMED), item)
    elif speaker:
        party = party_spoken_for(speaker, "", item.effective) or speaker
        statement = replace(statement, speaker=speaker, speaker_span=_named(item, span, speaker), party=party)
    else:
        statement = replace(statement, voice=Voice.UNNAMED)
    at = item.effective or _UNDATED
    added = PlacedStatement(item.id, item.guid, item.publisher, at, statement, Target.CLAIM)
    return _changed(added, item, details)


def _named(item: Item, span: Span, speaker: str) -> Span | None:
    """Where the item names the speaker, nearest to the words; None where it doesn't in just these letters."""
    found = [
        Span(span.where, each.start(), each.end())
        for each in re.finditer(rf"(?<!\w){re.escape(speaker)}(?!\w)", item.text(span.where))
    ]
    return min(found, key=lambda each: abs(each.start - span.start), default=None)


def _spoken(statement: Statement, item: Item) -> Statement:
    """The statement with whoever the text gives its words to; as it is where the text names nobody."""
    where, start, end = statement.span.where, statement.span.start, statement.span.end
    held = [
        each.speaker
        for each in attributions(item.text(where))
        if each.speaker is not None and any(first < end and start < last for first, last in each.content)
    ]
    if not held:
        return statement
    # of nested speakers the one nearest to the words: "Kirby said that Moscow had called it a lie"
    nearest = min(held, key=lambda speaker: abs(start - speaker[0]))
    named = Span(where, *nearest)
    speaker = item.words(named)
    spoken_for = party_spoken_for(speaker, "", item.effective)
    return replace(statement, speaker=speaker, speaker_span=named, party=spoken_for, voice=Voice.NAMED)


def _changed(each: PlacedStatement, item: Item, details: Mapping[str, str]) -> PlacedStatement:
    statement = each.statement
    if "stance" in details:
        statement = replace(statement, stance=Stance(details["stance"]))
    if "speaker" in details:
        speaker = details["speaker"]
        # Office and voice were those of whoever was read as the speaker.
        statement = replace(
            statement,
            speaker=speaker,
            speaker_span=_named(item, statement.span, speaker) if speaker else None,
            affiliation="",
            voice=Voice.NAMED if speaker else Voice.UNNAMED,
        )
    if "party" in details:
        statement = replace(statement, party=details["party"])
    target = Target(details["target"]) if "target" in details else each.target
    return replace(each, statement=statement, target=target, by_analyst=True)

"""A story to watch for before there is any: asked for in a form that says what will come to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.story_rows import rows_of
from store.watched import Holding, holding, watched
from stories.watching import claim_read, coming, knows_actor, terms_of
from tui.form import Form, FormLine
from tui.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.desk import Desk
    from tui.drawing import Glyphs

_LINES = (
    ("name", "Name", "what lists call it"),
    ("claim", "Claim", "Russia → send arms → Taliban, or Russia sends arms to the Taliban"),
    ("terms", "Words", "grain, Odesa port: items with all of them go into it"),
)
_AS_IT_IS = "Enter once more takes it as it is."
_NOTE = "By a claim come the items that name its actors and most of its words; by words those that have all of them."
NAMED = 2
"""Stories that are named of those which keep items with a new watch's words."""


class WatchFor(Form):
    """Gives name, claim and words as they were typed."""

    def __init__(self, typed: Mapping[str, str], glyphs: Glyphs, note: str = "") -> None:
        lines = [FormLine(name, label, typed.get(name, ""), glyphs.own(hint)) for name, label, hint in _LINES]
        super().__init__("Watch for a story of your own", lines, note=glyphs.own(note or _NOTE))


def watch_for(desk: Desk, typed: Mapping[str, str], again: Callable[[str], None], *, sure: bool) -> None:
    """Have the story made, or say what of it can't be; ``sure``: what is odd about it was said, and is meant so."""
    name = " ".join(typed["name"].split())
    claim = claim_read(typed["claim"]) if typed["claim"].strip() else ""
    terms = terms_of(typed["terms"])
    if not name:
        again("A story needs a name.")
    elif any(one.name.casefold() == name.casefold() for one in watched(desk.store)):
        again(f"{name} is watched already.")
    elif typed["claim"].strip() and not claim:
        again("The claim can't be read as who does what to whom: write Russia → send arms → Taliban.")
    elif not sure and (odd := _odd(name, claim, terms)):
        again(odd)
    else:
        comes = coming(name, claim, terms)
        told = f"to it comes {comes}" if comes else "nothing comes to it by itself"
        title = f"Watching {name}: {_here(desk, holding(desk.store, terms))}{told}"
        desk.watch_for(desk.glyphs.own(title), name, claim, terms)


def _odd(name: str, claim: str, terms: Sequence[str]) -> str:
    """What of a watch will hardly be as it is meant; empty when nothing is."""
    comes = coming(name, claim, terms)
    if not comes:
        return (
            f"Nothing would come to it by itself: give a claim, or words such as {name.lower()}. {_AS_IT_IS}"
        )
    if claim and not knows_actor(name, claim):
        return f"The claim names nobody who is known here: to it would come {comes}. {_AS_IT_IS}"
    return ""


def _here(desk: Desk, held: Holding) -> str:
    """What becomes of the items with its words that are here already, and the key that moves those which stay."""
    told = [f"{len(held.free):,} moved into it"] if held.free else []
    if held.settled:
        staying = sum(map(len, held.settled.values()))
        names = [row.name for row in rows_of(desk.store, list(held.settled)[:NAMED], desk.clock())]
        if further := len(held.settled) - len(names):
            names.append(count(further, "other story", "other stories"))
        stay, them = ("stays", "it") if staying == 1 else ("stay", "them")
        told.append(
            f"{count(staying, 'item')} with its words {stay} in {' and '.join(names)}"
            f" ({desk.keys.first('move')} there moves {them})"
        )
    return "".join(f"{part}, " for part in told)

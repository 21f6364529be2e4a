"""Add a statement that the program did not read: its words, then what it says, who says it, and of which claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import corrections, items
from stories.decision import Act
from tui import words
from tui.selection import Selection
from tui.statement_pickers import (
    Named,
    SpeakerPicker,
    StancePicker,
    TargetPicker,
    in_title,
    suggested,
)
from tui.word_picker import WordPicker

if TYPE_CHECKING:
    from stories.evidence import Stance, Target
    from stories.item import Span
    from tui.deciding import ItemDecisions


def add_statement(screen: ItemDecisions, number: int, near: Span | None) -> None:
    """Ask for words, stance, speaker and claim of an item, one dialog each; Esc in any of them leaves nothing behind."""
    desk = screen.desk
    item = next(iter(items.get(desk.store, [number])), None)
    chosen = None if item is None else Selection.of(item, near)
    if item is None or chosen is None:
        screen.say("This item has no words to select.", warn=True)
        return
    read = corrections.readings(desk.store, [number])[number]
    story = screen.story_of(number)

    def selected(span: Span | None) -> None:
        if span is None:
            return
        ask = StancePicker(desk, f"What does {in_title(item.words(span), desk.glyphs)} say?")
        screen.app.push_screen(ask, lambda stance: stanced(span, stance))

    def stanced(span: Span, stance: Stance | None) -> None:
        if stance is not None:
            ask = SpeakerPicker(desk, item, suggested(item, read, span))
            screen.app.push_screen(ask, lambda speaker: spoken(span, stance, speaker))

    def spoken(span: Span, stance: Stance, speaker: Named | None) -> None:
        if speaker is not None:
            ask = TargetPicker(desk, story)
            screen.app.push_screen(ask, lambda target: aimed(span, stance, speaker, target))

    def aimed(span: Span, stance: Stance, speaker: Named, target: Target | None) -> None:
        if target is None:
            return
        details = {
            "add": "yes",
            "where": span.where.value,
            "start": str(span.start),
            "end": str(span.end),
            "stance": stance.value,
            "speaker": speaker.name,
            "target": target.value,
        }
        if speaker.party:
            details["party"] = speaker.party
        title = f"Added: {speaker.name or 'nobody named'} {words.stance_word(stance)}"
        # not `decide`: "." repeats the last decision on another item, whose words these are not
        desk.decide_all(title, [(Act.STANCE, [number], None, details)])

    screen.app.push_screen(WordPicker(desk, chosen, read.statements), selected)

"""Stances that an analyst turns: what follows from them everywhere, and what taking them back restores."""

from __future__ import annotations

import pytest

from store import corrections, decisions, items, placing, provenance, stories, triage
from store.database import Store
from store.errors import StoreError, StoreLocked
from stories.decision import Act
from stories.evidence import Stance, Voice
from stories.item import Item
from stories.reading import read
from stories.story import Status
from tests.store.making import Newsroom, denial, hours

ME = "ada"


def _denied_story(store: Store, newsroom: Newsroom) -> tuple[int, int, int]:
    """A story, an item of it that states nothing, and one in which a party denies."""
    story = placing.next_story(store)
    placing.found_story(store, story, hours(0))
    titles = (
        "Russia asks Taliban for weapons left by US army",
        "Weapons of the US army: Russia asks Taliban",
        "Taliban deny report that Russia asks them for weapons",
    )
    first, _, said = [
        newsroom.item(story, title, f"p{number}.example", hours(number), reading=read(Item(0, "", "", title)))
        for number, title in enumerate(titles)
    ]
    return story, first, said


def _turn(store: Store, item: int, at: float) -> None:
    details = corrections.next_stance(store, item)
    assert details is not None
    decisions.record(store, Act.STANCE, items=[item], details=details, by=ME, at=hours(at))


def test_turning_a_stance_changes_statement_row_and_status_and_undo_restores(
    store: Store, newsroom: Newsroom
) -> None:
    story, first, said = _denied_story(store, newsroom)
    stories.refresh(store, [story], hours(4))
    (as_read,) = stories.rows_of(store, [story])
    assert as_read.status is Status.DENIED and items.rows(store, [said])[0].stance is Stance.DENY
    _turn(store, said, 5)
    (placed,) = stories.detail(store, story).statements
    assert placed.by_analyst and placed.statement.stance is Stance.CONFIRM
    (turned,) = stories.rows_of(store, [story])
    assert turned.status is Status.CONFIRMED and items.rows(store, [said])[0].stance is Stance.CONFIRM
    found = triage.proposal(store, said)
    assert found is not None and found.statements[0].stance is Stance.CONFIRM
    _turn(store, said, 6)
    assert items.rows(store, [said])[0].stance is Stance.CANNOT_CONFIRM, "goes on from where it is"
    decisions.undo(store, by=ME, at=hours(7))
    assert items.rows(store, [said])[0].stance is Stance.CONFIRM
    decisions.undo(store, by=ME, at=hours(8))
    (restored,) = stories.rows_of(store, [story])
    assert restored.status is Status.DENIED and items.rows(store, [said])[0].stance is Stance.DENY
    assert not stories.detail(store, story).statements[0].by_analyst
    assert stories.detail(store, story, as_of=hours(5.5)).status is Status.CONFIRMED
    decisions.redo(store, by=ME, at=hours(9))
    assert stories.rows_of(store, [story])[0].status is Status.CONFIRMED
    assert corrections.next_stance(store, first) is None


def test_a_story_too_long_for_a_key_press_is_left_to_the_collector_when_a_stance_turns(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "_REFRESH_AT_ONCE", 1)
    story, _ = newsroom.story(2)
    said = newsroom.item(story, "Ruritania denies it", "p7.example", hours(3), reading=denial("Ruritania"))
    stories.refresh(store, [story], hours(4))
    assert stories.stale(store) == []
    _turn(store, said, 5)
    assert stories.stale(store) == [story]


def test_a_decision_that_is_kept_never_says_it_failed_when_only_the_telling_must_wait(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, _, said = _denied_story(store, newsroom)
    stories.refresh(store, [story], hours(4))

    def locked(*_: object) -> None:
        raise StoreLocked("Another program keeps writing.")

    with monkeypatch.context() as patched:
        patched.setattr(decisions, "refresh", locked)
        _turn(store, said, 5)
    assert items.rows(store, [said])[0].stance is Stance.CONFIRM and stories.stale(store) == [story]


def test_a_briefs_method_lists_only_the_corrections_that_hold(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(2)
    said = newsroom.item(story, "Ruritania denies it", "p7.example", hours(3), reading=denial("Ruritania"))
    _turn(store, said, 4)
    _turn(store, said, 5)
    nowhere = {"where": "body", "start": "7", "stance": "deny"}
    decisions.record(store, Act.STANCE, items=[said], details=nowhere, by=ME, at=hours(6))
    made = provenance.provenance(store, stories.detail(store, story, now=hours(7))).decisions
    assert [one.details["stance"] for one in made] == [Stance.CANNOT_CONFIRM.value]


def test_a_correction_of_no_statement_is_refused(store: Store, newsroom: Newsroom) -> None:
    _, (item, _) = newsroom.story(2)
    with pytest.raises(StoreError, match="statement"):
        decisions.record(store, Act.STANCE, items=[item], details={"stance": "deny"}, by=ME, at=hours(3))
    assert decisions.since(store, 0) == []


def test_an_items_row_says_what_it_says_of_its_storys_claim_and_not_of_another_matter(
    store: Store, newsroom: Newsroom
) -> None:
    story = placing.next_story(store)
    placing.found_story(store, story, hours(0))
    titles = ("Iran is supplying missiles to Sudan, Israel says", "Iran denies supplying missiles to Sudan")
    aside = "Iran denied arresting two British tourists."
    made = [
        newsroom.item(
            story, title, f"p{number}.example", hours(number), summary=more, reading=read(Item(0, "", "", title, more))
        )
        for number, (title, more) in enumerate([(titles[0], ""), (titles[0], aside), (titles[1], "")])
    ]  # fmt: skip
    assert items.rows(store, made)[1].stance is Stance.DENY, "as read by itself"
    stories.refresh(store, [story], hours(4))
    assert [row.stance for row in items.rows(store, made)] == [None, None, Stance.DENY]


def test_a_statement_that_was_added_is_corrected_in_its_turn_and_both_decisions_are_told(
    store: Store, newsroom: Newsroom
) -> None:
    story, first, _ = _denied_story(store, newsroom)
    place = {"where": "title", "start": "0"}
    added = {**place, "end": "11", "add": "yes", "stance": "deny", "speaker": "Russia", "target": "claim"}
    for at, details in enumerate((added, {**place, "stance": "doubt"}, {**place, "wrong": "yes"})):
        decisions.record(store, Act.STANCE, items=[first], details=details, by=ME, at=hours(5 + at))
        told = provenance.provenance(store, stories.detail(store, story, now=hours(9)))
        assert len([one for one in told.decisions if one.act is Act.STANCE]) == at + 1
    assert [one.item for one in stories.detail(store, story).statements if one.by_analyst] == []
    decisions.record(store, Act.STANCE, items=[first], details={**place, "wrong": "no"}, by=ME, at=hours(8))
    (own,) = [one for one in stories.detail(store, story).statements if one.by_analyst]
    assert (own.statement.stance, own.statement.words) == (Stance.DOUBT, "Russia asks")


def test_a_speaker_set_by_the_analyst_has_neither_office_nor_voice_of_the_one_before(
    store: Store, newsroom: Newsroom
) -> None:
    story, _, said = _denied_story(store, newsroom)
    (read_as,) = corrections.readings(store, [said])[said].statements
    place = {"where": read_as.cue.where.value, "start": str(read_as.cue.start)}
    details = {**place, "speaker": "Russia", "party": "Russia"}
    decisions.record(store, Act.STANCE, items=[said], details=details, by=ME, at=hours(5))
    (now,) = corrections.readings(store, [said])[said].statements
    assert (now.speaker, now.party, now.affiliation, now.voice) == ("Russia", "Russia", "", Voice.NAMED)
    assert now.speaker_span is not None and now.speaker_span.start == items.get(store, [said])[0].title.index(
        "Russia"
    ), "where the item names them"
    nobody = {**place, "speaker": "", "party": ""}
    decisions.record(store, Act.STANCE, items=[said], details=nobody, by=ME, at=hours(6))
    (now,) = corrections.readings(store, [said])[said].statements
    assert (now.speaker, now.party, now.voice) == ("", "", Voice.UNNAMED)
    assert corrections.own(store, said).cues == {now.cue}
    board = {party.name for party in stories.detail(store, story).parties if party.evidence}
    assert "Taliban" not in board

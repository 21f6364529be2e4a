"""The Markdown brief: status first, exact words, sources, and nobody else's markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from snapshots import markdown
from snapshots.snapshot import Snapshot, freeze
from snapshots.wording import literal, span
from stories.evidence import Stance, Target
from stories.item import Item
from stories.provenance import Provenance
from stories.story import PartyStance, PlacedStatement, Status, StoryDetail
from stories.variants import COMPARED
from tests.snapshots.conftest import NINE, placed


def frozen(detail: StoryDetail) -> Snapshot:
    """As an import leaves it: nothing is known of how an item was retrieved."""
    return freeze(detail, taken_at=detail.as_of, tool="spreadwatch 0.1.0")


def headline(
    number: int, publisher: str, words: str, stance: Stance, party: str
) -> tuple[Item, PlacedStatement]:
    """An item that is a headline only, and what is said in it."""
    item = Item(number, f"h-{number}", publisher, words, words, published=NINE, first_seen=NINE)
    return item, placed(item, words, words, stance, Target.CLAIM, party=party, speaker=party)


def test_the_status_line_comes_first_and_sections_in_a_fixed_order(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert brief.splitlines()[:5] == [
        "# Norland–Westmark drones",
        "",
        "**DENIED by Norland, 3 h after**, as known on 2026-03-02 15:00 UTC.",
        "",
        "Norland DENIED · Westmark SILENT 6 h.",
    ]
    headings = [line for line in brief.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Timeline",
        "## Where it comes from",
        "## Who said what",
        "## Not counted: about something else, or unclear",
        "## Open questions",
        "## Items",
        "## Method",
    ]


def test_each_statement_stands_with_its_sentence_link_and_time_of_retrieval(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert '> Ada Lind said: "This report is false."' in brief
    assert "Ada Lind, Norland's spokeswoman, via Coast Radio: denial." in brief
    assert "[Norland calls drone report false](<https://second.example/7>)" in brief
    assert "retrieved 2026-03-02 09:04 UTC" in brief
    assert "undated, imported" in brief


def test_a_denial_of_something_else_is_shown_apart(snapshot: Snapshot) -> None:
    said, aside = markdown.write(snapshot).split("## Not counted")
    assert "raising taxes" not in said
    assert "another claim" in aside


def test_hostile_titles_stay_literal(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert "<script>" not in brief.replace("\\<script\\>", "")
    assert "\\[click\\](javascript:x)" in brief
    assert "\\*bold\\*" in brief


def test_open_questions_name_the_silent_the_unread_source_and_the_undated(snapshot: Snapshot) -> None:
    questions = " ".join(snapshot.questions)
    assert "Has Westmark answered?" in questions
    assert "What exactly did “Harbour Notes” say?" in questions
    assert "Did anybody else hear Norland's denial? It comes from one source (Coast Radio)." in questions
    assert "Undated in the feed: third.example" in questions
    assert "Has Norland answered?" not in questions


def test_an_unrated_story_says_so(snapshot: Snapshot) -> None:
    story = replace(snapshot.detail.story, rated="", note="")
    brief = markdown.write(replace(snapshot, detail=replace(snapshot.detail, story=story)))
    assert "No analyst has rated this story." in brief
    assert "Rated by the analyst: C3" in markdown.write(snapshot)


def test_words_without_markup_stay_exactly_as_they_are() -> None:
    words = "He said: \"It's a lie — 100 % false_flag (a_b), isn't it?\""
    assert literal(words) == words


def test_a_line_that_would_start_a_list_or_heading_is_escaped() -> None:
    assert literal("# Not a heading") == "\\# Not a heading"
    assert literal("- no list") == "\\- no list"
    assert literal("1. no list") == "1\\. no list"


def test_lengths_of_time_read_as_people_say_them() -> None:
    assert span(timedelta(minutes=45)) == "45 min"
    assert span(timedelta(hours=31)) == "31 h"
    assert span(timedelta(days=3, hours=4)) == "3 d 4 h"


def test_a_brief_says_until_when_anybody_listened(detail: StoryDetail) -> None:
    as_of = detail.as_of.replace(year=2029)
    denying, silent = detail.parties
    late = replace(detail, as_of=as_of, parties=(denying, replace(silent, clock=timedelta(hours=5))))
    heard = Provenance(heard_until=NINE + timedelta(hours=5))
    taken = freeze(late, taken_at=as_of, tool="spreadwatch 0.1.0", provenance=heard)
    brief = markdown.write(taken)
    assert "Westmark SILENT 5 h." in brief
    assert "they reach until 2026-03-02 14:00 UTC" in brief
    assert "Not known: what was said after 2026-03-02 14:00 UTC" in brief
    assert "in the 5 h that they cover" in " ".join(taken.questions)


def test_a_headline_taken_over_is_quoted_once_with_every_outlet(detail: StoryDetail) -> None:
    pairs = [headline(7, "one.example", "Norland denies it", Stance.DENY, "Norland"),
             headline(8, "two.example", "Norland denies it", Stance.DENY, "Norland")]  # fmt: skip
    party = replace(detail.parties[0], evidence=tuple(said for _, said in pairs))
    brief = markdown.write(
        frozen(
            replace(
                detail, items=tuple(item for item, _ in pairs), parties=(party,), statements=party.evidence
            )
        )
    )
    assert brief.count("> Norland denies it") == 1
    assert (
        "Norland: denial. Headline, one.example, published 2026-03-02 09:00 UTC. "
        "Also: two.example, published 2026-03-02 09:00 UTC." in brief
    )


def test_what_a_party_of_the_board_says_besides_stands_under_its_name(detail: StoryDetail) -> None:
    item, said = headline(9, "one.example", "Norland doubts it", Stance.DOUBT, "Norland")
    brief = markdown.write(
        frozen(replace(detail, items=(*detail.items, item), statements=(*detail.statements, said)))
    )
    assert brief.index("Also by Norland, on the claim:") < brief.index("> Norland doubts it")
    assert "Others on the claim" not in brief


def test_the_status_is_not_said_twice(detail: StoryDetail) -> None:
    event = replace(detail.timeline[0], status=Status.ASSERTED, because="ASSERTED, no party has answered")
    brief = markdown.write(frozen(replace(detail, timeline=(event,))))
    assert "**ASSERTED** no party has answered" in brief
    contested = replace(detail, status=Status.CONTESTED, because="CONTESTED: DENIED by Norland")
    assert "**CONTESTED: DENIED by Norland**" in markdown.write(frozen(contested))
    rated = replace(detail, status=Status.CONFIRMED, because="set by ana")
    assert "**CONFIRMED: set by ana**" in markdown.write(frozen(rated))


def test_a_denial_of_nothing_named_is_an_open_question_of_its_party(detail: StoryDetail) -> None:
    item, said = headline(9, "one.example", "Westmark denies everything", Stance.DENY, "Westmark")
    unclear = replace(said, target=Target.UNCLEAR)
    questions = frozen(
        replace(detail, items=(*detail.items, item), statements=(*detail.statements, unclear))
    ).questions
    assert (
        "Did Westmark deny this? The words don't say what is denied: “Westmark denies everything” (one.example)."
        in questions
    )
    assert "What is 1 statement about? The words do not say; it is listed as not counted." in questions


def test_who_denied_and_later_confirmed_is_asked_which_words_stand(detail: StoryDetail) -> None:
    _, denial = headline(8, "one.example", "Norland denies it", Stance.DENY, "Norland")
    _, confirmed = headline(9, "one.example", "Norland confirms it", Stance.CONFIRM, "Norland")
    party = replace(
        detail.parties[0], stance=PartyStance.CONFIRMED, evidence=(denial, confirmed),
        since=NINE.replace(hour=20),
    )  # fmt: skip
    (asked,) = (one for one in frozen(replace(detail, parties=(party,))).questions if "stands" in one)
    assert asked == (
        "Which of Norland's words stands? It denied on 2026-03-02 09:00 UTC and confirmed on 2026-03-02 20:00 UTC; "
        "is it the same that was denied and confirmed?"
    )


def test_a_side_of_the_claim_that_never_speaks_is_asked_for(detail: StoryDetail) -> None:
    questions = " ".join(frozen(replace(detail, parties=())).questions)
    assert "What does Norland say? No statement by Norland on the claim is in the items." in questions
    assert "What does Westmark say?" in questions
    assert "Who is said to have done it?" not in questions, "the claim says it"


def test_a_source_whose_own_item_is_there_is_not_called_unread(detail: StoryDetail) -> None:
    there = replace(detail.items[0], publisher="Harbour Notes")
    questions = " ".join(frozen(replace(detail, items=(there, *detail.items[1:]))).questions)
    assert "What exactly did" not in questions


def test_where_reports_count_differently_both_are_quoted_and_asked_about(detail: StoryDetail) -> None:
    one, other = (
        replace(
            detail.items[0],
            id=number,
            guid=f"f-{number}",
            publisher=publisher,
            summary=f"{figure} officers fell.",
        )
        for number, publisher, figure in ((21, "one.example", 34), (22, "two.example", 30))
    )
    snapshot = frozen(replace(detail, items=(one, other)))
    brief = markdown.write(snapshot).split("## Where reports differ")[1]
    assert brief.index("The same thing is counted differently.") < brief.index("> 34 officers")
    assert brief.index("> 34 officers") < brief.index("> 30 officers")
    assert (
        "Which figure is right, “34 officers” (one.example) or “30 officers” (two.example)?"
        in snapshot.questions
    )
    many = tuple(replace(one if number % 2 else other, id=number) for number in range(COMPARED + 1))
    assert "Where reports differ" not in markdown.write(frozen(replace(detail, items=many)))

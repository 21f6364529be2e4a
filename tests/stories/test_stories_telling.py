"""A story told in full: board, status, timeline, origin, differences, and the analyst's hand; on made-up news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stories.board import because
from stories.decision import Act, Decision
from stories.detail import tell
from stories.difference import Difference
from stories.evidence import Copy, CopyKind, Reading, Stance, Target
from stories.item import Item
from stories.reading import read
from stories.story import OriginState, Party, PartyStance, Role, Status, Story, StoryDetail
from stories.variants import variants

START = datetime(2023, 3, 1, 8, tzinfo=UTC)


def story(*lines: tuple[str, str, str], hours: float = 1.0) -> list[tuple[Item, Reading]]:
    """Items an hour apart, of (publisher, title, summary)."""
    made = []
    for number, (publisher, title, summary) in enumerate(lines, 1):
        at = START + timedelta(hours=hours * (number - 1))
        item = Item(number, f"g{number}", publisher, title, summary, published=at, first_seen=at, lang="en")
        made.append((item, read(item)))
    return made


def told(
    *lines: tuple[str, str, str], hours: float = 1.0, overrides: tuple[Decision, ...] = ()
) -> StoryDetail:
    pairs = story(*lines, hours=hours)
    return tell(Story(1, ""), pairs, (), START + timedelta(days=2), overrides)


def board(detail: StoryDetail) -> dict[str, PartyStance]:
    return {party.name: party.stance for party in detail.parties}


CLAIM = (
    "a.org",
    "Iran is supplying missiles to Sudan",
    "Iran is sending missiles to Sudan, Israel said on Monday.",
)


def test_a_claim_with_no_answer_is_asserted_and_its_parties_are_silent_with_a_clock() -> None:
    detail = told(CLAIM, ("b.org", "Iran supplies missiles to Sudan, Israel says", ""))
    assert detail.status is Status.ASSERTED
    silent = {party.name: party for party in detail.parties if party.stance is PartyStance.SILENT}
    assert set(silent) == {"Iran", "Sudan"}
    assert silent["Iran"].clock == timedelta(days=2)
    assert silent["Iran"].role is Role.ACCUSED
    assert silent["Sudan"].role is Role.RECIPIENT


def test_a_denial_by_the_accused_against_a_named_accuser_is_contested_and_dated() -> None:
    detail = told(CLAIM, ("b.org", "Iran denies supplying missiles to Sudan", ""))
    assert detail.status is Status.CONTESTED
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert (iran.stance, iran.since, iran.clock) == (
        PartyStance.DENIED,
        START + timedelta(hours=1),
        timedelta(hours=1),
    )
    assert detail.timeline[0].status is Status.SINGLE
    assert any(event.party == "Iran" and event.stance is Stance.DENY for event in detail.timeline)


def test_a_denial_with_no_named_accuser_is_denied() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan, reports claim", ""),
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
    )
    assert detail.status is Status.DENIED
    assert detail.because == "DENIED by Iran, 60 min after the claim"


@pytest.mark.parametrize(
    "other",
    [
        "Iran denies arresting two British tourists",
        "Iran denies that its tanker was seized off Greece",
        "Iran denied entry to inspectors",
    ],
)
def test_a_denial_of_something_else_in_the_same_story_sets_nobody_denied(other: str) -> None:
    detail = told(CLAIM, ("b.org", "Iran supplies missiles to Sudan, Israel says", other))
    assert board(detail).get("Iran") in (PartyStance.SILENT, PartyStance.PUSHES_BACK)


def test_a_publishers_no_evidence_denies_for_nobody() -> None:
    detail = told(CLAIM, ("b.org", "There is no evidence that Iran is supplying missiles to Sudan", ""))
    assert PartyStance.DENIED not in board(detail).values()


def test_a_third_party_that_cannot_confirm_leaves_it_unconfirmed() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan, reports claim", ""),
        ("b.org", "Pentagon cannot confirm that Iran is supplying missiles to Sudan", ""),
    )
    assert board(detail)["United States"] is PartyStance.CANNOT_CONFIRM
    assert detail.status is Status.UNCONFIRMED


def test_a_party_that_denies_and_later_confirms_shows_both() -> None:
    detail = told(
        CLAIM,
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
        ("c.org", "Iran admits supplying missiles to Sudan", ""),
        hours=12,
    )
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert iran.stance is PartyStance.CONFIRMED
    assert [each.statement.stance for each in iran.evidence] == [Stance.CONFIRM, Stance.DENY]


def test_reports_that_disagree_at_one_time_are_conflicting() -> None:
    detail = told(
        CLAIM,
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
        ("c.org", "Iran confirms it supplied missiles to Sudan", ""),
        hours=0.5,
    )
    assert board(detail)["Iran"] is PartyStance.CONFLICTING
    assert detail.status is Status.CONTESTED


def test_a_denial_many_outlets_take_from_one_agency_is_one_source() -> None:
    words = "“The report is false,” Iranian foreign ministry spokesman Ali Reza told Reuters about missiles to Sudan."
    detail = told(
        CLAIM, *((f"{name}.org", "Iran denies supplying missiles to Sudan", words) for name in "bcd")
    )
    assert detail.measures is not None
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert len({each.publisher for each in iran.evidence}) == 3
    assert {each.statement.via for each in iran.evidence if each.statement.speaker == "Ali Reza"} == {
        ("Reuters",)
    }
    assert iran.independent < 4


def test_a_boast_is_its_own_partys_claim() -> None:
    detail = told(
        (
            "a.org",
            "Ukraine says it killed Russian general",
            "Ukraine said on Monday it killed a Russian general.",
        ),
        ("b.org", "Russia denies Ukraine killed its general", ""),
    )
    roles = {party.name: party.role for party in detail.parties}
    assert roles["Ukraine"] is Role.ACCUSER
    assert board(detail)["Russia"] is PartyStance.DENIED


def test_a_boast_stays_one_when_the_story_began_with_what_led_to_it() -> None:
    detail = told(
        ("a.org", "Fire at Black Sea port of Sevastopol", "Smoke rose over the harbour."),
        ("b.org", "Ukraine says it attacked Russian navy base", "Ukraine attacked the base, its army said."),
        ("c.org", "Russia denies Ukraine attacked its navy base", ""),
    )
    assert board(detail) == {"Ukraine": PartyStance.ASSERTS, "Russia": PartyStance.DENIED}
    assert detail.status is Status.CONTESTED


def test_an_accuser_who_denies_a_counter_charge_keeps_their_accusation() -> None:
    detail = told(
        ("a.org", "Russia accuses Ukraine of attacking the Kremlin with drones", ""),
        ("b.org", "Ukraine denies attacking the Kremlin with drones", ""),
        ("c.org", "Russia denies staging the Kremlin drone attack", ""),
    )
    assert board(detail)["Ukraine"] is PartyStance.DENIED
    assert board(detail)["Russia"] is PartyStance.ASSERTS


def test_origins_are_followed_through_chains_and_two_ends_are_a_dispute() -> None:
    one = (
        "a.org",
        "Iran is supplying missiles to Sudan",
        "Haaretz, citing an Israeli official, reported that Iran is supplying missiles to Sudan.",
    )
    detail = told(one)
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Israeli official", "Haaretz"),)
    other = (
        "b.org",
        "Iran supplies missiles to Sudan",
        "According to the Telegram channel Red Sea Watch, Iran is supplying missiles to Sudan.",
    )
    assert told(one, other).origin.state is OriginState.DISPUTED


def test_where_no_source_is_cited_the_origin_is_who_said_it_first_on_record_and_never_the_accused() -> None:
    detail = told(
        ("a.org", "Iran rejects talk of missiles for Sudan", "Iran said it sends no missiles to Sudan."),
        (
            "b.org",
            "Israel accuses Iran of supplying missiles to Sudan",
            "Iran is supplying missiles to Sudan, Israel said.",
        ),
    )
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Israel",),)
    assert [each.item for each in detail.origin.evidence] == [2]


def test_copies_are_not_counted_as_groups_of_their_own() -> None:
    pairs = story(CLAIM, ("b.org", *CLAIM[1:]), ("c.org", "Iran supplies missiles to Sudan, Israel says", ""))
    detail = tell(Story(1, ""), pairs, (Copy(2, 1, 1.0, CopyKind.COPY),), START + timedelta(hours=3))
    assert detail.measures is not None
    assert detail.measures.reprint_rate == pytest.approx(1 / 3)
    assert detail.measures.phase == "breaking"


def decision(**details: str) -> Decision:
    return Decision(1, START, "ada", Act.STANCE, (2,), 1, details)


def test_the_analyst_overrules_a_target_a_stance_or_calls_a_statement_wrong() -> None:
    lines = (CLAIM, ("b.org", "Iran denies supplying missiles to Sudan", ""))
    start = str(lines[1][1].index("denies"))
    place = {"where": "title", "start": start}
    other = told(*lines, overrides=(decision(**place, target="other"),))
    assert board(other)["Iran"] is PartyStance.SILENT
    changed = told(*lines, overrides=(decision(**place, stance="no_comment"),))
    assert board(changed)["Iran"] is PartyStance.NO_COMMENT
    assert any(each.by_analyst for each in changed.statements)
    wrong = told(*lines, overrides=(decision(**place, wrong="yes"),))
    assert board(wrong)["Iran"] is PartyStance.SILENT


def test_the_analyst_adds_a_statement_by_selecting_words() -> None:
    title = "Tehran on missiles to Sudan: a fairy tale"
    words = "a fairy tale"
    at = title.index(words)
    added = decision(
        where="title",
        start=str(at),
        end=str(at + len(words)),
        stance="deny",
        add="yes",
        party="Iran",
        speaker="Tehran",
    )
    detail = told(CLAIM, ("b.org", title, ""), overrides=(added,))
    (denial,) = [each for each in detail.statements if each.by_analyst]
    assert (denial.statement.words, denial.statement.party, denial.target) == (words, "Iran", Target.CLAIM)
    assert board(detail)["Iran"] is PartyStance.DENIED


def test_words_the_analyst_selects_are_whose_the_text_says() -> None:
    summary = (
        "Iran’s foreign minister said on Monday that the whole matter was a fairy tale told by tired men."
    )
    at = summary.index("a fairy tale")
    added = decision(where="summary", start=str(at), end=str(at + 12), stance="deny", add="yes")
    detail = told(CLAIM, ("b.org", "Tehran on missiles to Sudan", summary), overrides=(added,))
    (denial,) = [each for each in detail.statements if each.by_analyst]
    said = denial.statement
    assert (said.speaker, said.party) == ("Iran’s foreign minister", "Iran")
    assert said.speaker_span is not None
    assert summary[said.speaker_span.start : said.speaker_span.end] == said.speaker
    assert board(detail)["Iran"] is PartyStance.DENIED


def test_quotations_that_mutate_and_headlines_that_harden_are_put_side_by_side() -> None:
    detail = told(
        (
            "a.org",
            "No evidence Iran is supplying missiles to Sudan, Pentagon says",
            "“I cannot confirm the reports that Iran is supplying missiles to Sudan,” Pentagon spokesman John Doe said.",
        ),
        (
            "b.org",
            "Iran supplying missiles to Sudan?",
            "“We can’t confirm reports that Iran would be supplying missiles to Sudan,” Pentagon spokesman John Doe said.",
        ),
    )
    kinds = {each.kind for each in variants(detail)}
    assert kinds == {Difference.QUOTE, Difference.DRIFT}


def test_figures_that_differ_between_publishers_are_put_side_by_side() -> None:
    detail = told(
        ("a.org", "Iran ships 40 missiles to Sudan", ""), ("b.org", "Iran ships 60 missiles to Sudan", "")
    )
    (found,) = [each for each in variants(detail) if each.kind is Difference.FIGURE]
    assert (found.one.words, found.other.words) == ("40 missiles", "60 missiles")
    named = told(
        ("a.org", "Covid-19 outbreak reaches Sudan", ""), ("b.org", "The SARS-CoV-2 outbreak in Sudan", "")
    )
    assert not [each for each in variants(named) if each.kind is Difference.FIGURE]


def test_a_denial_about_other_goods_or_other_parties_is_not_on_the_claim() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan", ""),
        (
            "b.org",
            "Iran sends missiles to Sudan",
            "Iran has denied that its forces use Chinese drones.",
        ),
        ("c.org", "Iran supplies missiles to Sudan", "Hassan Rouhani denied that Iran is short of missiles."),
    )
    assert board(detail)["Iran"] is PartyStance.SILENT


def test_a_report_that_says_is_the_speaker_not_the_one_it_tells_of() -> None:
    detail = told(
        ("a.org", "Iran negotiating with Sudan for missiles, report says", ""),
        ("b.org", "Iran negotiating with Sudan for missiles", ""),
    )
    assert board(detail)["Iran"] is PartyStance.SILENT


def test_a_channel_is_one_source_however_it_is_introduced() -> None:
    detail = told(
        (
            "a.org",
            "Iran sends missiles to Sudan",
            "Iran is sending missiles to Sudan, according to the Telegram channel Red Sea, which cites a port official.",
        ),
        (
            "b.org",
            "Iran sends missiles to Sudan",
            "Haaretz, citing the Telegram channel Red Sea, reported that Iran is sending missiles to Sudan.",
        ),
    )
    assert {chain[:2] for chain in detail.origin.chains} == {("port official", "Red Sea (Telegram)")}
    assert detail.origin.state is OriginState.NAMED


def test_the_status_gives_each_denier_its_own_time_and_the_first_item_is_no_quick_answer() -> None:
    def denying(name: str, hours: int | None) -> Party:
        clock = None if hours is None else timedelta(hours=hours)
        return Party(name, Role.ACCUSED, PartyStance.DENIED, None, clock)

    deniers = [denying("Norland", 100), denying("Westmark", 12), denying("Eastmark", None)]
    assert because(Status.DENIED, deniers) == (
        "DENIED by Westmark (12 h after the claim), Norland (4 d after the claim), Eastmark"
    )
    assert because(Status.DENIED, deniers[1:2]) == "DENIED by Westmark, 12 h after the claim"
    assert because(Status.DENIED, [denying("Norland", 0)]) == "DENIED by Norland, from the first item on"


def test_a_denial_of_a_want_does_not_become_the_claims_by_being_told_twice() -> None:
    want = "Iran has denied that it is short of missiles."
    detail = told(
        CLAIM,
        ("b.org", "Iran sends missiles to Sudan", want),
        ("c.org", "Iran sends missiles to Sudan, sources say", want),
        ("d.org", "Sudan gets missiles from Iran", ""),
        ("e.org", "Missiles from Iran reach Sudan", ""),
    )
    assert board(detail)["Iran"] is not PartyStance.DENIED


def test_not_answering_a_request_is_no_comment_on_the_claim_the_item_tells() -> None:
    asked = "Iran has not responded to a request for comment."
    detail = told(CLAIM, ("b.org", "Iran is supplying missiles to Sudan: what we know", asked))
    assert board(detail)["Iran"] is PartyStance.NO_COMMENT


def test_a_sentence_that_admits_and_recalls_the_denial_is_no_drift() -> None:
    detail = told(
        CLAIM,
        (
            "b.org",
            "Iran admits supplying missiles to Sudan",
            "Iran admitted supplying missiles to Sudan, two days after it denied the report.",
        ),
    )
    assert not [each for each in variants(detail) if each.kind is Difference.DRIFT]


def test_where_no_claim_was_read_a_denial_full_of_the_storys_words_is_on_it() -> None:
    detail = told(
        ("a.org", "Virus lab leak theory gains ground", ""),
        ("b.org", "Lab leak theory of virus divides agencies", ""),
        ("c.org", "Virus may come from lab leak after all", ""),
        (
            "d.org",
            "Sudan dismisses reported energy office conclusion a lab leak sparked the virus season",
            "",
        ),
    )
    assert board(detail)["Sudan"] is PartyStance.DENIED


def test_a_person_named_in_full_and_by_surname_is_one_party() -> None:
    detail = told(
        ("a.org", "Minister Ada Roe under fire over boats plan", ""),
        ("b.org", "Boats plan: Ada Roe denies it breaks the law", ""),
        ("c.org", "Roe denies boats plan breaks the law", ""),
        ("d.org", "Roe denies boats plan is against the law", ""),
    )
    assert [party.name for party in detail.parties if "Roe" in party.name] in ([], ["Ada Roe"])


def test_false_from_start_to_finish_is_a_denial_of_the_claim() -> None:
    words = "“The report is false from start to finish,” ministry spokesman Ali Karimi of Iran said."
    detail = told(CLAIM, ("b.org", "Iran denies supplying missiles to Sudan", words))
    assert all(
        each.target is Target.CLAIM for each in detail.statements if each.statement.stance is Stance.DENY
    )

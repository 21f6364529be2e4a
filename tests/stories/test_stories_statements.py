"""Statements: who states what, in whose words, and what is no statement at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.evidence import Stance, Statement
from stories.item import Item
from stories.statements import statements


def read(
    title: str, summary: str = "", body: str = "", lang: str = "en", at: datetime | None = None
) -> list[Statement]:
    published = at or datetime(2023, 5, 1, tzinfo=UTC)
    item = Item(1, "a", "example.org", title, summary, body, published=published, lang=lang)
    found = [each for each in statements(item) if each.stance is not Stance.ASSERT]
    for each in found:
        assert item.words(each.span) == each.words
        assert each.span.start <= each.cue.start < each.cue.end <= each.span.end
        if each.speaker_span is not None:
            assert item.words(each.speaker_span) == each.speaker
    return found


@pytest.mark.parametrize(
    ("title", "stance", "speaker"),
    [
        ("Ruritania denies arming the rebels", Stance.DENY, "Ruritania"),
        (
            "Ruritania's foreign ministry cannot confirm the landing",
            Stance.CANNOT_CONFIRM,
            "Ruritania's foreign ministry",
        ),
        ("The palace declined to comment on the duke's absence", Stance.NO_COMMENT, "The palace"),
        ("Mayor admits taking the envelope", Stance.CONFIRM, "Mayor"),
        ("Experts are sceptical of the cold fusion claim", Stance.DOUBT, "Experts"),
        ("The general neither confirmed nor denied the raid", Stance.NO_COMMENT, "The general"),
        ("'This report is a lie': Ruritania", Stance.DENY, "Ruritania"),
        ("Despite Ruritania's denial, the ships sailed", Stance.DENY, "Ruritania"),
        ("Company pleads not guilty to dumping oil", Stance.DENY, "Company"),
        ("Film star Ana Ruiz seen in court, pleads not guilty to theft", Stance.DENY, "Film star Ana Ruiz"),
        ("Neighbour who said it was the wind admits felling the oak", Stance.CONFIRM, "Neighbour"),
        ("The day begins with the trial of nurse Ana Ruiz, who denies theft", Stance.DENY, "Ana Ruiz"),
        ("The author of “Tides: A Life” denied copying it", Stance.DENY, "The author of “Tides: A Life”"),
        ("Team must wake up, admits Ruiz", Stance.CONFIRM, "Ruiz"),
        ("Harbour master declined to talk specifics about the wreck", Stance.NO_COMMENT, "Harbour master"),
        (
            "Senator Ana Ruiz would not say it was wrong to close the port",
            Stance.NO_COMMENT,
            "Senator Ana Ruiz",
        ),
        ("Envoy 'very much doubts' the fleet will sail", Stance.DOUBT, "Envoy"),
        ("Ana Ruiz seems doubtful the council will sign", Stance.DOUBT, "Ana Ruiz"),
        ("Rowers question the ability of the club to pay its crews", Stance.DOUBT, "Rowers"),
        ("General Ana Ruiz said a landing was 'unlikely'", Stance.DOUBT, "General Ana Ruiz"),
        ("Emily Stone and Ana Ruiz deny skipping the queue", Stance.DENY, "Emily Stone and Ana Ruiz"),
        ("Bank: it takes all allegations of fraud very seriously", Stance.NO_COMMENT, "Bank"),
        ("Envoy describes reports of the landing as a “serious issue”", Stance.NO_COMMENT, "Envoy"),
        ("Ana Ruiz does not think the council will sign", Stance.DOUBT, "Ana Ruiz"),
        ("Unions skeptical harbour talks can succeed", Stance.DOUBT, "Unions"),
        ("Bank expressed skepticism toward the harbour plan", Stance.DOUBT, "Bank"),
        ("Laboratory was not able to confirm or refute the sighting", Stance.CANNOT_CONFIRM, "Laboratory"),
        ("Lima says it is impossible to take the videos seriously", Stance.DENY, "Lima"),
    ],
)
def test_a_headline_gives_its_stance_and_who_takes_it(title: str, stance: Stance, speaker: str) -> None:
    found = read(title)
    assert [(each.stance, each.speaker) for each in found] == [(stance, speaker)]


@pytest.mark.parametrize(
    "title",
    [
        "Smuggler denied bail after third arrest",
        "Visitors queue for the King's lying-in-state",
        "See https://example.org/fever-cases-confirmed-in-lima for the figures",
        "All the games that both studios have confirmed so far",
        "Council will sue if the port does not respond to requests for information",
        "Pope: nobody should be silent about the abuses of the past",
        "Ruiz declined to address the court before the sentence",
        "Harbour police confirmed that two pilots were among the four killed",
        "Winger has been silent on social media since March",
        "Cutter turns back: the islands did not respond to a request for it to refuel",
        "Why card denials happen, and what to do",
        "Phone sends false crash reports from roller coaster",
        "Rome denied it access to the harbour",
        "Blogger jailed for spreading “false information”",
        "No confirmed sightings of the lynx this spring",
        "Mayor concedes to his rival after recount",
        "Late win confirms team's form",
        "Court denies motion to move the trial",
        "Union rejects pay offer",
        "Charges dismissed against ferry captain",
        "Twelve confirmed dead in mine collapse",
        "Patient admitted to hospital after crash",
        "College ends legacy admissions",
        "Historian convicted of Holocaust denial",
        "Her undeniable talent won the crowd",
        "Senate confirmed the new ambassador",
        "Village still in denial about the dam",
        "Ruritania has not denied the reports",
    ],
)
def test_other_senses_of_the_words_are_no_statements(title: str) -> None:
    assert read(title) == []


def test_an_address_behind_a_label_is_nobodys_statement() -> None:
    summary = "A new report is out.\nTwitter: https://example.org/news\nGov. Jane Roe: the report is wrong\n"
    found = statements(Item(1, "g", "example.org", "A video", summary=summary))
    assert [each.speaker for each in found] == ["Gov. Jane Roe"]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    found = read(
        "",
        body="“We have no proof of that,” said Ada Lovel, a spokeswoman for the port. “The story is false.”",
    )
    assert [(each.stance, each.speaker) for each in found] == [
        (Stance.CANNOT_CONFIRM, "Ada Lovel"),
        (Stance.DENY, "Ada Lovel"),
    ]
    assert found[0].affiliation == "a spokeswoman for the port"


def test_the_afghan_foreign_ministry_speaks_for_whoever_rules_at_the_time() -> None:
    words = "A spokesman for Afghanistan's Ministry of Foreign Affairs denied the report."
    (before,) = read("", words, at=datetime(2017, 7, 1, tzinfo=UTC))
    (after,) = read("", words, at=datetime(2023, 1, 27, tzinfo=UTC))
    assert (before.party, after.party) == ("Afghanistan", "Taliban")

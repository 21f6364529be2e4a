"""Sentences, boilerplate and citations; and that no text, however odd, breaks a reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.citations import citations
from stories.evidence import CitationKind
from stories.item import Item, Link
from stories.reading import read
from stories.sources import canonical
from stories.text import body_spans, quotations, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_survive_titles_initials_countries_and_quotations() -> None:
    text = (
        "Gen. J. Smith met U.S. officials on Jan. 5. “We won. Again,” he said. "
        "The U.S. The ministry agreed! Was it so? Mr. Lee didn't say."
    )
    assert cut(text) == [
        "Gen. J. Smith met U.S. officials on Jan. 5.",
        "“We won.",
        "Again,” he said.",
        "The U.S.",
        "The ministry agreed!",
        "Was it so?",
        "Mr. Lee didn't say.",
    ]


def test_a_wrapped_line_goes_on_and_a_paragraph_ends() -> None:
    assert cut("The ship left\nharbour at noon.\n\nNobody knew") == [
        "The ship left\nharbour at noon.",
        "Nobody knew",
    ]


def test_quotations_are_found_in_every_kind_of_marks() -> None:
    text = '“one here” and «two here» and "three here" and ‘four here’ but it\'s none'
    assert [text[start:end] for start, end in quotations(text)] == [
        "one here",
        "two here",
        "three here",
        "four here",
    ]


def test_boilerplate_and_repeated_lines_are_left_out() -> None:
    page = "\n".join(
        [
            "The minister denied the report about the harbour on Tuesday.",
            "Also Read : Ten cats that look like presidents",
            "The minister denied the report about the harbour on Tuesday.",
            "Photo courtesy of the harbour",
            "A second line of news that counts.",
            "Related Articles",
            "Old news: Narnia denies everything",
        ]
    )
    kept = [page[start:end] for start, end in body_spans(page)]
    assert kept == [
        "The minister denied the report about the harbour on Tuesday.",
        "A second line of news that counts.",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "source", "by"),
    [
        ("The harbour master told Reuters the ship had left.", CitationKind.TOLD, "Reuters", ""),
        ("The mayor told Voice of America (VOA) that it was so.", CitationKind.TOLD, "VOA", ""),
        (
            "The Sun, citing the Telegram channel Harbour Watch, wrote of it.",
            CitationKind.CITING,
            "Harbour Watch (Telegram)",
            "The Sun",
        ),
        (
            "The move was first reported by the Wall Street Journal.",
            CitationKind.REPORTED,
            "The Wall Street Journal",
            "",
        ),
        ("Haaretz reported on Monday that talks were on.", CitationKind.REPORTED, "Haaretz", ""),
        ("According to two port officials, the ship left.", CitationKind.CITING, "two port officials", ""),
        ("LISBON (AP) — The ship left.", CitationKind.CREDIT, "AP", ""),
    ],
)
def test_each_way_of_naming_a_source_is_found(text: str, kind: CitationKind, source: str, by: str) -> None:
    found = citations(Item(1, "a", "example.org", "", text, lang="en"))
    assert (kind, source, by) in {(each.kind, each.source, each.cited_by) for each in found}


def test_somebody_told_who_is_no_outlet_is_no_source() -> None:
    assert (
        citations(Item(1, "a", "example.org", "", "The mayor told Congress that it was so.", lang="en")) == ()
    )


def test_links_to_other_publishers_are_citations_and_to_oneself_are_none() -> None:
    links = (
        Link("https://www.reuters.com/world/x", "Reuters says"),
        Link("https://news.example.org/y", "our own"),
    )
    (found,) = citations(Item(1, "a", "example.org", "Harbour closed", "", links=links, lang="en"))
    assert (found.kind, found.source, found.href) == (CitationKind.LINK, "Reuters", links[0].href)


def test_aliases_lead_to_one_name() -> None:
    assert {canonical(name) for name in ("VOA", "Voice of America", "the Voice of America", "VOA’s")} == {
        "VOA"
    }


WORDS = st.sampled_from(
    [
        "Kyiv",
        "denies",
        "denied",
        "it's",
        "not",
        "that",
        "the",
        "report",
        "“quoted",
        "”",
        "said",
        ",",
        ".",
        ":",
        "—",
        "No",
        "claims",
        "false",
        "'",
        '"',
        "İstanbul",
        "“",
        "he",
        "Mr.",
        "U.S.",
        "told",
        "VOA",
        "citing",
        "(",
        ")",
        "Кремль",
        "опроверг",
        "نفت",
        "\n",
        "\xa0",
        "…",
        "😀",
        "999",
        "cannot",
        "confirm",
        "by",
        "of",
        "and",
        "-",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["en", "ru", "ar", "fr", ""]))
def test_no_text_breaks_a_reading_and_every_offset_holds(parts: list[str], lang: str) -> None:
    text = " ".join(parts)
    item = Item(1, "a", "example.org", text, text, text, lang=lang)
    reading = read(item)
    for statement in reading.statements:
        assert item.words(statement.span) == statement.words
        assert 0 <= statement.cue.start < statement.cue.end <= len(text)
        if statement.speaker_span is not None:
            assert item.words(statement.speaker_span) == statement.speaker

"""A story told in full: where the analyst's hand overrules what was read; on made-up news."""

from __future__ import annotations

from stories.decision import Act, Decision
from stories.evidence import Target
from stories.story import PartyStance
from tests.stories.telling import CLAIM, START, board, told


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

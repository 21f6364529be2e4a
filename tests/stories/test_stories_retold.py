"""A text that follows another in other words is pointed out; two reports that merely agree are not."""

from __future__ import annotations

from datetime import UTC, datetime

from snapshots.document import story
from stories.detail import tell
from stories.difference import Difference, Variant
from stories.item import Item
from stories.reading import read
from stories.story import Story, StoryDetail
from stories.variants import variants
from tui.page_spread import spread
from tui.sheet import Sheet, plain_text

DAY = datetime(2023, 3, 1, tzinfo=UTC)

FIRST = (
    "Peru is said to have shipped 240 trucks of rifles across the lake to Bolivia since the autumn. "
    "“I cannot confirm that any such convoy crossed the border,” Peruvian defence ministry spokesman Luis Ortega told reporters. "
    "Villagers on the shore remember lorries at night, and one of them kept a tarpaulin that fell from the last. "
    "“The whole story is a lie that was invented by our opponents,” Bolivian deputy minister Rosa Quispe said. "
    "Neither capital has shown a paper, and the harbour master, whose log would settle it, has been on leave for a month."
)
RETOLD = (
    "Some 240 trucks full of weapons have reportedly gone from Peru to its neighbour, local media claim this week. "
    "Luis Ortega, who speaks for the defence ministry in Lima, said: “We can’t confirm that such a convoy has crossed any border.” "
    "People by the water talk of engines heard after midnight, while a lost cover is passed from house to house. "
    "“That story is a lie which our opponents have invented as a whole,” deputy minister Rosa Quispe said in La Paz. "
    "No document is public so far; the log of the port, which might tell more, is locked in an office whose owner is away."
)


def told(first: str, second: str) -> StoryDetail:
    items = [
        Item(number, f"g{number}", publisher, "Peru arms Bolivia", "", text, published=DAY, first_seen=DAY)
        for number, (publisher, text) in enumerate((("a.org", first), ("b.org", second)), 1)
    ]
    return tell(Story(1, ""), [(item, read(item)) for item in items], (), DAY)


def suspected(first: str, second: str) -> list[Variant]:
    return [each for each in variants(told(first, second)) if each.kind is Difference.SPUN]


def test_a_text_retold_in_other_words_is_suspected_with_what_was_reworded() -> None:
    (found,) = suspected(FIRST, RETOLD)
    assert "Luis Ortega" in found.about and "Rosa Quispe" in found.about
    assert found.one.words in FIRST and found.other.words in RETOLD and found.one.words != found.other.words


def test_a_copy_or_other_figures_or_another_order_is_no_retelling() -> None:
    assert suspected(FIRST, FIRST) == []
    assert suspected(FIRST, RETOLD.replace("240", "310")) == []
    sentences = RETOLD.split(". ")
    assert suspected(FIRST, ". ".join([sentences[0], *reversed(sentences[1:])])) == []


def test_quotations_that_agree_word_for_word_are_no_retelling() -> None:
    faithful = RETOLD.replace(
        "We can’t confirm that such a convoy has crossed any border.",
        "I cannot confirm that any such convoy crossed the border",
    )
    assert suspected(FIRST, faithful) == []


def test_a_suspicion_stands_beside_copies_on_the_page_and_in_json() -> None:
    detail = told(FIRST, RETOLD)
    (document,) = story(detail)["retold"]
    assert (document["item"], document["of"]) == (2, 1) and "Rosa Quispe" in document["about"]
    sheet = Sheet(110)
    spread(sheet, detail, (), variants(detail))
    (line,) = [each for each in plain_text(sheet.lines).splitlines() if "SPIN?" in each]
    assert "a.org" in line and "b.org" in line

"""A party's answer joins the story about what it does, though it shares hardly a word with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stories.actors import mentions
from stories.claimants import shares_of_claim
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.replies import replier, reply_term

START = datetime(2023, 3, 1, tzinfo=UTC)


def item(number: int, title: str, summary: str = "") -> Item:
    at = START + timedelta(hours=number)
    return Item(number, f"i-{number}", f"p{number}.org", title, summary=summary, published=at)


def take_in(grouper: Grouper, each: Item, stories: dict[int, int]) -> int:
    reading = Reading(claims=claims(each))
    story = grouper.propose(each, reading).story
    stories[each.id] = each.id if story is None else story
    grouper.admit(each, reading, stories[each.id])
    return stories[each.id]


def answering(title: str) -> str:
    return replier({reply_term(title, mentions(title, None)) or "none": 1.0})


def test_who_is_named_before_the_answer_answers() -> None:
    assert answering("Brazil says Chile is not qualified to give orders") == "Brazil"
    assert answering("Brazil hits back at Chile over claims") == "Brazil"
    assert answering("False flag? Brazil blamed for the blast") == ""
    assert answering("Brazil opens an embassy in Chile") == ""


ACCUSATIONS = (
    "Brazil is sending weapons to Chile, Peru says",
    "Peru warns Brazil against sending weapons to Chile",
    "Brazil may send weapons to Chile, officials say",
    "Brazil considers sending weapons to Chile",
)


def test_the_accused_partys_pushback_joins_and_a_strangers_does_not() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    for number, title in enumerate(ACCUSATIONS, 1):
        take_in(grouper, item(number, title), stories)
    assert len({stories[number] for number in range(1, 5)}) == 1
    answer = item(9, "Brazil says Peru is not qualified to give it orders on arms")
    assert take_in(grouper, answer, stories) == stories[1]
    assert take_in(grouper, item(10, "Iceland rejects new quotas for cod"), stories) == 10


def test_a_claim_is_owned_by_the_story_that_most_of_its_tellers_are_in() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    for number, title in enumerate(ACCUSATIONS, 1):
        take_in(grouper, item(number, title), stories)
    late = item(8, "Brazil sends weapons to Chile")
    features = grouper.features(late, Reading(claims=claims(late)))
    assert shares_of_claim(grouper._window, features)[stories[1]] > 0.5


def test_in_a_war_that_both_sides_wage_no_story_owns_an_attack() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    for number in range(1, 9):
        sides = ("Bolivia", "Chile") if number % 2 else ("Chile", "Bolivia")
        take_in(grouper, item(number, f"{sides[0]} attacks {sides[1]}, {number * 7} dead"), stories)
    late = item(20, "Bolivia attacks Chile at sea, a trawler sinks off Antofagasta")
    assert shares_of_claim(grouper._window, grouper.features(late, Reading(claims=claims(late)))) == {}


def test_where_many_stories_tell_each_way_none_is_anothers_opposite() -> None:
    grouper = Grouper()
    for number in range(1, 9):
        sides = ("Bolivia", "Chile") if number % 2 else ("Chile", "Bolivia")
        each = item(number, f"{sides[0]} attacks {sides[1]}, {number * 7} dead")
        grouper.admit(each, Reading(claims=claims(each)), number)
    late = item(20, "Bolivia attacks Chile at sea")
    assert grouper.propose(late, Reading(claims=claims(late))).opposite is None


def test_one_story_that_tells_the_reverse_is_the_opposite() -> None:
    grouper = Grouper()
    for number in (1, 2):
        each = item(number, "Bolivia sends rifles to Chile")
        grouper.admit(each, Reading(claims=claims(each)), 1)
    late = item(9, "Chile sends rifles to Bolivia")
    assert grouper.propose(late, Reading(claims=claims(late))).opposite == 1

"""Items join stories: the founding case, copies, decisions of a person, and what is kept between runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stories.claims import claims
from stories.evidence import CopyKind, Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.packing import packed
from stories.reading import read

DAY = datetime(2023, 5, 4, 9, tzinfo=UTC)


def item(number: int, title: str, summary: str = "", publisher: str = "", at: datetime | None = DAY) -> Item:
    return Item(number, f"g{number}", publisher or f"p{number}.example", title, summary, published=at)


def take_in(grouper: Grouper, each: Item, stories: dict[int, int]) -> int:
    reading = Reading(claims=claims(each))
    placement = grouper.propose(each, reading)
    story = placement.story or max(stories.values(), default=0) + 1
    grouper.admit(each, reading, story)
    stories[each.id] = story
    return story


def test_the_founding_articles_are_two_stories_that_point_against_each_other(shared: Path) -> None:
    grouper, stories = Grouper(), {}
    opposites = {}
    for number, line in enumerate((shared / "gold" / "seeds.jsonl").read_text().splitlines(), 1):
        row = json.loads(line)
        at = datetime.fromisoformat(row["published"]) if row["published"] else None
        each = Item(number, row["id"], row["source"], row["title"], body=row["body"], published=at)
        opposites[row["id"]] = grouper.propose(each, Reading(claims=claims(each))).opposite
        take_in(grouper, each, stories)
        assert grouper.merges() == []
    assert stories == {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}
    assert opposites["004"] == 1


def test_reports_of_one_event_join_and_other_news_stays_apart() -> None:
    grouper, stories = Grouper(), {}
    take_in(grouper, item(1, "Two drones shot down over the Kremlin, Russia says"), stories)
    take_in(grouper, item(2, "Ministers agree on fishing quotas after night of talks"), stories)
    take_in(grouper, item(3, "Kremlin drone attack: Russia says it shot down two drones"), stories)
    assert stories[1] == stories[3] != stories[2]


def test_the_reverse_supply_never_joins_and_is_named_as_opposite() -> None:
    grouper, stories = Grouper(), {}
    take_in(grouper, item(1, "Russia supplies weapons to the Taliban, general says"), stories)
    reading = Reading(claims=claims(item(2, "Taliban supplies weapons to Russia, general says")))
    placement = grouper.propose(item(2, "Taliban supplies weapons to Russia, general says"), reading)
    assert placement.story is None
    assert placement.opposite == stories[1]


def test_a_copy_is_told_with_how_much_it_shares() -> None:
    text = "The ministry said on Wednesday that the reports of a convoy crossing the river were invented by the other side."
    grouper, stories = Grouper(), {}
    take_in(grouper, item(1, "Ministry rejects convoy reports", text), stories)
    copy = item(2, "Convoy reports rejected", text)
    placement = grouper.propose(copy, Reading())
    assert placement.story == stories[1]
    assert placement.copies[0].of == 1
    assert placement.copies[0].kind is CopyKind.COPY


def test_a_person_s_word_is_kept() -> None:
    grouper, stories = Grouper(), {}
    take_in(grouper, item(1, "Two drones shot down over the Kremlin, Russia says"), stories)
    grouper.forbid(2, stories[1])
    assert (
        take_in(grouper, item(2, "Two drones shot down over the Kremlin, says Russia"), stories) != stories[1]
    )
    assert grouper.merges() == []


def test_the_window_is_restored_from_packed_features() -> None:
    first, stories = Grouper(), {}
    each = item(1, "Two drones shot down over the Kremlin, Russia says")
    take_in(first, each, stories)
    held = packed(first.features(each, Reading(claims=claims(each))))
    second = Grouper()
    second.restore(1, 7, held)
    again = item(2, "Russia says two drones were shot down over Kremlin")
    assert second.propose(again, Reading(claims=claims(again))).story == 7


def test_a_watched_claim_takes_in_its_items_whenever_they_come_and_says_why() -> None:
    grouper, stories = Grouper(), {}
    grouper.watch(50, "Russia–Taliban arms", "Taliban → send arms → Russia")
    in_2017 = item(1, "Taliban sends weapons to Russia, villagers say", at=datetime(2017, 7, 1, tzinfo=UTC))
    placement = grouper.propose(in_2017, Reading(claims=claims(in_2017)))
    assert placement.story == 50
    assert placement.why[0].endswith(f"; {placement.score:.2f}")
    assert "Taliban" in placement.why[0]
    stories[0] = 50
    assert take_in(grouper, item(2, "Reports say Taliban ships missiles to Russia"), stories) == 50
    assert take_in(grouper, item(3, "Russia arms the Taliban, general says"), stories) != 50


def test_two_stories_in_one_are_suggested_as_a_split_but_not_split() -> None:
    grouper, stories = Grouper(), {}
    drones = [
        "Drones hit the Kremlin roof",
        "Kremlin roof hit by drones",
        "Two drones over the Kremlin roof",
        "Drones burn on the Kremlin roof",
    ]
    fish = [
        "Herring quota cut in Baltic talks",
        "Baltic herring quota cut again",
        "Ministers cut Baltic herring quota",
        "Baltic ministers haggle over the herring quota",
    ]
    for number, title in enumerate(drones + fish, 1):
        grouper.admit(item(number, title), Reading(), 1)
        stories[number] = 1
    assert grouper.split_suggestion(1) in ((1, 2, 3, 4), (5, 6, 7, 8))
    grouper.admit(item(9, "Drones hit the Kremlin roof as Baltic talks cut the herring quota"), Reading(), 1)
    assert grouper.split_suggestion(1) == ()
    assert grouper.merges() == []


def test_stories_merge_when_a_later_item_shows_they_are_one() -> None:
    grouper = Grouper()
    grouper.admit(item(1, "Drones explode over the Kremlin dome in Moscow"), Reading(), 1)
    grouper.admit(item(2, "Kremlin dome drones: Moscow vows answer"), Reading(), 2)
    later = item(3, "Moscow vows answer after drones explode over Kremlin dome")
    placement = grouper.propose(later, Reading())
    grouper.admit(later, Reading(), placement.story or 3)
    assert grouper.merges() == [(1, 2)]


def test_a_credit_line_makes_a_cut_agency_text_a_copy() -> None:
    told = (
        "The mayor of Lindau said on Monday that the flood gates would stay open until the water falls. "
        "Boats were tied up along the whole quay."
    )
    cut = "It said on Monday that the flood gates would stay open until the water falls. Shops in town closed early and two schools sent pupils home."
    kinds = {}
    for credit in ("", "(AP) — "):
        grouper = Grouper()
        first = item(1, "Mayor of Lindau keeps flood gates open", told, "apnews.com")
        grouper.admit(first, read(first), 1)
        second = item(2, "Schools close in Lindau", credit + cut, "daily.example")
        copies = grouper.propose(second, read(second)).copies
        kinds[credit] = [copy.kind for copy in copies]
    assert kinds == {"": [CopyKind.QUOTED], "(AP) — ": [CopyKind.COPY]}


def test_the_denials_of_one_claim_are_no_second_story_however_unlike_its_words() -> None:
    def suggested(denials: list[str]) -> tuple[int, ...]:
        grouper = Grouper()
        claimed = [
            "Brazil sends helicopters to Chile, newspaper reports",
            "Helicopters for Chile: Brazil sends twelve, newspaper reports",
            "Newspaper reports Brazil sends Chile helicopters",
            "Brazil sends Chile twelve helicopters, the newspaper reports",
        ]
        for number, title in enumerate(claimed + denials, 1):
            each = item(number, title)
            grouper.admit(each, Reading(claims=claims(each)), 1)
        return grouper.split_suggestion(1)

    said = "minister calls gossip of hangar sale baseless, angry envoy walks out of Lima summit hall"
    envoys = [f"{said} {word}" for word in ("again", "today", "early", "late")]
    assert suggested(envoys)
    assert not suggested([f"Chile denies that Brazil sends it helicopters: {each}" for each in envoys])


def test_an_item_finds_the_story_that_makes_its_claim_though_others_share_more_words() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    for number in range(1, 17):
        take_in(
            grouper,
            item(number, f"Summit in Lima: alliance chief concerned over budget, day {number}"),
            stories,
        )
    take_in(grouper, item(20, "Peru may send rifles to Bolivia, officials say"), stories)
    late = item(21, "Summit in Lima: alliance chief concerned Peru may arm Bolivia")
    near = {each.story for each in grouper.evidence(late, Reading(claims=claims(late)))}
    assert stories[20] in near


def test_a_match_of_two_countries_is_no_report_of_their_arms_deal() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    deal = take_in(grouper, item(1, "Peru sends rifles to Bolivia in surprise deal"), stories)
    take_in(grouper, item(2, "Rifles for Bolivia: Peru confirms surprise deal"), stories)
    cup = item(3, "Peru beat Bolivia 2-1 in surprise", "A late penalty in La Paz")
    final = item(4, "Peru and Bolivia surprise in World Cup qualifier")
    assert take_in(grouper, cup, stories) != deal
    assert take_in(grouper, final, stories) != deal


def test_arms_one_way_and_the_same_news_in_german_the_other_way_stay_apart() -> None:
    grouper, stories = Grouper(), dict[int, int]()
    take_in(grouper, item(1, "Russland liefert Waffen an die Taliban, sagt General"), stories)
    late = item(2, "Taliban liefern Waffen an Russland, sagt General")
    placement = grouper.propose(late, Reading(claims=claims(late)))
    assert placement.story is None
    assert placement.opposite == 1


def opposite_of(first: str, then: str) -> int | None:
    grouper = Grouper()
    grouper.admit(item(1, first), Reading(claims=claims(item(1, first))), 1)
    return grouper.propose(item(2, then), Reading(claims=claims(item(2, then)))).opposite


def test_only_the_same_kind_of_thing_handed_back_is_an_opposite() -> None:
    assert opposite_of("Chile sends tanks to Peru", "Peru sends missiles to Chile") == 1
    assert opposite_of("Chile sends tanks to Peru", "Peru sends grain to Chile") is None
    assert opposite_of("Chile attacks Peru", "Peru attacks Chile") is None
    assert opposite_of("Chile expels Peruvian envoys", "Peru expels Chilean envoys") is None


def test_a_lead_of_a_headline_about_something_else_makes_no_opposite() -> None:
    grouper = Grouper()
    grouper.admit(
        item(1, "Chile sends rifles to Peru"),
        Reading(claims=claims(item(1, "Chile sends rifles to Peru"))),
        1,
    )
    aside = item(2, "Mayors meet in Lima", "Peru, which sends rifles to Chile, is the host.")
    assert grouper.propose(aside, Reading(claims=claims(aside))).opposite is None


def test_what_is_dated_half_a_year_away_joins_and_merges_with_nothing_by_itself() -> None:
    grouper, stories = Grouper(), {}
    later = DAY + timedelta(days=203)
    take_in(grouper, item(1, "Two drones shot down over the Kremlin, Russia says"), stories)
    take_in(grouper, item(2, "Two drones shot down over the Kremlin, Russia says", at=later), stories)
    take_in(grouper, item(3, "Russia says it shot down two drones over the Kremlin", at=later), stories)
    take_in(grouper, item(4, "Russia says two drones were shot down over Kremlin", at=None), stories)
    assert stories[2] == stories[3] != stories[1]
    assert grouper.merges() == []
    grouper.watch(stories[1], "Kremlin drones", "drones over the Kremlin")
    assert take_in(grouper, item(5, "Two drones shot down over the Kremlin", at=DAY), stories) == stories[1]
    again = item(6, "Russia: two drones shot down over Kremlin", at=DAY + timedelta(days=400))
    assert take_in(grouper, again, stories) == stories[1]

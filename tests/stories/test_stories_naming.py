"""What a story is called: runs of words that its headlines share, or who gives what to whom."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from stories.claims import claims
from stories.evidence import Reading
from stories.item import Item
from stories.naming import claim_of, name
from stories.phrases import LONGEST


def told(*titles: str, year: int = 2023) -> tuple[list[Item], list[Reading]]:
    items = [
        Item(number, f"g{number}", f"outlet{number}.org", title, published=datetime(year, 3, 1, tzinfo=UTC))
        for number, title in enumerate(titles, 1)
    ]
    return items, [Reading(claims=claims(item)) for item in items]


CASES = [
    (("Norway to send missiles to Chile", "Norway ships missiles to Chile"), "Norway–Chile missiles"),
    (("Chile seeks missiles from Norway", "Chile asks Norway for missiles"), "Chile–Norway missiles"),
    (("Peru arms Bolivia, paper says", "Peru is arming Bolivia with rifles"), "Peru–Bolivia rifles"),
    (("Kenya bombs Somalia port", "Kenya bombed Somalia at dawn"), "Kenya–Somalia attack"),
    (("Canada to supply Kenya with Viper 3 tanks", "Canada sends Viper 3 tanks to Kenya"), "Canada–Kenya tanks"),
    (("Floods in Porto close schools", "Porto floods: two rescued"), "Porto floods"),
    (("Car bomb at hotel in Lusaka", "Dozens hurt by car bomb at hotel in Lusaka"), "Car bomb at hotel in Lusaka"),
    (("Ana Ruiz wins Chilean presidential election", "Ana Ruiz beats Luis Soto in Chilean presidential election"),
     "Chilean presidential election"),
    (("Mara Holt sworn in as mayor", "Mara Holt sworn in as mayor of Bergen"), "Mara Holt"),
    (("Cargo ferry sinks off Crete, search begins", "Cargo ferry full of goats sinks"), "Cargo ferry"),
    (("Comet 2031 XB passes Earth", "Bright comet 2031 XB seen over Chile"), "Comet 2031 XB"),
    (("Lima bus drivers begin strike", "Strike by Lima bus drivers enters second day"), "Lima bus drivers"),
    (("Museum heist: jade mask stolen", "Police hunt thieves of jade mask"), "Jade mask"),
    (("Lost jade mask found in Chile", "Chile police find jade mask in barn"), "Chile jade mask"),
    (("Best Early Black Friday Deals at Nordmart", "Early Black Friday Deals on Kettles", "More Early Black Friday Deals"),
     "Black Friday Deals"),
    (("Quorvex and Ada Lund-Reed: what went wrong", "How Quorvex and Ada Lund-Reed Fell", "Ada Lund-Reed and Quorvex"),
     "Quorvex and Ada Lund-Reed"),
    (("Oslo pupils to study maths until 18", "Oslo pupils should study maths to 18, minister says"), "Oslo pupils"),
    (("Pakistani Taliban claim Swat blast", "Pakistani Taliban behind Swat blast"), "Pakistani Taliban"),
    (("Quay collapse in Bergen: two dead", "Bergen quay collapse kills two"), "Bergen quay collapse"),
    (("Peru anti-mine protests spread to coast", "Peru anti-mine protests spread, clashes in Lima"),
     "Peru anti-mine protests"),
    (("Ana Maria Holt in hospital after cardiac arrest", "Ana Maria Holt’s mother tells of cardiac arrest"),
     "Ana Maria Holt cardiac arrest"),
    (("Rallies in Reyes' backyard end", "Mayor Reyes jeers at rallies in Reyes' backyard"), "Rallies in Reyes' backyard"),
    (("Areas of Kansas hit by hail", "Hail in some Kansas areas", "Kansas areas count hail damage"), "Kansas areas"),
    (("Peru threatens 'reprisals' against Andes Bank", "Peru threatens 'reprisals' against Andes Bank over loan"),
     "Reprisals against Andes Bank"),
    (("Chilean dies in Oslo, ministry says", "Chilean dies in Oslo"), "Oslo"),
    (("Zelda Okafor elected head of chess union", "Chess union picks Zelda Okafor"), "Zelda Okafor chess union"),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "called"), CASES)
def test_a_story_is_called_by_what_its_headlines_share(titles: tuple[str, ...], called: str) -> None:
    assert name(*told(*titles)) == called


@pytest.mark.parametrize(("titles", "called"), CASES)
def test_the_order_items_come_in_does_not_matter(titles: tuple[str, ...], called: str) -> None:
    items, readings = told(*titles, "Something else about this")
    both = list(zip(items, readings, strict=True))
    names = set()
    for seed in range(4):
        random.Random(seed).shuffle(both)
        names.add(name([item for item, _ in both], [reading for _, reading in both]))
    assert len(names) == 1


@pytest.mark.parametrize(("titles", "_"), CASES)
def test_a_name_fits_its_column(titles: tuple[str, ...], _: str) -> None:
    assert 3 <= len(name(*told(*titles))) <= LONGEST


@pytest.mark.parametrize(
    "title",
    [
        "Ana Ruiz beats Luis Soto in final of Lima tennis open",
        "Norway defeats Chile to win World Cup",
        "Storm hits Norway and Chile",
        "Dozens attack Norway embassy",
        "Hundreds help Norway rebuild",
        "Senator Mara Holt is back to help at the Capitol",
        "Mara Holt sworn in as mayor of Bergen",
    ],
)
def test_winning_weather_and_crowds_make_no_claim(title: str) -> None:
    _, readings = told(title)
    assert claim_of(readings) is None


def test_a_claim_needs_more_items_the_less_its_actors_are_known() -> None:
    other = [f"Parliament of fools, part {number}" for number in range(5)]
    assert claim_of(told("Quorvex sues Blintz", *other)[1]) is None
    assert (
        str(claim_of(told("Quorvex sues Blintz", "Why Quorvex sued Blintz")[1])) == "Quorvex → sue → Blintz"
    )


def test_the_claim_shown_is_the_wording_that_says_what_is_given() -> None:
    _, readings = told("Peru arms Bolivia", "Peru is arming Bolivia", "Peru sends rifles to Bolivia")
    assert str(claim_of(readings)) == "Peru → supply rifles → Bolivia"


def test_an_attack_is_called_by_what_was_hit_where_headlines_agree_on_it() -> None:
    titles = (
        "Kenya launches rocket attack on Kismayo harbour, Somalia says",
        "Rocket attack on Kismayo harbour: Somalia accuses Kenya",
        "Kenya attacks Somalia with rockets",
        "Kenya bombed Somalia in Kismayo harbour rocket attack",
    )
    made = name(*told(*titles))
    assert "Kismayo harbour" in made and "attack" in made


def test_spies_before_a_noun_are_part_of_the_name() -> None:
    made = name(*told("Peru spy base in Ghana is denied", "A Peru spy base in Ghana?", "Peru base in Ghana"))
    assert "spy base" in made.lower()


def test_a_second_story_of_the_same_claim_is_told_apart_by_its_year() -> None:
    titles = ("Norway to send missiles to Chile", "Norway ships missiles to Chile")
    assert name(*told(*titles, year=2021), taken={"Norway–Chile missiles"}) == "Norway–Chile missiles 2021"


def test_a_namesake_without_a_claim_is_called_by_other_words_it_shares() -> None:
    titles = ("Car bomb at hotel in Lusaka", "Lusaka car bomb: what we know", "Car bomb at Lusaka hotel")
    first = name(*told(*titles))
    second = name(*told(*titles), taken={first})
    assert second != first and not second[-1].isdigit()


def test_words_keep_the_case_they_have_in_mid_sentence() -> None:
    made = name(
        *told(
            "Iron Kettle Festival Opens In Rain",
            "Rain falls on iron kettle festival",
            "An iron kettle festival",
        )
    )
    assert made == "Iron kettle festival"


def test_a_publishers_signature_names_no_story() -> None:
    titles = ("The 34 best shows to watch on Vesta - Outlet", "The 12 best films to watch on Vesta - Outlet")
    items = [
        Item(number, f"g{number}", "outlet.com", title, published=datetime(2023, 3, 1, tzinfo=UTC))
        for number, title in enumerate(titles, 1)
    ]
    assert "Outlet" not in name(items, [Reading(claims=claims(item)) for item in items])


def test_a_place_alone_is_told_with_what_happened_there() -> None:
    titles = (
        "San Tello approves police robots",
        "San Tello votes for police robots",
        "Robots for San Tello?",
    )
    assert name(*told(*titles)) == "San Tello police robots"


def test_a_name_made_by_a_claim_goes_when_the_items_no_longer_make_it() -> None:
    first = ("Kenya bombs Somalia port", "Kenya bombed Somalia at dawn")
    later = tuple(f"Kenya and Somalia sign fishing pact, day {day}" for day in range(1, 19))
    early = name(*told(*first))
    assert name(*told(*first, *later[:4]), current=early) == early == "Kenya–Somalia attack"
    assert "fishing pact" in name(*told(*first, *later), current=early)


def test_a_name_goes_when_no_headline_carries_its_last_word_any_more() -> None:
    current = "Bergen harbour headquarters"
    titles = [f"Bergen harbour master {deed} in raid" for deed in ("killed", "missing", "alive", "seen")]
    assert name(*told(*titles), current=current) == current
    assert name(*told(*titles, *titles, *titles), current=current) == "Bergen harbour master"


def test_a_name_is_not_changed_into_a_part_of_itself() -> None:
    titles = [
        f"Porto opera {thing}" for thing in ("sings", "reopens", "tours", "rests", "rises", "falls")
    ] * 2
    assert name(*told(*titles), current="Porto opera strike") == "Porto opera strike"


def test_a_claim_that_only_leads_recall_is_not_the_storys() -> None:
    recalled = "The visit comes a year after Russia invaded Ukraine."
    items = [
        Item(
            number, str(number), f"{number}.example", title, text, published=datetime(2023, 4, 1, tzinfo=UTC)
        )
        for number, (title, text) in enumerate(
            (
                ("Polish leader heads to Washington", recalled),
                ("Polish leader visits defence plant", "He met workers."),
                ("Polish leader ends trip", "He flew home."),
            )
        )
    ]
    assert claim_of([Reading(claims=claims(item)) for item in items]) is None

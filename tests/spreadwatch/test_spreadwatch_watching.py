"""Stories that a user watches for: which items their words bring in, and which stay where they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from spreadwatch.calling import Callings
from store import decisions
from store.database import open_store
from stories.decision import Act
from stories.item import Item

Call = Callable[..., tuple[int, str, str]]


def test_a_watched_story_is_kept_however_small(call: Call, tmp_path: Path) -> None:
    place = ("--db", str(tmp_path / "a.db"), "--feeds", str(tmp_path / "feeds.toml"))
    code, out, _ = call("watch", "Grain deal", "--terms", "grain", "--search-feeds", *place)
    assert code == 0
    assert out.startswith("Watching “Grain deal” as story 1.")
    assert "muted" in out
    assert "Grain deal" in call("follow", "--for", "0s", "--db", str(tmp_path / "a.db"))[1]


def test_a_watched_story_s_words_bring_items_in_those_there_and_those_to_come(
    call: Call, tmp_path: Path
) -> None:
    place = ("--db", str(tmp_path / "a.db"))
    archive = tmp_path / "a.jsonl"

    def come(number: int, title: str) -> None:
        archive.write_text(json.dumps({"id": f"w-{number}", "title": title, "source": f"p{number}.example"}))
        assert call("import", str(archive), *place)[0] == 0

    come(1, "Grain ship leaves Odesa at dawn")
    assert "Moved 1 item" in call("watch", "Grain", "--terms", "grain , Odesa", *place)[1]
    come(2, "Insurers ask more for grain from ODESA")
    come(4, "Clinic for migraine opens in Lyon")
    (watched,) = (one for one in json.loads(call("stories", "--json", *place[:2])[1]) if one["watched"])
    assert {item["guid"] for item in watched["items"]} == {"w-1", "w-2"}
    assert call("regroup", *place[:2])[0] == 0
    (watched,) = (one for one in json.loads(call("stories", "--json", *place[:2])[1]) if one["watched"])
    assert {item["guid"] for item in watched["items"]} == {"w-1", "w-2"}


def test_a_watch_takes_nothing_out_of_a_story_of_several_publishers_unless_told_to(
    call: Call, tmp_path: Path
) -> None:
    place = ("--db", str(tmp_path / "a.db"))
    archive = tmp_path / "a.jsonl"
    lines = [
        {"id": f"w-{outlet}", "title": "Brazil sends helicopters to Chile", "source": f"{outlet}.example"}
        for outlet in ("one", "two", "three")
    ]
    lines.append({"id": "w-4", "title": "Clinic in Lyon buys two helicopters", "source": "four.example"})
    archive.write_text("\n".join(map(json.dumps, lines)))
    assert call("import", str(archive), *place)[0] == 0

    def watched(name: str) -> set[str]:
        listed = json.loads(call("stories", "--json", *place)[1])
        return {item["guid"] for one in listed if one["name"] == name for item in one["items"]}

    said = call("watch", "Rotors", "--terms", "helicopters", *place)[1]
    assert "Moved 1 item " in said
    assert "left where they are (--take moves them): 3 items of story 1" in said
    assert call("regroup", *place)[0] == 0
    assert watched("Rotors") == {"w-4"}
    assert (
        "taken out of: 3 items of story 1" in call("watch", "Sent", "--terms", "Brazil", "--take", *place)[1]
    )
    assert watched("Sent") == {"w-one", "w-two", "w-three"}


def test_only_an_item_with_all_the_words_is_called_for_and_words_are_whole(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db", create=True) as store:
        details = {"name": "Grain", "terms": json.dumps(["grain", "Black  Sea"])}
        made = decisions.record(
            store, Act.WATCH, details=details, by="ana", at=datetime(2026, 3, 2, tzinfo=UTC)
        )
        callings = Callings(store)
        assert callings.story_of(Item(1, "a", "p", "GRAIN crosses the Black Sea")) == made.story
        assert (
            callings.story_of(Item(2, "b", "p", "Grain harvest", summary="On the black\nsea coast."))
            == made.story
        )
        assert callings.story_of(Item(3, "c", "p", "Grain harvest in Kansas")) is None
        assert callings.story_of(Item(4, "d", "p", "Migraine at the Black Sea")) is None
        decisions.record(store, Act.UNWATCH, story=made.story, by="ana", at=datetime(2026, 3, 3, tzinfo=UTC))
        callings.forget()
        assert callings.story_of(Item(5, "e", "p", "Grain, Black Sea")) is None

"""The other formats, each read back by a library that was made for it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import networkx
import pytest
import stix2

from snapshots import claim_review, graph, manifest, markdown, stix, tables, timeline
from snapshots.drawing import timeline as drawing
from snapshots.errors import SnapshotError
from snapshots.snapshot import Snapshot
from snapshots.templating import page, render
from stories.story import StoryDetail


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_every_item_statement_and_citation(snapshot: Snapshot) -> None:
    made = tables.write(snapshot)
    assert [row["guid"] for row in rows(made["items.csv"])] == ["a-1", "b-7", "c-2"]
    assert rows(made["items.csv"])[1]["body"] == "Full text.\nSecond line."
    assert [row["on_claim"] for row in rows(made["statements.csv"])] == ["true", "false"]
    assert rows(made["citations.csv"])[0]["source"] == "Harbour Notes"


def test_the_page_that_an_article_was_read_from_is_named_with_its_hash_everywhere(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    first, second, _ = rows(tables.write(snapshot)["items.csv"])
    assert first["canonical_url"] == "first.example/1?a=1&b=2"
    assert (first["article_url"], first["page_sha256"]) == (
        "https://www.first.example/1?utm_source=rss",
        "ef" * 32,
    )
    assert (second["article_url"], second["page_sha256"]) == ("", "")
    assert f"Article read 2026-03-02 09:05 UTC, page SHA-256 {'ef' * 32}." in page(snapshot)
    assert f'"SHA-256": "{"ef" * 32}"' in stix.write(snapshot)
    line = manifest.append(tmp_path, snapshot, "md", {})
    assert [one.get("page_sha256") for one in line["items"]] == ["ef" * 32, None, None]


def test_csv_runs_no_formula_in_a_spreadsheet(snapshot: Snapshot) -> None:
    item = replace(snapshot.detail.items[0], title='=HYPERLINK("http://evil.example")')
    detail = replace(snapshot.detail, items=(item, *snapshot.detail.items[1:]))
    made = tables.write(replace(snapshot, detail=detail))
    assert rows(made["items.csv"])[0]["title"] == '\'=HYPERLINK("http://evil.example")'


def test_html_is_valid_self_contained_and_without_scripts(snapshot: Snapshot) -> None:
    made = page(snapshot)
    html5lib.HTMLParser(strict=True).parse(made)
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "javascript:" not in made.replace("[click](javascript:x)", "")
    assert 'src="' not in made
    assert "url(" not in made
    assert "“This report is false.”" in made or "This report is false." in made
    assert made.index("<strong>DENIED by Norland, 3 h after</strong>") < made.index("<h2>Timeline")


def test_a_stranger_s_snapshot_can_neither_smuggle_in_an_address_nor_break_a_page(snapshot: Snapshot) -> None:
    links = (
        "javascript:alert(1)",
        "data:text/html,x",
        "//x",
        "https://a.example/b c",
        "https://a.example/#b#c",
    )
    items = tuple(
        replace(snapshot.detail.items[0], id=10 + number, link=link, title=f"Bell \x07\x85\ufffe {number}")
        for number, link in enumerate(links)
    )
    events = tuple(replace(snapshot.detail.timeline[0], item=item.id) for item in items)
    hostile = replace(snapshot, detail=replace(snapshot.detail, items=items, timeline=events))
    made = page(hostile)
    html5lib.HTMLParser(strict=True).parse(made)
    assert set(re.findall(r'href="([^"]*)"', made)) == {"https://a.example/#b%23c"}
    assert "Bell \ufffd\ufffd\ufffd 0" in made
    networkx.read_gexf(io.BytesIO(graph.write(hostile).encode()), version="1.3")
    assert "javascript:" not in timeline.write(hostile)
    assert "](<javascript:" not in markdown.write(hostile)


def test_the_drawing_says_in_words_what_it_shows(snapshot: Snapshot) -> None:
    made = drawing(snapshot)
    assert "3 publishers carry the story, 1 a denial." in made
    assert made.count('class="turn"') == 1
    empty = replace(snapshot, detail=replace(snapshot.detail, items=()))
    assert drawing(empty) == ""


def test_stix_is_read_by_the_stix2_library_with_the_mapping_of_stances(snapshot: Snapshot) -> None:
    bundle = stix2.parse(stix.write(snapshot))
    kinds = {one["type"] for one in bundle.objects}
    assert kinds == {"identity", "note", "opinion", "grouping", "report"}
    known = {one["id"] for one in bundle.objects}
    for one in bundle.objects:
        assert set(one.get("object_refs", ())) <= known
        assert one.get("created_by_ref", one["id"]) in known
    opinions = [one for one in bundle.objects if one["type"] == "opinion"]
    assert {one["opinion"] for one in opinions} == {"strongly-disagree"}
    assert 'Ada Lind said: "This report is false."' in {one["explanation"] for one in opinions}
    report = next(one for one in bundle.objects if one["type"] == "report")
    assert report["confidence"] == 50
    hashes = [reference.get("hashes") for note in bundle.objects if note["type"] == "note"
              for reference in note.get("external_references", ())]  # fmt: skip
    assert any(hashed and hashed["SHA-256"] == "ab" * 32 for hashed in hashes)


def test_stix_of_one_story_keeps_its_numbers(snapshot: Snapshot) -> None:
    once = {one["id"] for one in json.loads(stix.write(snapshot))["objects"] if one["type"] == "note"}
    again = {one["id"] for one in json.loads(stix.write(snapshot))["objects"] if one["type"] == "note"}
    assert once == again


def test_gexf_is_read_by_networkx_with_a_time_on_every_edge(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    path.write_text(graph.write(snapshot), "utf-8")
    read = networkx.read_gexf(path, version="1.3")
    assert set(read.nodes) == {"first.example", "second.example", "third.example", "Harbour Notes", "Wire"}
    assert read.nodes["Harbour Notes"]["role"] == "origin"
    ((source, target, edge),) = read.edges(data=True)
    assert (source, target) == ("Wire", "Harbour Notes")
    assert edge["start"] == "2026-03-02T09:00:00Z"
    assert edge["kind"] == "citing"


def test_timelinejs_gets_dates_and_escaped_texts(snapshot: Snapshot) -> None:
    made = json.loads(timeline.write(snapshot))
    assert [event["start_date"]["hour"] for event in made["events"]] == [9, 12]
    assert "<script>" not in json.dumps(made)
    assert made["title"]["text"]["headline"] == "Norland–Westmark drones"


def test_a_claim_review_is_a_draft_and_only_for_a_rated_story(snapshot: Snapshot) -> None:
    made = json.loads(claim_review.write(snapshot))
    assert made["creativeWorkStatus"] == "Draft"
    assert made["claimReviewed"] == "Norland → send drones → Westmark"
    assert made["reviewRating"]["alternateName"] == "C3"
    for rated in ("", "F6"):
        story = replace(snapshot.detail.story, rated=rated)
        with pytest.raises(SnapshotError, match="no analyst's rating"):
            claim_review.write(replace(snapshot, detail=replace(snapshot.detail, story=story)))


def test_a_desk_writes_its_own_brief(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "desk.md"
    path.write_text(
        "{% for party in brief.parties %}{{ party.name }}={{ party.stance }};{% endfor %}\n\n"
        "{{ story['items'][0].title|literal }}\n"
    )
    told, title = render(snapshot, path).splitlines()
    assert told == "Norland=DENIED;Westmark=SILENT 6 h;"
    assert "\\<script\\>" in title


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\n{{ brief.nam }}", "nam"),
        ("a\n{% if %}", "line 2"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% include '/etc/passwd' %}", "passwd"),
        ("{{ story.update({}) }}", "safe"),
        ("a\n{{ 'a' * 1000000000000 }}", "line 2: More than 1,000,000 repetitions are asked for\\.$"),
        ("{{ 9 ** 9 ** 9 }}", "line 1: The power is too large"),
        ("{% for one in range(1000000000) %}{% endfor %}", "line 1: Range too big"),
        ("{{ 1 / 0 }}", "line 1: division by zero\\.$"),
        ("{% include '../other.md' %}", "it includes ../other.md, which is not in its folder"),
    ],
)
def test_a_template_can_neither_err_silently_nor_reach_out(
    snapshot: Snapshot, tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "desk.md"
    path.write_text(text)
    with pytest.raises(SnapshotError, match=says):
        render(snapshot, path)


def test_a_template_that_loops_is_ended(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("snapshots.templating.LONGEST", 0.2)
    path = tmp_path / "desk.md"
    path.write_text("{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}")
    with pytest.raises(SnapshotError, match="still at work after"):
        render(snapshot, path)


def test_a_story_with_nothing_in_it_can_be_written_in_every_format(
    detail: StoryDetail, snapshot: Snapshot
) -> None:
    empty = replace(
        detail, items=(), parties=(), statements=(), citations=(), copies=(), timeline=(), measures=None,
        origin=replace(detail.origin, chains=(), evidence=()), first_seen=None, last_seen=None,
    )  # fmt: skip
    bare = replace(snapshot, detail=empty, retrievals=(), decisions=(), questions=())
    html5lib.HTMLParser(strict=True).parse(page(bare))
    stix2.parse(stix.write(bare))
    assert networkx.read_gexf(io.BytesIO(graph.write(bare).encode()), version="1.3").number_of_nodes() == 0
    assert rows(tables.write(bare)["items.csv"]) == []

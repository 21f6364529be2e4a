"""Whether briefs stand: every quoted sentence word for word in its item, nothing else that no item says.

    python -m benchmarks.briefs DB STORY … [--out FOLDER]

Reads the written HTML page, not the values behind it. A sentence is a fault when it is not in an item that its
line links to; a name or figure around the sentences is one when it stands in no item, is no party, time or count
of the story and no word of the program's own labels.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

import snapshots
from snapshots.formats import FORMATS
from snapshots.saving import file_name, save
from snapshots.snapshot import Snapshot
from snapshots.wording import address, one_line, span, stamp
from spreadwatch.taking import taken
from store.database import open_store
from stories.evidence import Stance, Target
from stories.item import Item
from stories.story import PartyStance, Status

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d[\d,.]*")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
_EDGES = ".,’'-"
_OURS = Path(snapshots.__file__).parent


def faults(snapshot: Snapshot) -> list[str]:
    """What is wrong with the page of a snapshot, one line each."""
    page = html5lib.parse(str(FORMATS["html"].write(snapshot)), namespaceHTMLElements=False)
    return [*_misquoted(page, snapshot), *_invented(page, snapshot)]


def quoted(snapshot: Snapshot) -> int:
    """How many sentences the page quotes."""
    page = html5lib.parse(str(FORMATS["html"].write(snapshot)), namespaceHTMLElements=False)
    return sum(1 for _ in page.iter("blockquote"))


def _misquoted(page: Element, snapshot: Snapshot) -> Iterator[str]:
    items = snapshot.detail.items
    places = list(page.iterfind("./body/*"))
    for quote, line in pairwise(places):
        if quote.tag != "blockquote":
            continue
        words = _text(quote)
        links = {link.get("href") for link in line.iter("a")}
        told = _text(line)
        named = [
            item
            for item in items
            if address(item.link) in links or (not address(item.link) and _named(item, told))
        ]
        if not any(words in text for item in named for text in _texts(item)):
            yield f"not in its item: “{words}” ({told})"
        for item in named:
            if not any(words in text for text in _texts(item)):
                yield f"not in the item of {item.publisher} that is named beside it: “{words}”"


def _named(item: Item, told: str) -> bool:
    return item.publisher in told and (one_line(item.title) in told or "Headline" in told)


def _invented(page: Element, snapshot: Snapshot) -> Iterator[str]:
    detail = snapshot.detail
    said = " ".join(chain.from_iterable((*_texts(item), item.publisher, item.link) for item in detail.items))
    names = " ".join(
        (detail.story.name, detail.story.claim, snapshot.opposite_name, snapshot.taken_by, snapshot.tool)
    )
    names += " ".join(party.name for party in detail.parties)
    canonical = " ".join(name for links in detail.origin.chains for name in links)
    canonical += " ".join(placed.citation.source for placed in detail.citations)
    canonical += " ".join(name for placed in detail.statements for name in placed.statement.via)
    labels = " ".join((*Status, *PartyStance))
    labels += " ".join(path.read_text("utf-8") for path in [*_OURS.glob("*.py"), *_OURS.glob("templates/*")])
    known = {word.strip(_EDGES).casefold() for word in _WORD.findall(f"{said} {names} {canonical} {labels}")}
    known |= {word.removesuffix("'s").removesuffix("’s") for word in known}
    stamps = {stamp(at) for at in _times(snapshot)}
    for place in page.iterfind("./body/*"):
        if place.tag in ("blockquote", "figure"):
            continue
        told = one_line(" ".join(place.itertext()))  # a cell ends a word
        yield from (f"no such time: {at} ({told})" for at in _STAMP.findall(told) if at not in stamps)
        for word in _WORD.findall(_STAMP.sub("", told)):
            bare = word.strip(_EDGES).casefold()
            if not (word[0].isupper() or word[0].isdigit()) or bare.removesuffix("'s") in known | _counts(
                snapshot
            ):
                continue
            yield f"in no item: {word.strip(_EDGES)} ({told[:100]})"


def _times(snapshot: Snapshot) -> Iterator[datetime | None]:
    detail = snapshot.detail
    yield from (detail.as_of, detail.first_seen, detail.last_seen, snapshot.taken_at, snapshot.heard_until)
    yield from (item.published for item in detail.items)
    yield from (one.retrieved_at for one in snapshot.retrievals)
    yield from (event.at for event in detail.timeline)
    yield from (party.since for party in detail.parties)
    yield from (placed.at for placed in detail.statements)


def _counts(snapshot: Snapshot) -> set[str]:
    """Every figure that follows from the story, counted here anew."""
    detail = snapshot.detail
    publishers = {item.publisher for item in detail.items}
    denying = {
        placed.publisher
        for placed in detail.statements
        if placed.target is Target.CLAIM and placed.statement.stance is Stance.DENY
    }
    counts = {len(detail.items), len(publishers), len(denying & publishers), snapshot.origins}
    counts |= {round(100 * len(denying) / max(1, len(publishers)))}
    counts |= {party.independent for party in detail.parties} | {
        len({placed.publisher for placed in party.evidence}) for party in detail.parties
    }
    counts |= {round(100 * copy.containment) for copy in detail.copies}
    counts |= {sum(placed.target is Target.UNCLEAR for placed in detail.statements)} | set(range(6))
    lasted = [party.clock for party in detail.parties if party.clock is not None]
    spans = " ".join(span(clock) for clock in lasted) + f" {detail.because} {detail.timeline}"
    return {f"{count:,}" for count in counts} | set(re.findall(r"\d+", spans))


def _texts(item: Item) -> tuple[str, ...]:
    return tuple(map(one_line, (item.title, item.summary, item.body)))


def _text(place: Element) -> str:
    return one_line("".join(place.itertext()))


def main() -> None:
    """Check briefs, and write them to be read."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("database", type=Path)
    told.add_argument("story", type=int, nargs="+")
    told.add_argument("--out", type=Path)
    given = told.parse_args()
    count = sentences = 0
    with open_store(given.database, read_only=True) as store:
        for story in given.story:
            snapshot = taken(store, story, "benchmark")
            found = faults(snapshot)
            count += len(found)
            sentences += quoted(snapshot)
            for fault in found:
                print(f"story {story}: {fault}")
            if given.out:
                for form in (FORMATS["md"], FORMATS["html"]):
                    save(snapshot, form, given.out / file_name(snapshot, form))
    print(f"{len(given.story)} briefs, {sentences} quoted sentences, {count} faults")
    sys.exit(bool(count))


if __name__ == "__main__":
    main()

"""Whether one real narrative is found whole among some ten thousand unrelated items.

    python -m benchmarks.scenarios SCENARIO_DIR …

Each folder holds ``items.jsonl`` and ``gold.json`` (members, mentions that don't count either way, hard
non-members, the side each item leads with). The stream runs through the product's code with its defaults.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.grouping import stream
from benchmarks.streams import items_of
from stories.claims import claims
from stories.evidence import Reading
from stories.item import Item
from stories.naming import name


@dataclass(frozen=True, slots=True)
class Found:
    """The best single story for one scenario."""

    precision: float
    recall: float
    f1: float
    pieces: int
    hard: int
    """Hard non-members in the story."""
    held: dict[str, tuple[int, int]]
    """For each kind of member: (in the story, all)."""
    name: str
    rate: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def measure(folder: Path) -> Found:
    """Streams one scenario and looks at the story that holds most of it."""
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    items = [item for item, _ in items_of(folder / "items.jsonl")]
    story_of, seconds = stream(items)
    by_guid = {item.guid: item for item in items}
    inside: dict[int, list[str]] = defaultdict(list)
    for item in items:
        inside[story_of[item.id]].append(item.guid)
    members, mentions = set(gold["members"]), set(gold["mentions"])
    best = (0.0, 0.0, 0.0, 0)
    pieces = Counter(story_of[by_guid[guid].id] for guid in members)
    for story, hit in pieces.items():
        size = sum(guid not in mentions for guid in inside[story])
        precision, recall = hit / size, hit / len(members)
        best = max(best, (2 * precision * recall / (precision + recall), precision, recall, story))
    f1, precision, recall, story = best
    held = set(inside[story])
    kinds = {kind: gold[f"{kind}_members"] for kind in ("counter", "denial", "pushback")}
    return Found(
        precision,
        recall,
        f1,
        len(pieces),
        sum(guid in held for guid in gold["not_members_hard"]),
        {kind: (sum(guid in held for guid in guids), len(guids)) for kind, guids in kinds.items()},
        _name([by_guid[guid] for guid in inside[story]]),
        len(items) / seconds,
        tuple(by_guid[guid].title for guid in sorted(members - held)),
        tuple(by_guid[guid].title for guid in sorted(held - members - mentions)),
    )


def _name(items: list[Item]) -> str:
    return name(items, [Reading(claims=claims(item)) for item in items])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument(
        "--show", action="store_true", help="list what was missed and what was wrongly taken in"
    )
    arguments = parser.parse_args()
    f1s = []
    for folder in arguments.folder:
        got = measure(folder)
        f1s.append(got.f1)
        held = " ".join(f"{kind} {n}/{of}" for kind, (n, of) in got.held.items())
        print(
            f"{folder.name:20} P {got.precision:.3f} R {got.recall:.3f} F1 {got.f1:.3f} in {got.pieces} pieces, "
            f"hard {got.hard}, {held}, “{got.name}”, {got.rate:.0f} items/s"
        )
        if arguments.show:
            for title in got.missed:
                print("   missed:", title)
            for title in got.wrong:
                print("   wrong: ", title)
    print(f"mean F1 {sum(f1s) / len(f1s):.3f}, least {min(f1s):.3f}")


if __name__ == "__main__":
    main()

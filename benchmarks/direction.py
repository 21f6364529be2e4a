"""Whether claims point the right way: pairs of hand-marked headlines, same or opposite direction.

    python -m benchmarks.direction ARCHIVE.jsonl.xz

benchmarks/direction_gold.tsv marks headlines by their ids in the archive; any two of one family between the
same two actors make a pair. A pair is right, wrong, or has no answer (never counted as right).
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from benchmarks.streams import items_of
from stories.claims import Direction, claims, direction
from stories.item import Item

GOLD = Path(__file__).parent / "direction_gold.tsv"
_MOST = 15
"""Pairs of one kind between two actors; more of the same say nothing new."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--show", action="store_true", help="list wrong and unanswered pairs")
    arguments = parser.parse_args()
    marked = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            guid, family, giver, taker = line.split("\t")
            marked[guid] = (family, giver, taker)
    found: dict[str, Item] = {
        item.guid: item for item, _ in items_of(arguments.archive, body=False) if item.guid in marked
    }
    groups: dict[tuple[str, frozenset[str], Direction], list[tuple[str, str]]] = {}
    for one, other in combinations(found, 2):
        family, a, b = marked[one]
        if marked[other][0] == family and {a, b} == set(marked[other][1:]):
            truth = Direction.SAME if marked[other][1] == a else Direction.OPPOSITE
            groups.setdefault((family, frozenset((a, b)), truth), []).append((one, other))
    counts = {truth: {"right": 0, "wrong": 0, "none": 0} for truth in (Direction.SAME, Direction.OPPOSITE)}
    for (_, _, truth), pairs in groups.items():
        for one, other in pairs[:_MOST]:
            answer = direction(claims(found[one]), claims(found[other]))
            verdict = "right" if answer is truth else "none" if answer is Direction.NEUTRAL else "wrong"
            counts[truth][verdict] += 1
            if arguments.show and verdict != "right":
                print(f"{verdict}: {found[one].title} | {found[other].title}")
    total = sum(sum(each.values()) for each in counts.values())
    wrong = sum(each["wrong"] for each in counts.values())
    answered = total - sum(each["none"] for each in counts.values())
    for truth, each in counts.items():
        print(f"{truth:9} {each}")
    print(f"{total} pairs: wrong {100 * wrong / total:.1f} %, answered {100 * answered / total:.1f} %")


if __name__ == "__main__":
    main()

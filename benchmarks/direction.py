"""Whether claims point the right way: pairs of hand-marked headlines, same or opposite direction.

    python -m benchmarks.direction ARCHIVE.jsonl[.xz] …

Each benchmarks/direction_*.tsv marks headlines by their ids in an archive; any two of one family between the
same two actors make a pair. A pair is right, wrong, or has no answer (never counted as right). What each file gave
at first sight, before a rule was read from it, stands in its head.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from benchmarks.streams import items_of
from stories.claims import Direction, claims, direction
from stories.item import Item

GOLD = tuple(sorted(Path(__file__).parent.glob("direction_*.tsv")))
_MOST = 15
"""Pairs of one kind between two actors; more of the same say nothing new."""
Mark = tuple[str, str, str]
"""Family, from, to."""


def marks(path: Path) -> dict[str, Mark]:
    """What a file marks, by item id."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            guid, family, giver, taker = line.split("\t")
            found[guid] = (family, giver, taker)
    return found


def measure(marked: dict[str, Mark], found: dict[str, Item], *, show: bool) -> None:
    """Prints how the pairs of one file were answered."""
    groups: dict[tuple[str, frozenset[str], Direction], list[tuple[str, str]]] = {}
    for one, other in combinations([guid for guid in marked if guid in found], 2):
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
            if show and verdict != "right":
                print(f"{verdict}: {found[one].title} | {found[other].title}")
    total = sum(sum(each.values()) for each in counts.values())
    if not total:
        return
    wrong = sum(each["wrong"] for each in counts.values())
    answered = total - sum(each["none"] for each in counts.values())
    for truth, each in counts.items():
        print(f"  {truth:9} {each}")
    print(f"  {total} pairs: wrong {100 * wrong / total:.1f} %, answered {100 * answered / total:.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path, nargs="+")
    parser.add_argument(
        "--gold", type=Path, nargs="+", default=GOLD, help="marked headlines of the same shape"
    )
    parser.add_argument("--show", action="store_true", help="list wrong and unanswered pairs")
    arguments = parser.parse_args()
    marked = {path: marks(path) for path in arguments.gold}
    wanted = {guid for each in marked.values() for guid in each}
    found: dict[str, Item] = {}
    for archive in arguments.archive:
        found.update((item.guid, item) for item, _ in items_of(archive, body=False) if item.guid in wanted)
    for path, each in marked.items():
        print(path.name)
        measure(each, found, show=arguments.show)


if __name__ == "__main__":
    main()

"""How often a suggested split is one that people made: stories of two hand-made clusters against what is suggested.

    python -m benchmarks.splits FILE.jsonl …

Each file (as for benchmarks.grouping) is grouped as the pipeline does it; then every story is asked for a split.
A story holds two when two clusters have three items or more in it; a suggestion is right when its half and the
rest mostly belong to different clusters.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.streams import items_of
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper

FEWEST = 6
"""Items of the stories that are looked at."""


def grouped(path: Path) -> tuple[Grouper, dict[int, list[int]], dict[int, str]]:
    """The grouper at the end of the stream, each story's items, and each item's cluster."""
    grouper = Grouper()
    members: dict[int, list[int]] = defaultdict(list)
    cluster_of: dict[int, str] = {}
    number = 0
    for item, cluster in items_of(path):
        reading = Reading(claims=claims(item))
        story = grouper.propose(item, reading).story
        if story is None:
            number += 1
            story = number
        grouper.admit(item, reading, story)
        members[story].append(item.id)
        cluster_of[item.id] = cluster
        for stays, goes in grouper.merges():
            grouper.join(stays, goes)
            members[stays] += members.pop(goes, [])
    return grouper, members, cluster_of


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    print(f"{'':28} stories  hold two  suggested  rightly")
    for path in parser.parse_args(arguments).files:
        grouper, members, cluster_of = grouped(path)
        large = {story: items for story, items in members.items() if len(items) >= FEWEST}
        two = suggested = right = 0
        for story, items in large.items():
            counts = Counter(cluster_of[item] for item in items)
            two += sum(count >= 3 for count in counts.values()) >= 2
            half = set(grouper.split_suggestion(story))
            if half:
                sides = [[item for item in items if (item in half) is side] for side in (True, False)]
                ours, theirs = (Counter(cluster_of[item] for item in side).most_common(1) for side in sides)
                suggested += 1
                right += ours[0][0] != theirs[0][0]
        print(f"{path.name:28} {len(large):7} {two:9} {suggested:10} {right:8}")


if __name__ == "__main__":
    main()

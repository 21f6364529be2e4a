"""How well items are grouped, against hand-made clusters: B-cubed, AMI, pairwise F1.

    python -m benchmarks.grouping FILE.jsonl … [--title-only] [--both]

Each file is one stream in file order through `stories.grouping` with its default settings, as the pipeline
does it: read, propose, admit, merge. Each line: ``id,title`` and any of ``body,published,source,lang,cluster``.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.streams import items_of
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item

# Single-pass TF-IDF with the threshold fitted by hand to each file (B-cubed F1): title only, title + body.
BASELINE = {
    "ecbplus": (0.734, 0.855),
    "basil": (0.791, 0.913),
    "newsstorychains": (0.896, 0.964),
    "galaxy_handpicked": (0.671, 0.795),
    "galaxy_wikinews": (0.682, 0.796),
    "uci_news_aggregator_slice": (0.722, None),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one stream's grouping is worth."""

    precision: float
    recall: float
    f1: float
    ami: float
    pairs: float
    stories: int
    gold: int
    items: int
    rate: float
    """Items a second of CPU for reading claims, proposing and admitting."""


def stream(items: Iterable[Item]) -> tuple[dict[int, int], float]:
    """Each item's story at the end of the stream, and the CPU seconds it took."""
    grouper = Grouper()
    story_of: dict[int, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    number = 0
    started = time.process_time()
    for item in items:
        reading = Reading(claims=claims(item))
        placement = grouper.propose(item, reading)
        story = placement.story
        if story is None:
            number += 1
            story = number
        grouper.admit(item, reading, story)
        story_of[item.id] = story
        members[story].append(item.id)
        for stays, goes in grouper.merges():
            grouper.join(stays, goes)
            for moved in members.pop(goes, []):
                story_of[moved] = stays
                members[stays].append(moved)
    return story_of, time.process_time() - started


def b_cubed(found: Sequence[int], gold: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 (Bagga and Baldwin 1998), every item counted once."""
    by_found, by_gold = Counter(found), Counter(gold)
    both = Counter(zip(found, gold, strict=True))
    precision = sum(n * n / by_found[f] for (f, _), n in both.items()) / len(found)
    recall = sum(n * n / by_gold[g] for (_, g), n in both.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(found: Sequence[int], gold: Sequence[str]) -> float:
    """F1 over all pairs of items that are or should be together."""

    def together(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    hit = together(Counter(zip(found, gold, strict=True)).values())
    said, true = together(Counter(found).values()), together(Counter(gold).values())
    return 2 * hit / (said + true) if said + true else 1.0


def ami(found: Sequence[int], gold: Sequence[str]) -> float:
    """Adjusted mutual information (Vinh, Epps and Bailey 2010), normalised by the mean entropy."""
    n = len(found)
    rows, columns = Counter(found), Counter(gold)
    both = Counter(zip(found, gold, strict=True))
    mutual = sum(c / n * math.log(n * c / (rows[f] * columns[g])) for (f, g), c in both.items())

    def entropy(counts: Counter[int] | Counter[str]) -> float:
        return -sum(c / n * math.log(c / n) for c in counts.values())

    expected = _expected(Counter(rows.values()), Counter(columns.values()), n)
    mean = (entropy(rows) + entropy(columns)) / 2
    return (mutual - expected) / (mean - expected) if mean != expected else 1.0


def _expected(rows: Counter[int], columns: Counter[int], n: int) -> float:
    """Expected mutual information of clusterings with these sizes, by the hypergeometric model."""
    log = [0.0] * (n + 2)
    for k in range(2, n + 2):
        log[k] = log[k - 1] + math.log(k)
    total = 0.0
    for a, how_many_a in rows.items():
        for b, how_many_b in columns.items():
            fixed = log[a] + log[b] + log[n - a] + log[n - b] - log[n]
            part = 0.0
            for k in range(max(1, a + b - n), min(a, b) + 1):
                chance = fixed - log[k] - log[a - k] - log[b - k] - log[n - a - b + k]
                part += k / n * math.log(n * k / (a * b)) * math.exp(chance)
            total += how_many_a * how_many_b * part
    return total


def measure(path: Path, *, body: bool) -> Figures:
    """Streams one file and compares with its clusters."""
    read = [(item, cluster) for item, cluster in items_of(path, body=body) if cluster]
    story_of, seconds = stream(item for item, _ in read)
    found = [story_of[item.id] for item, _ in read]
    gold = [cluster for _, cluster in read]
    precision, recall, f1 = b_cubed(found, gold)
    return Figures(
        precision,
        recall,
        f1,
        ami(found, gold),
        pairwise(found, gold),
        len(set(found)),
        len(set(gold)),
        len(read),
        len(read) / seconds if seconds else 0.0,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--title-only", action="store_true")
    parser.add_argument("--both", action="store_true", help="title only, then title and body")
    arguments = parser.parse_args()
    print(
        f"{'file':28} {'text':6} {'B³ P':>6} {'R':>6} {'F1':>6} {'base':>6} {'AMI':>6} {'pair':>6} stories/gold  items/s"
    )
    ours, theirs = [], []
    for path in arguments.file:
        for body in (False, True) if arguments.both else (not arguments.title_only,):
            if body and path.stem.startswith("uci"):
                continue
            got = measure(path, body=body)
            base = BASELINE.get(path.stem, (None, None))[body]
            if base is not None:
                ours.append(got.f1)
                theirs.append(base)
            print(
                f"{path.stem:28} {'body' if body else 'title':6} {got.precision:6.3f} {got.recall:6.3f} {got.f1:6.3f} "
                f"{f'{base:.3f}' if base else '':>6} {got.ami:6.3f} {got.pairs:6.3f} {got.stories:6}/{got.gold:<6} {got.rate:7.0f}"
            )
    if ours:
        mean, base = sum(ours) / len(ours), sum(theirs) / len(theirs)
        print(
            f"mean B³ F1 {mean:.4f}, baseline {base:.4f}, {100 * (mean - base):+.1f} points over {len(ours)} streams"
        )


if __name__ == "__main__":
    main()

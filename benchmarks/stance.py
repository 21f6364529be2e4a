"""Headlines towards claims: `python benchmarks/stance.py [--cross [--folds N]] FILE…` (Emergent-shaped lines).

Prints accuracy and macro-F1 of the weights that ship, through the product's `lean_all`; with --cross, of
weights fitted without the claim's own headlines, in five folds by claim or as many as asked for (and, below,
the mean of three such divisions, since one division alone moves by ± .005).

A headline is read in four ways: alone; with its link (``url``, whose path often has other words than the
headline); with the claim's other headlines; and with both, as the product reads a story's items. The last
two are collective: what the other lines of the claim say counts, never how they or any held-out line are marked.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines
from benchmarks.fit_leaning import SIDES, VIEWS, Row, Signs, View, fit, odds, seen
from benchmarks.statements import scores
from stories.distance import Lead
from stories.leaning import lean_all

DIVISIONS = 3
Pairs = Counter[tuple[str, str]]


def crossed(rows: list[Row], looks: list[list[Signs]], folds: int, division: int) -> list[Pairs]:
    """(marked, given) in each of the `VIEWS` by weights fitted without the claim; division 0 goes by its name."""
    claims = sorted({row["claim_id"] for row in rows})
    if division:
        random.Random(division).shuffle(claims)
    fold = {claim: at % folds for at, claim in enumerate(claims)}
    pairs: list[Pairs] = [Counter() for _ in VIEWS]
    for number in range(folds):
        out = [at for at, row in enumerate(rows) if fold[row["claim_id"]] == number]
        learnt = sorted(set(range(len(rows))) - set(out))
        weights = fit([[look[at] for at in learnt] for look in looks], [rows[at]["label"] for at in learnt])
        for given, look in zip(pairs, looks, strict=True):
            for at in out:
                each = odds(weights, look[at])
                given[rows[at]["label"], str(SIDES[each.index(max(each))].value)] += 1
    return pairs


def shipped(rows: list[Row], view: View) -> Pairs:
    """(marked, given) by the product's own function and weights."""
    beside: dict[object, list[Row]] = defaultdict(list)
    for at, row in enumerate(rows):
        beside[row["claim_id"] if view.others else at].append(row)
    pairs: Pairs = Counter()
    for group in beside.values():
        leads = [Lead(row["headline"], row.get("url") or "" if view.link else "") for row in group]
        for row, side in zip(group, lean_all(leads, group[0]["claim"]), strict=True):
            pairs[row["label"], str(side.value)] += 1
    return pairs


def _tell(name: str, pairs: Pairs) -> None:
    macro, by_side = scores(pairs, [side.value for side in SIDES])
    right = sum(count for (wanted, given), count in pairs.items() if wanted == given)
    sides = "  ".join(f"{side} {value:.3f}" for side, value in by_side.items())
    print(f"{name:33} accuracy {right / max(1, pairs.total()):.3f}, macro-F1 {macro:.3f}   {sides}")


def main(arguments: list[str]) -> None:
    """Measures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cross", action="store_true")
    asked.add_argument("--folds", type=int, default=5)
    asked.add_argument("files", nargs="+")
    given = asked.parse_args(arguments)
    rows = list(lines(given.files))
    print(f"{len(rows)} headlines")
    if not given.cross:
        for view in VIEWS:
            _tell(view.name, shipped(rows, view))
        return
    looks = [seen(rows, view) for view in VIEWS]
    divisions = [crossed(rows, looks, given.folds, division) for division in range(DIVISIONS)]
    for view, pairs in zip(VIEWS, divisions[0], strict=True):
        _tell(view.name, pairs)
    for at, view in enumerate(VIEWS):
        each = [scores(division[at], [side.value for side in SIDES])[0] for division in divisions]
        print(f"{view.name:33} mean macro-F1 of {DIVISIONS} divisions {sum(each) / len(each):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])

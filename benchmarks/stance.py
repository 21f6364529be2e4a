"""Headlines towards claims: `python benchmarks/stance.py [--cross] FILE…` (Emergent-shaped lines).

Prints accuracy and macro-F1 of the weights that ship; with --cross, of weights fitted without the claim's
own headlines, in five folds by claim.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines
from benchmarks.fit_leaning import SIDES, examples, fit, odds
from benchmarks.statements import scores
from stories.leaning import lean

FOLDS = 5


def main(arguments: list[str]) -> None:
    """Measures."""
    rows = list(lines(each for each in arguments if not each.startswith("--")))
    pairs: Counter[tuple[str, str]] = Counter()
    if "--cross" in arguments:
        made = examples(rows)
        claims = sorted({row["claim_id"] for row in rows})
        fold = {claim: at % FOLDS for at, claim in enumerate(claims)}
        for number in range(FOLDS):
            held = [fold[row["claim_id"]] == number for row in rows]
            weights = fit([example for example, out in zip(made, held, strict=True) if not out])
            for row, (found, _), out in zip(rows, made, held, strict=True):
                if out:
                    each = odds(weights, found)
                    pairs[row["label"], str(SIDES[each.index(max(each))].value)] += 1
    else:
        for row in rows:
            pairs[row["label"], str(lean(row["headline"], row["claim"]).value)] += 1
    macro, by_side = scores(pairs, [side.value for side in SIDES])
    right = sum(count for (wanted, given), count in pairs.items() if wanted == given)
    print(f"{len(rows)} headlines: accuracy {right / max(1, len(rows)):.3f}, macro-F1 {macro:.3f}")
    print("  " + "  ".join(f"{side} {value:.3f}" for side, value in by_side.items()))


if __name__ == "__main__":
    main(sys.argv[1:])

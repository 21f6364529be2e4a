"""Fits the weights of `stories.leaning`: `python benchmarks/fit_leaning.py FILE…` (Emergent-shaped lines)."""

from __future__ import annotations

import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines
from stories.leaning import Leaning, features

OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "leaning_weights.toml"
ROUNDS, RATE, DECAY, LEAST = 20, 0.1, 5.0, 3
SIDES = list(Leaning)
Weights = dict[str, list[float]]


def examples(rows: list[dict[str, Any]]) -> list[tuple[dict[str, float], int]]:
    """Features and the number of the marked side."""
    return [(features(row["headline"], row["claim"]), SIDES.index(Leaning(row["label"]))) for row in rows]


def odds(weights: Weights, found: dict[str, float]) -> list[float]:
    """Each side's score."""
    scores = [0.0] * len(SIDES)
    for feature, value in found.items():
        held = weights.get(feature)
        if held is not None:
            for side in range(len(SIDES)):
                scores[side] += held[side] * value
    return scores


def fit(made: list[tuple[dict[str, float], int]]) -> Weights:
    """Softmax regression by AdaGrad, averaged over the later rounds; features seen fewer than `LEAST` times are left out.

    Each weight is drawn to 0 as by a squared penalty of `DECAY` over all lines, shared out over those the
    feature stands in: else what stands in few lines would hardly be drawn.
    """
    seen = Counter(feature for found, _ in made for feature in found)
    made = [
        ({name: value for name, value in found.items() if seen[name] >= LEAST}, side) for found, side in made
    ]
    weights: Weights = defaultdict(lambda: [0.0] * len(SIDES))
    squares: Weights = defaultdict(lambda: [1e-6] * len(SIDES))
    mean: Weights = defaultdict(lambda: [0.0] * len(SIDES))
    chance = random.Random(3)
    for number in range(ROUNDS):
        chance.shuffle(made)
        for found, right in made:
            scores = odds(weights, found)
            top = max(scores)
            shares = [math.exp(score - top) for score in scores]
            total = sum(shares)
            for feature, value in found.items():
                held, square = weights[feature], squares[feature]
                drawn = DECAY / seen[feature]
                for side in range(len(SIDES)):
                    gradient = (shares[side] / total - (side == right)) * value + drawn * held[side]
                    square[side] += gradient * gradient
                    held[side] -= RATE * gradient / math.sqrt(square[side])
        if number >= ROUNDS // 2:
            for feature, held in weights.items():
                for side in range(len(SIDES)):
                    mean[feature][side] += held[side] / (ROUNDS - ROUNDS // 2)
    return dict(mean)


def main(arguments: list[str]) -> None:
    """Fits on all lines and writes."""
    weights = fit(examples(list(lines(arguments))))
    head = "# Written by benchmarks/fit_leaning.py: weights for, against, observing; see stories/leaning.py.\n[weights]\n"
    kept = {name: held for name, held in sorted(weights.items()) if max(map(abs, held)) >= 0.1}
    body = "".join(
        f'"{name.replace(chr(34), chr(92) + chr(34))}" = [{", ".join(f"{weight:.2f}" for weight in held)}]\n'
        for name, held in kept.items()
    )
    OUT.write_text(head + body, encoding="utf-8")
    print(len(kept), "weights")


if __name__ == "__main__":
    main(sys.argv[1:])

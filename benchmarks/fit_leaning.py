"""Fits the weights of `stories.leaning`: `python benchmarks/fit_leaning.py FILE…` (Emergent-shaped lines)."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines
from stories.distance import Lead, signs
from stories.leaning import Leaning

OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "leaning_weights.toml"
DRAWN = 4.0
"""The squared penalty of a weight; between 2.5 and 5 cross-validation doesn't tell."""
LEAST = 12
"""Signs are left out that stand less often in all views together: a headline's word in three headlines, a link's in six."""
FRAMES = 0.3
"""What the frames' own model counts beside the other signs'; between .2 and .4 cross-validation doesn't tell."""
FRAMES_DRAWN, FRAMES_LEAST = 1 / 3, 6
TELLING, FRAMES_TELLING = 0.05, 0.1
"""Weights that are smaller for every side are left out; a frame's value is a fifth of another sign's."""
STEPS = 250
SIDES = list(Leaning)
Weights = dict[str, list[float]]
Row = dict[str, Any]
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """How much of its surroundings a headline is read with, and what such a reading weighs in the fit."""

    name: str
    link: bool
    others: bool
    weight: float


VIEWS = (
    View("headline alone", False, False, 0.2),
    View("with its link", True, False, 0.2),
    View("with the claim's other headlines", False, True, 0.2),
    View("with both", True, True, 0.4),
)
"""Each headline is learnt from in all of them, so that one without a link or company is read no worse."""


def seen(rows: list[Row], view: View) -> list[Signs]:
    """The signs of every line, the lines of one claim read beside one another where the view has company."""
    leads = [Lead(row["headline"], row.get("url") or "" if view.link else "") for row in rows]
    beside: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        beside[row["claim_id"] if view.others else at].append(at)
    found: dict[int, Signs] = {}
    for places in beside.values():
        each = signs([leads[at] for at in places], rows[places[0]]["claim"])
        found.update(zip(places, each, strict=True))
    return [found[at] for at in range(len(rows))]


def odds(weights: Weights, found: Signs) -> list[float]:
    """Each side's score."""
    held = [(weights[sign], value) for sign, value in found.items() if sign in weights]
    return [sum(weight[side] * value for weight, value in held) for side in range(len(SIDES))]


def fit(views: Sequence[list[Signs]], labels: Sequence[str]) -> Weights:
    """The weights of every sign in each of `VIEWS`, and of the frames, which company doesn't change.

    The frames are learnt by themselves and both models' odds added (a blend of two opinions): learnt together
    they'd share what the words say already, and half of what they bring is lost.
    """
    alone = [look for look, view in zip(views, VIEWS, strict=True) if not view.others]
    framed = [[_only(found, framed=True) for found in look] for look in alone]
    frames = _fitted(framed, labels, [1 / len(alone)] * len(alone), FRAMES_DRAWN, FRAMES_LEAST)
    signs = [[_only(found, framed=False) for found in view] for view in views]
    weights = _fitted(signs, labels, [view.weight for view in VIEWS], DRAWN, LEAST)
    weights["bias"] = [
        own + FRAMES * other for own, other in zip(weights["bias"], frames.pop("bias"), strict=True)
    ]
    blended = {sign: [FRAMES * weight for weight in held] for sign, held in frames.items()}
    return _telling(weights, TELLING) | _telling(blended, FRAMES_TELLING)


def _telling(weights: Weights, least: float) -> Weights:
    return {sign: held for sign, held in weights.items() if max(map(abs, held)) >= least}


def _only(found: Signs, framed: bool) -> Signs:
    return {
        sign: value
        for sign, value in found.items()
        if value and (sign == "bias" or sign.startswith("frame:") is framed)
    }


def _fitted(
    views: Sequence[list[Signs]], labels: Sequence[str], shares: Sequence[float], penalty: float, least: int
) -> Weights:
    """Softmax regression with a squared penalty on every line in each of the views, which count by their shares.

    Nesterov's accelerated descent (1983) from zero with the step 1/L of the loss's curvature: no chance in it.
    """
    often = Counter(sign for view in views for found in view for sign in found)
    names = sorted(sign for sign, count in often.items() if count >= least)
    column = {sign: at for at, sign in enumerate(names)}
    table = np.zeros((len(views) * len(labels), len(names)), np.float32)
    for row, found in enumerate(each for view in views for each in view):
        for sign, value in found.items():
            if sign in column:
                table[row, column[sign]] = value
    share = np.repeat(np.array(shares, np.float32), len(labels))[:, None]
    right = np.tile(
        np.array([[side == label for side in SIDES] for label in labels], np.float32), (len(views), 1)
    )
    reach = np.ones(len(names), np.float32)
    for _ in range(20):  # the largest eigenvalue, by power iteration
        reach = table.T @ (share[:, 0] * (table @ (reach / np.linalg.norm(reach))))
    drawn = np.array([[0.0 if sign == "bias" else penalty] for sign in names], np.float32)
    step = 1 / (0.5 * 1.1 * float(np.linalg.norm(reach)) + penalty)
    weights = ahead = np.zeros((len(names), len(SIDES)), np.float32)
    pace = 1.0
    for _ in range(STEPS):
        scores = np.exp((given := table @ ahead) - given.max(axis=1, keepdims=True))
        off = share * (scores / scores.sum(axis=1, keepdims=True) - right)
        moved = ahead - step * (table.T @ off + drawn * ahead)
        quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, weights = moved + (pace - 1) / quicker * (moved - weights), moved
        pace = quicker
    return {sign: [float(weight) for weight in weights[at]] for sign, at in column.items()}


def main(arguments: list[str]) -> None:
    """Fits on all lines and writes."""
    rows = list(lines(arguments))
    weights = fit([seen(rows, view) for view in VIEWS], [row["label"] for row in rows])
    head = "# Written by benchmarks/fit_leaning.py: weights for, against, observing; see stories/leaning.py.\n[weights]\n"
    body = "".join(
        f'"{name.replace(chr(34), chr(92) + chr(34))}" = [{", ".join(f"{weight:.2f}" for weight in held)}]\n'
        for name, held in weights.items()
    )
    OUT.write_text(head + body, encoding="utf-8")
    print(len(weights), "weights")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The loss that the likeness model is fitted by: what its choice among the stories near an item costs.

Each arriving item is one choice: one of the stories near it, or a new one, whose score is 0. The model takes each
with a probability (a softmax over the scores), and loses what that alternative gains less than the best one in
B-cubed precision and recall of all the items there are by then: joining a story of many strangers costs near 2, leaving
a story of many of its own as much, an error among single items less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.courses import MEMBER, MENTION, Choice, Kind

STEPS = 300
_KEPT = 12
"""Steps of which L-BFGS remembers the slopes."""
_CLOSED = -1e9
"""The score of what only fills the array up: it is never taken."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choices:
    """Many choices as arrays; the last alternative of each is a new story."""

    values: Array
    """Choice × alternative × comparison, 1 at the end for the bias; zeros for a new story."""
    closed: Array
    """What is added to the scores: nothing, or `_CLOSED` where there is no such alternative."""
    cost: Array
    weight: Array

    def loss(self, beta: Array) -> tuple[float, Array]:
        """What the choices cost together, and its slope."""
        scores = self.values @ beta + self.closed
        odds = np.exp(scores - scores.max(1, keepdims=True))
        taken = odds / odds.sum(1, keepdims=True)
        each = (taken * self.cost).sum(1)
        slope = taken * (self.cost - each[:, None]) * self.weight[:, None]
        return float((self.weight * each).sum()), np.einsum("nk,nkd->d", slope, self.values)


def gains(choice: Choice, kind: Kind) -> list[float] | None:
    """What each alternative gains, a new story last; None where nothing is known of the item, or nothing at stake.

    Of a narrative's other items only that they are no members is known: with each other they may do what they like.
    """
    if choice.cluster == MENTION:
        return None
    if kind is Kind.NARRATIVE and not choice.cluster:
        inside = [(held[MEMBER], held.total()) for held in choice.held]
        if not any(ours for ours, _ in inside):
            return None
        return [*(ours * ours / (n + 1) - ours * ours / n - ours / (n + 1) for ours, n in inside), 0.0]
    return [
        *(_joining(held, choice.cluster, choice.seen) for held in choice.held),
        1.0 + 1.0 / (choice.seen + 1),
    ]


def _joining(held: Counter[str], cluster: str, seen: int) -> float:
    n, ours = held.total(), held[cluster]
    squares = sum(each * each for each in held.values())
    precision = (squares + 2 * ours + 1) / (n + 1) - squares / n
    return precision + (2 * ours + 1) / (seen + 1)


def arrays(weighed: Sequence[tuple[Choice, list[float], float]]) -> Choices:
    """Choices with their gains and weights, as arrays."""
    widest = max(len(choice.values) for choice, _, _ in weighed)
    compared = len(weighed[0][0].values[0])
    shape = len(weighed), widest + 1
    values = np.zeros((*shape, compared + 1))
    closed = np.full(shape, _CLOSED)
    closed[:, widest] = 0.0
    cost = np.zeros(shape)
    for at, (choice, gained, _) in enumerate(weighed):
        near = len(choice.values)
        values[at, :near, :compared] = choice.values
        values[at, :near, compared] = 1.0
        closed[at, :near] = 0.0
        best = max(gained)
        cost[at, :near] = [best - each for each in gained[:near]]
        cost[at, widest] = best - gained[near]
    return Choices(values, closed, cost, np.array([weight for _, _, weight in weighed]))


def least(choices: Choices, prior: Array, ridge: float, start: Array) -> Array:
    """The weights, near ``start``, at which the loss is least together with ``ridge`` / 2 times the squares of how
    far each stands from ``prior``, the bias' apart.
    """
    shrink = np.full(len(start), ridge)
    shrink[-1] = 0.0

    def shrunk(beta: Array) -> tuple[float, Array]:
        loss, slope = choices.loss(beta)
        away = beta - prior
        return loss + 0.5 * float((shrink * away * away).sum()), slope + shrink * away

    return _descended(shrunk, start)


def _descended(judge: Callable[[Array], tuple[float, Array]], start: Array) -> Array:
    """L-BFGS with backtracking (Nocedal and Wright 2006, algorithms 7.4 and 3.1)."""
    here, (loss, slope) = start, judge(start)
    kept: list[tuple[Array, Array]] = []
    for _ in range(STEPS):
        way = _bent(slope, kept)
        length = 1.0
        while True:
            there = here - length * way
            found, turned = judge(there)
            if found <= loss - 1e-4 * length * float(slope @ way):
                break
            length *= 0.5
            if length < 1e-6:
                return here
        step, change = there - here, turned - slope
        if step @ change > 1e-10:
            kept = [*kept, (step, change)][-_KEPT:]
        near = abs(loss - found) < 1e-7 * abs(loss)
        here, loss, slope = there, found, turned
        if near:
            break
    return here


def _bent(slope: Array, kept: Sequence[tuple[Array, Array]]) -> Array:
    """The way down: the slope, bent by how it changed over the steps before."""
    if not kept:
        return slope / max(1.0, float(np.abs(slope).sum()))
    way = slope.copy()
    shares = []
    for step, change in reversed(kept):
        share = (step @ way) / (change @ step)
        shares.append(share)
        way -= share * change
    step, change = kept[-1]
    way *= (step @ change) / (change @ change)
    for (step, change), share in zip(kept, reversed(shares), strict=True):
        way += step * (share - (change @ way) / (change @ step))
    return way

"""Fits the likeness model to hand-made clusters by their pairs alone, and prints it: a minute of CPU.

    python -m benchmarks.fit_likeness --clusters FILE.jsonl … --scenarios DIR … [--leave-one-out]

What ships was climbed from such a fit (`benchmarks/climb_likeness.py`), since pairs are not the figures: stories found are.

Every stream is read by its titles and, where it has them, with its bodies. Each near story of an arriving
item gives one row: the comparisons, and whether it was the right one. A stream is read three times: with
each item put into its true story (so that stories are whole), with the choices of a plain starting model,
and with the choices of the model fitted to these rows, so that it learns from its own mistakes (a story's
true cluster is then its majority's). What it did by itself counts `BY_ITSELF` times what it was taught;
every file weighs the same however long, a scenario `SCENARIO` of that: it is one story.

``--leave-one-out`` prints for each file the B-cubed F1 of its streams under a model that was fitted, by all
three readings, without that file, with the same bounds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.grouping import BASELINE, b_cubed, stream
from benchmarks.streams import items_of
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.likeness import COMPARED, Model, fixed, model

BY_ITSELF = 1.5
SCENARIO = 0.4
WEIGHT = 2_000.0
"""What a file's rows weigh together."""
MOST = 3_500
"""Items read of one stream: more of one kind teach nothing new."""
EVERY = 4
"""Of a scenario's unrelated items one in this many is read."""
RIDGE = 0.5
_START = {"pair": 4.0, "story_mean": 6.0, "core": 3.0, "lead": 2.0, "crowd": -4.0, "gap": -0.4}
_START_BIAS = -3.0

Array = npt.NDArray[np.float64]
Labelled = list[tuple[Item, Reading, str]]
"""Items in order, each with its cluster: "" is an item of no known cluster, "-" one not to count."""


def rows_of(labelled: Labelled, *, taught: bool) -> Iterator[tuple[tuple[float, ...], bool]]:
    """One row for each near story of each item."""
    grouper = Grouper()
    number = 0
    story_of_cluster: dict[str, int] = {}
    clusters: dict[int, Counter[str]] = defaultdict(Counter)
    for item, reading, cluster in labelled:
        story = grouper.propose(item, reading).story
        for evidence in grouper.evidence(item, reading):
            held = clusters[evidence.story].most_common(1)[0][0]
            if cluster not in ("", "-"):
                yield evidence.values, held == cluster
            elif cluster == "" and held not in ("", "-"):
                yield evidence.values, False
        if taught and cluster not in ("", "-"):
            story = story_of_cluster.get(cluster)
        elif taught and story in story_of_cluster.values():
            story = None
        if story is None:
            number += 1
            story = number
        if cluster not in ("", "-"):
            story_of_cluster.setdefault(cluster, story)
        grouper.admit(item, reading, story)
        clusters[story][cluster] += 1
        for stays, goes in grouper.merges():
            if not taught:
                grouper.join(stays, goes)
                clusters[stays].update(clusters.pop(goes))


def clusters_of(path: Path, *, body: bool) -> Labelled:
    found = ((item, cluster) for item, cluster in items_of(path, body=body) if cluster)
    return [(item, Reading(claims=claims(item)), cluster) for item, cluster in found][:MOST]


def scenario_of(folder: Path) -> Labelled:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    members, mentions, hard = (set(gold[name]) for name in ("members", "mentions", "not_members_hard"))
    return [
        (
            item,
            Reading(claims=claims(item)),
            "members" if item.guid in members else "-" if item.guid in mentions else "",
        )
        for number, (item, _) in enumerate(items_of(folder / "items.jsonl"))
        if number % EVERY == 0 or item.guid in members | mentions | hard
    ]


def solve(x: Array, y: Array, w: Array) -> Array:
    """Weighted logistic regression by Newton's method; the last weight is the bias, which is not shrunk."""
    x = np.hstack([x, np.ones((len(x), 1))])
    beta = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], RIDGE)
    shrink[-1] = 0.0
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (y - p)) - shrink * beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(shrink + 1e-6)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-5:
            break
    return beta


class Rows:
    """The rows of all streams, and models fitted to those of some files."""

    def __init__(self, streams: dict[str, list[Labelled]], scenarios: Collection[str]) -> None:
        self.streams = streams
        self.scenarios = scenarios
        self.taught: dict[tuple[str, int], list[Array]] = {}
        self.started: dict[tuple[str, int], list[Array]] = {}
        with fixed(_model([*(_START.get(name, 0.0) for name in COMPARED), _START_BIAS])):
            for key, labelled in self._of(streams):
                self.taught[key] = _arrays(rows_of(labelled, taught=True))
                self.started[key] = _arrays(rows_of(labelled, taught=False))

    def fitted(self, files: Collection[str]) -> Model:
        """The model of these files alone, through both fits."""
        first = self._fit(files, [])
        with fixed(first):
            again = {key: _arrays(rows_of(labelled, taught=False)) for key, labelled in self._of(files)}
        return self._fit(files, [again])

    def _of(self, files: Collection[str]) -> Iterator[tuple[tuple[str, int], Labelled]]:
        for name in files:
            for kind, labelled in enumerate(self.streams[name]):
                yield (name, kind), labelled

    def _fit(self, files: Collection[str], more: Sequence[dict[tuple[str, int], list[Array]]]) -> Model:
        xs, ys, ws = [], [], []
        for key, _ in self._of(files):
            parts = [(self.taught[key], 1.0), *((each[key], BY_ITSELF) for each in (self.started, *more))]
            share = WEIGHT * (SCENARIO if key[0] in self.scenarios else 1.0) / len(self.streams[key[0]])
            total = sum(weight * len(y) for (_, y), weight in parts)
            for (x, y), weight in parts:
                xs.append(x)
                ys.append(y)
                ws.append(np.full(len(y), weight * share / total))
        return _model(list(solve(np.concatenate(xs), np.concatenate(ys), np.concatenate(ws))))


def _arrays(rows: Iterator[tuple[tuple[float, ...], bool]]) -> list[Array]:
    held = list(rows)
    return [np.array([values for values, _ in held]), np.array([float(right) for _, right in held])]


def _model(beta: Sequence[float]) -> Model:
    """Rounded as the file holds it, so that what is measured is what is shipped; the bounds stay."""
    *weights, bias = (round(float(each), 3) for each in beta)
    return Model(bias, tuple(weights), model().join, model().merge)


def left_out(rows: Rows) -> None:
    """Prints B-cubed F1 of every file's streams under the model of all others."""
    ours, theirs = [], []
    for name in rows.streams:
        if name in rows.scenarios:
            continue
        with fixed(rows.fitted([other for other in rows.streams if other != name])):
            for kind, labelled in enumerate(rows.streams[name]):
                story_of, _ = stream(item for item, _, _ in labelled)
                found = [story_of[item.id] for item, _, _ in labelled]
                f1 = b_cubed(found, [cluster for _, _, cluster in labelled])[2]
                base = BASELINE[name][kind]
                print(f"without {name:28} {'body' if kind else 'title':6} B³ F1 {f1:.3f}  baseline {base}")
                if base is not None:
                    ours.append(f1)
                    theirs.append(base)
    mean, base = sum(ours) / len(ours), sum(theirs) / len(theirs)
    print(f"left out: mean B³ F1 {mean:.4f}, baseline {base:.4f}, {100 * (mean - base):+.1f} points")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clusters", type=Path, nargs="*", default=[])
    parser.add_argument("--scenarios", type=Path, nargs="*", default=[])
    parser.add_argument("--leave-one-out", action="store_true")
    arguments = parser.parse_args()
    streams = {}
    for path in arguments.clusters:
        kinds = [clusters_of(path, body=body) for body in (False, True)]
        streams[path.stem] = kinds if any(item.body for item, _, _ in kinds[1]) else kinds[:1]
    streams |= {folder.name: [scenario_of(folder)] for folder in arguments.scenarios}
    rows = Rows(streams, {folder.name for folder in arguments.scenarios})
    made = rows.fitted(list(streams))
    lines = [
        f"bias = {made.bias}",
        f"join = {made.join}",
        f"merge = {made.merge}",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in zip(COMPARED, made.weights, strict=True)),
    ]
    print("\n".join(lines))
    if arguments.leave_one_out:
        left_out(rows)


if __name__ == "__main__":
    main()

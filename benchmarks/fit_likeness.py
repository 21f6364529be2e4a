"""Fits the weights of stories/lexicon/likeness.toml to hand-made clusters.

    python -m benchmarks.fit_likeness --clusters FILE.jsonl … --scenarios DIR … [--write]

Every stream is read twice: once with each item put into its true story (so that stories are whole), once
with the model's own choices (so that it learns from its own mistakes; a story's true cluster is then its
majority's). Each near story gives one row: the comparisons and whether it was the right one. Files weigh
the same however long. Reports each file's log loss when fitted without it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.streams import items_of
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.likeness import COMPARED, model

TARGET = Path(__file__).parents[1] / "stories" / "lexicon" / "likeness.toml"
Row = tuple[tuple[float, ...], bool]


def rows_of(stream: list[tuple[Item, str]], *, taught: bool) -> Iterator[Row]:
    """One row for each near story of each item; "" is an item of no known cluster, "-" one not to count."""
    grouper = Grouper()
    number = 0
    story_of_cluster: dict[str, int] = {}
    clusters: dict[int, Counter[str]] = defaultdict(Counter)
    for item, cluster in stream:
        reading = Reading(claims=claims(item))
        placement = grouper.propose(item, reading)
        for evidence in grouper.evidence(item, reading):
            held = clusters[evidence.story].most_common(1)[0][0]
            if cluster not in ("", "-"):
                yield evidence.values, held == cluster
            elif cluster == "" and held not in ("", "-"):
                yield evidence.values, False
        story = placement.story
        if taught and cluster not in ("", "-"):
            story = story_of_cluster.get(cluster)
        elif taught and story in story_of_cluster.values():
            story = None
        if story is None:
            number += 1
            story = number
        story_of_cluster.setdefault(cluster, story)
        grouper.admit(item, reading, story)
        grouper.merges()
        clusters[story][cluster] += 1


def clusters_of(path: Path, *, body: bool) -> list[tuple[Item, str]]:
    return [(item, cluster) for item, cluster in items_of(path, body=body) if cluster]


def scenario_of(folder: Path) -> list[tuple[Item, str]]:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    members, mentions = set(gold["members"]), set(gold["mentions"])
    return [
        (item, "members" if item.guid in members else "-" if item.guid in mentions else "")
        for item, _ in items_of(folder / "items.jsonl")
    ]


def fit(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], w: npt.NDArray[np.float64], ridge: float = 0.5
) -> npt.NDArray[np.float64]:
    """Weighted logistic regression by Newton's method; the last weight is the bias, which is not shrunk."""
    x = np.hstack([x, np.ones((len(x), 1))])
    beta = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], ridge)
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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clusters", type=Path, nargs="*", default=[])
    parser.add_argument("--scenarios", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    streams: dict[str, list[list[tuple[Item, str]]]] = {
        path.stem: [clusters_of(path, body=False), clusters_of(path, body=True)]
        for path in arguments.clusters
    }
    streams |= {folder.name: [scenario_of(folder)] for folder in arguments.scenarios}
    data: dict[str, tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]] = {}
    for name, each in streams.items():
        rows = [row for stream in each for taught in (True, False) for row in rows_of(stream, taught=taught)]
        x = np.array([values for values, _ in rows])
        y = np.array([float(right) for _, right in rows])
        data[name] = (x, y, np.full(len(rows), 20_000 / len(rows)))
        print(f"{name:28} {len(rows):7} rows, {100 * y.mean():.1f} % right")

    def together(names: list[str]) -> npt.NDArray[np.float64]:
        x, y, w = (np.concatenate([data[name][part] for name in names]) for part in range(3))
        return fit(x, y, w)

    for name, (x, y, _) in data.items():
        beta = together([other for other in data if other != name])
        p = 1 / (1 + np.exp(-np.clip(np.hstack([x, np.ones((len(x), 1))]) @ beta, -30, 30)))
        loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        print(f"without {name:28} log loss {loss:.4f}, wrong at 0.5: {100 * np.mean((p >= 0.5) != y):.2f} %")
    beta = together(list(data))
    for name, weight in zip([*COMPARED, "bias"], beta, strict=True):
        print(f"{name:16} {weight:8.3f}")
    if arguments.write:
        held = model()
        lines = [
            "# Weights of the likeness model; fitted by benchmarks/fit_likeness.py, see there and docs for the data.",
            f"bias = {beta[-1]:.3f}",
            f"join = {held.join}",
            f"merge = {held.merge}",
            "[weights]",
            *(f"{name} = {weight:.3f}" for name, weight in zip(COMPARED, beta[:-1], strict=True)),
        ]
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

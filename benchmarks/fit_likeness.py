"""Fits the likeness model to hand-made clusters and narratives, and writes stories/lexicon/likeness.toml as it ships.

    python -m benchmarks.fit_likeness --clusters FILE.jsonl … --scenarios DIR … [--write | --leave-one-out | --halves]

Each collection is read by its titles and, where it has them, with its texts. A stream is grouped with each item put
into its true story, and with the choices of a plain starting model; the weights that make these choices cost least
(`benchmarks/choosing.py`) group it again, and the last fit is to all three readings, so that the model learns from
its own mistakes, which count `BY_ITSELF` times what it was taught. Every file weighs the same however long, a
scenario `SCENARIO` times as much. Then the bias and ``merge`` are moved to where the figures of the same streams are best
(`worth`), on the grid of `BIASES` and `MERGES`. Nothing is drawn by chance, so the same files give the same bytes; it takes
two minutes of CPU.

``--leave-one-out`` goes through all of that without each file in turn, and prints the figures of its whole streams.
``--halves`` goes through it with half of each file's clusters and of the scenarios, and prints the figures of the
other halves, beside those of what ships, which has seen them all: streams of the same kinds, but unseen.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import grouping
from benchmarks.choosing import Array, arrays, gains, least
from benchmarks.courses import Choice, Course, collection, figure, grouped, scenario
from stories.likeness import COMPARED, Model, fixed, model

BY_ITSELF = 1.5
SCENARIO = 1.0
WEIGHT = 1_000.0
"""What a file's choices weigh together."""
RIDGE = 1.0
ROUNDS = 2
"""How often the streams are grouped by what was fitted so far."""
JOIN = 0.5
"""Where an item joins: rather this story than a new one. The bias is fitted to it."""
MERGE = 0.45
BIASES = (0.0, -0.25, 0.25)
"""Moves of the fitted bias that are tried; of equals the first is taken."""
MERGES = (MERGE, 0.35, 0.55)
"""Bounds for `merge` that are tried then."""
NARRATIVES, WORST = 0.6, 0.1
"""What the scenarios' mean and least F1 count for beside the collections' mean B-cubed F1."""
SEEDS = (1, 2)
"""Of the draws by which ``--halves`` halves."""
OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "likeness.toml"
_START = {"pair": 4.0, "story_mean": 6.0, "core": 3.0, "lead": 2.0, "crowd": -4.0, "gap": -0.4}
_START_BIAS = -3.0
_HEAD = """\
# Weights of the likeness model, written by `python -m benchmarks.fit_likeness … --write`: see there for the data and how,
# and stories/likeness.py for what each comparison is. An item joins at `join`, two stories become one at `merge`.
"""

Reading = list[tuple[Choice, list[float]]]
"""The choices of one grouping, each with what its alternatives gain."""


def start() -> Model:
    """The plain model whose choices are learnt from first."""
    return _model(np.array([*(_START.get(name, 0.0) for name in COMPARED), _START_BIAS]))


def first_readings(courses: Sequence[Course]) -> dict[int, list[Reading]]:
    """What every fit begins with, by course: it is the same whichever files are left out."""
    with fixed(start()):
        return {id(course): [_read(course, taught=True), _read(course)] for course in courses}


def fitted(courses: Sequence[Course], first: dict[int, list[Reading]]) -> Model:
    """The model of these courses alone."""
    readings = {id(course): list(first[id(course)]) for course in courses}
    beta = _fit(courses, readings, np.array([*start().weights, start().bias]))
    for _ in range(ROUNDS):
        with fixed(_model(beta)):
            for course in courses:
                readings[id(course)].append(_read(course))
        beta = _fit(courses, readings, beta)
    return _settled(courses, _model(beta))


def _settled(courses: Sequence[Course], held: Model) -> Model:
    """The model with the bias, then the bound for merging, at which its figures are best."""
    moved = [replace(held, bias=round(held.bias + by, 3)) for by in BIASES]
    held = max(moved, key=lambda each: worth(courses, each))
    bounds = [replace(held, merge=merge) for merge in MERGES]
    return max(bounds, key=lambda each: worth(courses, each))


def worth(courses: Sequence[Course], held: Model) -> float:
    """What a model is worth on these courses: figures of stories found, not of single choices."""
    clusters, narratives = _figures(courses, held)
    total = 0.0
    if clusters:
        total += sum(clusters) / len(clusters)
    if narratives:
        total += NARRATIVES * sum(narratives) / len(narratives) + WORST * min(narratives)
    return total


def _figures(courses: Sequence[Course], held: Model) -> tuple[list[float], list[float]]:
    with fixed(held):
        found = [(course.scenario, figure(course)) for course in courses]
    return [f1 for told, f1 in found if not told], [f1 for told, f1 in found if told]


def _read(course: Course, *, taught: bool = False) -> Reading:
    choices: list[Choice] = []
    grouped(course, choices, taught=taught)
    told = ((choice, gains(choice, scenario=course.scenario)) for choice in choices)
    return [(choice, gained) for choice, gained in told if gained is not None]


def _fit(courses: Sequence[Course], readings: dict[int, list[Reading]], beta: Array) -> Array:
    streams = Counter(course.name for course in courses)
    weighed = []
    for course in courses:
        weights = [1.0, *[BY_ITSELF] * (len(readings[id(course)]) - 1)]
        parts = list(zip(readings[id(course)], weights, strict=True))
        total = sum(weight * len(reading) for reading, weight in parts)
        share = WEIGHT * (SCENARIO if course.scenario else 1.0) / streams[course.name] / total
        for reading, weight in parts:
            weighed += [(choice, gained, weight * share) for choice, gained in reading]
    return least(arrays(weighed), beta, RIDGE)


def _model(beta: Array) -> Model:
    """Rounded as the file holds it, so that what is measured is what ships."""
    *weights, bias = (round(float(each), 3) for each in beta)
    return Model(bias, tuple(weights), JOIN, MERGE)


def written(held: Model) -> str:
    """The model as stories/lexicon/likeness.toml holds it."""
    weights = [f"{name} = {weight}" for name, weight in zip(COMPARED, held.weights, strict=True)]
    bounds = [f"bias = {held.bias}", f"join = {held.join}", f"merge = {held.merge}", "[weights]"]
    return _HEAD + "\n".join([*bounds, *weights]) + "\n"


def left_out(courses: Sequence[Course], files: Sequence[Path], folders: Sequence[Path]) -> None:
    """Prints the figures of every file's whole streams under the model of all others."""
    first = first_readings(courses)
    ours, theirs, narratives = [], [], []
    for path in (*files, *folders):
        held = fitted([course for course in courses if course.name != path.stem], first)
        with fixed(held):
            if path in folders:
                narratives.append(figure(next(each for each in courses if each.name == path.stem)))
                print(f"without {path.stem:28} F1 {narratives[-1]:.3f}", flush=True)
                continue
            for body in (False, True):
                base = grouping.BASELINE[path.stem][body]
                if base is not None:
                    f1 = grouping.measure(path, body=body).f1
                    text = "body" if body else "title"
                    print(f"without {path.stem:28} {text:6} B³ F1 {f1:.3f}  baseline {base}", flush=True)
                    ours.append(f1)
                    theirs.append(base)
    if ours:
        mean, base = sum(ours) / len(ours), sum(theirs) / len(theirs)
        print(f"left out: mean B³ F1 {mean:.4f}, baseline {base:.4f}, {100 * (mean - base):+.1f} points")
    if narratives:
        print(
            f"left out: scenarios' mean F1 {sum(narratives) / len(narratives):.3f}, least {min(narratives):.3f}"
        )


def halves(courses: Sequence[Course]) -> None:
    """Prints the figures of unseen halves under the models of the other halves, and of what ships."""
    unseen: list[tuple[list[float], list[float]]] = []
    shipped: list[tuple[list[float], list[float]]] = []
    for seed in SEEDS:
        one, other = _halved(courses, seed)
        for seen, rest in ((one, other), (other, one)):
            unseen.append(_figures(rest, fitted(seen, first_readings(seen))))
            shipped.append(_figures(rest, model()))
            print(f"seed {seed}: {_told([unseen[-1]])}; what ships {_told([shipped[-1]])}", flush=True)
    print(f"unseen halves: {_told(unseen)}; what ships, having seen them: {_told(shipped)}")


def _told(figures: Sequence[tuple[list[float], list[float]]]) -> str:
    clusters = [f1 for each, _ in figures for f1 in each]
    narratives = [f1 for _, each in figures for f1 in each]
    mean = sum(narratives) / len(narratives) if narratives else 0.0
    return f"mean B³ F1 {sum(clusters) / len(clusters):.4f}, scenarios {mean:.3f}"


def _halved(courses: Sequence[Course], seed: int) -> tuple[list[Course], list[Course]]:
    chance = random.Random(seed)
    sides: dict[str, tuple[Collection[str], Collection[str]]] = {}
    told = [course for course in courses if course.scenario]
    chance.shuffle(told)
    one, other = told[: (len(told) + 1) // 2], told[(len(told) + 1) // 2 :]
    for course in courses:
        if not course.scenario:
            if course.name not in sides:
                clusters = sorted({cluster for _, _, cluster in course.rows})
                chance.shuffle(clusters)
                sides[course.name] = clusters[: len(clusters) // 2], clusters[len(clusters) // 2 :]
            one.append(course.of(sides[course.name][0]))
            other.append(course.of(sides[course.name][1]))
    return one, other


def _courses(files: Sequence[Path], folders: Sequence[Path]) -> Iterator[Course]:
    for path in files:
        yield collection(path, body=False)
        whole = collection(path, body=True)
        if any(item.body for item, _, _ in whole.rows):
            yield whole
    for folder in folders:
        yield scenario(folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clusters", type=Path, nargs="*", default=[])
    parser.add_argument("--scenarios", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true", help="write the file that ships")
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--halves", action="store_true")
    arguments = parser.parse_args()
    courses = list(_courses(arguments.clusters, arguments.scenarios))
    if arguments.halves:
        halves(courses)
        return
    cut = [course.cut() for course in courses]
    if arguments.leave_one_out:
        left_out(cut, arguments.clusters, arguments.scenarios)
        return
    held = fitted(cut, first_readings(cut))
    print(written(held), end="")
    if arguments.write:
        OUT.write_text(written(held), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Attributions against hand-marked ones: `python benchmarks/attribution.py FILE…`.

Reads PolNeAR-shaped lines (`text`, `quotes` with spans; `split` "dev" only, unless --all) and MPQA-shaped
lines (`text`, `chain`), by their keys. An attribution is found when its content overlaps the marked one by
half (intersection over union of characters); a speaker is right when it shares a word of content.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from stories.attribution import Attribution, attributions
from stories.chains import chains

_EMPTY = frozenset(["the", "a", "an", "of", "and", "mr", "mrs", "ms"])


def lines(paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON objects of all files."""
    for path in paths:
        with Path(path).open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


def overlap(one: Iterable[Iterable[int]], other: Iterable[Iterable[int]]) -> float:
    """Intersection over union of two sets of spans, in characters."""
    left = {place for start, end in one for place in range(start, end)}
    right = {place for start, end in other for place in range(start, end)}
    return len(left & right) / len(left | right) if left | right else 0.0


def content(words: str) -> set[str]:
    """The words of a speaker that tell who it is."""
    return {word.strip(",.").lower() for word in words.split()} - _EMPTY


def match(text: str, found: list[Attribution], marked: list[dict[str, Any]]) -> Counter[str]:
    """Counts of found, marked, matched, and speakers right on matched."""
    counts = Counter(found=len(found), marked=len(marked))
    pairs = []
    for at, attribution in enumerate(found):
        first = min(start for start, _ in attribution.content)
        last = max(end for _, end in attribution.content)
        for to, quote in enumerate(marked):
            spans = quote["quote_spans"]
            if spans and spans[0][0] < last and first < spans[-1][1]:
                score = overlap(attribution.content, spans)
                if score >= 0.5:
                    near = abs(attribution.cue[0] - (quote["cue_spans"] or spans)[0][0])
                    pairs.append((-score, near, at, to))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, at, to in sorted(pairs):
        if at in used[0] or to in used[1]:
            continue
        used[0].add(at)
        used[1].add(to)
        counts["matched"] += 1
        speaker, wanted = found[at].speaker, marked[to].get("speaker") or ""
        if wanted:
            counts["spoken"] += 1
            named = text[speaker[0] : speaker[1]] if speaker else ""
            counts["right"] += bool(content(named) & content(wanted))
    return counts


def main(arguments: list[str]) -> None:
    """Prints precision, recall, F1 and speaker accuracy; and exact chains."""
    every = "--all" in arguments
    counts: Counter[str] = Counter()
    nested: Counter[str] = Counter()
    for line in lines(path for path in arguments if not path.startswith("--")):
        if "chain" in line:
            chain = line["chain"]
            if len(chain) >= 2 and all(link in line["text"] for link in chain):
                nested["chains"] += 1
                found = chains(line["text"])
                nested["exact"] += tuple(chain) in found
                nested["found"] += len(found)
        elif every or line.get("split", "dev") == "dev":
            counts += match(line["text"], attributions(line["text"]), line["quotes"])
    if counts["marked"]:
        precision, recall = counts["matched"] / max(1, counts["found"]), counts["matched"] / counts["marked"]
        score = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"attributions: P {precision:.3f} R {recall:.3f} F1 {score:.3f}  {dict(counts)}")
        print(f"speakers right on matched: {counts['right'] / max(1, counts['spoken']):.3f}")
    if nested["chains"]:
        print(
            f"chains of two and more, exact: {nested['exact'] / nested['chains']:.3f} of {nested['chains']}, "
            f"{nested['found'] / nested['chains']:.1f} chains found a sentence"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

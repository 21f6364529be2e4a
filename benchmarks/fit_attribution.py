"""Fits the weights by which attributions are told from look-alikes: `python benchmarks/fit_attribution.py FILE…`.

FILE is PolNeAR-shaped; only lines of split "train" are used. Writes stories/lexicon/attribution_weights.toml.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines
from stories import weighing
from stories.framing import possible
from stories.speakers import grammar
from stories.text import body_spans, sentences, words

OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "attribution_weights.toml"
ROUNDS, RATE, DECAY = 6, 0.15, 2e-5


def forms(articles: list[dict[str, Any]]) -> list[str]:
    """Words that are (part of) a cue at least four times, and at least one time in seven that they stand at all."""
    cues: Counter[str] = Counter()
    total: Counter[str] = Counter()
    function = frozenset().union(
        *(
            grammar(name)
            for name in ("determiners", "prepositions", "conjunctions", "auxiliaries", "adverbs", "pronouns")
        )
    )
    for article in articles:
        text = article["text"]
        total.update(word.low for word in words(text))
        for quote in article["quotes"]:
            for start, end in quote["cue_spans"]:
                cues.update(word.low for word in words(text, start, end))
    return sorted(
        word
        for word, count in cues.items()
        if count >= 4
        and count >= 0.14 * total[word]
        and len(word) > 2
        and word.isalpha()
        and word not in function
    )


def examples(articles: list[dict[str, Any]]) -> list[tuple[list[str], bool]]:
    """Every possible attribution of the articles: its features, and whether it is marked."""
    made = []
    for article in articles:
        text = article["text"]
        marked = [
            (
                set().union(*(range(a, b) for a, b in quote["quote_spans"])),
                list(quote["cue_spans"]),
            )
            for quote in article["quotes"]
            if quote["quote_spans"]
        ]
        for start, end in body_spans(text):
            for first, last in sentences(text[start:end]):
                row = words(text, start + first, start + last)
                for frame in possible(text, row):
                    cue = row[frame.verb] if frame.verb >= 0 else None
                    held = any(
                        cue is None or any(a <= cue.start < b for a, b in cues)
                        for places, cues in marked
                        if any(
                            frame.content[0][0] < place < frame.content[-1][1]
                            for place in (min(places), max(places))
                        )
                        or frame.content[0][0] in places
                    )
                    made.append((weighing.features(row, frame, text), held))
    return made


def fit(made: list[tuple[list[str], bool]]) -> dict[str, float]:
    """Logistic regression by AdaGrad with a little decay."""
    seen = Counter(feature for features, _ in made for feature in set(features))
    made = [([*filter(lambda each: seen[each] >= 4, features), "bias"], held) for features, held in made]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    chance = random.Random(7)
    for _ in range(ROUNDS):
        chance.shuffle(made)
        for features, held in made:
            odds = sum(weights[feature] for feature in features)
            step = (1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))) - held
            for feature in features:
                gradient = step + DECAY * weights[feature]
                squares[feature] += gradient * gradient
                weights[feature] -= RATE * gradient / math.sqrt(squares[feature])
    return {feature: round(weight, 2) for feature, weight in sorted(weights.items()) if abs(weight) >= 0.05}


def main(arguments: list[str]) -> None:
    """Fits and writes."""
    articles = [line for line in lines(arguments) if line.get("split") == "train"]
    known = forms(articles)
    listed = "forms = [\n" + "".join(f'  "{word}",\n' for word in known) + "]\n"
    OUT.write_text(f"{listed}[weights]\n", encoding="utf-8")
    made = examples(articles)
    print(len(made), "possible,", sum(held for _, held in made), "marked;", len(known), "forms")
    weights = fit(made)
    head = (
        "# Written by benchmarks/fit_attribution.py from hand-marked attributions; see stories/weighing.py.\n"
    )
    body = "".join(
        f'"{feature.replace(chr(92), "").replace(chr(34), chr(92) + chr(34))}" = {weight}\n'
        for feature, weight in weights.items()
    )
    OUT.write_text(f"{head}{listed}\n[weights]\n{body}", encoding="utf-8")
    print(len(weights), "weights")


if __name__ == "__main__":
    main(sys.argv[1:])

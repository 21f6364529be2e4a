"""Makes stories/lexicon/background.tsv: in how many items of an archive each word stands.

    python -m benchmarks.background ARCHIVE.jsonl.xz .&+:-]*$ [--least 12]

Only words and counts leave the archive, never its texts. Words of fewer than ``--least`` items weigh nearly
as much as unseen ones and are left out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.streams import items_of
from stories.claims import claims
from stories.counting import count_words
from stories.evidence import Reading
from stories.features import weigh
from stories.vocabulary import Vocabulary

TARGET = Path(__file__).parents[1] / "stories" / "lexicon" / "background.tsv"
_SAFE = re.compile(r"[@>#]?[^\W_][\w'.&+:-]*$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, nargs="+")
    parser.add_argument("--least", type=int, default=12)
    parser.add_argument("--every", type=int, default=3, help="read one item in this many")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    documents = 0
    flat = Vocabulary({}, 0)
    for path in arguments.archive:
        for number, (item, _) in enumerate(items_of(path)):
            if number % arguments.every:
                continue
            counted = count_words(item, Reading(claims=claims(item)), item.title, item.summary, item.body)
            counts.update(weigh(counted, flat).words.keys())
            documents += 1
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, times in counts.items():
        if times >= (4 if word[0] == ">" else arguments.least) and _SAFE.match(word):
            by_count[times].append(word)
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(
            "# How many of so many real feed items each word stands in (words stemmed and folded as in stories.terms).\n"
        )
        out.write(f"items\t{documents}\n")
        for times in sorted(by_count, reverse=True):
            out.write(f"{times}\t{' '.join(sorted(by_count[times]))}\n")
    print(f"{sum(map(len, by_count.values()))} words of {documents} items in {TARGET.name}")


if __name__ == "__main__":
    main()

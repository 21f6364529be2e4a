"""Who said that whom said: nested sources in one sentence, the outermost first."""

from __future__ import annotations

from stories.attribution import attributions


def chains(text: str) -> list[tuple[str, ...]]:
    """Every chain of sources in a text ("The paper added that the government believed …" → paper, government)."""
    found = [each for each in attributions(text) if each.speaker is not None]
    result: list[tuple[str, ...]] = []
    for each in found:
        outer = [
            other
            for other in found
            if other is not each and any(start <= each.cue[0] < end for start, end in other.content)
        ]
        outer.sort(key=lambda other: -sum(end - start for start, end in other.content))
        names = [text[slice(*other.speaker)] for other in [*outer, each] if other.speaker is not None]
        result.append(tuple(names))
    return result

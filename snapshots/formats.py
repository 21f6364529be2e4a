"""The formats a snapshot can be written in, each with the files it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from snapshots import claim_review, graph, json_export, markdown, stix, tables, timeline
from snapshots.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a snapshot."""

    name: str
    """As `--format` and the picker call it."""
    suffix: str
    """Of the file's name, with its dot."""
    title: str
    """What it is for, in a few words."""
    write: Callable[[Snapshot], str | Mapping[str, str]]
    """The whole text, or several texts by what their files' names end with."""


def _page(snapshot: Snapshot) -> str:
    from snapshots.templating import page  # Jinja2 costs 40 ms, which no other format needs

    return page(snapshot)


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("md", ".md", "a brief to read, in Markdown", markdown.write),
        Format("html", ".html", "the brief as one page, to print or send", _page),
        Format("json", ".json", "everything, to be read back", json_export.write),
        Format("csv", ".csv", "three tables: items, statements, citations", tables.write),
        Format("stix", ".stix.json", "a STIX 2.1 bundle", stix.write),
        Format("gexf", ".gexf", "who names whom, as a graph for Gephi", graph.write),
        Format("timeline", ".timeline.json", "for TimelineJS", timeline.write),
        Format("claimreview", ".claimreview.json", "a draft, where an analyst rated", claim_review.write),
    )
}

"""Who names whom as GEXF 1.3, for Gephi and its like: each citation an edge with its time."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from snapshots import document
from snapshots.snapshot import Snapshot
from snapshots.wording import printable
from stories.tracing import structural_virality

_NAMESPACE = "http://gexf.net/1.3"


def write(snapshot: Snapshot) -> str:
    """Publishers and sources as nodes; publisher → source edges with start, kind, item and words."""
    detail = snapshot.detail
    root = Element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    meta = SubElement(root, "meta", {"lastmodifieddate": f"{snapshot.taken_at:%Y-%m-%d}"})
    SubElement(meta, "creator").text = snapshot.tool
    told = f"{detail.story.name}: {detail.because}"
    cites = [
        (placed.citation.cited_by or placed.publisher, placed.citation.source) for placed in detail.citations
    ]
    if (virality := structural_virality(cites)) is not None:
        told += f"; structural virality {virality:.2f} (compare graphs of equal size only)"
    SubElement(meta, "description").text = told
    # "date" and not "dateTime": GEXF 1.3 allows times in either, Gephi reads both alike, networkx only this one.
    graph = SubElement(
        root, "graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
    )
    _attributes(graph, "node", (("role", "string"), ("items", "integer")))
    _attributes(
        graph,
        "edge",
        (
            ("kind", "string"),
            ("item", "integer"),
            ("guid", "string"),
            ("cited_by", "string"),
            ("words", "string"),
        ),
    )
    nodes = SubElement(graph, "nodes")
    carried: dict[str, int] = {}
    for item in detail.items:
        carried[item.publisher] = carried.get(item.publisher, 0) + 1
    origins = {chain[0] for chain in detail.origin.chains if chain}
    sources = [placed.citation.source for placed in detail.citations]
    between = [placed.citation.cited_by for placed in detail.citations if placed.citation.cited_by]
    for name in dict.fromkeys([*carried, *sources, *between]):
        node = SubElement(nodes, "node", {"id": name, "label": name})
        role = "origin" if name in origins else "publisher" if name in carried else "source"
        _values(node, (role, str(carried.get(name, 0))))
    edges = SubElement(graph, "edges")
    for number, placed in enumerate(detail.citations):
        cited = placed.citation
        edge = SubElement(
            edges,
            "edge",
            {
                "id": str(number),
                "source": cited.cited_by or placed.publisher,
                "target": cited.source,
                "start": document.time(placed.at) or "",
            },
        )
        _values(edge, (cited.kind.value, str(placed.item), placed.guid, cited.cited_by, cited.words))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{printable(tostring(root, encoding="unicode"))}\n'


def _attributes(graph: Element, of: str, columns: tuple[tuple[str, str], ...]) -> None:
    attributes = SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for number, (title, kind) in enumerate(columns):
        SubElement(attributes, "attribute", {"id": str(number), "title": title, "type": kind})


def _values(owner: Element, values: tuple[str, ...]) -> None:
    held = SubElement(owner, "attvalues")
    for number, value in enumerate(values):
        SubElement(held, "attvalue", {"for": str(number), "value": value})

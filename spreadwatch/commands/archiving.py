"""A story's kept answers as WARC, the format of web archives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from snapshots import warc
from snapshots.errors import SnapshotError
from snapshots.wording import counted
from spreadwatch import TOOL
from spreadwatch.choosing import chosen_story
from spreadwatch.invocation import Invocation, db_option, invocation
from store import responses, retrievals
from store.database import Store
from store.stories import detail
from stories.provenance import Retrieval


@click.command("archive", epilog="Example: spreadwatch archive 1 -o story.warc.gz")
@click.argument("story", metavar="STORY")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE"
)
@db_option
@invocation
def archive_command(told: Invocation, story: str, output: Path) -> None:
    """Write the servers' answers that brought a watched or starred story's items as WARC."""
    with told.open() as store:
        found = answers(store, chosen_story(store, story))
        if not found:
            raise SnapshotError(
                "No answers are kept for this story.",
                remedy="They are kept from the moment a story is watched or starred; imported items have none.",
            )
        write(output, found)
    click.echo(f"Wrote {counted(len(found), 'answer')} to {output}.", err=True)


def answers(store: Store, story: int) -> list[tuple[Retrieval, bytes]]:
    """Each different kept answer of a story, with how it was retrieved."""
    told = detail(store, story)
    fetched = retrievals.of_items(store, [item.id for item in told.items], told.as_of)
    by_hash = {one.response_sha256: one for one in fetched if one.response_sha256}
    bodies = {name: responses.get(store, name) for name in by_hash}
    return [(by_hash[name], body) for name, body in bodies.items() if body is not None]


def write(path: Path, found: list[tuple[Retrieval, bytes]]) -> None:
    """One record each; every record gzipped when the name ends in .gz."""
    try:
        with path.open("wb") as file:
            for record in warc.records(found, tool=TOOL, made=datetime.now(UTC)):
                file.write(warc.packed(record) if path.suffix == ".gz" else record)
    except OSError as error:
        raise SnapshotError(f"{path} can't be written: {error.strerror}.") from error

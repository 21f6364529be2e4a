"""The docs say what is so: every command shown runs, every option and setting exists, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from feeds.catalogue import Feed, Publisher
from snapshots.formats import FORMATS
from spreadwatch.cli import COMMANDS, main
from spreadwatch.config import Config

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_HERE = ("demo", "feeds add", "feeds check", "collect", "archive")
"""Commands of the docs that need a terminal or the network; their options are checked all the same."""


def commands(page: Path) -> list[str]:
    """The calls of spreadwatch in a page's shell blocks, without what they are piped into."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [re.split(r"\s[|>]\s", line)[0] for line in lines if line.startswith("spreadwatch")]


def words(line: str) -> list[str]:
    return shlex.split(line, comments=True)[1:]


def parsed(command: click.Command, args: list[str], context: click.Context) -> None:
    """Raises click's error when an option or a command is unknown."""
    if isinstance(command, click.Group) and args and not args[0].startswith("-"):
        inner = command.get_command(context, args[0])
        assert inner is not None, args[0]
        parsed(inner, args[1:], click.Context(inner, context, info_name=args[0]))
        return
    command.make_parser(context).parse_args(list(args))


def shown() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line in commands(page):
            yield page.name, line


@pytest.mark.parametrize(("page", "line"), list(shown()))
def test_every_command_shown_has_the_options_it_is_shown_with(page: str, line: str) -> None:
    parsed(main, words(line), click.Context(main, info_name="spreadwatch", **main.context_settings))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the docs assume it: the example archive, an OPML file, a template."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    (folder / "subscriptions.opml").write_text(
        '<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://first.example/rss"/></body></opml>'
    )
    template = re.search(
        r"```jinja\n(.*?)```", (ROOT / "docs" / "snapshots.md").read_text("utf-8"), re.DOTALL
    )
    assert template is not None
    (folder / "desk.md").write_text(template[1])
    return folder


@pytest.mark.parametrize("page", ["tour.md", "snapshots.md", "json.md", "configuration.md"])
def test_every_command_shown_runs_in_the_order_shown(
    page: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    shutil.rmtree(desk / "briefs", ignore_errors=True)
    monkeypatch.setenv("SPREADWATCH_DB", str(desk / f"{page}.db"))
    runner = CliRunner()
    assert runner.invoke(main, ["import", "docs/examples/helicopters.jsonl"]).exit_code == 0
    for day in ("monday", "tuesday") if page == "snapshots.md" else ():
        assert (
            runner.invoke(main, ["export", "1", "--format", "json", "-o", f"briefs/{day}.json"]).exit_code
            == 0
        )
    for line in commands(ROOT / "docs" / page):
        args = words(line)
        if args and not " ".join(args).startswith(NOT_HERE):
            done = runner.invoke(main, args)
            assert done.exit_code == 0, f"{line}\n{done.output}{done.exception!r}"


def test_readme_lists_every_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    missing = [
        name
        for places in COMMANDS.values()
        for name in places
        if not re.search(rf"`(spreadwatch )?{name}\b", text)
    ]
    assert not missing


def test_readme_has_the_two_commands_each_in_one_line() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for kind, ends in (("run", "spreadwatch demo"), ("test", "pytest")):
        found = re.search(rf"<!-- {kind} command -->\n```sh\n([^\n]+)\n```", text)
        assert found is not None
        assert found[1].startswith("python3 -m venv .venv && ")
        assert found[1].endswith(ends)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_docs_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]*)", page.read_text("utf-8")):
        assert not target or (page.parent / target).exists(), target


def test_every_page_is_reached_from_readme() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    unreached = [page.name for page in PAGES[1:] if f"{page.name}" not in text.replace(f"# {page.name}", "")]
    assert not unreached


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    table = text.split("| environment")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {one.name for one in fields(Config)}


@pytest.mark.parametrize(("shape", "head"), [(Feed, "[[feed]]"), (Publisher, "[[publisher]]")])
def test_every_key_of_the_catalogue_is_documented(shape: type, head: str) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    table = text.split(f"| key of `{head}` | what it is |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == {one.name for one in fields(shape)}


def test_every_format_is_documented() -> None:
    text = (ROOT / "docs" / "snapshots.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(FORMATS)


def test_the_man_page_is_what_the_commands_say() -> None:
    spec = importlib.util.spec_from_file_location("man", ROOT / "docs" / "man.py")
    assert spec is not None
    assert spec.loader is not None
    man = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(man)
    written = (ROOT / "docs" / "spreadwatch.1").read_text("utf-8")
    assert written == man.page(), "run: python docs/man.py"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_names_the_program(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert "_SPREADWATCH_COMPLETE" in done.output

"""The rules of the house that import-linter can't see: what a process has loaded after an import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


def modules(room: str) -> list[str]:
    """Every module of a room, as import names."""
    files = sorted((ROOT / room).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("room", ["feeds", "stories", "store", "snapshots"])
def test_no_module_below_the_front_door_loads_the_screen(room: str) -> None:
    loaded = loaded_after("\n".join(f"import {name}" for name in modules(room)))
    assert not loaded & {"textual", "rich"}


def test_stories_load_neither_network_nor_database() -> None:
    loaded = loaded_after("\n".join(f"import {name}" for name in modules("stories")))
    assert not loaded & {"sqlite3", "sqlite_utils", "httpx", "feedparser", "textual", "rich", "socket"}


def test_the_command_line_loads_only_what_it_needs() -> None:
    loaded = loaded_after("import spreadwatch.cli")
    assert not loaded & {
        "textual",
        "rich",
        "httpx",
        "feedparser",
        "sqlite3",
        "sqlite_utils",
        "tui",
        "store",
        "feeds",
    }


def test_help_loads_no_command() -> None:
    loaded = loaded_after(
        "from click.testing import CliRunner\nfrom spreadwatch.cli import main\nCliRunner().invoke(main, ['--help'])"
    )
    assert not loaded & {"textual", "httpx", "feedparser", "sqlite3", "store"}


LONGER = {
    "tui/watch_screen.py": "the base of the four screens: panes, keys, filter and live rows meet there",
    "stories/claims.py": "one walk through a sentence's clauses, whose steps share what they found",
}
"""Files above 400 lines, each with its reason; a new one needs one, and one that shrank loses its line."""


def test_no_file_is_longer_than_a_reader_can_hold_without_a_reason() -> None:
    rooms = ("feeds", "stories", "store", "snapshots", "tui", "spreadwatch")
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
    }
    assert {name for name, count in lengths.items() if count > 400} <= set(LONGER)
    assert all(lengths[name] <= 600 for name in LONGER)


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def mixed_up(function: ast.AST, around: frozenset[str] = frozenset()) -> tuple[set[str], set[str]]:
    """What the comprehensions of a function bind, and what they take from outside of themselves."""
    bound: set[str] = set()
    taken: set[str] = set()
    for one in ast.iter_child_nodes(function):
        inside = around
        if isinstance(one, COMPREHENSIONS):
            targets = {
                name.id
                for loop in one.generators
                for name in ast.walk(loop.target)
                if isinstance(name, ast.Name)
            }
            bound |= targets
            inside = around | targets | {""}  # the empty name says that this is a comprehension
        elif isinstance(one, ast.Name) and around and one.id not in around:
            taken.add(one.id)
        found = mixed_up(one, inside)
        bound |= found[0]
        taken |= found[1]
    return bound, taken


def test_no_function_meets_the_fault_of_python_3_12_0_and_3_12_1() -> None:
    """They take a name that one comprehension binds for another's that calls a function of that name."""
    met = []
    rooms = ("feeds", "stories", "store", "snapshots", "tui", "spreadwatch")
    for path in (path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))):
        tree = ast.parse(path.read_text("utf-8"))
        top = {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
        top |= {
            name.asname or name.name
            for one in tree.body
            if isinstance(one, ast.Import | ast.ImportFrom)
            for name in one.names
        }
        for one in ast.walk(tree):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                bound, taken = mixed_up(one)
                met += [f"{path.name}, {one.name}: {name}" for name in bound & taken & top]
    assert met == []

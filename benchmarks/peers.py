"""The peers that polling is compared with, and the feed server that all of them ask; theirs is ../shared/bench/peers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "shared/bench/peers"
ROUNDS = ("cold", "all-304", "5 % changed")
HOSTS = 50


@contextmanager
def served(feeds: Path, port: int, delay: int) -> Iterator[None]:
    command = [sys.executable, SCRIPTS / "feedserver.py", feeds, "--port", port, "--hosts", HOSTS]
    server = subprocess.Popen(
        [*map(str, command), "--delay-ms", str(delay)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield
    finally:
        server.terminate()
        server.wait()


def reader(python: str, urls: Path, folder: Path, change: str) -> dict[str, object]:
    script = SCRIPTS / "bench_reader.py"
    out = subprocess.run(
        [python, str(script), str(urls), "20", str(folder / "reader.db"), change],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told = json.loads(out.stdout.splitlines()[-1])
    rounds = zip(ROUNDS, ("cold", "warm304", "changed5pct"), strict=True)
    found: dict[str, object] = {
        name: {"wall": told[key]["wall_s"], "cpu": told[key]["cpu_s"], "new": told[key]["new"]}
        for name, key in rounds
    }
    return found | {"memory": told["maxrss_MB"]}


def newsboat(urls: Path, folder: Path, change: str, threads: int) -> dict[str, object]:
    script = SCRIPTS / "bench_newsboat.sh"
    out = subprocess.run(
        ["bash", str(script), str(urls), str(threads), str(folder / "newsboat.db"), change],
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    told = {
        row["newsboat"]: row
        for row in map(json.loads, filter(lambda line: line.startswith("{"), out.stdout.splitlines()))
    }
    found: dict[str, object] = {
        name: {"wall": told[key]["wall_s"], "cpu": told[key]["user_s"] + told[key]["sys_s"]}
        for name, key in zip(ROUNDS, ("cold", "warm304", "changed5pct"), strict=True)
    }
    return found | {"memory": round(max(row["maxrss_KB"] for row in told.values()) / 1024, 1)}

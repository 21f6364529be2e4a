"""Polling against reader and newsboat: the same 500 feeds on 50 loopback hosts, cold, unchanged, 5 % changed.

    python benchmarks/polling.py                         our own figures, on feeds made of ../shared/data
    python benchmarks/polling.py --peers                 ours and the peers' in turn, as a table
    python benchmarks/polling.py --last-ratio            the worst wall-time ratio to the better peer of the last run

Ours is fetch, parse, identity and store (`feeds.poller` into a database file), which is what the peers do;
`--collector` adds reading and grouping. The peers need `reader==3.27` in some Python ≥ 3.12 (`--reader-python`) and
newsboat on the path. Feed server, feeds and the peers' scripts are those of ../shared/bench/peers. Memory is
what a process holds at most, with the share of its children; the peers' is their own count of the same.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve()
# Run as a script, Python looks in this folder first, where store.py is another benchmark.
if __name__ == "__main__":
    sys.path[0] = str(HERE.parents[1])

from benchmarks.memory import children, cpu_seconds, watched_memory  # noqa: E402 - from where they are found now
from benchmarks.peers import HOSTS, ROUNDS, SCRIPTS, newsboat, reader, served  # noqa: E402

LAST = Path(tempfile.gettempdir()) / "spreadwatch-polling.json"


def ours(urls: list[str], database: Path, change: str, *, collector: bool) -> dict[str, object]:
    """One cold round, one unchanged, one after ``change`` was run: wall, CPU, items; then the peak memory."""
    from benchmarks.keeping import keep
    from feeds.catalogue import Catalogue, Feed
    from feeds.poller import Outcome, Polled, Poller
    from spreadwatch.feed_states import kept
    from store import feeds as rows
    from store import intake
    from store.database import open_store

    store = open_store(database, create=True)
    names = intake.Names(store)
    pipeline = None
    if collector:
        from spreadwatch.pipeline import Pipeline

        pipeline = Pipeline(store)

    def taken_in(polls: Sequence[Polled]) -> int:
        if pipeline is None:
            return keep(store, names, polls)
        at = max(polled.at for polled in polls)
        with store.transaction():
            new = len(pipeline.take_in([entry for polled in polls for entry in polled.entries], at).new)
            for polled in polls:
                rows.save(store, kept(polled.feed.url, polled.state, polled.publisher.key, polled.at))
        return new

    def cpu() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in used) + sum(
            map(cpu_seconds, children(os.getpid()))
        )

    async def rounds() -> dict[str, object]:
        found: dict[str, object] = {}
        catalogue = Catalogue(tuple(Feed(url) for url in urls))
        async with Poller(catalogue, {}, clock=lambda: datetime.now(UTC)) as poller:
            for name in ROUNDS:
                if name == ROUNDS[2]:
                    subprocess.run(change, shell=True, check=True, stderr=subprocess.DEVNULL)
                poller.hurry()
                started, before = time.perf_counter(), cpu()
                new = unchanged = failed = 0
                async for polls in poller.round():
                    new += taken_in(polls)
                    unchanged += sum(polled.outcome is Outcome.UNCHANGED for polled in polls)
                    failed += sum(polled.outcome is Outcome.FAILED for polled in polls)
                wall, spent = time.perf_counter() - started, cpu() - before
                found[name] = {
                    "wall": round(wall, 2),
                    "cpu": round(spent, 2),
                    "new": new,
                    "304": unchanged,
                    "failed": failed,
                }
        return found

    with watched_memory() as peak:
        found = asyncio.run(rounds())
    store.close()
    return found | {"memory": round(max(peak) / 1024, 1)}


def measured(asked: argparse.Namespace, delay: int, folder: Path) -> dict[str, dict[str, object]]:
    """Every program in turn on fresh copies of the same feeds."""
    from store.database import open_store

    results: dict[str, dict[str, object]] = {}
    programs = ["spreadwatch", *(("reader", "newsboat") if asked.peers else ())]
    for turn, program in enumerate(programs):
        feeds = folder / f"{program}-{delay}"
        archive = SCRIPTS.parents[1] / "data/archive/2023-01_04.jsonl.xz"
        if not (folder / "feeds").exists():
            subprocess.run(
                [sys.executable, str(SCRIPTS / "make_feeds.py"), str(archive), str(folder / "feeds"), str(asked.feeds), "30"],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        subprocess.run(["cp", "-rp", str(folder / "feeds"), str(feeds)], check=True)
        port = 18_100 + 10 * turn + (1 if delay else 0)
        urls = folder / "urls.txt"
        urls.write_text(
            "".join(f"http://127.0.0.{1 + n % HOSTS}:{port}/f{n:04d}.xml\n" for n in range(asked.feeds)),
            encoding="utf-8",
        )
        change = f"{sys.executable} {SCRIPTS / 'change5pct.py'} {feeds}"
        with served(feeds, port, delay):
            if program == "reader":
                results[program] = reader(asked.reader_python, urls, folder, change)
            elif program == "newsboat":
                results[program] = newsboat(urls, folder, change, 50 if delay else 20)
            else:
                command = [
                    sys.executable,
                    str(HERE),
                    "--ours",
                    str(urls),
                    "--database",
                    str(folder / f"{delay}.db"),
                ]
                command += ["--change", change, *(["--collector"] if asked.collector else [])]
                environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
                # Its file is made before, as it is there at every start but a collector's first.
                with open_store(folder / f"{delay}.db", create=True):
                    pass
                out = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600)
                if out.returncode:
                    raise SystemExit(out.stderr)
                results[program] = json.loads(out.stdout.splitlines()[-1])
    return results


def table(results: dict[str, dict[str, object]], delay: int) -> float:
    """Print one delay's table; returns the worst ratio to the better peer, 0 without peers."""
    print(
        f"\nserver delay {delay} ms{'':14}" + "".join(f"{name:>22}" for name in ROUNDS) + f"{'memory MB':>12}"
    )
    for program, found in results.items():
        cells = ""
        for name in ROUNDS:
            told = found[name]
            cells += f"{told['wall']} s (CPU {told['cpu']:.2f})".rjust(22)  # type: ignore[index]
        print(f"{program:<30}{cells}{found['memory']:>12}")
    peers = [found for program, found in results.items() if program != "spreadwatch"]
    if not peers:
        return 0.0
    ratios = [
        results["spreadwatch"][name]["wall"] / min(peer[name]["wall"] for peer in peers) for name in ROUNDS
    ]  # type: ignore[index]
    print(f"{'ratio to the better peer':<30}" + "".join(f"{ratio:>22.2f}" for ratio in ratios))
    return float(max(ratios))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", action="store_true", help="measure reader and newsboat too")
    parser.add_argument(
        "--last-ratio", action="store_true", help="the worst ratio of the last run with --peers"
    )
    parser.add_argument(
        "--collector", action="store_true", help="with reading and grouping, as the collector does"
    )
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument(
        "--delays", type=int, nargs="*", default=[0, 100], help="server delays in milliseconds"
    )
    parser.add_argument("--reader-python", default="python3.12", help="a Python that has reader==3.27")
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--database", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--change", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ours:
        urls = asked.ours.read_text(encoding="utf-8").split()
        print(json.dumps(ours(urls, asked.database, asked.change, collector=asked.collector)))
        return
    if asked.last_ratio:
        if not LAST.exists():
            raise SystemExit("No run with --peers yet.")
        print(json.loads(LAST.read_text(encoding="utf-8"))["worst_ratio"])
        return
    with tempfile.TemporaryDirectory() as folder:
        all_results = {delay: measured(asked, delay, Path(folder)) for delay in asked.delays}
    worst = max(table(results, delay) for delay, results in all_results.items())
    if asked.peers:
        LAST.write_text(
            json.dumps({"worst_ratio": round(worst, 3), "results": all_results}), encoding="utf-8"
        )
        print(f"\nworst ratio to the better peer: {worst:.2f}")


if __name__ == "__main__":
    main()

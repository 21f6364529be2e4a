"""Statements against hand-read answers: `python benchmarks/statements.py PATH…`.

Each PATH is told by its shape: lines with `statements` and `status` (denials), a JSON with `mentions` and its
texts beside it (`seeds.jsonl` next to `seeds.json`), or a folder with `gold.json` and `items.jsonl`
(a scenario). --errors lists what is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from stories.actors import party_of
from stories.detail import tell
from stories.evidence import Stance, Target
from stories.item import Item
from stories.reading import read
from stories.story import Side, Story, StoryDetail

LABELS = ("deny", "confirm", "cannot_confirm", "no_comment", "doubt", "none")


def objects(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file of lines."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def moment(words: str | None) -> datetime | None:
    """A time of the files; without a zone it is UTC."""
    if not words:
        return None
    at = datetime.fromisoformat(words)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def item_of(line: dict[str, Any], number: int) -> Item:
    """One line of any of the files as an item."""
    return Item(
        number,
        line["id"],
        line.get("source") or line.get("host", ""),
        line["title"],
        line.get("description") or line.get("summary", ""),
        line.get("body", ""),
        published=moment(line.get("published")),
        first_seen=None if line.get("published") else datetime(2024, 1, 1, tzinfo=UTC),
        lang=line.get("lang", "en"),
    )


def shared_word(one: str, other: str) -> bool:
    """Whether two names share a word that is more than an article."""
    left, right = ({word.strip("“”\"'‘’.,()") for word in words.lower().split()} for words in (one, other))
    return bool((left & right) - {"the", "a", "an", "of", "and"})


def scores(pairs: Counter[tuple[str, str]], labels: Iterable[str] = LABELS) -> tuple[float, dict[str, float]]:
    """Macro-F1 and each label's F1 of counted (right, given) pairs, over the labels that occur."""
    each = {}
    for label in labels:
        right = pairs[label, label]
        given = sum(count for (_, said), count in pairs.items() if said == label)
        wanted = sum(count for (true, _), count in pairs.items() if true == label)
        if given + wanted:
            each[label] = 2 * right / (given + wanted)
    return sum(each.values()) / len(each), each


def denials(path: Path, errors: bool) -> None:
    """An item's overall stance: macro-F1, deny-F1, both by halves of the time; the speaker where it is right."""
    lines = sorted(objects(path), key=lambda line: line["published"])
    pairs: Counter[tuple[str, str]] = Counter()
    halves: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    spoken = Counter[str]()
    for number, line in enumerate(lines):
        reading = read(item_of(line, number + 1))
        given = str(reading.stance.value) if reading.stance else "none"
        pairs[line["status"], given] += 1
        halves[number * 2 // len(lines)][line["status"], given] += 1
        if given != line["status"]:
            if errors:
                found = [
                    (each.stance.value, each.speaker, each.words)
                    for each in reading.statements
                    if each.stance is not Stance.ASSERT
                ]
                print(
                    f"{line['id']} {line['status']} read as {given}: {line['title']} | {line['description'][:200]} {found}"
                )
        elif given != "none":
            wanted = [each["speaker"] or "" for each in line["statements"] if each["stance"] == given]
            named = [each.speaker for each in reading.statements if each.stance == given]
            spoken["of"] += 1
            spoken["exact"] += any(one.lower() == other.lower() for one in wanted for other in named)
            spoken["overlap"] += any(
                (not one and not other) or shared_word(one, other) for one in wanted for other in named
            )
    macro, each = scores(pairs)
    print(f"{path.name}: {len(lines)} items, macro-F1 {macro:.3f}, deny-F1 {each.get('deny', 0.0):.3f}")
    print("  " + "  ".join(f"{label} {value:.3f}" for label, value in each.items()))
    for name, half in zip(("first", "second"), halves, strict=True):
        part, of = scores(half)
        print(f"  {name} half by time: macro-F1 {part:.3f}, deny-F1 {of.get('deny', 0.0):.3f}")
    print(
        f"  speaker where the stance is right: exact {spoken['exact']}, overlapping {spoken['overlap']} of {spoken['of']}"
    )


def seeds(path: Path, errors: bool) -> None:
    """The mentions of the founding articles: recall and precision by stance, and the citations' recall."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    texts = {line["id"]: line for line in objects(path.with_suffix(".jsonl"))}
    readings = {
        name: (item_of(line, at), read(item_of(line, at))) for at, (name, line) in enumerate(texts.items(), 1)
    }
    matched: Counter[tuple[str, str]] = Counter()
    used: set[tuple[str, int]] = set()
    for mention in gold["mentions"]:
        wanted = "assert" if mention["stance"] == "amplify" else mention["stance"]
        _item, reading = readings[mention["doc"]]
        evidence = mention["evidence"]["text"]
        best = None
        for at, each in enumerate(reading.statements):
            if each.stance.value != wanted or not alike(each.words, evidence):
                continue
            said = f"{each.speaker} {each.affiliation} {each.party}"
            fits = (
                shared_word(said, f"{mention['speaker']} {mention.get('affiliation') or ''}")
                or not each.speaker
            )
            if fits and (best is None or (mention["doc"], at) not in used):
                best = at
        matched[wanted, "wanted"] += 1
        if best is not None:
            matched[wanted, "found"] += 1
            used.add((mention["doc"], best))
        elif errors:
            near = [
                (each.stance.value, each.speaker)
                for each in reading.statements
                if alike(each.words, evidence)
            ]
            print(f"  missed {mention['id']} {wanted} {mention['speaker']}: {evidence[:110]} … {near}")
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    known = [
        (each["doc"], each["evidence"]["text"], "assert" if each["stance"] == "amplify" else each["stance"])
        for each in gold["mentions"]
    ]
    for name, (_, reading) in readings.items():
        for each in reading.statements:
            stance = each.stance.value
            held = [wanted for doc, words, wanted in known if doc == name and alike(each.words, words)]
            if stance == "assert" and not held:
                continue  # the answers don't list every assertion, only those on the stories' claims
            given[stance] += 1
            right[stance] += stance in held
            if errors and stance not in held:
                print(f"  extra {name} {stance} {each.speaker}: {each.words[:110]} … {held}")
    wanted_all = sum(count for (_, kind), count in matched.items() if kind == "wanted")
    found_all = sum(count for (_, kind), count in matched.items() if kind == "found")
    recall = found_all / wanted_all
    precision = sum(right.values()) / sum(given.values())
    print(
        f"{path.name}: mentions R {recall:.3f} P {precision:.3f} F1 {2 * recall * precision / (recall + precision):.3f}"
    )
    for stance in sorted({stance for stance, _ in matched}):
        print(
            f"  {stance}: found {matched[stance, 'found']}/{matched[stance, 'wanted']}, right {right[stance]}/{given[stance]}"
        )
    cited = Counter[str]()
    for citation in gold["citations"]:
        _, reading = readings[citation["doc"]]
        words = citation["evidence"]["text"]
        names = [f"{each.source} {each.words}" for each in reading.citations if alike(each.words, words)] + [
            f"{each.speaker} {each.party}" for each in reading.statements if alike(each.words, words)
        ]
        hit = any(shared_word(name, citation["to"]) for name in names)
        cited["of"] += 1
        cited["found"] += hit
        if errors and not hit:
            print(f"  citation missed: {citation['doc']} {citation['from']} → {citation['to']}: {words}")
    print(f"  citations found {cited['found']}/{cited['of']}")


def alike(words: str, evidence: str) -> bool:
    """Whether a statement's words and a marked sentence are the same place: one holds most of the other."""
    one, other = words.strip('“”" .,'), evidence.strip('“”" .,')
    return (
        one in other
        or other in one
        or (len(one) > 40 and (one[:40] in other or one[-40:] in other))
        or (len(other) > 30 and other[:30] in one)
    )


_STANCES = {
    "assert": (Stance.ASSERT,),
    "deny": (Stance.DENY,),
    "confirm": (Stance.CONFIRM,),
    "cannot_confirm": (Stance.CANNOT_CONFIRM,),
    "no_comment": (Stance.NO_COMMENT,),
    "doubt": (Stance.DOUBT,),
    "pushback": (Stance.ASSERT, Stance.DOUBT),
    "counter_accuse": (Stance.ASSERT,),
}


def scenario(path: Path, errors: bool) -> Counter[str]:
    """The party board of a narrative made of its own members: each party's stance and when it is first carried."""
    gold = json.loads((path / "gold.json").read_text(encoding="utf-8"))
    members = set(gold["members"])
    lines = [line for line in objects(path / "items.jsonl") if line["id"] in members]
    items = [item_of(line, at) for at, line in enumerate(lines, 1)]
    pairs = [(item, read(item)) for item in items]
    last = max(item.effective for item in items if item.effective is not None)
    detail = tell(Story(1, gold["name"]), pairs, (), last)
    counts: Counter[str] = Counter()
    denying: set[str] = (
        {party_of(name, last) or name for name in gold["denial_by"]} if gold.get("denial_by") else set()
    )
    confirming: set[str] = set()
    firsts: dict[tuple[str, str], datetime] = {}
    for row in gold["parties"]:
        party = party_of(row["party"], last) or row["party"]
        stance = row["stance"]
        (denying if stance.startswith("deny") else confirming if stance == "confirm" else set[str]()).add(
            party
        )
        if stance not in _STANCES or not party_of(row["party"], last):
            continue
        at = moment(row["published"])
        if at is not None:
            firsts[party, stance] = min(at, firsts.get((party, stance), at))
    for (party, stance), at in sorted(firsts.items(), key=lambda pair: pair[1]):
        said = [
            each
            for each in detail.statements
            if each.target is Target.CLAIM
            and each.statement.party == party
            and each.statement.stance in _STANCES[stance]
        ]
        counts["parties"] += 1
        counts["stance"] += bool(said)
        first = min((each.at for each in said), default=None)
        in_time = first is not None and first <= at
        counts["in time"] += in_time
        if errors and not in_time:
            carried = next(
                (f"{item.title} | {item.summary[:200]}" for item in items if item.effective == at), ""
            )
            print(
                f"  {party} {stance} at {at:%d %H:%M}, ours {first and first.strftime('%d %H:%M')}: {carried}"
            )
    wrong = defaultdict(list)
    for each in detail.statements:
        statement = each.statement
        if each.target is Target.CLAIM and statement.party:
            if statement.stance is Stance.DENY and statement.party not in denying:
                wrong["false DENIED"].append(each)
            elif statement.stance is Stance.CONFIRM and statement.party not in confirming:
                wrong["false CONFIRMED"].append(each)
    for kind, found in wrong.items():
        counts[kind] += len({each.statement.party for each in found})
        if errors:
            for each in found:
                print(
                    f"  {kind} of {each.statement.party} ({each.statement.speaker}): {each.statement.words[:160]}"
                )
    for item in items:
        given = detail.sides.get(item.id, Side.CLAIM)
        counts["items"] += 1
        counts["side"] += given == gold["lead"][item.guid]
        if errors and given != gold["lead"][item.guid]:
            print(f"  leads with {gold['lead'][item.guid]}, marked {given}: {item.title}")
    print(f"{gold['scenario']}: {dict(counts)} · {detail.status.value} · {detail.because}")
    if errors:
        board(detail)
    return counts


def board(detail: StoryDetail) -> None:
    """Prints the party board and the origin."""
    for party in detail.parties:
        since = f"{party.since:%d %H:%M}" if party.since else "–"
        print(
            f"    {party.name} {party.role.value} {party.stance.value} since {since}, {party.independent} independent"
        )
    print(f"    origin {detail.origin.state.value} {detail.origin.chains[:6]}")


def main(arguments: list[str]) -> None:
    """Runs what each path's shape asks for."""
    errors = "--errors" in arguments
    total: Counter[str] = Counter()
    for path in map(Path, (each for each in arguments if not each.startswith("--"))):
        if path.is_dir():
            total += scenario(path, errors)
        elif path.suffix == ".json":
            seeds(path, errors)
        else:
            denials(path, errors)
    if total:
        right, of = total["in time"], total["parties"]
        print(
            f"scenarios: stance on the board {total['stance']}/{of}, in time {right}/{of} = {right / of:.3f}; "
            f"false DENIED {total['false DENIED']}, false CONFIRMED {total['false CONFIRMED']}; "
            f"sides right {total['side']}/{total['items']} = {total['side'] / total['items']:.3f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

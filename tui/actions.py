"""The one table of actions: keys, key line, palette, help and docs/keys.md are all made from it.

A behaviour that is not in this table cannot be bound, shown or remapped. Each action runs the method
``do_<method>`` of the screen it is pressed on; the screen's ``why_not`` says when it can't.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from stories.errors import SpreadwatchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType


class Where(StrEnum):
    """The places a key works in, in the order help shows them."""

    EVERYWHERE = "everywhere"
    LIST = "list"
    ROW = "item or story"
    TRIAGE = "triage"
    STORY = "story"
    FEED = "feed"
    RULE = "rule"


class KeymapError(SpreadwatchError):
    """A remapped key names no action, or two actions claim one key."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    name: str
    """Stable name for the palette and the keymap ("export")."""
    keys: tuple[str, ...]
    """As typed: "e", "ctrl+r", "space"; the first is the one shown."""
    where: Where
    title: str
    """What it does, for help, palette and docs."""
    short: str = ""
    """Its word in the key line; empty keeps it out of there."""

    @property
    def method(self) -> str:
        """The screen's method that does it."""
        return f"do_{self.name.replace('-', '_')}"


_E, _L, _R, _T, _S, _F, _RU = Where

ACTIONS: tuple[Action, ...] = (
    Action("stories", ("1",), _E, "Stories screen"),
    Action("triage", ("2",), _E, "Triage screen"),
    Action("wire", ("3",), _E, "Wire screen: every item as it comes"),
    Action("feeds", ("4",), _E, "Feeds screen"),
    Action("down", ("j", "down"), _L, "Down one row"),
    Action("up", ("k", "up"), _L, "Up one row"),
    Action("half-down", ("ctrl+d", "pagedown"), _L, "Down half a page"),
    Action("half-up", ("ctrl+u", "pageup"), _L, "Up half a page"),
    Action("top", ("g", "home"), _L, "To the top, and let waiting rows in"),
    Action("bottom", ("G", "end"), _L, "To the bottom"),
    Action("open", ("enter", "l"), _L, "Open", "Open"),
    Action("back", ("escape", "h"), _L, "Back: closes what was opened last, then the filter", "Back"),
    Action("pane", ("tab",), _L, "To the other pane", "Pane"),
    Action("next-tab", ("right", "L"), _L, "Next tab of the story", "Tabs"),
    Action("previous-tab", ("left", "H"), _L, "Previous tab of the story"),
    Action("zoom", ("z",), _L, "Zoom the pane with the cursor", "Zoom"),
    Action("next-new", ("n",), _L, "Next new row", "Next new"),
    Action("previous-new", ("N",), _L, "Previous new row"),
    Action("mark", ("space",), _L, "Mark the row, or unmark it", "Mark"),
    Action("mark-all", ("V",), _L, "Mark all rows shown, or none"),
    Action("follow", ("F",), _L, "Follow: keep the newest row in sight"),
    Action("pause", ("p",), _L, "Pause the view; polling goes on", "Pause"),
    Action(
        "filter", ("/",), _L, 'Filter the rows (status:denied party:russia -sport "exact words")', "Filter"
    ),
    Action("views", ("W",), _L, "Saved views: choose one, or save this filter"),
    Action(
        "undo", ("u",), _L, "Undo the last decision, or on Feeds the last change of the catalogue", "Undo"
    ),
    Action("redo", ("ctrl+r",), _L, "Redo"),
    Action("accept", ("a",), _T, "Accept the proposed story", "Accept"),
    Action("move", ("v",), _T, "Move to a story you choose", "Move"),
    Action("new-story", ("c",), _T, "Start a new story", "New story"),
    Action("dismiss", ("x",), _T, "Dismiss: it belongs to no story", "Dismiss"),
    Action("rule", ("X",), _T, "Make a rule from this item: hide, flag, route to a story, alert"),
    Action("stance", ("d",), _T, "Cycle the stance of the item's first statement"),
    Action("add-statement", ("b",), _T, "Add a statement by selecting its words"),
    Action(
        "correct",
        ("B",),
        _T,
        "Correct a statement: what it says, who says it, for whom, on which claim, or none; a story's claim; a false opposite",
        "Correct",
    ),
    Action("star", ("s",), _R, "Star, or unstar", "Star"),
    Action("read", ("m",), _R, "Mark read, or unread"),
    Action("read-above", ("M",), _R, "Mark read from the top to here"),
    Action("browser", ("o",), _R, "Open the link in the browser", "Browser"),
    Action("copy-link", ("y",), _R, "Copy the link"),
    Action("copy-title", ("Y",), _R, "Copy title and link"),
    Action("pager", ("P",), _R, "Read in $PAGER", "Pager"),
    Action("repeat", (".",), _R, "Repeat the last decision here"),
    Action("export", ("e",), _S, "Export a snapshot of the story", "Export"),
    Action("export-as", ("E",), _S, "Export as HTML, CSV, STIX and more: you choose"),
    Action(
        "export-view", ("ctrl+e",), _S, "Export every story of this view (or the marked ones), and stop it"
    ),
    Action("changes", ("C",), _S, "What changed since a time or a snapshot", "Changes"),
    Action("split", ("S",), _S, "Split the marked items, or the suggested ones, into a story of their own"),
    Action("whole", ("K",), _S, "Keep the story whole: it is not the two that are suggested"),
    Action("join", ("J",), _S, "Join the marked stories"),
    Action("rename", ("r",), _S, "Rename the story"),
    Action("watch", ("w",), _S, "Watch the story, or stop watching"),
    Action("watch-for", ("+",), _S, "Watch for a story of your own: by a claim, by words, or both"),
    Action("status", ("!",), _S, "Your own rating and note for the story"),
    Action("singles", ("i",), _S, "Show or hide stories with one publisher"),
    Action("earlier", ("[",), _S, "As of the change before", "Earlier"),
    Action("later", ("]",), _S, "As of the next change"),
    Action("day-earlier", ("{",), _S, "As of a day earlier"),
    Action("day-later", ("}",), _S, "As of a day later"),
    Action("as-of", ("@",), _S, "As of a time you type"),
    Action("live", ("t",), _S, "Back to live"),
    Action("mute", ("x",), _F, "Mute the feed, or unmute it", "Mute"),
    Action("poll-feed", ("r",), _F, "Poll this feed now", "Poll it"),
    Action("add-feed", ("a",), _F, "Add a feed by its address", "Add"),
    Action("offered-feeds", ("s",), _F, "Choose among the feeds that come with the program"),
    Action("edit-feed", ("e",), _F, "Edit the feed: name, publisher, interval, country, label", "Edit"),
    Action("remove-feed", ("D",), _F, "Take the feed out of the catalogue; its items stay"),
    Action("import-opml", ("I",), _F, "Import feeds from an OPML file"),
    Action("export-opml", ("O",), _F, "Export the feeds as OPML"),
    Action("toggle-rule", ("x",), _RU, "Turn the rule on or off", "On/off"),
    Action("add-rule", ("a",), _RU, "Add a rule", "Add"),
    Action("change-rule", ("r",), _RU, "Change the rule's filter", "Change"),
    Action("delete-rule", ("D",), _RU, "Take the rule away", "Delete"),
    Action("search", ("f", "ctrl+f"), _E, "Search everything", "Search"),
    Action("poll", ("R",), _E, "Poll all feeds now", "Poll"),
    Action("alerts", ("A",), _E, "Rules: what is hidden, flagged, routed and rung for", "Rules"),
    Action("screenshot", (), _E, "Save a picture of the screen (SVG) beside the snapshots"),
    Action("theme", ("T",), _E, "Next theme"),
    Action("commands", (":",), _E, "Commands: everything by name", "Command"),
    Action("help", ("?",), _E, "Help: type to find a key", "Help"),
    Action("quit", ("q",), _E, "Quit"),
)

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}

_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Spc",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def shown(key: str) -> str:
    """A key as a person reads it: "Ctrl+R", "Esc", "j"."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return _SHOWN.get(key, key.capitalize() if len(key) > 1 else key)


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys run which action, after the user's keymap."""

    of: Mapping[str, tuple[str, ...]]

    @classmethod
    def mapped(cls, keymap: Mapping[str, str]) -> Keys:
        """The table's keys with the user's own in their place.

        ``keymap`` maps an action's name to keys parted by spaces. Raises KeymapError when a name is
        unknown or one key would run two actions in one place, and says which.
        """
        of = remapped(keymap)
        # The table itself has no clash; a test looks.
        for clash in clashes(of) if keymap else ():
            raise KeymapError(str(clash), remedy="Give one of them another key in the keymap.")
        return cls(of)

    def first(self, name: str) -> str:
        """The key to show for an action; empty when it has none."""
        keys = self.of[name]
        return shown(keys[0]) if keys else ""

    def bindings(self, *places: Where) -> list[BindingType]:
        """Textual's bindings for the actions of these places."""
        from textual.binding import Binding  # here: `doctor` reads this table without Textual

        return [
            Binding(",".join(self.of[action.name]), f"do('{action.name}')", action.title, id=action.name)
            for action in ACTIONS
            if action.where in places and self.of[action.name]
        ]

    def keymap(self) -> dict[str, str]:
        """What differs from the table, in the form `App.set_keymap` takes."""
        return {name: ",".join(keys) for name, keys in self.of.items() if keys != BY_NAME[name].keys}


# Which places' keys are alive at the same time: one screen each.
SCREENS: Mapping[str, tuple[Where, ...]] = {
    "stories": (_E, _L, _R, _T, _S),
    "triage": (_E, _L, _R, _T, _S),
    "wire": (_E, _L, _R, _T, _S),
    "feeds": (_E, _L, _F),
    "rules": (_E, _L, _RU),
}


def remapped(keymap: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Every action's keys, the user's own in place of the table's; KeymapError when a name is unknown."""
    of = {action.name: action.keys for action in ACTIONS}
    for name, keys in keymap.items():
        if name not in of:
            near = get_close_matches(name, of, 1)
            hint = f"Did you mean “{near[0]}”?" if near else "The help (?) lists all names."
            raise KeymapError(f"The keymap names no action: “{name}”.", remedy=hint)
        of[name] = tuple(keys.split())
    return of


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that two actions claim where both are alive."""

    key: str
    one: str
    other: str
    screens: tuple[str, ...]

    def __str__(self) -> str:
        where = ", ".join(self.screens)
        return f"The key {shown(self.key)} is claimed by “{self.one}” and “{self.other}” on {where}."


def _named(key: str) -> str:
    """A key by the one name it has for Textual, which a punctuation mark has besides itself ("!" and "exclamation_mark")."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    if len(last) == 1 and not last.isalnum():
        name = unicodedata.name(last, last).lower().replace("-", "_").replace(" ", "_")
        last = _OTHERWISE.get(name, name)
    return "+".join([*sorted(held), last])


_OTHERWISE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name of a key is not Unicode's."""


def clashes(of: Mapping[str, tuple[str, ...]]) -> list[Clash]:
    """Every key that two actions of one screen claim."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for screen, places in SCREENS.items():
        owner: dict[str, Action] = {}
        for action in ACTIONS:
            if action.where not in places:
                continue
            for key in of[action.name]:
                other = owner.setdefault(_named(key), action)
                if other is not action:
                    found.setdefault((key, other.name, action.name), []).append(screen)
    return [Clash(*claimed, tuple(screens)) for claimed, screens in found.items()]


DEFAULT_KEYS = Keys.mapped({})


def keys_table(keys: Keys = DEFAULT_KEYS) -> str:
    """The table of docs/keys.md, in Markdown."""
    lines = ["| where | keys | what | name |", "|---|---|---|---|"]
    for place in Where:
        for action in ACTIONS:
            if action.where is place:
                pressed = " ".join(f"`{shown(key)}`" for key in keys.of[action.name]).replace("|", "\\|")
                lines.append(f"| {place} | {pressed} | {action.title} | {action.name} |")
    return "\n".join(lines) + "\n"

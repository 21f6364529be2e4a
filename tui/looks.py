"""What each look is made of in a theme. Words and marks say the same, so NO_COLOR loses nothing.

Computed once a theme rather than as component classes: eighteen of those in each of nine widgets cost
200 ms of style matching before the first frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

from tui.drawing import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

_MADE_OF: Mapping[Look, tuple[str, str]] = {
    Look.TEXT: ("foreground", ""),
    Look.DIM: ("dim", ""),
    Look.STRONG: ("", "bold"),
    Look.HEAD: ("primary", "bold"),
    Look.NAME: ("secondary", ""),
    Look.QUOTE: ("", "italic"),
    Look.CUE: ("warning", "bold underline"),
    Look.GOOD: ("success", "bold"),
    Look.BAD: ("error", "bold"),
    Look.WARN: ("warning", "bold"),
    Look.INFO: ("primary", ""),
    Look.NEW: ("accent", "bold"),
    Look.KEY: ("accent", "bold"),
    Look.OFF: ("off", ""),
    Look.SPARK: ("primary", ""),
    Look.FLASH: ("", "bold reverse"),
    Look.FOUND: ("", "bold"),
}
"""A theme's variable for the colour, and how it is written."""

_FADED = {"dim": 0.36, "off": 0.58}
"""How far these go from the foreground towards the background where a theme does not say: still 4.5:1 and 3:1."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of a theme, as lines are drawn with them."""

    looks: Mapping[Look, Style]
    cursor: Style
    blurred: Style
    """The cursor's row in a list without the keys."""
    marked: Style


@lru_cache(maxsize=16)
def palette(theme: tuple[tuple[str, str], ...]) -> Palette:
    """The palette of a theme's variables (as sorted pairs, so that it is made once)."""
    variables = dict(theme)
    fore, back = Color.parse(variables["foreground"]), Color.parse(variables["background"])

    def colour(name: str) -> Color:
        if name in variables:
            return Color.parse(variables[name])
        return fore.blend(back, _FADED[name]) if name in _FADED else fore

    looks = {
        look: Style(color=colour(name).rich_color) + Style.parse(text)
        if name
        else Style.parse(text or "none")
        for look, (name, text) in _MADE_OF.items()
    }
    looks[Look.FOUND] += Style(bgcolor=colour("block-cursor-blurred-background").rich_color)
    return Palette(
        looks,
        Style(
            color=colour("block-cursor-foreground").rich_color,
            bgcolor=colour("block-cursor-background").rich_color,
        ),
        Style(bgcolor=colour("block-cursor-blurred-background").rich_color),
        Style(bgcolor=colour("panel").rich_color),
    )


_USED = (
    "foreground", "background", "primary", "secondary", "warning", "error", "success", "accent", "panel", "dim",
    "off", "block-cursor-foreground", "block-cursor-background", "block-cursor-blurred-background",
)  # fmt: skip


def palette_of(variables: Mapping[str, str]) -> Palette:
    """The palette of an app's present theme (`App.theme_variables`)."""
    return palette(tuple((name, variables[name]) for name in _USED if name in variables))

"""The colours: a dark and a light theme and one of high contrast; the only place that names colours."""

from __future__ import annotations

from textual.theme import Theme

_CURSOR_DARK = {
    "block-cursor-background": "#2b4a6f",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-text-style": "none",
    "block-cursor-blurred-background": "#22303f",
    "input-selection-background": "#3d6a9f",
    "border": "#5b7a99",
    "border-blurred": "#34475a",
    "scrollbar": "#34475a",
    "scrollbar-hover": "#5b7a99",
    "scrollbar-active": "#5b7a99",
    "scrollbar-background": "#151d25",
    "scrollbar-background-hover": "#151d25",
    "scrollbar-background-active": "#151d25",
    "dim": "#8a9aa9",
    "off": "#5f6d7a",
}
_CURSOR_LIGHT = {
    "block-cursor-background": "#bcd6f2",
    "block-cursor-foreground": "#000000",
    "block-cursor-text-style": "none",
    "block-cursor-blurred-background": "#e1e9f1",
    "input-selection-background": "#9cc3ee",
    "border": "#6f8aa6",
    "border-blurred": "#c3ced9",
    "scrollbar": "#c3ced9",
    "scrollbar-hover": "#6f8aa6",
    "scrollbar-active": "#6f8aa6",
    "scrollbar-background": "#f4f7fa",
    "scrollbar-background-hover": "#f4f7fa",
    "scrollbar-background-active": "#f4f7fa",
    "dim": "#5d6b79",
    "off": "#8f9aa5",
}

DARK = Theme(
    name="spreadwatch-dark",
    primary="#6fb1f0",
    secondary="#b3a1e6",
    accent="#e9b862",
    warning="#eab65a",
    error="#f2777a",
    success="#87c98a",
    foreground="#d6dde4",
    background="#10161c",
    surface="#151d25",
    panel="#1e2a35",
    dark=True,
    variables=_CURSOR_DARK,
)
LIGHT = Theme(
    name="spreadwatch-light",
    primary="#15599e",
    secondary="#5b3fa8",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a8231f",
    success="#1d6b25",
    foreground="#1c2733",
    background="#fbfcfd",
    surface="#f4f7fa",
    panel="#e6edf4",
    dark=False,
    variables=_CURSOR_LIGHT,
)
CONTRAST = Theme(
    name="spreadwatch-contrast",
    primary="#7fd4ff",
    secondary="#d9b8ff",
    accent="#ffe066",
    warning="#ffe066",
    error="#ff8f8f",
    success="#8dff9a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    dark=True,
    variables=_CURSOR_DARK
    | {
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "border": "#ffffff",
        "scrollbar": "#a0a0a0",
        "scrollbar-background": "#262626",
        "dim": "#d0d0d0",
        "off": "#a0a0a0",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order that the theme key goes through them."""

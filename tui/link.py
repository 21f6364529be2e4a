"""Links out of the screen: to the browser, to the clipboard; http and https only, and never through a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.screen import Screen

if TYPE_CHECKING:
    from store.items import ItemRow


def safe(href: str) -> bool:
    """Whether a link may leave the program."""
    if not href.isprintable() or " " in href:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


class LinkActions(Screen[None]):
    """Browser and clipboard, for screens whose cursor stands on an item."""

    def item_row(self) -> ItemRow | None:
        """The item under the cursor, None when there is none."""
        return None

    def say(self, text: str, *, warn: bool = False) -> None:
        """A short word to the person; feeds' text in it is literal."""
        self.notify(text, severity="warning" if warn else "information", timeout=4, markup=False)

    def open_link(self, href: str) -> None:
        """Open a link in the browser, or say why not."""
        if not safe(href):
            self.say("This link is not http or https, so it is not opened.", warn=True)
        elif self.app.is_web:
            self.app.open_url(href)
        else:
            import webbrowser

            try:
                opened = webbrowser.open(href)
            except webbrowser.Error:
                opened = False
            told = f"Opened {href}" if opened else f"No browser here. {href}"
            self.say(told)

    def do_browser(self) -> None:
        """The item's page in the browser."""
        if (row := self.item_row()) is not None:
            self.open_link(row.link)

    def do_copy_link(self) -> None:
        """The item's link on the clipboard (OSC 52: it works over ssh)."""
        if (row := self.item_row()) is not None and safe(row.link):
            self.app.copy_to_clipboard(row.link)
            self.say(f"Copied {row.link}")

    def do_copy_title(self) -> None:
        """Title and link on the clipboard."""
        if (row := self.item_row()) is not None:
            link = f"\n{row.link}" if safe(row.link) else ""
            self.app.copy_to_clipboard(f"{row.title}{link}")
            self.say("Copied title and link")

    def page_text(self) -> str:
        """The text of the page that is shown, for `$PAGER`."""
        return ""

    def do_pager(self) -> None:
        """Read the page in `$PAGER`; the screen comes back afterwards."""
        import os
        import shlex
        import shutil
        import subprocess

        words = shlex.split(os.environ.get("PAGER", "")) or ["less"]
        program = shutil.which(words[0])
        if program is None:
            self.say(f"There is no {words[0]} here; set PAGER.", warn=True)
            return
        with self.app.suspend():
            # LESSSECURE: text from the network must not reach less's own shell commands.
            subprocess.run(
                [program, *words[1:]],
                input=self.page_text().encode(),
                env={**os.environ, "LESSSECURE": "1"},
                check=False,
            )

    def why_not_link(self, row: ItemRow | None) -> str:
        """Why the item's link can't be used; empty when it can."""
        if row is None:
            return "there is no item here."
        if not row.link:
            return "the feed gives no link for this item."
        return "" if safe(row.link) else "the item's link is not http or https."

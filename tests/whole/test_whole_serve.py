"""The screen through `serve`, as a browser gets it: a page, and a socket that brings frames and takes keys."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

SECONDS = 60.0


async def until(screen: Any, *words: bytes) -> None:
    """Read what the socket brings until all words came."""
    seen, end = b"", time.monotonic() + SECONDS
    while not all(word in seen for word in words):
        brought = (await asyncio.wait_for(screen.receive(), end - time.monotonic())).data
        seen += brought if isinstance(brought, bytes) else str(brought).encode()


async def test_a_browser_gets_the_screen_and_its_keys_act(started: Any, tmp_path: Path) -> None:
    pytest.importorskip("textual_serve", reason="textual-serve is not installed")
    import aiohttp

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("")
    started("serve", "--port", str(port), "--db", tmp_path / "a.db", "--feeds", feeds)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as browser:
        end = time.monotonic() + SECONDS
        while True:
            try:
                async with browser.get("/") as page:
                    assert page.status == 200 and "spreadwatch" in await page.text()
                break
            except aiohttp.ClientConnectorError:
                assert time.monotonic() < end, "nothing listens"
                await asyncio.sleep(0.1)
        async with browser.ws_connect("/ws?width=120&height=36") as screen:
            await screen.send_str(json.dumps(["resize", {"width": 120, "height": 36}]))
            await until(screen, b"STORIES", b"No items yet")
            await screen.send_str(json.dumps(["stdin", "2"]))
            await until(screen, b"TRIAGE", b"Nothing waits")

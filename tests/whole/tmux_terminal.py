"""A real terminal for tests: a program in tmux, keys in, the screen's text and the raw bytes out."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType


class Terminal:
    """One tmux session of a given size on a server of its own; the session ends with the `with` block.

    tmux interprets the program's output, so `screen` is what a person would see; `raw` is every byte
    the program wrote, for looking at escape sequences.
    """

    def __init__(self, folder: Path, command: Sequence[str], *, width: int = 120, height: int = 36) -> None:
        # A socket's path may hold some 100 characters; pytest's folders are longer.
        self.socket = Path(tempfile.gettempdir()) / f"spreadwatch-tmux-{uuid.uuid4().hex[:12]}"
        self.bytes_file = folder / f"raw-{uuid.uuid4().hex[:8]}"
        self.exit_file = folder / f"exit-{uuid.uuid4().hex[:8]}"
        self.command = command
        self.width = width
        self.height = height

    def __enter__(self) -> Terminal:
        line = f"{shlex.join(self.command)}; echo $? > {shlex.quote(str(self.exit_file))}; sleep 600"
        size = ["-x", str(self.width), "-y", str(self.height)]
        # An environment of the test's own reaches the program only through a server of its own.
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", *size, "sh", "-c", "sleep 0.2; " + line)
        self._tmux("pipe-pane", "-t", "t", "-o", f"cat >> {shlex.quote(str(self.bytes_file))}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["tmux", "-S", str(self.socket), "kill-server"], capture_output=True, check=False)
        self.socket.unlink(missing_ok=True)

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names ("j", "Enter", "C-d", "Escape")."""
        for name in names:
            self._tmux("send-keys", "-t", "t", name)

    def type(self, text: str) -> None:
        """Type text literally."""
        self._tmux("send-keys", "-t", "t", "-l", text)

    def paste(self, content: bytes) -> None:
        """Paste bytes as a terminal does for a program that asked for bracketed paste."""
        file = self.bytes_file.with_name(f"{self.bytes_file.name}-pasted")
        file.write_bytes(content)
        self._tmux("load-buffer", str(file))
        self._tmux("paste-buffer", "-p", "-t", "t")

    def screen(self) -> str:
        """What stands on the screen, one line per row."""
        return self._tmux("capture-pane", "-t", "t", "-p")

    def raw(self) -> bytes:
        """Every byte the program wrote to the terminal so far."""
        return self.bytes_file.read_bytes() if self.bytes_file.exists() else b""

    def pids(self) -> list[int]:
        """The processes of the session's shell, nearest first."""
        shell = int(self._tmux("display-message", "-t", "t", "-p", "#{pane_pid}"))
        found, queue = [], [shell]
        while queue:
            parent = queue.pop(0)
            listed = subprocess.run(
                ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
            )
            children = [int(word) for word in listed.stdout.split()]
            found += children
            queue += children
        return found

    def wait_for(self, *words: str, seconds: float = 60.0) -> str:
        """The first screen that shows all the words; fails with the last screen when time is up."""
        until = time.monotonic() + seconds
        while True:
            screen = self.screen()
            if all(word in screen for word in words):
                return screen
            if time.monotonic() > until:
                missing = [word for word in words if word not in screen]
                raise AssertionError(f"{missing} did not come within {seconds:.0f} s:\n{screen}")
            time.sleep(0.1)

    def exit_code(self, *, seconds: float = 40.0) -> int:
        """The program's exit code once it has ended."""
        until = time.monotonic() + seconds
        while not self.exit_file.exists() or not self.exit_file.read_text().strip():
            if time.monotonic() > until:
                raise AssertionError(f"the program did not end within {seconds:.0f} s:\n{self.screen()}")
            time.sleep(0.1)
        return int(self.exit_file.read_text())

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", str(self.socket), *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        )
        return done.stdout

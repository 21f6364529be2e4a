"""The network: which feeds, when, fetch, parse, clean; from bytes to items."""

import sys

# httpx loads a command line of its own, with click and rich, wherever they are installed: 8 MB that no
# collector uses. A module that is None counts as missing, which httpx is ready for.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

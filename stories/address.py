"""Links as articles are known by: without what changes from one feed or share to the next."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

_TRACKING = re.compile(
    r"^(utm_|at_|ns_|mc_|pk_|piwik_|hsa_|wt[._]|fbclid$|gclid$|dclid$|yclid$|igshid$|cmp$|cmpid$|icid$|ito$"
    r"|ref$|ref_src$|source$|src$|rss$|feed$|ocid$|smid$|partner$|emc$|traffic_source$|xtor$|ftag$|mod$|sr_share$"
    r"|campaign$|cid$|guccounter$|_ga$|spref$|sh$)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)


def canonical(link: str) -> str:
    """A link without what doesn't tell articles apart: scheme, `www.`, tracking parameters, fragment."""
    parts = _PARTS.fullmatch(link)
    if parts is None:
        return link
    host, path, query, fragment = parts.groups(default="")
    host = host.lower().removesuffix(":80").removesuffix(":443")
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    if query:
        kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(k)]
        query = "?" + urlencode(sorted(kept)) if kept else ""
    # A page of a single-page site can live in its fragment ("#!/story/5"); anchors can't.
    return host + path.rstrip("/") + query + (f"#{fragment}" if fragment.startswith("!") else "")

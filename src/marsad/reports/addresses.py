"""Web addresses: one form for one page, and the id of a report from its address.

Reads   URLs as given.
Writes  a URL without what only tracks the reader; a report's id.
Never   changes `Report.url`: that stays as it was received.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from marsad.records import content_id

# What mailings, ads and social media append to tell where a reader came from.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl"
    r"|at_(?:medium|campaign|link_\w+|bbc_team|format|ptr_name)|ns_(?:campaign|mchannel|source|linkname)"
    r"|cmpid|ocid|smid|spm|ref_src|ref_url",
    re.IGNORECASE,
)


def normalise_url(url: str) -> str:
    """`url` without fragment, tracking parameters and default port, its host in lower case.

    What is no http(s) address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    kept = [
        part for part in parts.query.split("&") if not _TRACKING.fullmatch(part.split("=", 1)[0])
    ]
    query = f"?{'&'.join(kept)}" if any(kept) else ""
    # "#!/story/1" and "#/story/1" are other pages of one script, not places on a page.
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{parts.scheme.lower()}://{host}{parts.path or '/'}{query}{route}"


def identify(url: str | None) -> str | None:
    """The id of a report that was retrieved from `url`; None if the address names no page.

    A site's front page shows another report each day, so it names none.
    """
    if url is None:
        return None
    address = normalise_url(url)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    return content_id("report", "url", address.partition("://")[2])


def undirected(url: str | None) -> str | None:
    """`url` as it enters a content hash: what only tracks the reader makes no other report."""
    if url is None or not re.search(r"[?#]", url):
        return url
    return normalise_url(url)

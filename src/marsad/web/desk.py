"""The desk: what every request works with. One for each running server.

Reads   nothing itself.
Writes  nothing itself.
Never   loads the coder before a text is to be coded: it takes seconds and memory.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from marsad.errors import DeskError, MarsadError
from marsad.records import IncidentFilter
from marsad.settings import Settings
from marsad.store.attempts import Attempts
from marsad.store.blind_answers import BlindAnswers
from marsad.store.ledger import Ledger
from marsad.store.overview import OverviewCache
from marsad.store.people import People
from marsad.store.sessions import Sessions
from marsad.web.recent import Recent

if TYPE_CHECKING:
    from marsad.workflow import Coder
    from marsad.workflow.feed import Feed

# A feed of a hundred changes is some 300 kB.
FEEDS_KEPT = 24
# Each file that is being sent keeps two of the database's connections, as long as it takes.
FILES_AT_ONCE = 8
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass
class Desk:
    """What every request works with.

    `public`: whether who is not signed in may read the overview and the incidents, without
    names. `base_url`: the address that people write, if it is not the one served on;
    links in mails and feeds begin with it. `any_address`: served beyond this machine, so
    that any numeric address may stand in `Host`. `behind_proxy`: the nearest proxy's word
    about who asks is taken.
    """

    ledger: Ledger
    settings: Settings
    public: bool = False
    base_url: str = ""
    any_address: bool = False
    behind_proxy: bool = False
    # A turn is taken by each export, and given back at its end.
    exports: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(FILES_AT_ONCE), repr=False
    )
    _coder_lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def people(self) -> People:
        """The accounts."""
        return People(self.ledger.database)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in, and programs' tokens."""
        return Sessions(self.ledger.database)

    @cached_property
    def attempts(self) -> Attempts:
        """Failures to sign in."""
        return Attempts(self.ledger.database)

    @cached_property
    def blind_answers(self) -> BlindAnswers:
        """What people said of the same thing without seeing each other's answer."""
        return BlindAnswers(self.ledger.database)

    @cached_property
    def overviews(self) -> OverviewCache:
        """The sums of the filters that were asked for last."""
        return OverviewCache(self.ledger.database)

    @cached_property
    def feeds(self) -> Recent[Feed]:
        """The feeds that were asked for last, by ETag."""
        return Recent(FEEDS_KEPT)

    def warm(self) -> None:
        """Read what the first page sums up, ahead of it. A large ledger takes seconds."""
        from marsad.web.public_view import public_veil

        with suppress(MarsadError):  # the page itself will say what is wrong
            self.overviews.read(IncidentFilter())
            if self.public:
                self.overviews.read(IncidentFilter(), public_veil())

    @cached_property
    def is_https(self) -> bool:
        """Whether people come by https: cookies are for https alone then."""
        return urlsplit(self.base_url).scheme == "https"

    @contextmanager
    def coding(self) -> Iterator[Coder]:
        """The coder, for one text after the other; loaded by the first who asks."""
        with self._coder_lock:
            yield self._coder

    @cached_property
    def _coder(self) -> Coder:
        from marsad.workflow import Coder

        return Coder(self.settings)

    def serves(self, host: str) -> bool:
        """Whether a request may name this host (without port).

        Other names are refused: a foreign page could let its own name lead here (DNS
        rebinding) and read what the browser's user may.
        """
        name = host.lower().rstrip(".")
        if name in LOOPBACK_NAMES or (self.base_url and name == self._own_host):
            return True
        return self.any_address and _is_address(name)

    @cached_property
    def _own_host(self) -> str:
        return (urlsplit(self.base_url).hostname or "").lower()


def get_desk(request: Request) -> Desk:
    """The desk that serves this request."""
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise DeskError("this application was not made by make_app(desk).")
    return desk


DeskDep = Annotated[Desk, Depends(get_desk)]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

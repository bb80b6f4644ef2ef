"""Deliver: a digest to all who confirmed that they want it, a copy each, at most once.

Reads   the subscribers, and the parts of the digest as they were kept when it was first sent.
Writes  mail, and for each copy that it is about to be handed over and what the server said.
Never   hands over a copy whose fate is not known: rather none than two. A run that was cut
        off is gone on with by running it again.
"""

from __future__ import annotations

import secrets
import time
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain

from marsad.errors import MailError
from marsad.publish.digest.content import Digest
from marsad.publish.digest.parts import UNSUBSCRIBE, render_parts
from marsad.publish.mail.addresses import read_sender
from marsad.publish.mail.message import Copy, make_digest_message
from marsad.publish.mail.server import Answer, Fate, Postman
from marsad.records import content_id
from marsad.settings import Settings
from marsad.store.chain import format_time
from marsad.store.digests import Claimed, Digests, Failed, SentDigest, Settled
from marsad.store.ledger import Ledger
from marsad.store.subscribers import Subscribers, make_token
from marsad.workflow.digest import DigestRequest, compose_digest
from marsad.workflow.newsletter import MailSettings

# Between the rounds over those whom the server would not take now.
WAITS_SECONDS = (5.0, 30.0, 120.0)
MAX_LOST_IN_A_ROW = 3
_STATES: dict[Fate, Settled] = {
    "sent": "sent",
    "no-mailbox": "refused",
    "refused": "refused",
    "deferred": "deferred",
    "lost": "deferred",
    "unknown": "unknown",
    "withdrawn": "deferred",
}
Progress = Callable[[int, int], None]


@dataclass
class Delivered:
    """What came of a run. `counts` is of the whole digest, over all runs.

    `failed` are the copies that did not arrive, or may not have; `stopped` why a run ended
    before it had tried everybody; `open` how many are left for another run.
    """

    digest: SentDigest
    sent_now: int = 0
    bounced_now: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    failed: Sequence[Failed] = ()
    open: int = 0
    stopped: str | None = None


def name_digest(request: DigestRequest) -> str:
    """The id of a digest: the same for the same period of the same newsletter.

    Without an end it is that of its start, so that the command run again goes on with it.
    """
    return content_id(
        "digest",
        request.filter_name,
        request.profile,
        request.policy,
        request.after_row,
        format_time(request.since),
        format_time(request.until) if request.until else None,
    )


def keep_digest(ledger: Ledger, request: DigestRequest, now: datetime | None = None) -> SentDigest:
    """The digest that is to be sent: as it was first kept, or made now.

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    assert request.filter_name is not None, "a digest is sent to the subscribers of a filter"
    digests, name = Digests(ledger.database), name_digest(request)
    known = digests.get(name)
    if known is not None:
        return known
    made = compose_digest(ledger, request, now or datetime.now(UTC))
    return digests.keep(_to_keep(name, request.filter_name, made))


def is_kept(ledger: Ledger, request: DigestRequest) -> bool:
    """Whether the digest was begun to be sent before."""
    return Digests(ledger.database).get(name_digest(request)) is not None


def make_preview(digest: Digest, settings: Settings) -> bytes:
    """The digest as one mail to its own sender, to be looked at; its way out leads nowhere."""
    address = settings.mail_from or "marsad <marsad@preview.invalid>"
    sender, parts = read_sender(address), render_parts(digest)
    return make_digest_message(
        parts.subject,
        parts.html,
        parts.text,
        parts.pictures,
        Copy(sender.address, "preview", digest.base_url),
        sender,
        digest_id=content_id("preview", digest.filter_name, digest.rows),
        subscriber_id="preview",
        list_name=digest.filter_name or "",
        now=digest.made_at,
        placeholder=UNSUBSCRIBE,
    )


def _to_keep(name: str, filter_name: str, digest: Digest) -> SentDigest:
    parts = render_parts(digest)
    return SentDigest(
        id=name,
        filter=filter_name,
        profile=digest.profile,
        since=format_time(digest.since),
        until=format_time(digest.until),
        made_at=format_time(digest.made_at),
        parts={
            "subject": parts.subject,
            "html": parts.html,
            "text": parts.text,
            "pictures": {k: b64encode(v).decode("ascii") for k, v in parts.pictures.items()},
            "rows": list(digest.rows),
            "policy": digest.policy,
            "empty": digest.is_empty,
        },
        told=digest.incidents_told,
    )


def deliver(
    ledger: Ledger,
    digest: SentDigest,
    mail: MailSettings,
    *,
    postman: Postman | None = None,
    waits: Sequence[float] = WAITS_SECONDS,
    progress: Progress | None = None,
) -> Delivered:
    """Send a digest to all who confirmed and have not got it.

    Raises:
        MailError: the server takes no mail from us; what was sent until then stays noted.
    """
    round_ = _Delivery(ledger, digest, mail, postman or Postman(mail.server), progress)
    try:
        for wait in chain((0.0,), waits):
            todo = round_.digests.open_subscribers(digest)
            if not todo or (wait and not round_.deferred):
                break
            if wait:
                time.sleep(wait)
            round_.run(todo)
    finally:
        round_.postman.close()
    return round_.report()


class _Delivery:
    """One run of a sender."""

    def __init__(
        self,
        ledger: Ledger,
        digest: SentDigest,
        mail: MailSettings,
        postman: Postman,
        progress: Progress | None,
    ) -> None:
        self.digests = Digests(ledger.database)
        self.subscribers = Subscribers(ledger.database)
        self.digest = digest
        self.mail = mail
        self.postman = postman
        self.progress = progress
        self.sender = secrets.token_hex(8)
        self.fates: Counter[Fate] = Counter()
        self.deferred = 0
        self.lost_in_a_row = 0
        self.stopped: str | None = None
        self.pictures = {k: b64decode(v) for k, v in digest.parts["pictures"].items()}
        self.digests.give_up_lost(digest, datetime.now(UTC))

    def run(self, todo: Sequence[str]) -> None:
        """One round over the copies that are open."""
        self.deferred = self.lost_in_a_row = 0
        self.stopped = None
        for done, subscriber_id in enumerate(todo):
            if self.progress is not None:
                self.progress(done, len(todo))
            try:
                self.postman.connect()
            except ConnectionError as error:
                self.deferred += len(todo) - done
                self.stopped = str(error)
                return
            claimed = self.digests.claim(self.digest, subscriber_id, self.sender, datetime.now(UTC))
            if claimed is not None:
                self._hand_in(claimed)
            if self.lost_in_a_row >= MAX_LOST_IN_A_ROW:
                self.deferred += len(todo) - done - 1
                self.stopped = f"the mail server hung up {self.lost_in_a_row} times in a row"
                return

    def _hand_in(self, claimed: Claimed) -> None:
        token = make_token()
        message = make_digest_message(
            self.digest.parts["subject"],
            self.digest.parts["html"],
            self.digest.parts["text"],
            self.pictures,
            Copy(claimed.address, token, self.mail.base_url),
            self.mail.sender,
            digest_id=self.digest.id,
            subscriber_id=claimed.subscriber_id,
            list_name=self.digest.filter,
            now=datetime.fromisoformat(self.digest.made_at),
            placeholder=UNSUBSCRIBE,
        )

        def ready() -> bool:
            return self.digests.hand_over(
                self.digest, claimed.subscriber_id, self.sender, token, datetime.now(UTC)
            )

        try:
            answer = self.postman.hand_in(
                self.mail.sender.address, claimed.address, message, ready=ready
            )
        except MailError:
            self._settle(claimed, Answer("deferred", "the server takes no mail from us"))
            raise
        self._settle(claimed, answer)

    def _settle(self, claimed: Claimed, answer: Answer) -> None:
        now = datetime.now(UTC)
        self.fates[answer.fate] += 1
        state = _STATES[answer.fate]
        self.deferred += state == "deferred"
        self.lost_in_a_row = self.lost_in_a_row + 1 if answer.fate in ("lost", "unknown") else 0
        self.digests.settle(
            self.digest, claimed.subscriber_id, self.sender, state, answer.reply, now
        )
        if answer.fate == "no-mailbox":
            self.subscribers.note_bounced(claimed.subscriber_id, now)

    def report(self) -> Delivered:
        """What came of it."""
        self.digests.finish(self.digest.id, datetime.now(UTC))
        return Delivered(
            digest=self.digest,
            sent_now=self.fates["sent"],
            bounced_now=self.fates["no-mailbox"],
            counts=self.digests.counts(self.digest),
            failed=self.digests.failed(self.digest),
            open=self.digests.count_open(self.digest),
            stopped=self.stopped,
        )


def unfinished(ledger: Ledger, filter_name: str) -> SentDigest | None:
    """The newest digest of a filter, if there are still copies of it to send."""
    latest = Digests(ledger.database).latest(filter_name)
    return latest if latest is not None and latest.finished_at is None else None


def iter_digests(ledger: Ledger, filter_name: str) -> Iterator[SentDigest]:
    """The digests of a filter that were sent, the newest first."""
    return Digests(ledger.database).all(filter_name)

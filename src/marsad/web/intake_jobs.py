"""Intake jobs: what people sent, coded in the background and held until they keep it.

Reads   streams of what arrives, one report after the other.
Writes  nothing: what is held is in memory, for its person alone, for a while.
Never   holds more than its bounds, or shows one person's job to another.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from marsad.errors import DeskError, MarsadError, ReportError
from marsad.reports.received import Received
from marsad.web.desk import Desk
from marsad.workflow.coder import Failure
from marsad.workflow.ingest import Ingested
from marsad.workflow.intake import Looked, look_at

# So long a person may take to look before what was sent is forgotten.
HELD_SECONDS = 60 * 60
JOBS_A_PERSON = 4
MAX_HELD_BYTES = 256 * 1024 * 1024
# More than a person looks through; `marsad ingest` takes any number.
MAX_REPORTS = 60
MAX_JOB_SECONDS = 10 * 60

log = logging.getLogger("marsad.web")


@dataclass
class Job:
    """What one person sent at one time. `items` grow while it runs; `kept` are by position."""

    token: str
    person: str
    started: float
    sources: int
    items: list[Looked] = field(default_factory=list)
    kept: dict[int, Ingested] = field(default_factory=dict)
    is_done: bool = False
    left_out: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def size(self) -> int:
        """About how many bytes it holds."""
        return sum(item.size for item in list(self.items))


class Jobs:
    """The jobs of one desk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, desk: Desk, person: str, streams: Iterable[Iterator[Received]]) -> Job:
        """Code what the streams bring, in a thread of its own.

        Raises:
            DeskError: the person has one that runs still, or too much is held for all.
        """
        sources = list(streams)
        with self._lock:
            self._forget_old()
            mine = [job for job in self._jobs.values() if job.person == person]
            if any(not job.is_done for job in mine):
                raise DeskError("what you sent before is being read still. Wait until it is done.")
            for job in mine[: max(0, len(mine) - JOBS_A_PERSON + 1)]:
                del self._jobs[job.token]
            if sum(job.size for job in self._jobs.values()) > MAX_HELD_BYTES:
                raise DeskError(
                    "too much waits to be kept on this desk. Keep or drop what you sent before."
                )
            job = Job(secrets.token_urlsafe(16), person, self._clock(), len(sources))
            self._jobs[job.token] = job
        threading.Thread(target=self._run, args=(desk, job, sources), daemon=True).start()
        return job

    def find(self, token: str, person: str) -> Job | None:
        """The person's job; None where it is another's, dropped or forgotten."""
        with self._lock:
            self._forget_old()
            job = self._jobs.get(token)
        return job if job is not None and job.person == person else None

    def of(self, person: str) -> list[Job]:
        """The person's jobs, the latest first."""
        with self._lock:
            self._forget_old()
            return [job for job in reversed(self._jobs.values()) if job.person == person]

    def drop(self, job: Job) -> None:
        """Forget a job; what was kept of it stays kept."""
        with self._lock:
            self._jobs.pop(job.token, None)

    def _forget_old(self) -> None:
        now = self._clock()
        for token, job in list(self._jobs.items()):
            if job.is_done and now - job.started > HELD_SECONDS:
                del self._jobs[token]

    def _run(self, desk: Desk, job: Job, sources: list[Iterator[Received]]) -> None:
        """Code report after report. One that fails is named, and the others go on."""
        until = self._clock() + MAX_JOB_SECONDS
        try:
            for source in sources:
                for received in islice(source, MAX_REPORTS - len(job.items) + 1):
                    if len(job.items) >= MAX_REPORTS:
                        job.left_out = f"Only the first {MAX_REPORTS} reports were read."
                        return
                    if self._clock() > until or job.size > MAX_HELD_BYTES // 2:
                        job.left_out = "It was too much for one time: the rest was not read."
                        return
                    job.items.append(_look(desk, received))
        except Exception as error:
            log.exception("an intake broke off")
            why = str(error) if isinstance(error, MarsadError) else type(error).__name__
            job.left_out = f"Reading broke off: {why}"
        finally:
            job.is_done = True


def _look(desk: Desk, received: Received) -> Looked:
    try:
        with desk.coding() as coder:
            return look_at(desk.ledger, coder, received)
    except Exception as error:
        # As in a batch, one report's fault must not take the others with it.
        log.exception("%s could not be looked at", received.origin)
        if isinstance(error, MarsadError):
            return Looked(received, Failure(received.origin, None, error), "failed")
        fault = ReportError(f"{received.origin}: could not be read. That is a fault of ours.")
        return Looked(received, Failure(received.origin, None, fault), "failed")

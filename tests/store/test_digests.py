"""Deliveries: each copy in the hands of one sender, and handed over at most once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from marsad.store.database import Database
from marsad.store.digests import LEASE_SECONDS, Digests, SentDigest
from marsad.store.subscribers import Subscribers

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
SOON = NOW + timedelta(seconds=LEASE_SECONDS / 2)
OVER = NOW + timedelta(seconds=LEASE_SECONDS + 1)


def make_digest(name="d1", **changes):
    values = {
        "id": name, "filter": "", "profile": "public", "since": "2025-02-01", "until": "2025-03-01",
        "made_at": "2025-03-01T09:00:00.000000Z", "parts": {"rows": [0, 7]}, "told": {},
    }  # fmt: skip
    return SentDigest(**values | changes)


def add(database, *addresses):
    subscribers = Subscribers(database)
    found = []
    for address in addresses:
        token = subscribers.ask(address, now=NOW).token
        assert token is not None
        found.append(subscribers.confirm(token, NOW).id)
    return found


@pytest.fixture
def digests(database):
    return Digests(database)


@pytest.fixture
def digest(digests):
    return digests.keep(make_digest())


def test_the_first_words_of_a_digest_stay(digests, digest):
    again = digests.keep(make_digest(parts={"rows": [0, 9], "subject": "other"}))
    assert again == digest
    assert digests.get("d1") == digest
    assert digests.get("d2") is None


def test_a_copy_is_in_one_senders_hands(digests, digest, database):
    (ana,) = add(database, "ana@example.org")
    assert digests.claim(digest, ana, "one", NOW).address == "ana@example.org"
    assert digests.claim(digest, ana, "two", SOON) is None
    # One that has died is taken over, and if it only slept, it may not go on.
    assert digests.claim(digest, ana, "two", OVER) is not None
    assert not digests.hand_over(digest, ana, "one", "t1", OVER)
    assert digests.hand_over(digest, ana, "two", "t2", OVER)
    assert not digests.hand_over(digest, ana, "two", "t3", OVER)


@pytest.mark.parametrize("state", ["sent", "refused", "unknown"])
def test_a_settled_copy_is_not_taken_up_again(digests, digest, database, state):
    (ana,) = add(database, "ana@example.org")
    digests.claim(digest, ana, "one", NOW)
    digests.hand_over(digest, ana, "one", "t", NOW)
    digests.settle(digest, ana, "one", state, "words", NOW)
    assert digests.open_subscribers(digest) == []
    assert digests.claim(digest, ana, "two", OVER) is None
    assert digests.finish(digest.id, OVER)


def test_a_copy_that_was_handed_over_without_an_answer_is_never_taken_up(digests, digest, database):
    (ana,) = add(database, "ana@example.org")
    digests.claim(digest, ana, "one", NOW)
    digests.hand_over(digest, ana, "one", "t", NOW)
    assert digests.claim(digest, ana, "two", OVER) is None
    digests.give_up_lost(digest, SOON)
    assert digests.counts(digest) == {"handed": 1}
    digests.give_up_lost(digest, OVER)
    assert digests.counts(digest) == {"unknown": 1}
    assert [f.address for f in digests.failed(digest)] == ["ana@example.org"]
    digests.settle(digest, ana, "one", "sent", "250", OVER)  # it was only slow
    assert digests.counts(digest) == {"sent": 1}


def test_a_deferred_copy_is_taken_up_by_whoever_comes(digests, digest, database):
    (ana,) = add(database, "ana@example.org")
    digests.claim(digest, ana, "one", NOW)
    digests.settle(digest, ana, "one", "deferred", "451 later", NOW)
    assert digests.open_subscribers(digest) == [ana]
    assert not digests.finish(digest.id, NOW)
    assert digests.claim(digest, ana, "two", NOW) is not None


def test_who_left_after_the_claim_gets_nothing(digests, digest, database):
    (ana,) = add(database, "ana@example.org")
    digests.claim(digest, ana, "one", NOW)
    Subscribers(database).remove("ana@example.org", None, NOW)
    assert not digests.hand_over(digest, ana, "one", "t", NOW)
    assert digests.open_subscribers(digest) == []


def test_only_the_newsletters_own_subscribers_get_it(digests, database):
    add(database, "ana@example.org")
    other = digests.keep(make_digest("d2", filter="homs"))
    assert digests.open_subscribers(other) == []


def test_two_senders_at_once_never_hold_one_copy(url):
    first, second = Database(url), Database(url)
    names = add(first, *(f"a{n}@example.org" for n in range(15)))
    digest = Digests(first).keep(make_digest())
    start, won = threading.Barrier(2), []

    def send(database, sender):
        digests = Digests(database)
        start.wait()
        for name in names:
            if digests.claim(digest, name, sender, NOW) and digests.hand_over(
                digest, name, sender, f"{sender} {name}", NOW
            ):
                won.append(name)

    threads = [
        threading.Thread(target=send, args=pair) for pair in ((first, "one"), (second, "two"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(names)
    first.close()
    second.close()


def test_what_earlier_digests_told_is_that_of_those_that_reached_somebody(digests, database):
    (ana,) = add(database, "ana@example.org")
    unsent = digests.keep(make_digest("unsent", made_at="2025-03-01T08:00:00.000000Z"))
    sent = digests.keep(make_digest("sent", made_at="2025-03-01T07:00:00.000000Z"))
    digests.claim(sent, ana, "one", NOW)
    digests.settle(sent, ana, "one", "sent", "250", NOW)
    digests.claim(unsent, ana, "one", NOW)
    digests.settle(unsent, ana, "one", "refused", "550", NOW)
    assert [d.id for d in digests.told_before("", "2025-03-02")] == ["sent"]
    assert list(digests.told_before("homs", "2025-03-02")) == []
    assert list(digests.told_before("", sent.made_at)) == []

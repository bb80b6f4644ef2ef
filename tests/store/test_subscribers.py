"""Who gets the newsletter: asked, confirmed, removed; on both kinds of database."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from marsad.errors import SubscriberError
from marsad.store.database import Database
from marsad.store.digests import Digests, SentDigest
from marsad.store.subscribers import TOKEN_DAYS, Subscribers

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ANA = "ana@example.org"


@pytest.fixture
def subscribers(database):
    return Subscribers(database)


def confirmed(subscribers, address=ANA, filter_name=""):
    asked = subscribers.ask(address, filter_name, now=NOW)
    assert asked.token is not None
    return subscribers.confirm(asked.token, NOW)


def every_value(database):
    """All that the newsletter's tables hold, as text."""
    tables = ("newsletter_secret", "subscribers", "digests", "deliveries")
    with database.reading() as connection:
        return " ".join(
            str(tuple(row))
            for table in tables
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        )


def test_nobody_is_a_subscriber_before_they_confirm(subscribers):
    asked = subscribers.ask(ANA, now=NOW)
    assert asked.subscriber.state == "pending"
    assert subscribers.count("") == 0
    assert subscribers.confirm(asked.token, NOW).state == "confirmed"
    assert subscribers.count("") == 1


def test_a_token_is_long_and_only_its_hash_is_kept(subscribers, database):
    tokens = {subscribers.ask(f"a{n}@example.org", now=NOW).token for n in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 32 for token in tokens)  # 24 bytes in base 64
    kept = every_value(database)
    assert not any(token in kept for token in tokens)


def test_a_token_works_once_and_not_for_ever(subscribers):
    asked = subscribers.ask(ANA, now=NOW)
    over = NOW + timedelta(days=TOKEN_DAYS, minutes=1)
    assert subscribers.peek(asked.token, over) is None
    with pytest.raises(SubscriberError, match="used already or is older"):
        subscribers.confirm(asked.token, over)
    assert subscribers.peek(asked.token, LATER).address == ANA
    subscribers.confirm(asked.token, LATER)
    with pytest.raises(SubscriberError):
        subscribers.confirm(asked.token, LATER)
    for wrong in ("", "x" * 32, asked.token[:-1], "\ud800", "' OR 1=1 --"):
        with pytest.raises(SubscriberError):
            subscribers.confirm(wrong, LATER)


def test_asked_again_a_new_token_takes_the_place_of_the_old(subscribers):
    first, second = (subscribers.ask(ANA, now=NOW).token for _ in range(2))
    with pytest.raises(SubscriberError):
        subscribers.confirm(first, NOW)
    assert subscribers.confirm(second, NOW).state == "confirmed"
    assert len(subscribers.all()) == 1


def test_nobodys_mailbox_is_filled_with_questions(subscribers):
    asked = subscribers.ask(ANA, now=NOW)
    subscribers.note_mailed(asked.subscriber.id, NOW)
    assert subscribers.ask(ANA, now=NOW + timedelta(minutes=9)).token is None
    assert subscribers.ask(ANA, now=NOW + timedelta(minutes=11)).token is not None


def test_capitals_make_no_second_subscriber(subscribers):
    confirmed(subscribers)
    assert subscribers.ask("ANA@example.org", now=NOW).token is None
    assert subscribers.ask(ANA, "tartus", now=NOW).token is not None  # another newsletter
    assert len(subscribers.all()) == 2


def test_a_removed_address_is_forgotten_and_stays_removed(subscribers, database):
    confirmed(subscribers)
    (removed,) = subscribers.remove(ANA, None, LATER)
    assert (removed.state, removed.address) == ("removed", None)
    assert "ana" not in every_value(database)
    with pytest.raises(SubscriberError, match="--asked-again"):
        subscribers.ask(ANA, now=LATER)
    assert "ana@" not in every_value(database)
    again = subscribers.ask(ANA, again=True, now=LATER)
    assert again.subscriber.state == "pending"
    assert subscribers.count("") == 0
    assert subscribers.confirm(again.token, LATER).state == "confirmed"


def test_a_pending_address_that_is_removed_cannot_be_confirmed(subscribers):
    asked = subscribers.ask(ANA, now=NOW)
    subscribers.remove(ANA, None, NOW)
    with pytest.raises(SubscriberError):
        subscribers.confirm(asked.token, NOW)


def test_removing_takes_one_newsletter_or_all(subscribers, database):
    for name in ("", "tartus", "homs"):
        confirmed(subscribers, ANA, name)
    assert [s.filter for s in subscribers.remove(ANA, "tartus", LATER)] == ["tartus"]
    assert len(subscribers.remove(ANA, None, LATER)) == 2
    assert subscribers.remove(ANA, None, LATER) == []
    before = every_value(database)
    assert subscribers.remove("stranger@example.org", None, LATER) == []
    assert every_value(database) == before


def test_the_code_of_any_newsletter_unsubscribes_also_twice(subscribers, database):
    ana, ben = confirmed(subscribers), confirmed(subscribers, "ben@example.org")
    digests = Digests(database)
    digest = digests.keep(SentDigest("d1", "", "public", "a", "b", "c", {"rows": [0, 1]}, {}))
    for one in (ana, ben):
        digests.claim(digest, one.id, "s", NOW)
        assert digests.hand_over(digest, one.id, "s", f"token of {one.address}", NOW)
    token = f"token of {ANA}"
    assert subscribers.whose(token).address == ANA
    assert subscribers.unsubscribe(token, LATER).state == "removed"
    assert subscribers.unsubscribe(token, LATER).state == "removed"
    assert [s.address for s in subscribers.all(state="confirmed")] == ["ben@example.org"]
    with pytest.raises(SubscriberError, match="no newsletter of ours"):
        subscribers.unsubscribe("another", LATER)
    assert subscribers.whose("another") is None


def test_an_address_without_a_mailbox_gets_nothing_until_it_confirms_anew(subscribers):
    one = confirmed(subscribers)
    subscribers.note_bounced(one.id, LATER)
    assert subscribers.count("") == 0
    asked = subscribers.ask(ANA, now=LATER)
    assert subscribers.confirm(asked.token, LATER).state == "confirmed"


def test_asked_for_twice_at_once_one_question_is_mailed(url):
    databases = [Database(url) for _ in range(2)]
    start, tokens = threading.Barrier(2), []

    def ask(database):
        start.wait()
        for number in range(8):
            tokens.append(Subscribers(database).ask(f"a{number}@example.org", now=NOW).token)

    threads = [threading.Thread(target=ask, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Subscribers(databases[0]).all()
    assert len(found) == 8
    assert len(tokens) == 16
    for database in databases:
        database.close()

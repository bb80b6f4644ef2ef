"""People, sessions, tokens, links, attempts and blind answers, on both kinds of database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from marsad.errors import PeopleError
from marsad.store import passwords
from marsad.store.attempts import LONGEST_WAIT_SECONDS, Attempts, Counted, wait_seconds
from marsad.store.blind_answers import BlindAnswers
from marsad.store.chain import format_time
from marsad.store.people import LINK_HOURS, People, Person, fold_name, hash_token, read_name
from marsad.store.people_schema import (
    API_TOKENS,
    BLIND_ANSWERS,
    ENTRY_LINKS,
    PEOPLE,
    SESSIONS,
    SIGN_IN_ATTEMPTS,
)
from marsad.store.sessions import IDLE_HOURS, LONGEST_DAYS, Sessions

PASSWORD = "four quiet rivers run north"
OTHER = "seven slow herons stand still"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(passwords, "LOG_N", 4)


@pytest.fixture
def people(database):
    return People(database)


@pytest.fixture
def sessions(database, people):
    people.add_with_password("Amal Karim", "coder", PASSWORD)
    return Sessions(database)


def set_times(database, table, **values):
    with database.writing() as connection:
        connection.execute(update(table).values(**values))


def ago(**spans) -> str:
    return format_time(datetime.now(UTC) - timedelta(**spans))


class TestPasswords:
    def test_only_the_right_one_matches_and_no_two_hashes_are_alike(self):
        stored = passwords.hash_password(PASSWORD)
        assert passwords.matches(PASSWORD, stored)
        assert not passwords.matches(PASSWORD + " ", stored)
        assert not passwords.matches(PASSWORD, None)
        assert stored != passwords.hash_password(PASSWORD)
        assert PASSWORD not in stored

    def test_one_that_was_typed_decomposed_is_the_same(self):
        stored = passwords.hash_password("caf\u00e9 au lait noir")
        assert passwords.matches("cafe\u0301 au lait noir", stored)

    def test_hashes_of_other_costs_are_still_read(self, monkeypatch):
        stored = passwords.hash_password(PASSWORD)
        monkeypatch.setattr(passwords, "LOG_N", 5)
        assert passwords.matches(PASSWORD, stored)

    def test_the_real_cost_is_what_owasp_asks(self, monkeypatch):
        monkeypatch.undo()
        assert (passwords.LOG_N, passwords.BLOCK, passwords.LANES) == (17, 8, 1)
        assert passwords.matches(PASSWORD, passwords.hash_password(PASSWORD))

    @pytest.mark.parametrize(
        "weak", ["short", "a" * 30, "121212121212", "Amal Karim123", "x" * 257]
    )
    def test_what_is_easily_guessed_or_endless_is_refused(self, weak):
        with pytest.raises(PeopleError):
            passwords.check_new_password(weak, "Amal Karim")

    def test_half_a_surrogate_pair_is_a_wrong_password_and_no_fault(self):
        assert not passwords.matches("\ud800" * 12, passwords.hash_password(PASSWORD))


class TestNames:
    def test_names_that_differ_in_case_spaces_or_composition_are_one(self):
        assert fold_name(" Jos\u00e9  KARIM ") == fold_name("jose\u0301 karim")

    @pytest.mark.parametrize("name", ["", "  ", "...", "a\x00b", "a\u202eb", "x" * 61, "\ud800a"])
    def test_what_cannot_be_a_name_is_refused(self, name):
        with pytest.raises(PeopleError):
            read_name(name)

    def test_names_of_every_script_are_names(self):
        for name in ("أمل كريم", "Zoë", "李明", "O'Neil-Smith Jr."):
            assert read_name(name) == name


class TestAccounts:
    def test_the_right_password_gives_the_person_under_any_case(self, people):
        people.add_with_password("Amal Karim", "coder", PASSWORD)
        assert people.check_password("amal  KARIM", PASSWORD) == Person("Amal Karim", "coder")
        assert people.check_password("Amal Karim", OTHER) is None
        assert people.check_password("Nobody", PASSWORD) is None
        assert people.check_password("a\x00\ud800", PASSWORD) is None

    def test_an_account_without_a_password_lets_nobody_in(self, people):
        people.add("Amal", "admin")
        for typed in ("", "None", "null"):
            assert people.check_password("Amal", typed) is None

    def test_a_link_works_once(self, people):
        token = people.add("Amal", "coder")
        assert people.enter(token, PASSWORD) == Person("Amal", "coder")
        with pytest.raises(PeopleError, match="used already"):
            people.enter(token, OTHER)
        assert people.check_password("Amal", PASSWORD)

    def test_of_two_at_once_one_comes_in(self, people):
        token = people.add("Amal", "coder")

        def enter(password):
            try:
                return people.enter(token, password)
            except PeopleError:
                return None

        with ThreadPoolExecutor(2) as pool:
            came = list(pool.map(enter, (PASSWORD, OTHER)))
        assert came.count(None) == 1

    def test_an_old_link_and_one_before_the_last_are_void(self, people, database):
        first = people.add("Amal", "coder")
        second = people.make_link("Amal")
        assert people.open_link(first) is None
        set_times(database, ENTRY_LINKS, expires_at=ago(hours=0))
        assert people.open_link(second) is None
        assert LINK_HOURS <= 72

    def test_a_wrong_password_does_not_spend_the_link(self, people):
        token = people.add("Amal", "coder")
        with pytest.raises(PeopleError):
            people.enter(token, "short")
        assert people.enter(token, PASSWORD)

    def test_the_first_link_makes_an_admin_and_never_a_second(self, people):
        stale = people.make_first_link()
        token = people.make_first_link()
        assert people.open_link(stale) is None
        assert people.enter(token, PASSWORD, "Amal") == Person("Amal", "admin")
        assert people.make_first_link() is None
        with pytest.raises(PeopleError):
            people.enter(token, PASSWORD, "Basma")

    def test_the_first_link_is_void_once_there_is_an_account(self, people):
        token = people.make_first_link()
        people.add("Amal", "admin")
        assert people.open_link(token) is None

    def test_the_last_admin_is_not_removed_or_made_less(self, people):
        people.add("Amal", "admin")
        people.add("Basma", "coder")
        for change in (lambda: people.remove("Amal"), lambda: people.give_role("Amal", "coder")):
            with pytest.raises(PeopleError, match="last admin"):
                change()
        people.give_role("Basma", "admin")
        people.remove("Amal")
        assert [account.name for account in people.accounts()] == ["Basma"]

    def test_two_admins_who_remove_each_other_at_once_leave_one(self, people):
        people.add("Amal", "admin")
        people.add("Basma", "admin")

        def remove(name):
            try:
                people.remove(name)
            except PeopleError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(remove, ("Amal", "Basma"))) == [False, True]

    def test_the_list_tells_who_was_seen(self, people, sessions):
        token = sessions.start("Amal Karim")
        sessions.make_token("Amal Karim", "cron", "viewer")
        people.add("Basma", "viewer")
        amal, basma = people.accounts()
        assert (amal.sessions, amal.tokens, amal.has_password) == (1, 1, True)
        assert amal.seen_on == datetime.now(UTC).date().isoformat()
        assert (basma.seen_on, basma.has_password) == (None, False)
        assert sessions.find(token)


class TestSessions:
    def test_only_hashes_are_stored(self, sessions, database, people):
        secrets = [
            sessions.start("Amal Karim"),
            sessions.make_token("Amal Karim", "cron", "viewer"),
            people.make_link("Amal Karim"),
            PASSWORD,
        ]
        with database.reading() as connection:
            tables = (PEOPLE, SESSIONS, API_TOKENS, ENTRY_LINKS)
            kept = repr([connection.execute(select(table)).all() for table in tables])
        assert hash_token(secrets[0]) in kept
        assert not any(secret in kept for secret in secrets)

    def test_a_session_ends_when_idle_and_in_any_case_at_last(self, sessions, database):
        token = sessions.start("Amal Karim")
        set_times(database, SESSIONS, seen_at=ago(hours=IDLE_HOURS - 1))
        assert sessions.find(token)
        set_times(database, SESSIONS, seen_at=ago(hours=IDLE_HOURS + 1))
        assert sessions.find(token) is None
        set_times(database, SESSIONS, seen_at=ago(hours=0), created_at=ago(days=LONGEST_DAYS + 1))
        assert sessions.find(token) is None

    def test_use_keeps_a_session_from_being_idle(self, sessions, database):
        token = sessions.start("Amal Karim")
        set_times(database, SESSIONS, seen_at=ago(hours=IDLE_HOURS - 1))
        sessions.find(token)
        [session] = sessions.of("Amal Karim")
        assert session.seen_at > ago(minutes=1)

    def test_sessions_that_are_over_are_cleared_away(self, sessions, database):
        sessions.start("Amal Karim")
        set_times(database, SESSIONS, seen_at=ago(days=30))
        sessions.start("Amal Karim")
        with database.reading() as connection:
            assert len(connection.execute(select(SESSIONS)).all()) == 1

    @pytest.mark.parametrize("token", ["", "x", "\ud800", "'; DROP TABLE people; --", "x" * 10**5])
    def test_a_made_up_token_is_nobodys(self, sessions, token):
        assert sessions.find(token) is None
        assert sessions.find_token(token) is None

    def test_a_token_may_no_more_than_its_owner_may_now(self, sessions, people):
        with pytest.raises(PeopleError, match="cannot be admin"):
            sessions.make_token("Amal Karim", "cron", "admin")
        token = sessions.make_token("Amal Karim", "cron", "coder")
        people.give_role("Amal Karim", "viewer")
        assert sessions.find_token(token) == Person("Amal Karim", "viewer")
        people.give_role("Amal Karim", "admin")
        assert sessions.find_token(token) == Person("Amal Karim", "coder")

    def test_a_revoked_token_is_nobodys(self, sessions):
        token = sessions.make_token("Amal Karim", "cron", "viewer")
        [listed] = sessions.tokens_of("Amal Karim")
        assert sessions.revoke_token("Amal Karim", listed.id)
        assert sessions.find_token(token) is None
        assert not sessions.revoke_token("Amal Karim", listed.id)


class TestAttempts:
    NAME = Counted("name", "amal", 3)
    ADDRESS = Counted("address", "192.0.2.1", 5)

    def test_waits_double_and_end_at_a_quarter_of_an_hour(self):
        waits = [wait_seconds(failures, 3) for failures in range(9)]
        assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 64]
        assert wait_seconds(10**6, 3) == LONGEST_WAIT_SECONDS

    def test_after_the_free_ones_each_costs_a_wait(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        assert [attempts.begin([self.NAME], now) for _ in range(4)] == [0, 0, 0, 2]
        assert attempts.begin([self.NAME], now + timedelta(seconds=2)) == 0
        assert attempts.begin([self.NAME], now + timedelta(seconds=2)) == 4

    def test_who_began_earlier_but_comes_later_does_not_wait_for_that(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        assert attempts.begin([self.ADDRESS], now) == 0
        assert attempts.begin([self.ADDRESS], now - timedelta(seconds=3)) == 0

    def test_who_waits_is_not_counted_again(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        for _ in range(50):
            attempts.begin([self.NAME], now)
        assert attempts.begin([self.NAME], now + timedelta(seconds=2)) == 0

    def test_a_restart_forgets_nothing(self, database):
        now = datetime.now(UTC)
        for _ in range(3):
            Attempts(database).begin([self.NAME], now)
        assert Attempts(database).begin([self.NAME], now) == 2

    def test_guesses_made_at_once_do_not_all_pass(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        with ThreadPoolExecutor(8) as pool:
            passed = list(pool.map(lambda _: attempts.begin([self.NAME], now), range(24)))
        assert passed.count(0) == 3

    def test_success_frees_the_name_but_not_the_address(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        both = [self.NAME, self.ADDRESS]
        for _ in range(3):
            attempts.begin(both, now)
        attempts.succeed(both)
        assert attempts.begin([self.NAME], now) == 0
        assert [attempts.begin([self.ADDRESS], now) for _ in range(4)] == [0, 0, 0, 2]

    def test_after_a_day_all_is_forgotten(self, database):
        attempts, now = Attempts(database), datetime.now(UTC)
        for _ in range(4):
            attempts.begin([self.NAME], now)
        later = now + timedelta(hours=25)
        assert attempts.begin([self.ADDRESS], later) == 0
        with database.reading() as connection:
            rows = connection.execute(select(SIGN_IN_ATTEMPTS)).all()
        assert [row.key_hash for row in rows] == [self.ADDRESS.key]

    def test_names_and_addresses_are_not_stored(self, database):
        Attempts(database).begin([self.NAME, self.ADDRESS])
        with database.reading() as connection:
            kept = repr(connection.execute(select(SIGN_IN_ATTEMPTS)).all())
        assert "amal" not in kept
        assert "192.0.2.1" not in kept


class TestBlindAnswers:
    def test_the_last_answer_of_a_person_stands(self, database):
        answers = BlindAnswers(database)
        answers.give("Amal", "pair", "a b", "same")
        answers.give("Amal", "pair", "a b", "other")
        answers.give("Basma", "pair", "a b", "same")
        answers.give("Basma", "incident", "a b", "confirm")
        found = [(a.person, a.answer) for a in answers.about("pair", "a b")]
        assert found == [("Amal", "other"), ("Basma", "same")]
        assert len(answers.of_kind("pair")) == 2
        assert [a.kind for a in answers.by("Basma")] == ["incident", "pair"]

    def test_they_outlive_the_account(self, database):
        people, answers = People(database), BlindAnswers(database)
        people.add("Amal", "admin")
        people.add("Basma", "coder")
        answers.give("Basma", "pair", "a b", "same")
        people.remove("Basma")
        with database.reading() as connection:
            assert connection.execute(select(BLIND_ANSWERS)).one().person == "Basma"

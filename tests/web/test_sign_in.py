"""Signing in, out, and by a link."""

import hashlib

from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.web.app import make_app
from marsad.web.cookies import form_token
from marsad.web.desk import Desk
from tests.web.conftest import NAMES, PASSWORD, TestClient


def test_signing_in_leads_back_to_where_one_was_going(client_as):
    client = client_as("anonymous")
    answer = client.post(
        "/sign-in", data={"name": "ada admin", "password": PASSWORD, "next": "/review?x=1"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?x=1"


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(client_as):
    answers = [
        client_as("anonymous").post("/sign-in", data={"name": name, "password": "wrong" * 4})
        for name in (NAMES["admin"], "Nobody Here")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    first, second = (answer.text.replace("Nobody Here", NAMES["admin"]) for answer in answers)
    assert first == second


def guess(client, name, password="wrong wrong wrong"):
    return client.post("/sign-in", data={"name": name, "password": password})


def test_guessing_at_a_name_must_wait_whether_it_exists_or_not(client_as):
    pages = []
    for name in (NAMES["admin"], "Nobody Here"):
        client = client_as("anonymous")
        answers = [guess(client, name) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "2"
        assert "Wait 2 seconds" in answers[-1].text
        pages.append(answers[-1].text.replace(name, ""))
    assert pages[0] == pages[1]


def test_while_waiting_the_right_password_is_not_looked_at(client_as):
    client = client_as("anonymous")
    for _ in range(5):
        guess(client, NAMES["admin"])
    assert guess(client, NAMES["admin"], PASSWORD).status_code == 429


def test_whoever_guesses_elsewhere_does_not_keep_the_person_out(client_as):
    own = client_as("anonymous")
    assert guess(own, NAMES["admin"], PASSWORD).status_code == 303
    own.post("/sign-out", headers={"X-CSRF-Token": form_token(own.cookies["marsad-session"])})
    own.cookies.set("marsad-form", "a form's secret")
    attacker = client_as("anonymous")
    assert [guess(attacker, NAMES["admin"]).status_code for _ in range(6)][-1] == 429
    # From the same address, too.
    for number in range(20):
        guess(attacker, f"name {number}")
    assert guess(attacker, "one more").status_code == 429
    assert guess(own, NAMES["admin"], PASSWORD).status_code == 303


def test_a_known_browser_is_known_for_its_own_person_only(client_as):
    own = client_as("anonymous")
    guess(own, NAMES["viewer"], PASSWORD)
    own.headers["X-CSRF-Token"] = form_token(own.cookies["marsad-session"])
    answers = [guess(own, NAMES["admin"]).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_an_address_that_tries_many_names_must_wait(client_as):
    client = client_as("anonymous")
    statuses = [guess(client, f"name {number}").status_code for number in range(21)]
    assert statuses == [401] * 20 + [429]


def test_an_admin_who_is_kept_out_comes_in_by_a_link(client_as, desk):
    client = client_as("anonymous")
    for _ in range(8):
        guess(client, NAMES["admin"])
    path = f"/welcome/{desk.people.make_link(NAMES['admin'])}"
    new = "seven slow herons stand still"
    assert client.post(path, data={"password": new, "again": new}).status_code == 303


def test_guessing_the_old_password_of_an_open_session_must_wait_too(client_as):
    client = client_as("coder")
    form = {"password": "wrong wrong wrong", "new": "x" * 12, "again": "x" * 12}
    pages = [client.post("/account/password", data=form).text for _ in range(6)]
    assert "Too many attempts" in pages[-1]
    assert "Too many attempts" not in pages[-2]


def test_two_passwords_that_differ_set_none(client_as, desk):
    path = f"/welcome/{desk.people.make_link(NAMES['coder'])}"
    form = {"password": "seven slow herons stand still", "again": "seven slow herons"}
    answer = client_as("anonymous").post(path, data=form)
    assert answer.status_code == 422
    assert "not the same" in answer.text
    assert desk.people.check_password(NAMES["coder"], PASSWORD)


def test_the_first_account_is_made_by_the_link_alone(tmp_path, desk):
    empty = Desk(Ledger(Database(f"sqlite:///{tmp_path / 'new.sqlite'}")), desk.settings)
    client = TestClient(make_app(empty), base_url="http://localhost", follow_redirects=False)
    path = f"/welcome/{empty.people.make_first_link()}"
    page = client.get(path).text
    assert "The first account" in page
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": csrf, "name": "Amal", "password": PASSWORD, "again": PASSWORD}
    assert client.post(path, data=form).headers["location"] == "/"
    assert client.get("/people").status_code == 200
    assert client.get(path).status_code == 404
    empty.ledger.database.close()


def test_an_unknown_name_costs_as_much_as_a_known_one(client_as, monkeypatch):
    hashed = []
    scrypt = hashlib.scrypt

    def count(*given, **options):
        hashed.append((options["n"], options["r"], options["p"]))
        return scrypt(*given, **options)

    monkeypatch.setattr(hashlib, "scrypt", count)
    for name in (NAMES["admin"], "Nobody Here"):
        guess(client_as("anonymous"), name)
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]

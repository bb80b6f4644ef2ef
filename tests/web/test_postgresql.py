"""The desk of a team on PostgreSQL: signing in, people, limits, pages."""

import psycopg
import pytest

from marsad.settings import load_settings
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.web.app import make_app
from marsad.web.desk import Desk
from tests.store.conftest import postgres_server
from tests.web.conftest import PASSWORD, TestClient

__all__ = ["postgres_server"]  # a fixture


@pytest.fixture
def team(postgres_server):
    with psycopg.connect(f"{postgres_server}/template1", autocommit=True) as connection:
        connection.execute("CREATE DATABASE of_the_desk")
    desk = Desk(Ledger(Database(f"{postgres_server}/of_the_desk")), load_settings())
    yield desk
    desk.ledger.database.close()


def test_a_team_signs_in_and_manages_people(team):
    team.people.add_with_password("Amal Karim", "admin", PASSWORD)
    client = TestClient(make_app(team), base_url="http://localhost", follow_redirects=False)

    def send(path, **form):
        page = client.get("/people" if "people" in path else "/sign-in")
        csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
        return client.post(path, data=form | {"csrf": csrf})

    wrong = [send("/sign-in", name="Amal Karim", password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in wrong] == [401] * 5 + [429]
    token = team.people.make_link("Amal Karim")
    team.people.enter(token, PASSWORD)
    client.cookies.set("marsad-session", team.sessions.start("Amal Karim"))
    for path in ("/", "/account", "/people", "/feeds/all.atom", "/review"):
        assert client.get(path).status_code == 200, path
    assert send("/people/add", name="Basma", role="coder").status_code == 200
    assert send("/people/role", name="Basma", role="viewer").status_code == 200
    assert send("/people/remove", name="Amal Karim").status_code == 422
    assert [account.name for account in team.people.accounts()] == ["Amal Karim", "Basma"]

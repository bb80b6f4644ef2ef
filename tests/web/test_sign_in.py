"""Signing in, out, and by a link."""

from tests.web.conftest import NAMES, PASSWORD


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

"""The pages of people and of one's own account."""

import re

from tests.web.conftest import NAMES, PASSWORD, TestClient

NEW = "seven slow herons stand still"


def secret_on(page: str) -> str:
    found = re.search(r'id="secret"[^>]*>([^<]+)<', page)
    assert found, page
    return found[1]


def test_a_new_person_comes_in_by_the_link_and_only_once(client_as, desk):
    admin = client_as("admin")
    shown = admin.post("/people/add", data={"name": "Noor Haddad", "role": "coder"})
    path = secret_on(shown.text).removeprefix("http://localhost")
    visitor = client_as("anonymous")
    assert "Noor Haddad" in visitor.get(path).text
    answer = visitor.post(path, data={"password": NEW, "again": NEW})
    assert answer.headers["location"] == "/"
    assert visitor.get("/account").status_code == 200
    assert client_as("anonymous").get(path).status_code == 404
    late = client_as("anonymous").post(path, data={"password": NEW + "!", "again": NEW + "!"})
    assert late.status_code == 404
    assert desk.people.check_password("noor haddad", NEW).role == "coder"


def test_two_names_that_read_alike_are_one_person(client_as):
    admin = client_as("admin")
    answer = admin.post("/people/add", data={"name": NAMES["coder"].upper(), "role": "admin"})
    assert answer.status_code == 422
    assert "already" in answer.text


def test_a_changed_role_ends_all_sessions_of_the_person(client_as):
    coder, admin = client_as("coder"), client_as("admin")
    assert coder.get("/account").status_code == 200
    admin.post("/people/role", data={"name": NAMES["coder"], "role": "viewer"})
    assert coder.get("/account").headers["location"].startswith("/sign-in")


def test_a_removed_person_is_out_at_once_with_tokens(client_as, desk):
    token = desk.sessions.make_token(NAMES["coder"], "script", "coder")
    coder, admin = client_as("coder"), client_as("admin")
    admin.post("/people/remove", data={"name": NAMES["coder"]})
    assert coder.get("/account").status_code == 303
    assert desk.sessions.find_token(token) is None


def test_the_last_admin_stays(client_as):
    admin = client_as("admin")
    for path, more in (("/people/remove", {}), ("/people/role", {"role": "viewer"})):
        answer = admin.post(path, data={"name": NAMES["admin"], **more})
        assert answer.status_code == 422
        assert "last admin" in answer.text
    assert admin.get("/people").status_code == 200


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(client_as):
    here, there = client_as("coder"), client_as("coder")
    form = {"password": "guessed at random", "new": NEW, "again": NEW}
    assert here.post("/account/password", data=form).status_code == 422
    assert there.get("/account").status_code == 200
    answer = here.post("/account/password", data=form | {"password": PASSWORD})
    assert answer.status_code == 200
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
    fresh = client_as("anonymous")
    assert sign_in(fresh, NAMES["coder"], PASSWORD) == 401
    assert sign_in(fresh, NAMES["coder"], NEW) == 303


def test_one_of_several_sessions_can_be_ended(client_as, desk):
    here, there = client_as("viewer"), client_as("viewer")
    page = here.get("/account").text
    [other] = re.findall(r'name="id" value="(\w+)"', page)
    assert there.get("/account").status_code == 200
    here.post("/account/sessions/end", data={"id": other})
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(client_as, desk):
    admin, viewer = client_as("admin"), client_as("viewer")
    [session] = desk.sessions.of(NAMES["viewer"])
    admin.post("/account/sessions/end", data={"id": session.id})
    assert viewer.get("/account").status_code == 200


def test_a_token_is_shown_once_and_may_no_more_than_its_owner(client_as, desk):
    coder = client_as("coder")
    refused = coder.post("/account/tokens", data={"label": "cron", "role": "admin"})
    assert refused.status_code == 422
    token = secret_on(coder.post("/account/tokens", data={"label": "cron", "role": "coder"}).text)
    assert token not in coder.get("/account").text
    assert desk.sessions.find_token(token).role == "coder"
    desk.people.give_role(NAMES["coder"], "viewer")
    assert desk.sessions.find_token(token).role == "viewer"


def test_hostile_names_and_labels_are_shown_as_text(client_as):
    hostile = "<img src=x onerror=alert(1)>\"'"
    admin = client_as("admin")
    admin.post("/people/add", data={"name": hostile, "role": "viewer"})
    admin.post("/account/tokens", data={"label": hostile, "role": "viewer"})
    for path in ("/people", "/account"):
        page = admin.get(path).text
        assert "<img" not in page
        assert "&lt;img" in page


def sign_in(client: TestClient, name: str, password: str) -> int:
    status: int = client.post("/sign-in", data={"name": name, "password": password}).status_code
    return status

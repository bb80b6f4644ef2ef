"""The overview without a browser: the filter, what follows it, and what the public is told."""

from __future__ import annotations

import csv
import io
import json
import re

import httpx
import pytest

from marsad.records import IncidentFilter
from tests.web.hostile import IMAGE, SCRIPT, SVG, keep_hostile

PART = {"HX-Request": "true"}


def get(client, path, **headers):
    return client.get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})


def test_all_incidents_with_their_minimum(client):
    text = client.get("/").text
    assert "6 incidents" in text
    assert re.search(r"<dt>killed</dt>\s*<dd><strong>20</strong>", text)
    assert "6 of them contested" in text
    assert "near Tartus, Syria · district" in text


def test_counts_and_list_follow_the_filter(client):
    text = client.get("/?outcome=killed&at_least=6").text
    assert "1 incident<" in text
    assert "of 6 in the ledger" in text
    assert text.count('<td class="date">') == 1


def test_the_form_says_what_the_address_says(client):
    text = client.get("/?since=2024-12-01&kind=armed-clash&status=corroborated&loose=1").text
    assert 'name="since" type="date" value="2024-12-01"' in text
    assert 'value="armed-clash" checked' in text
    assert 'value="corroborated" checked' in text
    assert 'name="loose" value="1" checked' in text


def test_a_form_sent_without_a_script_gets_a_short_address(client):
    answer = client.get("/?text=&since=2024-12-25&until=&box=&country=SYR")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/?since=2024-12-25&country=SYR",
    )


def test_a_part_says_the_address_to_show(client):
    answer = client.get("/?text=&country=SYR", headers=PART)
    assert answer.headers["hx-push-url"] == "/?country=SYR"
    assert "<html" not in answer.text
    assert 'id="results"' in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    again = client.get(
        "/?country=SYR", headers=PART | {"HX-Current-URL": "http://localhost/?country=SYR"}
    )
    assert again.headers["hx-push-url"] == "false"


def test_what_is_not_understood_is_told_beside_what_was_typed(client):
    answer = client.get("/?since=yesterday&place=Homs")
    assert answer.status_code == 400
    assert "write it like 2024-12-26" in answer.text
    assert 'value="yesterday"' in answer.text
    assert client.get("/?since=yesterday", headers=PART).status_code == 400


def test_conditions_can_be_taken_out_one_by_one(client):
    text = client.get("/?country=SYR&outcome=killed&at_least=2&names=1").text
    assert 'href="/?country=SYR&amp;names=1" data-clear="outcome at_least"' in text
    assert 'href="/?outcome=killed&amp;at_least=2&amp;names=1" data-clear="country"' in text


def test_pages_of_the_list_keep_the_filter(client):
    text = client.get("/?country=SYR&limit=2&offset=2").text
    assert "3 to 4 of 6" in text
    assert 'rel="prev" href="/?country=SYR&amp;limit=2#list-title"' in text
    assert 'rel="next" href="/?country=SYR&amp;limit=2&amp;offset=4#list-title"' in text
    assert "The list ends before this page" in client.get("/?offset=100").text


def test_nothing_matching_is_said(client):
    text = client.get("/?country=SDN").text
    assert "No incident" in text
    assert "Nothing matches" in text


def test_the_timeline_and_the_map_follow_the_filter(client):
    line = client.get("/timeline?outcome=killed").json()
    assert (sum(line["killed"]), line["wide"]["killed"]) == (15, 5)
    drawn = client.get("/map?zoom=7&outcome=killed").json()
    kinds = sorted(f["properties"]["kind"] for f in drawn["features"])
    assert kinds == ["disc", "point", "point"]
    assert drawn["pointed"] == 3
    assert client.get("/map?zoom=7&seen=0,0,1,1").json()["features"] == []


@pytest.mark.parametrize("query", ["zoom=x", "seen=1,2", "zoom=-5", "zoom=999"])
def test_a_map_asked_for_nonsense_does_not_fail(client, query):
    assert client.get(f"/map?{query}").status_code in (200, 400, 422)


def test_what_is_at_a_point(client):
    drawn = client.get("/map?zoom=9&place=Homs").json()
    (feature,) = drawn["features"]
    longitude, latitude = feature["geometry"]["coordinates"]
    at = f"latitude={latitude}&longitude={longitude}&precision=town"
    assert "Excessive force" in client.get(f"/map/here?{at}").text
    assert "not told one by one" in client.get(f"/map/here?{at}&country=SDN").text


def test_a_view_is_downloaded_whole_whatever_page_is_shown(client):
    answer = client.get("/download?format=csv&country=SYR&limit=1")
    assert "internal.csv" in answer.headers["content-disposition"]
    assert len(list(csv.DictReader(io.StringIO(answer.text)))) == 6
    features = client.get("/download?format=geojson&at_least=6").text
    assert len(json.loads(features)["features"]) == 1
    assert client.get("/download?format=exe").status_code == 400


def test_a_download_that_fails_does_not_end_as_if_whole(served, monkeypatch):
    from marsad.publish.exports.protect import protect
    from marsad.web.pages import download
    from marsad.workflow import export

    told = []

    def fail_later(item, profile):
        told.append(item)
        if len(told) > 2:
            raise RuntimeError("the disk")
        return protect(item, profile)

    monkeypatch.setattr(export, "protect", fail_later)
    monkeypatch.setattr(download, "CHUNK_SIGNS", 10)
    cookie = served.session_cookie("viewer")
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
        httpx.get(f"{served.url}/download?format=csv", cookies={cookie["name"]: cookie["value"]})


def test_a_reader_who_goes_away_ends_the_export(desk, monkeypatch):
    from marsad.web.pages import download
    from marsad.workflow.export import ExportRequest

    monkeypatch.setattr(download, "CHUNK_SIGNS", 10)
    monkeypatch.setattr(download, "CHUNKS_AHEAD", 1)
    monkeypatch.setattr(download, "LOOK_SECONDS", 0.01)
    chunks = download.stream_export(desk.ledger, ExportRequest(("csv",), wanted=IncidentFilter()))
    next(chunks)
    chunks.close()  # would wait for ever for a writer that went on


def test_hostile_words_are_text(client, desk):
    keep_hostile(desk.ledger)
    for path in ("/?country=COD", f"/?text={SCRIPT}", f"/?place={IMAGE}", f"/?actor={SVG}"):
        for headers in ({}, PART):
            text = client.get(path, headers=headers).text
            for tag in (SCRIPT, "<img", "<svg onload", "<foreignObject"):
                assert tag not in text.replace('<svg viewBox="0 0 24 24"', ""), (path, tag)
            assert "javascript:" not in text
            assert "\u202e" not in text


class TestPublicView:
    """Who is not signed in, where the public view is on."""

    @pytest.fixture
    def public(self, desk, client_as):
        desk.public = True
        return client_as("anonymous")

    def test_it_is_off_unless_turned_on(self, client_as):
        for path in ("/", "/map", "/timeline", "/download?format=csv", "/map/here?latitude=1"):
            assert client_as("anonymous").get(path).status_code == 303

    def test_the_list_names_nobody(self, public):
        text = public.get("/").text
        assert "6 incidents" in text
        assert "names=1" not in public.get("/?names=1").text
        assert 'name="text"' not in text.split('id="filter"')[1]

    @pytest.mark.parametrize("query", ["text=Hassan", "actor=Hassan", "actor=Relatives"])
    def test_a_search_does_not_tell_whether_a_name_is_there(self, public, query):
        for path in ("/", "/map", "/timeline", "/download"):
            assert public.get(f"{path}?{query}&format=csv").status_code == 400

    def test_a_listed_party_can_be_searched(self, public):
        assert public.get("/?actor=Syria").status_code == 200

    def test_downloads_are_of_the_public_profile(self, public):
        answer = public.get("/download?format=csv")
        assert "public.csv" in answer.headers["content-disposition"]

    def test_downloads_by_place_are_not_public(self, public):
        assert public.get("/download?format=csv&country=SYR").status_code == 200
        for where in ("place=Homs", "box=36,34,37,35", "near=34.73,36.72,5"):
            assert public.get(f"/download?format=csv&{where}").status_code == 400
            assert 'href="/download' not in public.get(f"/?{where}").text

    def test_sensitive_kinds_are_found_by_country_and_not_by_place(self, public, desk):
        with desk.ledger.writing() as writer:
            for incident in list(desk.ledger.incidents(IncidentFilter(place="Homs"))):
                taken = incident.model_copy(update={"event_type": "abduction"})
                writer.account.put_incident(taken, "", desk.ledger.account_end() + 1)
            writer.account.built_to = desk.ledger.account_end() + 1
        assert "6 incidents" in public.get("/?country=SYR").text
        near = "near=34.73,36.72,50"
        for path in ("/?place=Homs", f"/?{near}", "/?box=36,34,37,35"):
            answer = public.get(path).text
            assert "No incident" in answer, path
            assert "places are protected" in answer
        assert public.get("/?place=Homs&kind=abduction").status_code == 400
        assert public.get(f"/map?zoom=9&{near}").json()["features"] == []
        points = [
            f["geometry"]["coordinates"]
            for f in public.get("/map?zoom=12").json()["features"]
            if f["properties"]["kind"] == "point"
        ]
        assert all(abs(lon - 36.72) > 0.05 or abs(lat - 34.73) > 0.05 for lon, lat in points)
        row = public.get("/?kind=abduction").text.split('id="results"')[1]
        assert "made vague" in row  # Homs is also what the province is called
        assert "· town" not in row

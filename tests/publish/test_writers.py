import io
import json
from typing import Any

import pytest
from lxml import html

from marsad.publish.writers import Look, make_writer
from tests.publish import sample


def written(output_format, steps):
    stream = io.StringIO()
    writer = make_writer(output_format, stream, Look())
    for step in steps:
        if step == "ok":
            writer.add(sample.CODED)
        else:
            writer.skip()
    writer.finish()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("steps", "shape"),
    [
        (["ok"], dict),
        (["ok", "ok"], list),
        (["ok", "ok", "ok"], list),
        (["ok", "failed"], list),
        (["failed", "ok"], list),
        (["failed", "failed", "ok", "ok"], list),
    ],
)
def test_json_is_an_object_for_one_report_and_an_array_for_more(steps, shape):
    data = json.loads(written("json", steps))
    assert type(data) is shape
    if shape is list:
        assert len(data) == steps.count("ok")


def test_jsonl_has_a_line_for_each_report_that_was_coded():
    lines = written("jsonl", ["ok", "failed", "ok"]).splitlines()
    assert [json.loads(line)["report"]["id"] for line in lines] == ["report-sample"] * 2


def test_jsonl_lines_are_flushed_as_they_come():
    class Stream(io.StringIO):
        flushed = 0

        def flush(self):
            self.flushed += 1

    stream = Stream()
    writer = make_writer("jsonl", stream, Look())
    writer.add(sample.CODED)
    assert stream.flushed == 1


def test_html_is_one_page_with_a_section_for_each_report():
    tree: Any = html.document_fromstring(written("html", ["ok", "failed", "ok"]))
    assert len(tree.xpath('//article[@class="report"]')) == 2


def test_text_of_two_reports_has_both():
    assert written("text", ["ok", "ok"]).count("Nine soldiers killed in ambush") == 2

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.captions import read_caption, split_credit

TITLE = "Four farmers killed by gunmen"


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        (f"Image of {TITLE} Men wait in Kano. Photo: AFP", "Men wait in Kano.", "AFP"),
        ("People search a house. [Jo Roe/Reuters]", "People search a house.", "Jo Roe/Reuters"),
        ("Smoke rises. Jo Roe/AFP/Getty Images", "Smoke rises.", "Jo Roe/AFP/Getty Images"),
        ("A soldier looks on (AP Photo/Jo Roe, File)", "A soldier looks on", "AP/Jo Roe, File"),
        ("FILE PHOTO: A soldier walks. REUTERS/Jo Roe", "A soldier walks.", "REUTERS/Jo Roe"),
        ("Rescuers at the site. Photograph: Jo Roe/AFP", "Rescuers at the site.", "Jo Roe/AFP"),
        ("Rescuers at work | Photo Credit: PTI", "Rescuers at work", "PTI"),
        ("Rescuers at work. — AFP/File", "Rescuers at work.", "AFP/File"),
        ("Rescuers at work. © Jo Roe, AFP", "Rescuers at work.", "Jo Roe, AFP"),
        ("Rescuers at work. / Village Defence Force", "Rescuers at work.", "Village Defence Force"),
        ("A view of Homs. (Photo by Jo Roe / AFP)", "A view of Homs.", "Jo Roe / AFP"),
        ("Image caption, Rescuers at work", "Rescuers at work", None),
        ("Image source, Getty Images", "", "Getty Images"),
        ("[File: Jo Roe/AP Photo]", "", "Jo Roe/AP Photo"),
    ],
)  # fmt: skip
def test_caption_and_credit_are_told_apart(line, text, credit):
    caption = read_caption(line, TITLE)
    assert caption is not None
    assert (caption.text, caption.credit) == (text, credit)


@pytest.mark.parametrize(
    "line",
    [
        "He was arrested by the Syrian Democratic Forces (SDF).",
        "The attack killed three people (two of them women).",
        "“We saw it,” he told AFP.",
        "The attack was reported by Reuters.",
        "The minister said in the video: We will respond.",
        "The army shared images: rows of bodies.",
        "This photo, taken on Monday, shows the wreck.",
        "Three people were killed, the army said. — AFP",
        "THE PARTY [AP]",
    ],
)
def test_sentences_are_no_captions(line):
    assert read_caption(line, TITLE) is None


@given(st.text(max_size=300))
def test_any_text_can_be_split(text):
    body, _ = split_credit(text)
    assert len(body) <= max(1, len(text) * 2)

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import sleep

import pytest

from marsad.web.recent import Recent


def test_what_was_asked_for_longest_ago_goes_first():
    recent, made = Recent[str](2), []

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        recent.get(key, partial(make, key))
    assert made == ["a", "b", "c", "b"]


def test_for_many_at_once_a_thing_is_made_once():
    recent, made = Recent[int](2), []

    def make() -> int:
        sleep(0.05)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: recent.get("a", make), range(8))) == {1}


def test_a_failure_is_not_kept():
    recent = Recent[int](2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 7) == 7

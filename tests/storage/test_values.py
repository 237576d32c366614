from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cleaning import clean
from storage.db.ids import new_id
from storage.db.values import json_text, read_time, time_text
from tests.storage.racing import at_once

AWARE = st.datetimes(timezones=st.just(UTC))


@given(AWARE, AWARE)
def test_times_as_text_sort_as_time_and_come_back_whole(one: datetime, other: datetime) -> None:
    """Any two times compare as text as they compare as time, microseconds included."""
    assert (time_text(one) < time_text(other)) == (one < other)
    assert read_time(time_text(one)) == one


def test_another_zone_is_stored_as_utc() -> None:
    """A time is a moment: its zone does not matter."""
    tokyo = timezone(timedelta(hours=9))
    assert time_text(datetime(2026, 1, 1, 8, tzinfo=tokyo)) == "2025-12-31T23:00:00.000000Z"


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody knows which moment it would be."""
    with pytest.raises(ValueError, match="zone"):
        time_text(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.text(st.characters()))
def test_any_text_becomes_storable_and_ordinary_text_stays(text: str) -> None:
    """No NUL and no lone surrogate is left, and nothing else is changed."""
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


def test_two_halves_of_a_character_are_joined() -> None:
    """JSON written elsewhere may hold an emoji as two surrogates."""
    assert clean("\ud83d\ude00!") == "😀!"
    assert clean("a\ud83db\x00") == "a�b�"


def test_texts_inside_json_are_cleaned_too() -> None:
    """An escaped NUL or surrogate would come back to life when the JSON is read."""
    assert json_text({"a": ["\x00", ("\ud800", 1, None)]}) == '{"a":["\\ufffd",["\\ufffd",1,null]]}'


def test_ids_are_unique_and_in_order_in_every_thread() -> None:
    """Ids made at the same moment by many threads differ, and each thread's own ascend."""
    made = at_once(4, lambda _: [new_id() for _ in range(500)])
    assert len({i for ids in made for i in ids}) == 2000
    assert all(ids == sorted(ids) for ids in made)
    assert all(len(i) == 32 for ids in made for i in ids)

"""The practice X shows posts late and leaves out fields, as it is told to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from sandbox.room import PracticeRoom


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as room:
        yield room


def control(room: PracticeRoom, path: str, **body: Any) -> dict[str, Any]:
    return dict(requests.post(f"{room.control_url}/{path}", json=body, timeout=60).json())


def mentions(room: PracticeRoom) -> list[dict[str, Any]]:
    answer = requests.get(
        f"{room.x_url}/2/users/{room.x.account.id}/mentions",
        params={"tweet.fields": "author_id,created_at"},
        headers={"Authorization": f"Bearer {room.x_bearer_token}"},
        timeout=60,
    )
    return list(answer.json().get("data", []))


def test_a_late_post_is_shown_late_and_known_by_its_id_at_once(room: PracticeRoom) -> None:
    """Its id is that of when it was written."""
    late = control(room, "posts", author="lena", text=f"{room.account} hi", late=300)["id"]
    newer = control(room, "posts", author="sam", text=f"{room.account} ho")["id"]
    assert [row["id"] for row in mentions(room)] == [newer]
    assert room.x.visible_post(late) is not None
    room.x.clock = lambda: datetime.now(UTC) + timedelta(seconds=301)
    assert [row["id"] for row in mentions(room)] == [newer, late]
    assert "error" in control(room, "posts", author="lena", text="hi", late="soon")


def test_fields_are_left_out_of_every_post_or_of_one(room: PracticeRoom) -> None:
    """Until an empty list ends it."""
    one = control(room, "posts", author="lena", text=f"{room.account} hi")["id"]
    control(room, "posts", author="sam", text=f"{room.account} ho")
    assert control(room, "lacking", fields=["text"], id=one)["ok"]
    assert [row["id"] for row in mentions(room) if "text" not in row] == [one]
    assert control(room, "lacking", fields=["author_id"])["ok"]
    assert not any("author_id" in row for row in mentions(room))
    control(room, "lacking", fields=[])
    control(room, "lacking", fields=[], id=one)
    assert all({"text", "author_id"} <= row.keys() for row in mentions(room))
    assert "error" in control(room, "lacking", fields=["nonsense"])


def test_a_trouble_leaves_a_field_out_of_one_answer(room: PracticeRoom) -> None:
    """The next one is whole."""
    control(room, "posts", author="lena", text=f"{room.account} hi")
    control(room, "trouble", where="x", what="no_text")
    assert ["text" in row for _ in range(2) for row in mentions(room)] == [False, True]


def test_the_edge_answers_with_a_page(room: PracticeRoom) -> None:
    """No JSON, whatever was asked."""
    control(room, "trouble", where="x", what="403_page")
    answer = requests.get(
        f"{room.x_url}/2/users/me",
        headers={"Authorization": f"Bearer {room.x_bearer_token}"},
        timeout=60,
    )
    # The bearer token may not ask who it is: that is refused before.
    page = requests.get(
        f"{room.x_url}/2/users/{room.x.account.id}/mentions",
        headers={"Authorization": f"Bearer {room.x_bearer_token}"},
        timeout=60,
    )
    assert answer.status_code == page.status_code == 403
    assert page.headers["content-type"].startswith("text/html")

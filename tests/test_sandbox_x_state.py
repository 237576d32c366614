"""The people and posts behind the practice X: ids, refusals, watchers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.x.posts import id_at
from sandbox.x.state import XState


def test_ids_grow_with_time_even_within_a_millisecond() -> None:
    """Posts of one moment get different, growing ids; a past post gets an id of its time."""
    moment = datetime(2026, 9, 1, 12, tzinfo=UTC)
    state = XState(clock=lambda: moment)
    ids = [int(state.add_post("ada", f"no {n}").id) for n in range(50)]
    assert ids == sorted(set(ids))
    past = moment - timedelta(days=3)
    twins = [int(state.add_post("ada", "once", created_at=past).id) for _ in range(2)]
    assert twins[0] >> 22 == id_at(past) >> 22
    assert twins[0] < twins[1] < ids[0]
    assert [int(post.id) for post in state.posts()] == [*twins, *ids]


@pytest.mark.parametrize(
    ("author", "text", "more", "complaint"),
    [
        ("ada", "  ", {}, "needs a text"),
        ("no handle!", "hi", {}, "is no handle"),
        ("ada", "hi", {"in_reply_to": "404"}, "no post 404"),
        ("ada", "hi", {"quote": "404"}, "no post 404"),
        ("ada", "hi", {"created_at": datetime(2099, 1, 1, tzinfo=UTC)}, "time to come"),
    ],
)
def test_a_post_that_cannot_be_is_not_made(
    author: str, text: str, more: dict[str, Any], complaint: str
) -> None:
    """The sentence says why, and nothing was added."""
    state = XState()
    with pytest.raises(ValueError, match=complaint):
        state.add_post(author, text, **more)
    assert state.posts() == []


def test_watchers_hear_of_posts_people_and_deletions() -> None:
    """Each change tells once."""
    state = XState()
    heard: list[int] = []
    state.on_change(lambda: heard.append(len(state.posts())))
    state.add_person("ada")
    post = state.add_post("ada", "hi")
    state.delete_post(post.id)
    assert state.delete_post(post.id) is False
    assert heard == [0, 1, 1]
    assert state.posts()[0].deleted


def test_each_edition_of_a_post_has_an_id_of_its_own() -> None:
    """Lists show the newest; an old id leads to the old words and names all; one deleted, all are."""
    state = XState()
    first = state.add_post("ada", "oat")
    second = state.change_post(first.id, "goat")
    third = state.change_post(first.id, "boat")
    assert second is not None
    assert third is not None
    assert [(post.id, post.text) for post in state.posts()] == [(third, "boat")]
    old = state.find_post(first.id)
    assert old is not None
    assert (old.text, old.editions) == ("oat", (first.id, second, third))
    assert state.delete_post(second)
    assert state.visible_post(third) is None
    assert state.change_post(first.id, "coat") is None

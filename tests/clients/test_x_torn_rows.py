"""Rows of X that are no readable posts: they are named, billed, and spoil no page."""

from typing import Any

import pytest

from clients.x.reading import read_page, whole_until
from domain import Person
from errors import XUnavailable
from tests.clients.raw_server import RawServer, answering
from tests.clients.x_doors import NOW, door

WHOLE = {
    "id": "7",
    "text": "hello",
    "author_id": "1",
    "created_at": "2026-11-24T12:00:00Z",
    "conversation_id": "7",
}


def without(*names: str, **more: Any) -> dict[str, Any]:
    return {name: value for name, value in {**WHOLE, **more}.items() if name not in names}


@pytest.mark.parametrize("name", ["text", "author_id"])
def test_a_row_without_a_needed_field_is_torn_and_billed(name: str) -> None:
    """The others are read; nobody says that the page holds all there is."""
    page = read_page({"data": [without(name, id="9"), WHOLE]}, at=NOW)
    assert [post.id for post in page.posts] == ["7"]
    assert [(each.id, each.lacks) for each in page.torn] == [("9", (name,))]
    assert page.also_read == ("9",)
    assert page.billed == 2
    assert page.lacking == ()
    assert whole_until([page]) is None
    assert whole_until([read_page({"data": [WHOLE]}, at=NOW)]) == NOW


@pytest.mark.parametrize(
    "row",
    [None, "x", 7, [], {}, without("id"), without(id="x"), without(text=None), without(text=7)],
)
def test_whatever_is_no_post_is_torn(row: object) -> None:
    """Each has a key of its own, the same when it comes again."""
    page, again = (read_page({"data": [row, WHOLE]}) for _ in range(2))
    assert [post.id for post in page.posts] == ["7"]
    assert len(page.torn) == 1
    assert page.torn == again.torn
    assert page.torn[0].key


def test_a_field_that_no_row_has_is_named() -> None:
    """A time is in the id: the posts can be read all the same."""
    rows = [without("created_at"), without("created_at", id="8")]
    page = read_page({"data": rows})
    assert len(page.posts) == 2
    assert page.lacking == ("created_at",)
    assert read_page({"data": [*rows, {**WHOLE, "id": "9"}]}).lacking == ()
    assert read_page({"meta": {"result_count": 0}}).lacking == ()


def test_our_own_timeline_needs_no_author() -> None:
    """Whose it is was asked for."""
    ours = Person("1", "us", "Us")
    page = read_page({"data": [without("author_id")]}, known=ours)
    assert [post.author for post in page.posts] == [ours]


def test_an_answer_that_counts_posts_and_holds_none_is_none() -> None:
    """It is asked for again, and no place moves on."""
    with pytest.raises(ValueError, match="counts posts"):
        read_page({"meta": {"result_count": 3}})


@pytest.mark.parametrize("body", ["{}", '{"errors": [{"title": "Forbidden", "detail": "no"}]}'])
def test_an_answer_without_a_word_on_posts_is_no_empty_list(body: str) -> None:
    """Whoever stands between may say `{}`: taken for “nothing new” it would move the place on."""
    ours = Person("1", "us", "Us")
    with RawServer(answering("200 OK", body)) as server:
        x = door(server.url)
        with pytest.raises(XUnavailable, match="cannot be read"):
            x.mentions(ours.id)
        with pytest.raises(XUnavailable, match="cannot be read"):
            x.search("oat milk")
        with pytest.raises(XUnavailable, match="cannot be read"):
            x.timeline(ours)

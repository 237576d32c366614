"""The practice X's search syntax: which posts a query finds, and what it complains about."""

import pytest

from sandbox.x.query import QueryError, parse
from sandbox.x.state import XState


@pytest.fixture(scope="module")
def state() -> XState:
    """A few posts that differ in every way a query can ask for."""
    state = XState()
    ours = state.add_post("juniperstcoffee", "New roast from Ethiopia today")
    state.add_post("ada", "Where do I find good coffee near Juniper Street?")
    state.add_post("ben", "@juniperstcoffee are you open on Sunday? #coffee")
    state.add_post("cat", "best espresso in town https://example.com/list", in_reply_to=ours.id)
    state.add_post("dee", "So true", quote=ours.id)
    state.add_post("eva", "Wo ist der Kaffee und habt ihr auch Tee?")
    return state


@pytest.mark.parametrize(
    ("query", "authors"),
    [
        ("coffee", {"ada", "ben"}),
        ("COFFEE", {"ada", "ben"}),
        ('"good coffee"', {"ada"}),
        ('"coffee good"', set()),
        ("coffee sunday", {"ben"}),
        ("espresso OR kaffee", {"cat", "eva"}),
        ("coffee OR espresso town", {"ada", "ben", "cat"}),
        ("(coffee OR espresso) town", {"cat"}),
        ("coffee -sunday", {"ada"}),
        ("coffee -(sunday OR street)", set()),
        ('coffee -"good coffee"', {"ben"}),
        ("from:ada", {"ada"}),
        ("from:@Ada OR from:ben", {"ada", "ben"}),
        ("to:juniperstcoffee", {"cat"}),
        ("@JuniperStCoffee", {"ben", "cat"}),
        ("#Coffee", {"ben"}),
        ("lang:de (kaffee OR tee)", {"eva"}),
        ("espresso is:reply", {"cat"}),
        ("true is:quote", {"dee"}),
        ("coffee is:retweet", set()),
        ("coffee -is:retweet", {"ada", "ben"}),
        ("espresso has:links", {"cat"}),
        ("coffee has:hashtags", {"ben"}),
        ("url:example.com", {"cat"}),
        ('url:"https://example.com"', {"cat"}),
    ],
)
def test_a_query_finds_what_it_asks_for(state: XState, query: str, authors: set[str]) -> None:
    """Words side by side all count, OR binds weaker, a minus excludes."""
    test = parse(query, state)
    assert {post.author for post in state.posts() if test(post)} == authors


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("", "at least one"),
        ("coffee)", "missing '\\('"),
        ("(coffee", "missing '\\)'"),
        ('"coffee', "no viable alternative"),
        ("coffee OR", "no viable alternative"),
        ("OR coffee", "no viable alternative"),
        ("()", "no viable alternative"),
        ("-coffee", "positive"),
        ("coffee OR -tea", "positive"),
        ("is:reply", "standalone"),
        ("lang:en -coffee", "standalone"),
        ("coffee near:berlin", "invalid operator 'near'"),
        ("coffee since:2026-01-01", "invalid operator 'since'"),
        ("coffee is:poetry", "invalid operator 'is'"),
        ("coffee AND tea", "Ambiguous use of AND"),
        ("coffee or tea", "Ambiguous use of or"),
    ],
)
def test_a_wrong_query_gets_a_plain_complaint(state: XState, query: str, complaint: str) -> None:
    """X refuses it; the message says what is wrong with it."""
    with pytest.raises(QueryError, match=complaint):
        parse(query, state)

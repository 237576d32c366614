"""Reading X through the door: pages, what stands above, the missing, and trouble."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clients.x.client import Page, XClient, XKeys, within_search
from clients.x.ids import id_at, time_of
from clients.x.reading import read_page
from domain import Person
from errors import XError, XPaused, XRateLimited, XRefused, XUnavailable, XWrongKeys
from sandbox.room import PracticeRoom
from tests.clients.raw_server import RawServer, Visit, answering, closed_port
from tests.clients.x_doors import NOW, door


def test_me_is_the_account_of_the_keys(room: PracticeRoom, x: XClient) -> None:
    """Handle in X's spelling, name and followers."""
    me = x.me()
    assert (me.id, f"@{me.handle}") == (room.x.account.id, room.account)
    assert me.picture_url
    assert me.followers is not None


def test_mentions_come_page_by_page_newest_first(room: PracticeRoom, x: XClient) -> None:
    """`next_token` leads on until it is None; every mention comes exactly once."""
    before = room.x.add_post("pager", "not for you")
    ids = [room.x.add_post("pager", f"hello {room.account} {n}").id for n in range(12)]
    found: list[str] = []
    token = None
    pages = 0
    while True:
        page = x.mentions(room.x.account.id, since_id=before.id, page_token=token, limit=5)
        found += [post.id for post in page.posts]
        pages += 1
        token = page.next_token
        if token is None:
            break
    assert found == ids[::-1]
    assert pages == 3


def test_since_id_leaves_out_what_was_seen(room: PracticeRoom, x: XClient) -> None:
    """Only larger ids come back; nothing new is an empty page."""
    seen = room.x.add_post("sam", f"{room.account} one")
    assert x.mentions(room.x.account.id, since_id=seen.id) == Page(posts=())
    new = room.x.add_post("sam", f"{room.account} two")
    page = x.mentions(room.x.account.id, since_id=seen.id)
    assert [post.id for post in page.posts] == [new.id]


def test_start_time_looks_back_only_so_far(room: PracticeRoom, x: XClient) -> None:
    """Older mentions stay out."""
    old = room.x.add_post(
        "olga", f"{room.account} old", created_at=datetime.now(UTC) - timedelta(hours=30)
    )
    new = room.x.add_post("olga", f"{room.account} new")
    start = datetime.now(UTC) - timedelta(hours=24)
    ids = [post.id for post in x.mentions(room.x.account.id, start_time=start).posts]
    assert new.id in ids
    assert old.id not in ids


def test_a_post_carries_all_that_decides_its_lane(room: PracticeRoom, x: XClient) -> None:
    """Author, mentioned ids, what it answers and quotes, and whom; nothing else is paid for."""
    ours = room.x.add_post(room.account, "Fresh buns today")
    quoting = room.x.add_post("quinn", "look at this", quote=ours.id)
    answering_us = room.x.add_post("quinn", f"{room.account} nice", in_reply_to=ours.id)
    before = room.x.bill()
    page = x.posts([quoting.id, answering_us.id], with_people=True)
    paid = {kind: cost - before.get(kind, 0) for kind, cost in room.x.bill().items()}
    quote, answer = (next(p for p in page.posts if p.id == i.id) for i in (quoting, answering_us))
    assert quote.quoted_id == ours.id
    assert quote.author.handle == "quinn"
    assert answer.in_reply_to_id == ours.id
    assert answer.in_reply_to_author_id == room.x.account.id
    assert answer.conversation_id == ours.id
    assert room.x.account.id in answer.mentioned_ids
    assert answer.created_at.tzinfo is UTC
    assert page.people_ids == (quote.author.id,)
    assert [person.handle for person in page.named] == [room.x.account.handle]
    assert {kind for kind, cost in paid.items() if cost} == {"post_read", "expanded_user_read"}


def test_a_person_is_found_by_handle(room: PracticeRoom, x: XClient) -> None:
    """In any spelling; nobody of that name is no trouble, and what is no handle is not asked."""
    nora = room.x.add_person("nora_b", name="Nora")
    found = x.person("Nora_B")
    assert found is not None
    assert (found.id, found.handle) == (nora.id, "nora_b")
    assert x.person("nobody_at_all") is None
    assert x.person("../me") is None
    assert len(room.requests.of("x", "person")) == 2


def test_profiles_come_only_where_they_are_asked_for(room: PracticeRoom, x: XClient) -> None:
    """A page without people costs its posts alone; the authors are ids, our own is known."""
    theirs = room.x.add_post("nora", f"{room.account} any rye today?")
    room.x.add_post(room.account, "Yes!", in_reply_to=theirs.id)
    before = room.x.bill()
    page = x.mentions(room.x.account.id, since_id=str(int(theirs.id) - 1))
    assert [(p.author.id, p.author.seen) for p in page.posts] == [(theirs.author_id, False)]
    account = Person(room.x.account.id, room.x.account.handle, room.x.account.name)
    own = x.timeline(account, since_id=theirs.id).posts
    assert [post.author.handle for post in own] == [account.handle]
    assert room.x.bill().get("expanded_user_read") == before.get("expanded_user_read")


def test_search_finds_keywords_and_refuses_what_x_refuses(room: PracticeRoom, x: XClient) -> None:
    """A malformed query comes back with X's complaint."""
    post = room.x.add_post("kim", "anybody know a good flat whitecap?")
    assert [p.id for p in x.search("whitecap").posts] == [post.id]
    with pytest.raises(XRefused) as caught:
        x.search("(whitecap")
    assert caught.value.detail


def test_a_search_since_an_old_post_still_works(room: PracticeRoom, x: XClient) -> None:
    """After a month's pause the search begins seven days ago instead of failing."""
    post = room.x.add_post("kim", "who roasts zanzibarica?")
    old = id_at(datetime.now(UTC) - timedelta(days=30))
    assert [p.id for p in x.search("zanzibarica", since_id=old).posts] == [post.id]


def test_the_timeline_shows_our_replies(room: PracticeRoom, x: XClient) -> None:
    """What was posted by hand or by us is there with the id it answers."""
    theirs = room.x.add_post("theo", f"{room.account} open today?")
    ours = x.send("Until six, Theo!", in_reply_to=theirs.id, may_still_go=lambda: True)
    account = Person(room.x.account.id, room.x.account.handle, room.x.account.name)
    found = x.timeline(account, since_id=theirs.id).posts
    assert [(post.id, post.in_reply_to_id) for post in found] == [(ours, theirs.id)]


def test_missing_posts_are_named(room: PracticeRoom, x: XClient) -> None:
    """Deleted and protected posts are `gone`; the others come back; 100 ids a request."""
    kept = [room.x.add_post("gus", f"kept {n}").id for n in range(101)]
    deleted = room.x.add_post("gus", "soon gone")
    room.x.delete_post(deleted.id)
    room.x.add_person("hidden", protected=True)
    hidden = room.x.add_post("hidden", "for friends")
    page = x.posts([*kept, deleted.id, hidden.id, kept[0]])
    assert [post.id for post in page.posts] == kept
    assert set(page.gone) == {deleted.id, hidden.id}
    assert len(room.requests.of("x", "posts")) == 2
    assert x.posts([]) == Page(posts=())


def test_usage_is_read_with_the_bearer_token(room: PracticeRoom, x: XClient) -> None:
    """Used and cap; None where there is no bearer token to ask with."""
    usage = x.usage()
    assert usage is not None
    assert usage.cap > 0
    four = XKeys("a", "b", "c", "d")
    assert XClient(four, base_url=room.x_url, clock=lambda: NOW).usage() is None


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("401", XWrongKeys),
        ("402", XPaused),
        ("403_spend_cap", XPaused),
        ("429", XRateLimited),
        ("429_no_reset", XRateLimited),
        ("429_usage_cap", XPaused),
        ("500", XUnavailable),
        ("503", XUnavailable),
        ("timeout", XUnavailable),
        ("cut_off", XUnavailable),
    ],
)
def test_trouble_while_reading(
    room: PracticeRoom, x: XClient, trouble: str, kind: type[XError]
) -> None:
    """Each trouble has its error and is not tried again inside; the next call works."""
    hasty = XClient(x._keys, base_url=room.x_url, clock=lambda: datetime.now(UTC), read_timeout=0.5)
    room.trouble.queue("x", trouble)
    with pytest.raises(XError) as caught:
        (hasty if trouble == "timeout" else x).mentions(room.x.account.id)
    assert type(caught.value) is kind
    assert len(room.requests.of("x", "mentions")) == 1
    x.mentions(room.x.account.id)


def test_wrong_keys_are_told(room: PracticeRoom) -> None:
    """The practice X checks signatures as X does."""
    wrong = XKeys("wrong", "wrong", "wrong", "wrong", "wrong")
    with pytest.raises(XWrongKeys):
        XClient(wrong, base_url=room.x_url, clock=lambda: NOW).me()


def test_no_network_while_reading() -> None:
    """Nobody listens: unavailable, with the cause chained for the log."""
    with pytest.raises(XUnavailable) as caught:
        door(f"http://127.0.0.1:{closed_port()}").me()
    assert caught.value.__cause__ is not None


def trickle(visit: Visit) -> None:
    visit.read_request()
    visit.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        visit.say(b" ")
        if not visit.pause(0.1):
            return


@pytest.mark.parametrize(
    "behaviour",
    [
        trickle,
        answering("200 OK", "rubbish"),
        answering("200 OK", "[]"),
        answering("200 OK", '{"data":"none"}'),
        answering("302 Found", "", "Location: /elsewhere"),
    ],
)
def test_an_answer_that_is_none(behaviour: Callable[[Visit], None]) -> None:
    """Trickles, rubbish and redirects end as unavailable, in time, after one request."""
    with RawServer(behaviour) as server, pytest.raises(XUnavailable):
        door(server.url, deadline=0.5).mentions("1")
    assert len(server.visits) == 1


# --- X's JSON, as it may come --------------------------------------------------------------


def raw_post(**more: Any) -> dict[str, Any]:
    return {
        "id": "1800000000000000001",
        "text": "hi",
        "author_id": "7",
        "created_at": "2026-11-24T10:00:00.000Z",
        **more,
    }


def only(**more: Any) -> Any:
    return read_page({"data": [raw_post(**more)]}).posts[0]


def test_the_text_is_what_people_see() -> None:
    """X's three entities are undone once; a long post is whole; bare signs are left alone."""
    assert only(text="Fish &amp; chips &lt;3").text == "Fish & chips <3"
    assert only(text="&amp;lt;b&amp;gt;").text == "&lt;b&gt;"
    assert only(text="<b> &amp; &copy;").text == "<b> &amp; &copy;"
    long = {"text": "the whole story", "entities": {"mentions": [{"username": "a", "id": "5"}]}}
    post = only(text="the whole…", note_tweet=long)
    assert post.text == "the whole story"
    assert post.mentioned_ids == ("5",)


def test_reposts_are_marked() -> None:
    """A post that only repeats another says so."""
    assert only(referenced_tweets=[{"type": "retweeted", "id": "3"}]).repost


def test_mentioned_people_without_id_are_found_by_their_handle() -> None:
    """Older answers name the handle only."""
    page = read_page(
        {
            "data": [raw_post(entities={"mentions": [{"username": "Bea", "start": 0, "end": 3}]})],
            "includes": {"users": [{"id": "8", "username": "bea", "name": "Bea"}]},
        }
    )
    assert page.posts[0].mentioned_ids == ("8",)


def test_a_broken_post_does_not_spoil_its_page() -> None:
    """It is left out and logged; a post without time or author profile is kept."""
    page = read_page(
        {
            "data": [
                {"id": "../../etc", "text": "x", "author_id": "7"},
                {"text": "no id"},
                "a string",
                {"id": "1800000000000000002", "text": "plain", "author_id": "7"},
            ],
            "includes": {"users": "none", "tweets": [{"id": "1"}]},
            "errors": "none",
            "meta": [],
        }
    )
    assert [post.id for post in page.posts] == ["1800000000000000002"]
    assert page.posts[0].created_at == time_of("1800000000000000002")
    assert page.posts[0].author.name == "Unknown"


def test_only_missing_posts_are_gone() -> None:
    """A field that may not be seen, or a missing person, is no missing post."""
    problems = "https://api.twitter.com/2/problems"

    def error(kind: str, resource: str, found: str) -> dict[str, str]:
        return {"type": f"{problems}/{kind}", "resource_type": resource, "resource_id": found}

    page = read_page(
        {
            "errors": [
                error("resource-not-found", "tweet", "1"),
                error("not-authorized-for-resource", "tweet", "2"),
                error("resource-not-found", "user", "3"),
                error("not-authorized-for-field", "tweet", "4"),
                error("resource-unavailable", "tweet", "5"),
                error("resource-not-found", "tweet", "six"),
            ]
        }
    )
    assert page.gone == ("1", "2")


def test_ids_and_times_belong_together() -> None:
    """An id made of a time gives that time back."""
    assert time_of(id_at(NOW)) == NOW


def test_a_search_starts_within_seven_days() -> None:
    """Since a post, or since a time where the post is too old; never both."""
    recent = id_at(NOW - timedelta(hours=1))
    assert within_search(recent, NOW) == (recent, None)
    assert within_search(None, NOW) == (None, None)
    since, at = within_search(id_at(NOW - timedelta(days=8)), NOW)
    assert since is None
    assert at is not None
    assert timedelta(days=6, hours=23) < NOW - at < timedelta(days=7)


def test_only_what_is_needed_is_asked_for() -> None:
    """Every expanded post and person may be billed: the query names our fields, no more."""
    with RawServer(answering("200 OK", json.dumps({"data": []}))) as server:
        door(server.url).mentions("42", since_id="7", start_time=NOW, limit=2)
        line = server.received.split(b"\r\n")[0].decode()
    assert line.startswith("GET /2/users/42/mentions?")
    assert "max_results=5" in line
    assert "since_id=7" in line
    assert "start_time" not in line
    assert "media.fields" not in line


def test_an_edited_post_bears_the_id_that_was_asked_for() -> None:
    """Whichever edition X gives for an old id, the newest words come back, and nothing is gone."""
    old, new = raw_post(id="100", text="oat?"), raw_post(id="200", text="goat?")
    history = {"edit_history_tweet_ids": ["100", "200"]}
    asked: list[bytes] = []

    def gives(first: dict[str, Any]) -> Callable[[Visit], None]:
        def behave(visit: Visit) -> None:
            asked.append(visit.read_request())
            row = {**(new if b"ids=200" in asked[-1] else first), **history}
            answering("200 OK", json.dumps({"data": [row]}))(visit)

        return behave

    for first, requests in ((old, 2), (new, 1)):
        asked.clear()
        with RawServer(gives(first)) as server:
            page = door(server.url).posts(["100"])
        assert [(post.id, post.text) for post in page.posts] == [("100", "goat?")]
        assert (page.gone, len(asked)) == ((), requests)

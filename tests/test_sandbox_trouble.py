"""Troubles strike the calls they are meant for, and the log keeps no secret."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.faults.trouble import ALIASES, KNOWN, RequestLog, TroubleDesk, without_secrets


def test_a_trouble_strikes_as_often_as_queued_and_then_no_more() -> None:
    """`times` calls fail, the next one is left alone."""
    desk = TroubleDesk()
    desk.queue("x", "500", times=2)
    assert [desk.take("x", "mentions") is not None for _ in range(3)] == [True, True, False]


def test_troubles_come_in_the_order_in_which_they_were_queued() -> None:
    """The first that fits the call is taken, whatever stands behind it."""
    desk = TroubleDesk()
    desk.queue("x", "402", on="search")
    desk.queue("x", "500")
    desk.queue("x", "503")
    taken = [desk.take("x", call) for call in ("mentions", "search", "search", "search")]
    assert [trouble and trouble.what for trouble in taken] == ["500", "402", "503", None]


def test_a_trouble_of_one_service_leaves_the_others_alone() -> None:
    """What is queued for Slack does not befall X."""
    desk = TroubleDesk()
    desk.queue("slack", "500")
    assert desk.take("x", "post") is None
    assert desk.take("slack", "chat.update") is not None


@pytest.mark.parametrize("what", ["unsummoned", "not_allowed", "duplicate", "deleted"])
def test_refusals_of_a_post_wait_for_a_post(what: str) -> None:
    """Reading calls pass by; the next post is struck."""
    desk = TroubleDesk()
    desk.queue("x", what)
    assert desk.take("x", "mentions") is None
    assert desk.take("x", "delete") is None
    assert desk.take("x", "post") is not None


def test_the_lost_answer_of_slack_waits_for_a_message() -> None:
    """`posted_but_lost` befalls chat.postMessage only."""
    desk = TroubleDesk()
    desk.queue("slack", "posted_but_lost")
    assert desk.take("slack", "chat.update") is None
    assert desk.take("slack", "chat.postMessage") is not None


@pytest.mark.parametrize(("alias", "name"), sorted(ALIASES.items()))
def test_other_names_for_a_trouble_are_understood(alias: str, name: str) -> None:
    """An alias is queued under the name it stands for."""
    desk = TroubleDesk()
    where = next(where for where, names in KNOWN.items() if name in names)
    desk.queue(where, alias)
    assert desk.waiting()[0]["what"] == name


def test_an_unknown_trouble_is_refused_with_the_known_names() -> None:
    """Whoever mistypes learns what there is."""
    desk = TroubleDesk()
    with pytest.raises(ValueError, match=r"no trouble called 'gremlins'; known are: 401.*huge"):
        desk.queue("model", "gremlins")
    with pytest.raises(ValueError, match="known are: x, slack, model"):
        desk.queue("mastodon", "500")
    assert desk.waiting() == []


@pytest.mark.parametrize("wrong", [{"times": 0}, {"seconds": -1}, {"on": "mentions"}])
def test_a_trouble_that_cannot_happen_is_refused(wrong: dict[str, object]) -> None:
    """No zero times, no negative seconds, no refused post on a reading call."""
    desk = TroubleDesk()
    with pytest.raises(ValueError, match=r"must|strikes only"):
        desk.queue("x", "duplicate", **wrong)  # type: ignore[arg-type]
    assert desk.waiting() == []


def test_many_threads_take_each_trouble_once() -> None:
    """Twenty troubles are taken twenty times, however many ask at once."""
    desk = TroubleDesk()
    desk.queue("x", "500", times=20)
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: desk.take("x", "post"), range(200)))
    assert sum(trouble is not None for trouble in taken) == 20


def test_watchers_hear_of_every_change() -> None:
    """Queueing, taking and clearing each tell; a take of nothing does not."""
    desk = TroubleDesk()
    heard: list[int] = []
    desk.on_change(lambda: heard.append(len(desk.waiting())))
    desk.queue("x", "500")
    desk.take("x", "me")
    desk.take("x", "me")
    desk.clear()
    assert heard == [1, 0, 0]


def test_the_log_keeps_bodies_without_tokens() -> None:
    """Tokens are removed wherever they stand; page tokens and token counts stay."""
    log = RequestLog()
    body = {
        "token": "xoxb-practice-1",
        "nested": [{"bot_token": "abc", "text": "hello"}],
        "note": "xapp-practice-2",
        "header": "Bearer practice-bearer-token",
        "next_token": "p1",
        "max_tokens": 5,
        "text": "Bearer bonds are odd",
    }
    log.note("slack", "chat.postMessage", "POST", "/slack/api/chat.postMessage", 200, body)
    [entry] = log.all()
    assert entry["body"] == {
        "token": "[removed]",
        "nested": [{"bot_token": "[removed]", "text": "hello"}],
        "note": "[removed]",
        "header": "[removed]",
        "next_token": "p1",
        "max_tokens": 5,
        "text": "Bearer bonds are odd",
    }
    assert body["token"] == "xoxb-practice-1", "the caller's own body stays as it was"


def test_the_log_lists_calls_oldest_first_and_by_service() -> None:
    """`of` chooses by service and call; a call without a body has none."""
    log = RequestLog()
    log.note("x", "me", "GET", "/x/2/users/me", 200)
    log.note("model", "chat", "POST", "/model/v1/chat/completions", None, {"model": "m"})
    log.note("x", "post", "POST", "/x/2/tweets", 201, {"text": "hi"})
    assert [entry["call"] for entry in log.all()] == ["me", "chat", "post"]
    assert [entry["call"] for entry in log.of("x")] == ["me", "post"]
    assert log.of("x", "me")[0].keys() == {"where", "call", "method", "path", "status", "at"}


def test_plain_values_pass_unchanged() -> None:
    """Numbers, null and ordinary words are nobody's secret."""
    assert without_secrets([1, None, True, "OAuth is hard", {"a": ("b",)}]) == [
        1,
        None,
        True,
        "OAuth is hard",
        {"a": ["b"]},
    ]

"""Whatever X, Slack, a file or a person sends: readers raise our own errors and no others."""

import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clients.slack.shapes import channel_of
from clients.slack.socket_mode import pressed
from clients.slack.users import member_profile
from clients.x.links import posts_linked
from clients.x.posts import read_person
from clients.x.problem import read_problem
from clients.x.reading import read_page
from clients.x.refusals import refusal
from clients.x.usage import read_usage
from commands.json_lines import read_lines, write_line
from errors import NotOurs, XError
from handlers.entry.context import Press, member_of, read_press
from replies.steering import understand
from settings import SETTINGS, gaps_in
from views.blocks.action_ids import ActionId, read_option
from views.cards.escalate_modal import read_elsewhere
from views.cards.snooze_modal import read_snooze
from views.listening.link_modal import read_link
from views.listening.watch_trial import WatchWish
from views.modals import (
    read_edit,
    read_hand_over,
    read_interview,
    read_occasion,
    read_other_ideas,
    read_voice,
    read_watch,
)
from views.team.settings_form import read_team_settings
from views.team.settings_modal import SETTING_OF
from views.voice.playbook_modal import read_pressed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
few = settings(max_examples=150, deadline=None)

odd_words = st.sampled_from(
    [
        "",
        "0",
        "²",
        "9" * 30,
        "9" * 5000,
        "-1",
        "1e999",
        "\x00",
        "�",
        "null",
        "2026-13-40",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "<!channel>",
        "|",
        "25:99",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=True)
    | odd_words
    | st.text(max_size=20)
)
#: The names that readers ask for; any of them may hold anything.
NAMES = [
    "id", "author_id", "text", "created_at", "username", "name", "data", "includes", "users",
    "meta", "next_token", "errors", "resource_id", "resource_type", "type", "value", "entities",
    "mentions", "urls", "expanded_url", "referenced_tweets", "note_tweet", "public_metrics",
    "followers_count", "conversation_id", "in_reply_to_user_id", "lang", "profile_image_url",
    "project_usage", "project_cap", "cap_reset_day", "title", "detail", "status", "reason",
    "state", "values", "private_metadata", "view", "user", "actions", "selected_option",
    "selected_options", "container", "channel", "profile", "enterprise_user", "teams",
]  # fmt: skip


def nested(names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
        max_leaves=25,
    )


anything = nested(st.sampled_from(NAMES) | st.text(max_size=5))
a_mapping = st.dictionaries(st.sampled_from(NAMES), anything, max_size=8)


def only(allowed: type[Exception], read: Callable[[], object]) -> None:
    """Hold that a reader reads, or raises what it says it raises."""
    with suppress(allowed):
        read()


# --- X ------------------------------------------------------------------------------------

a_post = st.fixed_dictionaries(
    {"id": st.sampled_from(["1", "9" * 19, "9" * 20, "9" * 21, "x"]) | scalars, "text": anything},
    optional={name: anything for name in NAMES if name not in {"id", "text"}}
    | {"author_id": st.sampled_from(["7", "8"]) | scalars},
)


@few
@given(st.lists(a_post, max_size=4) | anything, anything, anything, anything)
def test_a_page_of_x(rows: Any, includes: Any, meta: Any, errors: Any) -> None:
    """Broken posts are left out; what is kept fits any database."""
    body = {"data": rows, "includes": includes, "meta": meta, "errors": errors}
    try:
        page = read_page(body)
    except ValueError:
        assert not isinstance(rows, list)
        return
    for post in page.posts:
        assert len(post.id) <= 20
        assert len(post.text) <= 30_000
        assert post.created_at.tzinfo is UTC
        assert len(post.author.name) <= 200
        assert post.author.followers is None or 0 <= post.author.followers <= 2**53


@few
@given(a_mapping, anything)
def test_people_figures_and_problems_of_x(row: Mapping[str, Any], other: Any) -> None:
    """A person or ValueError, a figure or ValueError, a problem always."""
    for read in (read_person, read_usage):
        for body in (row, other):
            only(ValueError, lambda read=read, body=body: read(body))  # type: ignore[misc]
    read_problem(403, row)
    read_problem(500, other)


@few
@given(
    st.sampled_from([400, 401, 402, 403, 404, 409, 429, 499]),
    st.dictionaries(
        st.sampled_from(
            [
                "x-rate-limit-reset",
                "retry-after",
                "x-user-limit-24hour-reset",
                "x-user-limit-24hour-remaining",
                "x-app-limit-24hour-reset",
            ]
        ),
        odd_words | st.text(max_size=12),
    ),
    anything,
    st.booleans(),
)
@example(429, {"retry-after": "9" * 5000}, None, False)
@example(429, {"x-rate-limit-reset": "9" * 5000}, None, True)
def test_a_refusal_of_x(status: int, headers: dict[str, str], body: Any, sending: bool) -> None:
    """Whatever X says with it, it is one of our errors, and a pause ends within a day or so."""
    error = refusal(status, headers, body, now=NOW, sending=sending, floor=timedelta(seconds=1))
    assert isinstance(error, XError)
    until = getattr(error, "until", NOW)
    assert NOW <= until <= NOW + timedelta(days=2)
    assert "\n" not in error.sentence


# --- Slack --------------------------------------------------------------------------------

a_view = st.fixed_dictionaries(
    {},
    optional={
        "id": anything,
        "type": st.just("modal") | anything,
        "private_metadata": st.dictionaries(
            st.sampled_from(["mention", "suggestion", "draft", "version", "before", "offered"]),
            scalars,
        ).map(lambda kept: json.dumps(kept, default=str))
        | anything,
        "state": st.fixed_dictionaries(
            {
                "values": st.dictionaries(
                    st.sampled_from(["text:d", "for", "until", "who", "cap", "label", *SETTING_OF]),
                    st.dictionaries(
                        st.sampled_from(
                            ["words", "choice", "time", "member", "edit_text", "given"]
                        ),
                        st.dictionaries(
                            st.sampled_from(
                                [
                                    "type",
                                    "value",
                                    "selected_option",
                                    "selected_options",
                                    "selected_date_time",
                                    "selected_time",
                                    "selected_users",
                                ]
                            ),
                            st.just("multi_users_select") | st.just("checkboxes") | anything,
                        )
                        | anything,
                    )
                    | anything,
                    max_size=5,
                )
                | anything
            }
        )
        | anything,
    },
)
READERS: list[Callable[[Mapping[str, Any]], object]] = [
    read_edit, read_hand_over, read_interview, read_occasion, read_other_ideas, read_voice,
    read_watch, read_elsewhere, read_link, read_snooze, read_team_settings,
]  # fmt: skip


@few
@given(a_view)
def test_a_submitted_window(view: dict[str, Any]) -> None:
    """Its answers, or that it is none of ours; never a crash."""
    for read in READERS:
        only(NotOurs, lambda read=read: read(view))  # type: ignore[misc]


@few
@given(a_mapping | st.fixed_dictionaries({"actions": st.lists(anything, max_size=2)}))
def test_a_press(body: dict[str, Any]) -> None:
    """Parts that are missing or odd are empty words."""
    press = read_press(body)
    assert isinstance(press.mention_id + press.member_id + press.value, str)
    assert isinstance(member_of(body), str)


@few
@given(odd_words | st.text(max_size=40) | anything.map(lambda a: json.dumps(a, default=str)))
def test_a_buttons_value(value: str) -> None:
    """A mention and perhaps more, a choice, a wish, or none of ours."""
    press = Press("U1", value, "", None, None)
    assert len(press.mention_id) + len(press.suggestion_id or "") <= len(value)
    read_pressed(value)
    only(ValueError, lambda: read_option(value))
    only(NotOurs, lambda: WatchWish.from_value(value))
    pressed(value)
    pressed('"block_actions"' + value)
    assert value not in set(ActionId) or value


@few
@given(st.text(max_size=300) | st.text(alphabet="<@U0>|/:.x com1'’,;\n", max_size=300))
def test_words_of_a_member(words: str) -> None:
    """In a thread, or with a link."""
    understand(words, bot_id="U0BOT")
    assert all(found.isdigit() for found in posts_linked(words))


@few
@given(a_mapping)
def test_a_slack_person_is_no_full_member_unless_slack_says_so(row: dict[str, Any]) -> None:
    """An odd record allows nothing."""
    try:
        profile = member_profile(row, our_team="T1")
    except (KeyError, AttributeError, TypeError):
        return
    assert profile.guest
    only(KeyError, lambda: channel_of(row))


# --- files and lines ------------------------------------------------------------------------


@few
@given(
    st.dictionaries(
        st.sampled_from([s.name for s in SETTINGS] + [s.file_name for s in SETTINGS]),
        odd_words | st.text(max_size=40) | st.from_regex(r"[a-z]{1,9}://[^\s]{0,20}"),
        max_size=12,
    )
)
def test_any_environment(environment: dict[str, str]) -> None:
    """Every gap is one sentence with its setting's name."""
    for name, gap in gaps_in(environment).items():
        assert gap.startswith(name)
        assert "\n" not in gap


@few
@given(
    st.lists(st.binary(max_size=60) | anything.map(lambda a: json.dumps(a).encode()), max_size=6)
)
def test_any_lines_are_answered_one_by_one(lines: list[bytes]) -> None:
    """As many answers as lines, each an object or None; each can be written again."""
    given_lines = [line.replace(b"\n", b" ") + b"\n" for line in lines]
    rows = list(read_lines(io.BytesIO(b"".join(given_lines))))
    assert len(rows) == len(given_lines)
    for row in rows:
        out = io.BytesIO()
        write_line(out, {"row": row})
        assert out.getvalue().count(b"\n") == 1


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
def test_what_is_nested_without_end_is_no_crash(deep: str) -> None:
    """In a button's value, behind a window, on a line."""
    with pytest.raises(NotOurs):
        WatchWish.from_value(deep)
    with pytest.raises(NotOurs):
        read_other_ideas({"private_metadata": deep})
    assert list(read_lines(io.BytesIO(deep.encode() + b"\n"))) == [None]
    assert pressed('"block_actions"' + deep) == ""

"""Every way in, tried by everybody who may not: nothing changes, and they are told kindly."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain import JobKind
from handlers.entry.access import Right
from handlers.entry.permissions import (
    CHOICES,
    HEARD,
    PRESSES,
    SHORTCUTS,
    SUBCOMMANDS,
    THREAD_WORDS,
    WINDOWS,
    Heard,
    Shortcut,
    Subcommand,
)
from replies.steering import MessageKind, understand
from sandbox.slack.people import BOT_USER_ID, SlackUser
from storage.inbox.suggestions import latest_round
from tests.stage import Stage, open_stage, until
from tests.team import room_of
from tests.ways_in import SAID, Known, WayIn, press, ways_in
from views.blocks.action_ids import ActionId, OverflowChoice, ViewId

_DRAWN = (JobKind.CARD, JobKind.TELL, JobKind.WELCOME, JobKind.FOLD_LINE)
ROOT = Path(__file__).parent.parent.parent
#: A full member whom SLACK_APPROVERS does not name.
INES = "U0INES00009"
#: What Greenroom writes by itself, whoever knocks.
_BY_ITSELF = {
    "watch_reads",
    "costs",
    "reservations",
    "spending_turns",
    "usage_days",
    "billed_reads",
    "stream_hold",
    "account_days",
    "marks",
    "jobs",
}


def test_everything_that_can_be_pressed_said_or_submitted_is_in_the_table() -> None:
    """A new button without a right fails here, and so does a right without a button."""
    for table, ids in (
        (PRESSES, ActionId),
        (CHOICES, OverflowChoice),
        (WINDOWS, ViewId),
        (SHORTCUTS, Shortcut),
        (SUBCOMMANDS, Subcommand),
        (THREAD_WORDS, MessageKind),
        (HEARD, Heard),
    ):
        assert set(table) == set(ids)


def test_only_what_shows_and_does_nothing_is_open_to_anyone() -> None:
    """Links into somebody's own browser, and chatter, which is not taken up."""
    tables = (PRESSES, CHOICES, WINDOWS, SHORTCUTS, SUBCOMMANDS, THREAD_WORDS, HEARD)
    anyone = {way for table in tables for way, right in table.items() if right is Right.ANYONE}
    assert anyone == {ActionId.OPEN_ON_X, ActionId.OPEN_CARD, MessageKind.CHATTER}


def test_nothing_is_registered_beside_the_table() -> None:
    """Bolt is told of ways in by one file, which walks the table."""
    kinds = {"action", "view", "command", "shortcut", "event", "options", "message", "function"}
    kinds |= {"global_shortcut", "message_shortcut", "view_closed", "view_submission"}
    found = {
        (path.relative_to(ROOT).as_posix(), node.func.attr)
        for path in [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "commands").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in kinds
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "app"
    }
    once = {"action", "view", "shortcut", "command", "event"}
    assert found == {("handlers/registry.py", kind) for kind in once}


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_sentences_of_the_thread_are_of_their_kinds(kind: MessageKind) -> None:
    """Else the probe below would try another one."""
    assert understand(SAID[kind], bot_id=BOT_USER_ID).kind is kind


@contextmanager
def watched_stage(folder: Path) -> Iterator[Stage]:
    """Open a stage with one approver who may, and four people and a bot who may not."""
    with open_stage(folder) as stage:
        slack = stage.room.slack
        slack.members[INES] = SlackUser(INES, "Ines Vidal", "approver")
        slack.channels[stage.room.channel_id].members.append(INES)
        slack.members[stage.tom] = replace(slack.members[stage.tom], deleted=True)
        stage.open(SLACK_APPROVERS=f"{stage.maya},{stage.tom}", UNDO_SECONDS="0")
        yield stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with watched_stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def known(stage: Stage) -> Known:
    return a_card(stage)


def a_card(stage: Stage) -> Known:
    """Let a post come, and return what of it may be named."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    linked = stage.do("say", member=stage.maya, text="see https://x.com/nell/status/1")
    db = room_of(stage).db
    with db.read() as tx:
        suggestion = latest_round(tx, post)[0].id
        (author,) = tx.query("SELECT author_id FROM posts WHERE id = :id", {"id": post})
        watch = tx.query("SELECT id FROM watches")[0]["id"]
    return Known(
        channel=stage.room.channel_id,
        card_ts=card["ts"],
        mention=post,
        suggestion=suggestion,
        person=author["author_id"],
        watch=watch,
        linked_ts=linked["ts"],
    )


def everything_stored(stage: Stage) -> dict[str, list[str]]:
    """Return every row that only a person's doing changes."""
    db = room_of(stage).db
    with db.read() as tx:
        names = [
            row["name"]
            for row in tx.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                " AND name NOT LIKE '%_fts%'"
            )
        ]
        return {
            name: sorted(str(_by_people(row)) for row in tx.query(f"SELECT * FROM {name}"))
            for name in names
            if name not in _BY_ITSELF
        }


def _by_people(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    # How far a watch has read is written by each poll.
    return [each for each in row.items() if each[0] not in {"seen_at", "seen_id"}]


def settled(stage: Stage) -> bool:
    """Tell whether the cards are drawn and nothing is on its way into Slack."""
    with room_of(stage).db.read() as tx:
        return not tx.query("SELECT 1 FROM jobs WHERE kind IN (:kinds) LIMIT 1", {"kinds": _DRAWN})


def knock(stage: Stage, way: WayIn, member: str) -> dict[str, Any]:
    answer = stage.do("payload", kind=way.kind, payload=way.payload, trigger=member)
    return dict(answer)


WHO = ["guest", "outsider", "removed", "bot", "not_named"]


@pytest.mark.parametrize("who", WHO)
def test_who_may_not_changes_nothing_by_any_way(stage: Stage, known: Known, who: str) -> None:
    """Nothing is stored, nothing goes to X, no window opens, and one kind sentence comes back."""
    members = {
        "guest": stage.guest,
        "outsider": stage.outsider,
        "removed": stage.tom,
        "bot": BOT_USER_ID,
        "not_named": INES,
    }
    member = members[who]
    until(lambda: settled(stage), "nothing is on its way")
    before, sent = everything_stored(stage), len(stage.calls("x", "post"))
    ways = list(ways_in(known, member, direct(stage, member)))
    answers = {way.name: knock(stage, way, member) for way in ways}
    for way in ways:
        answer = answers[way.name]
        assert answer["opened"] == [], way.name
        if way.refused_in == "window":
            (said,) = answer["answers"]
            assert said["response_action"] == "errors", way.name
            (sentence,) = said["errors"].values()
            assert kind(sentence), (way.name, sentence)
    if who not in {"removed", "bot"}:
        # Slack shows nobody a private word who is not in the channel any more.
        whispers = sum(way.refused_in == "whisper" for way in ways)
        until(lambda: len(stage.whispers(member)) >= whispers, f"{whispers} private words")
        assert len(stage.whispers(member)) == whispers
        assert all(kind(sentence) for sentence in stage.whispers(member))
    # Whoever may is answered after all of these: what they set off would be done by now.
    served(stage, known)
    assert everything_stored(stage) == before
    assert len(stage.calls("x", "post")) == sent
    assert windows_of(stage, member) == []


def direct(stage: Stage, member: str) -> str:
    return stage.room.slack.direct(member).id


def kind(sentence: str) -> bool:
    """Tell whether it is a plain refusal and no unforeseen error."""
    refusals = ("can decide", "approvers", "may change", "Only", "admins", "full members")
    return any(words in sentence for words in refusals) and "That did not work" not in sentence


def windows_of(stage: Stage, member: str) -> list[dict[str, Any]]:
    return [v for v in stage.get("views") if v["member"] == member and v["type"] == "modal"]


def served(stage: Stage, known: Known) -> None:
    """Let an approver press, and wait until that is done; it changes nothing either."""
    payload = press(known, stage.maya, ActionId.EDIT)
    answer = stage.do("payload", kind="interactive", payload=payload, trigger=stage.maya)
    assert answer["acked"] == [True]
    view = stage.view(stage.maya)
    stage.do("close", view_id=view["view_id"], member=stage.maya)


def test_the_same_ways_serve_whoever_may(tmp_path: Path) -> None:
    """The probes above are good ones: of an approver none is refused, and much is changed."""
    with watched_stage(tmp_path) as stage:
        all_serve(stage, a_card(stage))


def all_serve(stage: Stage, known: Known) -> None:
    """Go every way as an approver."""
    before = everything_stored(stage)
    opened = []
    for way in ways_in(known, stage.maya, direct(stage, stage.maya)):
        answer = knock(stage, way, stage.maya)
        if way.refused_in == "window":
            said = answer["answers"][0] or {}
            assert not any(map(kind, (said.get("errors") or {}).values())), way.name
        if way.name in {"press edit", "choose assign", "shortcut suggest_from_link"}:
            opened.append(stage.view(stage.maya)["view_id"])
            stage.do("close", view_id=opened[-1], member=stage.maya)
    assert len(set(opened)) == 3
    served(stage, known)
    assert not any(map(kind, stage.whispers(stage.maya)))
    changed = {name for name, rows in everything_stored(stage).items() if rows != before[name]}
    assert {"decisions", "mentions", "replies", "people", "team_settings"} <= changed

"""Whatever people press in whatever order: nobody's own words go out on their word alone."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.slack.client import SlackClient
from domain import Draft, MentionState, ReplyState, Source, TeamSettings
from errors import GreenroomError
from handlers.decisions.approve import approve, undo
from handlers.decisions.edit import decide
from handlers.decisions.manual_reply import back, use
from handlers.decisions.unconfirmed import retry, send_anyway
from handlers.entry.access import Access, Member
from handlers.entry.context import HandlerContext, Press
from sandbox.room import PracticeRoom
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import decisions, mentions, replies, suggestions
from storage.inbox.authors import authors_of, is_drafted
from storage.inbox.decisions import TAKING_A_TEXT
from storage.open import open_database
from storage.team.team_settings import Team, set_team_setting
from tests.storage.made import NOW, a_mention
from views.blocks.action_ids import button_value
from views.modals import EditValues

DRAFTED = "We open at eight on Sundays."
TEXTS = (DRAFTED, "Eight on Sundays, see you there.", "Eight, and the bench is free.")
_S = MentionState
_R = ReplyState


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HandlerContext]:
    """A desk with the second approver on, two approvers, and nobody at work behind it."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with PracticeRoom() as room:
        db = open_database(f"sqlite:///{folder}/desk.db")
        slack = SlackClient(room.slack_bot_token, base_url=room.slack_api_url)
        base = TeamSettings(
            channel=room.channel_id,
            timezone=ZoneInfo("UTC"),
            digest_at=time(17),
            undo=timedelta(seconds=10),
            poll_every=timedelta(seconds=60),
            x_budget_micro=0,
            model_budget_micro=0,
        )
        team = Team(db, base)
        with db.write() as tx:
            set_team_setting(
                tx,
                "second_approver",
                True,
                told=("off", "on"),
                member_id="U1",
                member_name="Maya",
                at=NOW,
            )
        team.refresh()
        access = Access(
            slack,
            circle_of=lambda: (room.channel_id, ()),
            team_id=slack.whoami().team_id,
        )
        yield HandlerContext(
            db, slack, access, team, "beanbarn", model_on=False, nudge=lambda: None
        )
        db.close()


def two_members(desk: HandlerContext) -> tuple[Member, Member]:
    found = []
    for each in sorted(desk.access.circle()):
        with suppress(GreenroomError):
            found.append(desk.access.member_who_may_decide(each))
    return found[0], found[1]


def x_says(tx: Transaction, mention_id: str, reply_state: ReplyState, state: MentionState) -> None:
    """Play what comes of a request to X: refused for good, or not known."""
    reply = replies.reply_of(tx, mention_id)
    if reply is None or reply.state is not _R.APPROVED:
        return
    replies.move_reply(tx, reply.id, before={_R.APPROVED}, to=_R.SENDING)
    mentions.move(tx, mention_id, to=_S.SENDING, at=NOW, before={_S.APPROVED})
    replies.move_reply(tx, reply.id, before={_R.SENDING}, to=reply_state)
    mentions.move(tx, mention_id, to=state, at=NOW, before={_S.SENDING})


def do(desk: HandlerContext, mention_id: str, step: str, member: Member, text: str) -> None:
    """Do one thing as a member does it; kind refusals are part of the play."""
    with desk.db.read() as tx:
        shown = [s for s in suggestions.latest_round(tx, mention_id) if s.text == text]
        last = replies.last_reply(tx, mention_id)
    beside = shown[0].id if shown else None
    if step in {"retry", "anyway"}:
        beside = last.id if last else None
    press = Press(member.id, button_value(mention_id, beside), "t", desk.channel, None)
    pressed: dict[str, Callable[[HandlerContext, Press, Member], None]] = {
        "approve": approve,
        "use": use,
        "undo": undo,
        "back": back,
        "retry": retry,
        "anyway": send_anyway,
    }
    with suppress(GreenroomError):
        if step == "write":
            values = EditValues(mention_id, beside, text, "text", "d")
            decide(desk, values, member)
        elif step in pressed:
            pressed[step](desk, press, member)
        else:
            ends = {"refuse": (_R.FAILED, _S.FAILED), "lose": (_R.UNKNOWN, _S.UNKNOWN)}
            with desk.db.write() as tx:
                x_says(tx, mention_id, *ends[step])


def hold(desk: HandlerContext, mention_id: str) -> None:
    """Hold that behind every taken text stands Greenroom's draft or another than its author."""
    with desk.db.read() as tx:
        taken = [
            (d.member_id, d.text or "")
            for d in decisions.decisions(tx, mention_id)
            if d.kind in TAKING_A_TEXT
        ]
        taken += [
            (r.member_id, r.text)
            for r in replies.replies_in(tx, list(_R))
            if r.mention_id == mention_id
        ]
        for member_id, text in taken:
            others = authors_of(tx, mention_id, text) - {member_id}
            assert is_drafted(tx, mention_id, text) or others, (member_id, text)


_steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["write", "approve", "undo", "refuse", "lose", "retry", "anyway", "use", "back"]
        ),
        st.sampled_from([0, 1]),
        st.sampled_from(TEXTS),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps=_steps)
def test_no_reply_stands_on_its_authors_word_alone(
    desk: HandlerContext, steps: list[tuple[str, int, str]]
) -> None:
    """Edits, approvals, undos, failures and second tries by two people, in any order."""
    mention_id = str(int(new_id()[:14], 16))
    members = two_members(desk)
    with desk.db.write() as tx:
        mentions.catch(tx, a_mention(mention_id, state=_S.WAITING))
        drafted = Draft(DRAFTED, Source.PLAYBOOK, words_of=frozenset())
        suggestions.add_round(tx, mention_id, [(drafted, ())], NOW)
    for step, who, text in steps:
        do(desk, mention_id, step, members[who], text)
        hold(desk, mention_id)


def test_the_play_does_send_what_two_people_agree_on(desk: HandlerContext) -> None:
    """The property above is not held by refusing everything."""
    mention_id = str(int(new_id()[:14], 16))
    maya, tom = two_members(desk)
    with desk.db.write() as tx:
        mentions.catch(tx, a_mention(mention_id, state=_S.WAITING))
    do(desk, mention_id, "write", maya, TEXTS[1])
    do(desk, mention_id, "approve", maya, TEXTS[1])
    with desk.db.read() as tx:
        assert replies.reply_of(tx, mention_id) is None
    do(desk, mention_id, "approve", tom, TEXTS[1])
    with desk.db.read() as tx:
        reply = replies.reply_of(tx, mention_id)
    assert reply is not None
    assert (reply.text, reply.member_id) == (TEXTS[1], tom.id)

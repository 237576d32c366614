"""The welcome's steps about watches and approvers, and *Show more*."""

from collections.abc import Callable
from typing import Any

from domain import MentionKind, Watch
from errors import GreenroomError
from handlers.access import Member
from handlers.boundary import guarded, tell_privately
from handlers.desk import Body, Desk, Press
from storage import members, mentions, watches
from storage.due_work import ask_fold_line, ask_listening, ask_suggestions
from storage.ids import new_id
from views.modals import read_watch, watch_errors, watch_modal
from views.private_words import watching, who_approves

_MORE_AT_ONCE = 5


def show_more(desk: Desk, _: Press, __: Member) -> None:
    """Bring up the next five folded mentions, newest first."""
    now = desk.now()
    with desk.db.write() as tx:
        for mention_id in mentions.unfold(tx, _MORE_AT_ONCE):
            ask_suggestions(tx, mention_id, at=now)
        ask_fold_line(tx, at=now)


def open_watch(desk: Desk, press: Press, _: Member) -> None:
    """Open the window for a new watch."""
    desk.slack.open_modal(press.trigger_id, watch_modal())


def tell_who_approves(desk: Desk, press: Press, _: Member) -> None:
    """Name those who may decide."""
    listed = desk.access.listed_in_settings
    with desk.db.read() as tx:
        names = [members.member_name(tx, i) or f"<@{i}>" for i in sorted(desk.access.circle())]
    words = who_approves(names if listed else [], listed_in_settings=listed)
    tell_privately(desk, press.channel, press.member_id, words)


def on_watch(desk: Desk) -> Callable[..., None]:
    """Make the listener that stores a watch and has it polled at once."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        member_id = str(body["user"]["id"])
        values = read_watch(body["view"])
        if errors := watch_errors(values):
            ack(response_action="errors", errors=errors)
            return
        ack()

        def work() -> None:
            desk.access.member_who_may_decide(member_id)
            add_watch(desk, values.label, values.query, values.cap or 0)
            tell_privately(desk, None, member_id, watching(values.label))

        guarded(desk, None, member_id, work)

    return listener


def add_watch(desk: Desk, label: str, query: str, cap: int) -> Watch:
    """Store a new keyword watch and its first poll.

    Raises:
        GreenroomError: there is a watch of that name.
    """
    now = desk.now()
    watch = Watch(id=new_id(), kind=MentionKind.KEYWORD, label=label, query=query, cap=cap)
    with desk.db.write() as tx:
        if watches.watch_labelled(tx, label) is not None:
            raise GreenroomError("There is a watch of that name already.", "Choose another name.")
        watches.add_watch(tx, watch)
        ask_listening(tx, watch.id, at=now)
    return watch

"""The Home tab, drawn when a member opens it."""

from collections.abc import Callable

from errors import NotAllowed
from handlers.boundary import guarded
from handlers.desk import Body, Desk
from storage import mentions, notices, voices, watches
from views.home import closed_home, home


def on_opened(desk: Desk) -> Callable[..., None]:
    """Make the listener that publishes the Home tab for whoever opened it."""

    def listener(body: Body) -> None:
        event = body.get("event") or {}
        member_id = str(event.get("user", ""))
        if event.get("tab", "home") == "home":
            guarded(desk, None, member_id, lambda: _publish(desk, member_id))

    return listener


def _publish(desk: Desk, member_id: str) -> None:
    try:
        desk.access.member_who_may_decide(member_id)
    except NotAllowed as refusal:
        desk.slack.publish_home(member_id, closed_home(str(refusal)))
        return
    with desk.db.read() as tx:
        view = home(
            account_handle=desk.account_handle,
            counts=mentions.counts(tx),
            watches=watches.watches(tx),
            saved=voices.saved_voice(tx),
            notices=sorted({n.sentence for n in notices.active_notices(tx)}),
            practice=desk.practice,
        )
    desk.slack.publish_home(member_id, view)

"""The answer to a submitted window that must not lose anybody's words.

The window closes only when what was written is stored: access, validation and the commit
come before the acknowledgement, which Slack waits 3 s for. All of it is quick.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from errors import GreenroomError
from handlers.access import Member
from handlers.boundary import guarded, tell_privately
from handlers.desk import Body, Desk
from views.words import shorten

log = logging.getLogger("greenroom.submitting")


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack is answered (empty closes the window), and what the member is told after."""

    slack: dict[str, Any]
    told: str = ""


def at_fields(errors: dict[str, str]) -> Answer:
    """Keep the window open and say what is wrong at each field."""
    return Answer({"response_action": "errors", "errors": errors})


def shown_instead(view: dict[str, Any]) -> Answer:
    """Put another view in the window's place."""
    return Answer({"response_action": "update", "view": view})


def submitting(
    desk: Desk,
    store: Callable[[Member, Body], Answer],
    *,
    field: Callable[[Body], str],
    after: Callable[[Member, Body], None] | None = None,
    may: Callable[[str], Member] | None = None,
) -> Callable[..., None]:
    """Make a Bolt view listener: ask access, store, answer.

    Args:
        desk: the parts.
        store: does the work in one commit; its GreenroomErrors are shown in the window.
        field: names the input block at which a refusal is shown.
        after: what else is done when the window closed.
        may: returns who submitted if they may; those who may decide, unless it is given.
    """

    def listener(ack: Callable[..., Any], body: Body) -> None:
        member_id = str(body["user"]["id"])
        try:
            member = (may or desk.access.member_who_may_decide)(member_id)
            answer = store(member, body)
        except GreenroomError as error:
            log.info("member=%s %s", member_id, error.for_person())
            # The window stays open, so that nobody's words are lost.
            ack(**at_fields({field(body): shorten(str(error), 150)}).slack)
            return
        ack(**answer.slack)

        def rest() -> None:
            if answer.told:
                tell_privately(desk, None, member_id, answer.told)
            if after is not None and not answer.slack:
                after(member, body)

        guarded(desk, None, member_id, rest)

    return listener

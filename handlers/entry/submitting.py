"""The answer to a submitted window that must not lose anybody's words.

The window closes only when what was written is stored: access, validation and the commit
come before the acknowledgement, which Slack waits 3 s for. All of it is quick; where it is not,
Slack says so in the window, which stays. What cannot be carried out stays in the window with a
sentence at the field, and where the window has no place for one, the words are given back.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from errors import GreenroomError, NotOurs
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, member_of, view_of
from handlers.entry.error_boundary import give_back, guarded, tell_privately
from views.blocks.form import input_blocks, typed_in
from views.blocks.formatting import shorten, without_dates

log = logging.getLogger("greenroom.submitting")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What Slack is answered (empty closes the window), and what the member is told after."""

    slack: dict[str, Any]
    told: str = ""


def at_fields(errors: dict[str, str]) -> Submitted:
    """Keep the window open and say what is wrong at each field."""
    return Submitted({"response_action": "errors", "errors": errors})


def shown_instead(view: dict[str, Any]) -> Submitted:
    """Put another view in the window's place."""
    return Submitted({"response_action": "update", "view": view})


def _place_for(view: Mapping[str, Any], field: Callable[[], str]) -> str | None:
    """Return the input at which a sentence is shown: the one named, else the first there is.

    Slack shows nothing at all where the name is of no input in the window.
    """
    inputs = input_blocks(view)
    try:
        named = field()
    except NotOurs:
        return None
    return named if not inputs or named in inputs else inputs[0]


def submitting(
    ctx: HandlerContext,
    store: Callable[[Member, Body], Submitted],
    *,
    may: May,
    field: Callable[[Body], str],
    after: Callable[[Member, Body], None] | None = None,
) -> Callable[..., None]:
    """Make a Bolt view listener: ask access, store, answer.

    Args:
        ctx: the parts.
        store: does the work in one commit; its GreenroomErrors are shown in the window.
        may: returns who submitted if they may.
        field: names the input block at which a refusal is shown.
        after: what else is done when the window closed.
    """

    def refuse(ack: Callable[..., Any], member_id: str, body: Body, sentence: str) -> None:
        _refuse(ctx, ack, member_id, view_of(body), sentence, lambda: field(body))

    def listener(ack: Callable[..., Any], body: Body) -> None:
        member_id = member_of(body)
        try:
            member = may(member_id)
            answer = store(member, body)
        except GreenroomError as error:
            log.info("member=%s %s", member_id, without_dates(error.for_person()))
            refuse(ack, member_id, body, str(error))
            return
        except Exception:
            unforeseen = GreenroomError("That did not work and nothing was sent.")
            log.exception("id=%s member=%s unforeseen", unforeseen.ref, member_id)
            refuse(ack, member_id, body, unforeseen.for_person())
            return
        ack(**answer.slack)

        def rest() -> None:
            if answer.told:
                tell_privately(ctx, None, member_id, answer.told)
            if after is not None and not answer.slack:
                after(member, body)

        guarded(ctx, None, member_id, rest)

    return listener


def _refuse(
    ctx: HandlerContext,
    ack: Callable[..., Any],
    member_id: str,
    view: Mapping[str, Any],
    sentence: str,
    field: Callable[[], str],
) -> None:
    """Show why it cannot be done: in the window, which stays, so that nobody's words are lost."""
    block = _place_for(view, field)
    if block is None:
        ack()
        give_back(ctx, None, member_id, sentence, typed_in(view))
        return
    ack(**at_fields({block: shorten(without_dates(sentence), 150)}).slack)

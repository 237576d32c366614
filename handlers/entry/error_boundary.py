"""The error boundary of every handler: a person sees one clear sentence, the log the rest."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from clients.net.metrics import handler_time
from errors import AlreadyDecided, GreenroomError, SlackError
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, read_press
from storage.db.ids import new_id
from views.blocks.formatting import without_dates
from views.cards.given_back import given_back

log = logging.getLogger("greenroom.handlers")


def tell_privately(ctx: HandlerContext, channel: str | None, member_id: str, words: str) -> None:
    """Say something that only this member sees; a failure to say it is only logged."""
    where = channel or ctx.channel
    try:
        if where:
            ctx.slack.post_ephemeral(where, member_id, text=words)
        else:
            # No channel is chosen yet: what is said in the app's own messages is private too.
            ctx.slack.post(member_id, text=words, blocks=[], key=f"told:{new_id()}")
    except SlackError as error:
        log.warning("member=%s was not told: %s", member_id, error.for_person())


def give_back(
    ctx: HandlerContext, channel: str | None, member_id: str, sentence: str, typed: Sequence[str]
) -> None:
    """Tell a member what went wrong, and give them back what they had typed, as plain text.

    Where Slack shows nothing privately there, it goes into their own messages with us.
    """
    given = given_back(sentence, typed)
    where = channel or ctx.channel
    try:
        if where:
            ctx.slack.post_ephemeral(where, member_id, text=given.text, blocks=given.blocks)
            return
    except SlackError as error:
        log.info("member=%s not told in %s: %s", member_id, where, error.for_person())
    try:
        key = f"told:{new_id()}"
        ctx.slack.post(member_id, text=given.text, blocks=given.blocks, key=key)
    except SlackError as error:
        log.warning("member=%s was not told: %s", member_id, error.for_person())


def guarded(
    ctx: HandlerContext,
    channel: str | None,
    member_id: str,
    work: Callable[[], None],
    *,
    typed: str = "",
) -> None:
    """Run a handler's work; turn whatever it raises into a private sentence.

    `typed` is what Slack keeps nowhere: it comes back with the sentence.
    """

    def tell(sentence: str) -> None:
        if typed.strip():
            give_back(ctx, channel, member_id, sentence, [typed])
        else:
            tell_privately(ctx, channel, member_id, sentence)

    try:
        with handler_time():
            work()
    except GreenroomError as error:
        log.info("member=%s %s", member_id, without_dates(error.for_person()))
        # Whoever pressed twice knows what they did; the card shows it.
        if not (isinstance(error, AlreadyDecided) and error.by == member_id):
            tell(str(error))
    except Exception:
        unforeseen = GreenroomError("That did not work and nothing was sent.")
        log.exception("id=%s member=%s unforeseen", unforeseen.ref, member_id)
        tell(unforeseen.for_person())
    finally:
        ctx.nudge()


def deciding(
    ctx: HandlerContext,
    decide: Callable[[HandlerContext, Press, Member], None],
    may: May,
) -> Callable[..., None]:
    """Make a Bolt action listener: acknowledge, ask whether who pressed may, record."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        press = read_press(body)

        def work() -> None:
            decide(ctx, press, may(press.member_id))

        guarded(ctx, press.channel, press.member_id, work)

    return listener

"""Words in a card's thread: heard once, understood by rules, answered by a job or at once.

Handing over and skipping happen here, since both can be taken back. Words never approve, post
or send anything.
"""

import html
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain import OPEN_STATES, DecisionKind, Fact
from errors import AlreadyDecided, GreenroomError, NotAllowed, SlackError
from handlers.decisions.assign import hand_over
from handlers.decisions.commit import record, the_mention
from handlers.decisions.skip import skip
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from handlers.entry.error_boundary import guarded
from handlers.entry.permissions import THREAD_WORDS
from handlers.voice.voice import store, today
from replies.steering import MessageKind, SteeringWish, understand
from replies.voice.changes import voice_change
from storage.db.database import Transaction
from storage.queue.enqueue import enqueue_card
from storage.queue.enqueue_answers import enqueue_thread_answer
from storage.slack import threads
from storage.slack.messages import CARD
from storage.voice import voices
from views.talking.private_texts import fact_settled
from views.talking.thread import APPROVE_HINT, HELP, SNOOZE_HINT

log = logging.getLogger("greenroom.thread")

_HINTS = {
    MessageKind.APPROVE: APPROVE_HINT,
    MessageKind.SNOOZE: SNOOZE_HINT,
    MessageKind.HELP: HELP,
}


def on_message(
    ctx: HandlerContext, hear_direct: Callable[[HandlerContext, Mapping[str, Any]], None]
) -> Callable[..., None]:
    """Make the listener for messages: those in cards' threads and those written to us directly.

    Everything else that people say in the channel is no business of ours and is not read.
    """

    def listener(event: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        if not _of_a_person(event):
            return
        if event.get("channel_type") == "im":
            hear_direct(ctx, event)
        elif _in_a_thread(event):
            hear(ctx, event, bot_id=str(context.get("bot_user_id") or ""))

    return listener


def hear(ctx: HandlerContext, event: Mapping[str, Any], *, bot_id: str) -> None:
    """Take up one message of a thread, if the thread is a card's and it wants something."""
    channel, ts = str(event["channel"]), str(event["ts"])
    with ctx.db.read() as tx:
        mention_id = threads.mention_of_thread(tx, channel, str(event["thread_ts"]))
        heard = threads.was_heard(tx, channel, ts)
    if heard or not _may_be_ours(event, bot_id):
        return
    mention_id = mention_id or _mention_by_metadata(ctx, channel, str(event["thread_ts"]))
    if mention_id is None:
        return
    words = html.unescape(str(event.get("text") or ""))
    member_id = str(event["user"])

    def work() -> None:
        # In here: what takes too long to read is told to whoever wrote it.
        asked = understand(words, bot_id=bot_id)
        unsure = asked.kind is MessageKind.UNSURE and not ctx.model_on
        if asked.kind is MessageKind.CHATTER or unsure:
            return
        member = _who_may_ask(ctx, member_id, asked)
        if member is not None:
            _take_up(ctx, event, mention_id, member, asked, words, bot_id)

    guarded(ctx, channel, member_id, work)


def keep_fact(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Add what a member said to the facts of the voice, and say so in the thread."""
    with ctx.db.write() as tx:
        answer = _settle(tx, ctx, press, member, threads.KEPT)
        fact = answer.fact or ""
        voice = voices.voice(tx)
        if fact not in {known.line for known in voice.facts}:
            added = Fact.from_line(fact, today(ctx))
            changed = replace(voice, facts=(*voice.facts, added))
            store(
                tx,
                changed,
                member,
                changed=voice_change(voice, changed),
                ctx=ctx,
                also_by=(answer.asked_by,),
            )


def leave_fact(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Leave the voice as it is."""
    with ctx.db.write() as tx:
        _settle(tx, ctx, press, member, threads.LEFT)


def _settle(
    tx: Transaction, ctx: HandlerContext, press: Press, member: Member, state: str
) -> threads.ThreadAnswer:
    """Decide on an offered fact, first come first served; return the answer that offered it.

    Raises:
        AlreadyDecided: somebody was first.
    """
    answer = threads.answer(tx, press.value)
    if answer is None or answer.fact is None:
        raise GreenroomError("Greenroom does not know this fact any more.", "Nothing was kept.")
    if not threads.settle_fact(tx, answer.key, state=state, by=member.name):
        raise AlreadyDecided(fact_settled(answer.fact_by or "Somebody"))
    enqueue_card(tx, answer.mention_id, at=ctx.now())
    return answer


def _may_be_ours(event: Mapping[str, Any], bot_id: str) -> bool:
    """Tell whether the thread may hang on a message of ours; Slack says whose it is."""
    return event.get("parent_user_id") in {None, "", bot_id}


def _mention_by_metadata(ctx: HandlerContext, channel: str, thread_ts: str) -> str | None:
    """Ask Slack whose thread it is: a card whose place got lost, or is not stored yet, is ours."""
    if channel != ctx.channel:
        return None
    try:
        key = ctx.slack.key_of(channel, thread_ts)
    except SlackError as error:
        log.info("thread not known: %s", error.for_person())
        return None
    return key.removeprefix(CARD) if key is not None and key.startswith(CARD) else None


def _of_a_person(event: Mapping[str, Any]) -> bool:
    """Tell whether a person wrote it: no bot, no edit, nobody who joined or left."""
    plain_words = event.get("subtype") in {None, "thread_broadcast", "file_share"}
    return bool(plain_words and event.get("user") and not event.get("bot_id"))


def _in_a_thread(event: Mapping[str, Any]) -> bool:
    return bool(event.get("thread_ts")) and event.get("thread_ts") != event.get("ts")


def _who_may_ask(ctx: HandlerContext, member_id: str, asked: SteeringWish) -> Member | None:
    """Return the member; a guest who talks along without meaning us is not turned away aloud."""
    try:
        return ctx.access.member_with(THREAD_WORDS[asked.kind], member_id)
    except NotAllowed:
        if asked.kind is MessageKind.UNSURE:
            return None
        raise


def _take_up(
    ctx: HandlerContext,
    event: Mapping[str, Any],
    mention_id: str,
    member: Member,
    asked: SteeringWish,
    words: str,
    bot_id: str,
) -> None:
    channel, ts = str(event["channel"]), str(event["ts"])
    if asked.kind in _HINTS:
        ctx.slack.post_ephemeral(
            channel, member.id, text=_HINTS[asked.kind], thread_ts=str(event["thread_ts"])
        )
    elif asked.kind is MessageKind.TAKE:
        hand_over(ctx, mention_id, member, asked.to_member or member.id)
    elif asked.kind is MessageKind.SKIP:
        skip(ctx, Press(member.id, mention_id, "", channel, str(event["thread_ts"])), member)
    with ctx.db.write() as tx:
        if not threads.hear(tx, channel, ts, ctx.now()):
            return
        if asked.kind in {MessageKind.STEER, MessageKind.WHY, MessageKind.WHO, MessageKind.UNSURE}:
            _ask(tx, ctx, (channel, ts), mention_id, member, asked, words, bot_id)


def _ask(
    tx: Transaction,
    ctx: HandlerContext,
    place: tuple[str, str],
    mention_id: str,
    member: Member,
    asked: SteeringWish,
    words: str,
    bot_id: str,
) -> None:
    now = ctx.now()
    mention = the_mention(tx, mention_id)
    if asked.kind is MessageKind.STEER and mention.state in OPEN_STATES:
        record(tx, mention.id, DecisionKind.STEER, member, at=now, text=words)
    channel, ts = place
    enqueue_thread_answer(
        tx,
        mention.id,
        channel=channel,
        ts=ts,
        words=words,
        bot_id=bot_id,
        member_id=member.id,
        member_name=member.name,
        at=now,
    )

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
from handlers.entry.context import Desk, Press
from handlers.entry.error_boundary import guarded
from handlers.entry.permissions import THREAD_WORDS
from handlers.voice.voice import store, today
from replies.steering import Asked, Kind, understand
from replies.voice.changes import voice_change
from storage.db.database import Transaction
from storage.queue.enqueue import ask_card, ask_thread_answer
from storage.slack import threads
from storage.slack.messages import CARD
from storage.voice import voices
from views.talking.private_texts import fact_settled
from views.talking.thread import APPROVE_HINT, HELP, SNOOZE_HINT

log = logging.getLogger("greenroom.thread")

_HINTS = {Kind.APPROVE: APPROVE_HINT, Kind.SNOOZE: SNOOZE_HINT, Kind.HELP: HELP}


def on_message(
    desk: Desk, hear_direct: Callable[[Desk, Mapping[str, Any]], None]
) -> Callable[..., None]:
    """Make the listener for messages: those in cards' threads and those written to us directly.

    Everything else that people say in the channel is no business of ours and is not read.
    """

    def listener(event: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        if not _of_a_person(event):
            return
        if event.get("channel_type") == "im":
            hear_direct(desk, event)
        elif _in_a_thread(event):
            hear(desk, event, bot_id=str(context.get("bot_user_id") or ""))

    return listener


def hear(desk: Desk, event: Mapping[str, Any], *, bot_id: str) -> None:
    """Take up one message of a thread, if the thread is a card's and it wants something."""
    channel, ts = str(event["channel"]), str(event["ts"])
    with desk.db.read() as tx:
        mention_id = threads.mention_of_thread(tx, channel, str(event["thread_ts"]))
        heard = threads.was_heard(tx, channel, ts)
    if heard or not _may_be_ours(event, bot_id):
        return
    mention_id = mention_id or _mention_by_metadata(desk, channel, str(event["thread_ts"]))
    if mention_id is None:
        return
    words = html.unescape(str(event.get("text") or ""))
    asked = understand(words, bot_id=bot_id)
    if asked.kind is Kind.CHATTER or (asked.kind is Kind.UNSURE and not desk.model_on):
        return
    member_id = str(event["user"])

    def work() -> None:
        member = _who_may_ask(desk, member_id, asked)
        if member is not None:
            _take_up(desk, event, mention_id, member, asked, words, bot_id)

    guarded(desk, channel, member_id, work)


def keep_fact(desk: Desk, press: Press, member: Member) -> None:
    """Add what a member said to the facts of the voice, and say so in the thread."""
    with desk.db.write() as tx:
        answer = _settle(tx, desk, press, member, threads.KEPT)
        fact = answer.fact or ""
        voice = voices.voice(tx)
        if fact not in {known.line for known in voice.facts}:
            added = Fact.from_line(fact, today(desk))
            changed = replace(voice, facts=(*voice.facts, added))
            store(
                tx,
                changed,
                member,
                changed=voice_change(voice, changed),
                desk=desk,
                also_by=(answer.asked_by,),
            )


def leave_fact(desk: Desk, press: Press, member: Member) -> None:
    """Leave the voice as it is."""
    with desk.db.write() as tx:
        _settle(tx, desk, press, member, threads.LEFT)


def _settle(
    tx: Transaction, desk: Desk, press: Press, member: Member, state: str
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
    ask_card(tx, answer.mention_id, at=desk.now())
    return answer


def _may_be_ours(event: Mapping[str, Any], bot_id: str) -> bool:
    """Tell whether the thread may hang on a message of ours; Slack says whose it is."""
    return event.get("parent_user_id") in {None, "", bot_id}


def _mention_by_metadata(desk: Desk, channel: str, thread_ts: str) -> str | None:
    """Ask Slack whose thread it is: a card whose place got lost, or is not stored yet, is ours."""
    if channel != desk.channel:
        return None
    try:
        key = desk.slack.key_of(channel, thread_ts)
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


def _who_may_ask(desk: Desk, member_id: str, asked: Asked) -> Member | None:
    """Return the member; a guest who talks along without meaning us is not turned away aloud."""
    try:
        return desk.access.member_with(THREAD_WORDS[asked.kind], member_id)
    except NotAllowed:
        if asked.kind is Kind.UNSURE:
            return None
        raise


def _take_up(
    desk: Desk,
    event: Mapping[str, Any],
    mention_id: str,
    member: Member,
    asked: Asked,
    words: str,
    bot_id: str,
) -> None:
    channel, ts = str(event["channel"]), str(event["ts"])
    if asked.kind in _HINTS:
        desk.slack.whisper(
            channel, member.id, text=_HINTS[asked.kind], thread_ts=str(event["thread_ts"])
        )
    elif asked.kind is Kind.TAKE:
        hand_over(desk, mention_id, member, asked.to_member or member.id)
    elif asked.kind is Kind.SKIP:
        skip(desk, Press(member.id, mention_id, "", channel, str(event["thread_ts"])), member)
    with desk.db.write() as tx:
        if not threads.hear(tx, channel, ts, desk.now()):
            return
        if asked.kind in {Kind.STEER, Kind.WHY, Kind.WHO, Kind.UNSURE}:
            _ask(tx, desk, (channel, ts), mention_id, member, asked, words, bot_id)


def _ask(
    tx: Transaction,
    desk: Desk,
    place: tuple[str, str],
    mention_id: str,
    member: Member,
    asked: Asked,
    words: str,
    bot_id: str,
) -> None:
    now = desk.now()
    mention = the_mention(tx, mention_id)
    if asked.kind is Kind.STEER and mention.state in OPEN_STATES:
        record(tx, mention.id, DecisionKind.STEER, member, at=now, text=words)
    channel, ts = place
    ask_thread_answer(
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

"""Gather a pile-on, and show its one card with the count."""

import logging
from datetime import datetime, timedelta

from domain import JobKind, Lane, Mention
from errors import SlackError
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.upkeep.profiles import name_authors
from replies.drafting.hand_over import topic_for
from replies.text.wording import is_question
from replies.triage import alike, crowd
from replies.triage.burst import ANSWERS_SHOWN, QUESTIONS_SHOWN, SHOWN
from storage.db.database import Transaction
from storage.inbox import bursts
from storage.queue import jobs
from storage.queue.enqueue import enqueue
from storage.voice import voices
from views.triage.burst import LISTED, NEWEST, pile_message, pile_modal

log = logging.getLogger("greenroom.pile")

#: A pile that nobody added to for so long is over; what comes later begins another.
_GROWS_FOR = timedelta(hours=1)


def wants_person(tx: Transaction, mention: Mention) -> bool:
    """Tell whether a post wants an answer of its own for longer than a remark does.

    It asks the account something, or is about a grave matter that the voice hands over.
    """
    asks = mention.lane is Lane.SEND and is_question(mention.post.text)
    return asks or topic_for(mention.post.text, voices.voice(tx)) is not None


def join_burst(tx: Transaction, mention: Mention, *, at: datetime, soon: datetime) -> None:
    """Put a mention into the pile that it belongs to, and have its card say so `soon`."""
    root, text = mention.post.in_reply_to_id, mention.post.text
    bursts.take_turn(tx, mention.watch_id)
    for growing in bursts.growing(tx, mention.watch_id, at - _GROWS_FOR):
        answers = growing.rule == bursts.REPLIES and growing.about_id == root
        if answers or (growing.rule == bursts.WORDS and alike(growing.sample, text)):
            pile_id = growing.id
            break
    else:
        pile_id = _begin(tx, mention, at)
    bursts.put_in(tx, pile_id, mention.id, at)
    enqueue(tx, JobKind.PILE, pile_id, at=soon)


def _begin(tx: Transaction, mention: Mention, at: datetime) -> str:
    root = mention.post.in_reply_to_id
    asks = wants_person(tx, mention)
    answers = 0 if root is None else bursts.answers_to(tx, root, mention.id, _GROWS_FOR, at)
    if root is not None and crowd(answers, asks=asks) is not None:
        shown = QUESTIONS_SHOWN if asks else ANSWERS_SHOWN
        return bursts.start_burst(
            tx, mention, rule=bursts.REPLIES, about_id=root, shown=shown, at=at
        )
    shown = QUESTIONS_SHOWN if asks else SHOWN
    return bursts.start_burst(
        tx, mention, rule=bursts.WORDS, about_id=mention.id, shown=shown, at=at
    )


def render_burst(job: jobs.Job, ctx: JobContext) -> None:
    """Post or update a pile's card; or fill in names where the payload names an open window."""
    if job.payload.get("view"):
        _name_in_window(job, ctx, str(job.payload["view"]))
        return
    with ctx.db.read() as tx:
        found = bursts.burst(tx, job.subject or "", newest=NEWEST)
    if found is not None:
        shown = pile_message(found, account_id=ctx.account.id, practice=ctx.practice)
        post_once(ctx, job.key, shown)
    with ctx.finishing(job):
        pass


def _name_in_window(job: jobs.Job, ctx: JobContext, view_id: str) -> None:
    """Read who wrote what the window lists, and show it there and on the card."""
    pile_id = job.subject or ""
    with ctx.db.read() as tx:
        listed = bursts.burst(tx, pile_id, newest=LISTED)
    if listed is not None and name_authors(ctx, [each.post for each in listed.newest]):
        with ctx.db.read() as tx:
            named = bursts.burst(tx, pile_id, newest=LISTED) or listed
        try:
            ctx.slack.update_modal(view_id, pile_modal(named))
        except SlackError as error:
            # Whoever closed the window has seen enough.
            log.info("pile=%s its window was not filled: %s", pile_id, error.for_person())
    with ctx.finishing(job) as tx:
        enqueue(tx, JobKind.PILE, pile_id, at=ctx.now())

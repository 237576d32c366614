"""Set aside what is not worth a person's time, before drafting costs anything.

Rules and what the team decided before come first. The model is asked only where they are
not sure, and only about what a keyword caught: whoever names the account is set aside for a
clear reason or not at all.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial

from domain import Lane, Mention, MentionKind, MentionState, Watch
from jobs.engine.context import JobContext
from jobs.engine.readable import unless_too_long
from jobs.listening.backfill import bring_up_another
from jobs.network.paid_model import asking
from jobs.triage.burst import join_burst, wants_person
from replies.drafting.hand_over import HARASSMENT, asks_to_be_left, goes_to_a_person, topic_for
from replies.injection.orders import orders_in
from replies.triage import Lessons, Verdict, burst_rule, crowd, judge
from replies.triage.abuse import RULE as ABUSE
from replies.triage.asking import second_opinion
from replies.triage.burst import RULE as PILE_ON
from replies.triage.filters import aside_rules
from storage.db.database import Transaction
from storage.inbox import bursts, filtered, mentions, suggestions
from storage.posts import posts, watches
from storage.posts.people import shared_history
from storage.queue.enqueue import enqueue_filtered_list
from storage.voice import voices

log = logging.getLogger("greenroom.aside")

#: The name of no rule of triage: a member muted the author.
MUTED = "muted"
#: Nor of that one: the author asked not to be answered.
OPTED_OUT = "opted_out"
_TOGETHER = timedelta(hours=1)
_NOT_FILTERED = Verdict(worth_answering=True, why="It needs a person.", rule="needs a person")
_ABOVE = 4


def filter_if_unworthy(ctx: JobContext, mention: Mention, *, again: bool = False) -> bool:
    """Set a mention aside that is about to be drafted, unless it is worth a person's time.

    What a member brought here or back, or asked other ideas for, is always worth it. A post that
    tries to give orders is set aside only as one of many: somebody ought to see the first.
    Judged `again`, now that the author is known, only a sure reason counts: where the rules are
    not sure, it was decided before, by the model if there is one. A post that needs a person is
    set aside for nothing but being the twenty-first of the same words within an hour, which stand
    on one card. Returns True when the mention needs no draft. What cannot be read is for a person,
    who decides whether it is worth anything.
    """
    return unless_too_long(
        partial(_filter_if_unworthy, ctx, mention, again=again),
        otherwise=False,
        of=f"mention={mention.id}",
    )


def _filter_if_unworthy(ctx: JobContext, mention: Mention, *, again: bool) -> bool:
    if mention.state is not MentionState.DRAFTING or mention.kind is MentionKind.BROUGHT:
        return False
    with ctx.db.read() as tx:
        if filtered.was_brought_back(tx, mention.id) or suggestions.latest_round(tx, mention.id):
            return False
        watch = _watch(tx, mention)
        verdict = _judge(tx, ctx, mention, watch)
        handed_over = _is_handed_over(tx, mention, verdict)
        wanted = wants_person(tx, mention)
        if handed_over:
            verdict = _copied(tx, ctx, mention, asks=True) or _NOT_FILTERED
        elif not (verdict.sure and _sets_aside(verdict, mention, wanted=wanted)):
            verdict = _together(tx, ctx, mention, wanted=wanted) or verdict
    if again and not verdict.sure:
        return False
    unsure = mention.lane is Lane.BY_HAND and not verdict.sure and not handed_over
    if unsure and not orders_in(mention.post.text):
        verdict = _ask_model(ctx, mention, watch) or verdict
    aside = _sets_aside(verdict, mention, wanted=wanted)
    if aside:
        with ctx.db.write() as tx:
            filter_out(tx, ctx, mention, rule=verdict.rule, why=verdict.why, at=ctx.now())
        log.info("mention=%s set aside: %s", mention.id, verdict.rule)
    return aside


def _is_handed_over(tx: Transaction, mention: Mention, verdict: Verdict) -> bool:
    """Tell whether a post goes to a person, which is decided before anything is filtered.

    Abuse that strangers throw at each other is no matter of ours; nor is whom they want rid of.
    What gives orders is judged as such.
    """
    text, to_us = mention.post.text, mention.lane is Lane.SEND
    if orders_in(text) is not None:
        return False
    if to_us and asks_to_be_left(text):
        return True
    voice = voices.voice(tx)
    topic = topic_for(text, voice)
    thrown = topic is not None and topic.key == HARASSMENT and verdict.rule == ABUSE
    return goes_to_a_person(text, voice) and (to_us or not thrown)


def _sets_aside(verdict: Verdict, mention: Mention, *, wanted: bool) -> bool:
    """Tell whether a verdict is reason enough; who names the account needs a clear one."""
    if verdict.worth_answering:
        return False
    if verdict.rule == PILE_ON:
        return True
    if orders_in(mention.post.text) is not None:
        return False
    if mention.lane is Lane.BY_HAND:
        return True
    # Anger that asks, and a threat, want a person; spam may ask what it likes.
    wanted = wanted and verdict.rule == ABUSE
    return verdict.sure and verdict.rule in clear_rules() and not wanted


@cache
def clear_rules() -> frozenset[str]:
    """Return why somebody who names the account may be set aside all the same."""
    return frozenset({ABUSE, PILE_ON, *(rule.name for rule in aside_rules())})


def filter_out(
    tx: Transaction, ctx: JobContext, mention: Mention, *, rule: str, why: str, at: datetime
) -> None:
    """Move a mention that nobody has seen to set aside, and have its line show it."""
    if mentions.move(
        tx,
        mention.id,
        to=MentionState.SET_ASIDE,
        at=at,
        before={MentionState.NEW, MentionState.DRAFTING},
        reason=why,
    ):
        filtered.remember(tx, mention, rule=rule, why=why, at=at)
        if rule == PILE_ON:
            join_burst(tx, mention, at=at, soon=at + ctx.timings.aside_line)
        enqueue_filtered_list(tx, filtered.hour_of(at), at=at + ctx.timings.aside_line)
        bring_up_another(tx, mention.id, now=at)


def _judge(tx: Transaction, ctx: JobContext, mention: Mention, watch: Watch) -> Verdict:
    return judge(
        mention.post.text,
        author=mention.post.author,
        watch=watch,
        account_handle=ctx.account.handle,
        lessons=_lessons(tx, mention.watch_id, ctx.now()),
        above=posts.post_chain(tx, mention.id, _ABOVE),
    )


def _together(
    tx: Transaction, ctx: JobContext, mention: Mention, *, wanted: bool
) -> Verdict | None:
    """Tell whether a mention is one of a pile-on; whom we talk with already never is.

    No lesson silences this: bringing two back is no wish for the two hundred others.
    """
    post, now = mention.post, ctx.now()
    same = _copied(tx, ctx, mention, asks=wanted)
    if same is not None or post.in_reply_to_id is None:
        return same
    if shared_history(tx, post.author.id, ctx.account.id, now).our_replies:
        return None
    answers = bursts.answers_to(tx, post.in_reply_to_id, post.id, _TOGETHER, now)
    return crowd(answers, asks=wanted)


def _copied(tx: Transaction, ctx: JobContext, mention: Mention, *, asks: bool) -> Verdict | None:
    """Tell whether a mention is one of many with the same words; ten who ask want ten answers."""
    post, now = mention.post, ctx.now()
    # Until now and not until the post: X's times are whole seconds, and both may fall into one.
    if shared_history(tx, post.author.id, ctx.account.id, now).our_replies:
        return None
    before = filtered.caught_before(tx, mention, _TOGETHER)
    return burst_rule(post.text, [text for _, text in before], asks=asks)


def _lessons(tx: Transaction, watch_id: str, now: datetime) -> Lessons:
    past = filtered.lessons_for(tx, watch_id, now)
    return Lessons(past.brought_back[::-1], past.skipped[::-1], past.answered[::-1])


def _watch(tx: Transaction, mention: Mention) -> Watch:
    """Return what caught the mention; of a removed watch only the name is known.

    Whoever names or quotes the account speaks to it, whichever watch was first.
    """
    watch = watches.watch(tx, mention.watch_id) or Watch(
        mention.watch_id, mention.kind, mention.watch_label
    )
    return replace(watch, kind=mention.kind)


def _ask_model(ctx: JobContext, mention: Mention, watch: Watch) -> Verdict | None:
    """Return what the model thinks, or None when it did not say; its cost is booked."""
    ask = asking(ctx, "triage")
    if ask is None:
        return None
    verdict = second_opinion(mention.post.text, watch, ask)
    with ctx.db.write() as tx:
        ask.settle(tx, ctx.now())
    return verdict

"""Try a query on X before anybody listens to it: what it finds, and what that would cost."""

import logging
from dataclasses import replace

from clients.x.client import Page
from domain import MentionKind, Post, Watch
from errors import XError, XQueryRefused, XUnavailable
from insights.query_rate import query_rate
from jobs.engine.context import JobContext
from jobs.listening.ingest import worth_ingesting
from jobs.listening.watch_page import search_query
from jobs.messages.answer_privately import answer_privately
from jobs.network.budget import BudgetReached, Use, bill_page
from jobs.network.reserve import SpendKey, released_if_free, reserve_x
from jobs.upkeep.profiles import keep_people
from replies.triage import judge
from storage.db.database import Transaction
from storage.money import ledger, reservations
from storage.posts import people
from storage.queue import jobs
from views.blocks.message import Message
from views.listening.watch_trial import (
    Trial,
    TriedPost,
    WatchWish,
    refused_message,
    trial_message,
    untried_message,
)

log = logging.getLogger("greenroom.watch_trial")

#: The fewest that X's search gives: a nickel's worth.
_READ = 10


def try_watch(job: jobs.Job, ctx: JobContext) -> None:
    """Ask X once and tell who asked; the payload holds the wish, the member and the place."""
    wish = WatchWish(str(job.payload["label"]), str(job.payload["query"]), int(job.payload["cap"]))
    message = _tried(ctx, SpendKey(job.key, "watch_trial", Use.KEYWORDS), wish)
    answer_privately(ctx, job.payload.get("channel"), str(job.payload["member"]), message)
    with ctx.finishing(job):
        pass


def _tried(ctx: JobContext, purse: SpendKey, wish: WatchWish) -> Message:
    now = ctx.now()
    most = _READ * (ctx.prices.post_read + ctx.prices.user_read)
    with ctx.db.write() as tx:
        grant = reserve_x(tx, ctx, purse, most, now=now)
    if not grant.given:
        used_up = BudgetReached("today's budget for X is as good as used up.")
        return untried_message(wish, used_up.sentence, used_up.advice)
    try:
        with released_if_free(ctx, purse):
            page = ctx.x.search(
                search_query(wish.query, ctx.account.handle),
                limit=_READ,
                with_people=True,
            )
    except XQueryRefused as refusal:
        return refused_message(wish, refusal.detail or refusal.sentence)
    except XError as error:
        log.warning("a query was not tried: %s", error.for_person())
        return untried_message(wish, error.sentence, error.advice)
    if page.torn and not page.posts:
        unreadable = XUnavailable("X's answer cannot be read.")
        message = untried_message(wish, unreadable.sentence, unreadable.advice)
    else:
        message = None
    with ctx.db.write() as tx:
        before = ledger.spent(tx, "x", now.date())
        keep_people(tx, _of_known_people(tx, page), at=now)
        bill_page(tx, ctx, page, purpose=purse.purpose, owned=False, now=now)
        reservations.release(tx, purse.key)
        paid = ledger.spent(tx, "x", now.date()) - before
    return message or trial_message(_trial(ctx, wish, page, paid_micro=paid))


def _of_known_people(tx: Transaction, page: Page) -> Page:
    """Return the page with those people alone who are stored: a trial is no reason to keep anybody."""
    return replace(
        page,
        people_ids=tuple(each for each in page.people_ids if people.person(tx, each)),
        named=tuple(each for each in page.named if people.person(tx, each.id)),
    )


def _trial(ctx: JobContext, wish: WatchWish, page: Page, *, paid_micro: int) -> Trial:
    found = [post for post in page.posts if worth_ingesting(post, ctx.account.id)]
    rate = query_rate(
        [post.created_at for post in found], more=page.next_token is not None, now=ctx.now()
    )
    read = min(rate.a_day, wish.cap)
    return Trial(
        wish=wish,
        posts=tuple(TriedPost(post, _aside(ctx, wish, post)) for post in found),
        found=rate.found,
        a_day=rate.a_day,
        counted=rate.counted,
        least_micro=read * ctx.prices.post_read,
        most_micro=read * (ctx.prices.post_read + ctx.prices.user_read),
        paid_micro=paid_micro,
    )


def _aside(ctx: JobContext, wish: WatchWish, post: Post) -> str:
    watch = Watch(id="", kind=MentionKind.KEYWORD, label=wish.label, query=wish.query)
    verdict = judge(post.text, author=post.author, watch=watch, account_handle=ctx.account.handle)
    return "" if verdict.worth_answering else verdict.why

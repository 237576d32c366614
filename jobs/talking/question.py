"""Answer what a member asks in a direct message, from what is stored; say so when it is not."""

import logging
from datetime import timedelta

import patterns as re
from domain import Post
from errors import SlackError
from insights.stats import PERIODS
from jobs.engine.context import JobContext
from jobs.messages.answers_that_quote import place_answer
from jobs.network.paid_model import Asking, asking, note_model
from jobs.reports.stats import account_stats
from jobs.talking.who_is import who_this_is
from jobs.triage.filtered_list import hours_of
from jobs.upkeep.profiles import name_authors, person_called
from replies.questions import MOST_POSTS, Question, Topic, answer_by_model, read_question
from storage.inbox import filtered, mentions, people_pages
from storage.posts import posts, search
from storage.queue import jobs
from storage.reports import digest_record
from storage.reports.digest_record import WAITING
from storage.slack import messages
from views.blocks.message import Message
from views.reports.stats import stats_message
from views.talking import answers as words
from views.talking.command_answers import waiting_answer

log = logging.getLogger("greenroom.question")

_LISTED = 10
_MOST_ANSWERS = 60
_WORD = re.compile(r"[^\W_]{3,}")
_LITTLE_WORDS = (
    "what who when where why how did does people anybody anyone say said about tell the our are "
    "was were been have has with and for you any know they them this that week today"
)
_ASKING = frozenset(_LITTLE_WORDS.split())


def answer_question(job: jobs.Job, ctx: JobContext) -> None:
    """Answer one question; the payload has the words, the place and the member."""
    question = read_question(str(job.payload["words"]), ctx.now(), ctx.timezone)
    message = _answer(job, ctx, question)
    _say(job, ctx, message)
    with ctx.finishing(job):
        pass


def _say(job: jobs.Job, ctx: JobContext, message: Message) -> None:
    thread_ts = job.payload.get("thread_ts")
    place_answer(
        ctx,
        job.key,
        message,
        channel=str(job.payload["channel"]),
        thread_ts=str(thread_ts) if thread_ts else None,
    )


def _answer(job: jobs.Job, ctx: JobContext, question: Question) -> Message:
    if question.topic in {Topic.SAID, Topic.UNKNOWN}:
        return _said(job, ctx, question)
    if question.topic in _SAYINGS:
        return _SAYINGS[question.topic]()
    return _LOOKED_UP[question.topic](ctx, question)


def _said(job: jobs.Job, ctx: JobContext, question: Question) -> Message:
    """Look for posts; a model may sum them up, and tries what no rule understood."""
    known = question.topic is Topic.SAID
    about = [question.about] if known else _telling(question.words)
    if not known and (ctx.model is None or not about):
        return words.unknown()
    by = person_called(ctx, question.handle) if question.handle else None
    if question.handle and by is None:
        return words.nobody_of_handle(question.handle)
    with ctx.db.read() as tx:
        found = search.find_posts(
            tx,
            about,
            question.span,
            account_id=ctx.account.id,
            limit=MOST_POSTS,
            any_word=not known,
            author_id=by.id if by else None,
        )
    told, shown = "", found.posts
    ask = asking(ctx, "question")
    if found.posts and ask is not None:
        told, shown = _by_model(job, ctx, ask, question, found.posts)
    if not known and not told:
        return words.unknown()
    shown = _named(ctx, shown[: words.MOST_POSTS])
    return words.posts_answer(
        question.about,
        question.called,
        shown,
        _links(ctx, [post.id for post in shown]),
        number=found.number,
        people=found.people,
        aside=found.aside,
        told=told,
        by=by,
    )


def _named(ctx: JobContext, shown: tuple[Post, ...]) -> tuple[Post, ...]:
    """Return the posts that are about to be shown, by name; without those that are gone."""
    if not name_authors(ctx, shown):
        return shown
    with ctx.db.read() as tx:
        anew = [posts.post(tx, post.id) for post in shown]
    return tuple(post for post in anew if post is not None and post.text)


def _by_model(
    job: jobs.Job, ctx: JobContext, ask: Asking, question: Question, found: tuple[Post, ...]
) -> tuple[str, tuple[Post, ...]]:
    _show_thinking(job, ctx)
    made = answer_by_model(question.words, found, ask, account_handle=ctx.account.handle)
    with ctx.db.write() as tx:
        note_model(tx, ask, made.trouble, ctx.now())
    return (made.text, made.posts) if made.text else ("", found)


def _show_thinking(job: jobs.Job, ctx: JobContext) -> None:
    """Show Slack's own status in a thread; elsewhere a line whose place the answer takes."""
    channel, thread_ts = str(job.payload["channel"]), job.payload.get("thread_ts")
    try:
        if thread_ts:
            ctx.slack.say_thinking(channel, str(thread_ts), "is reading what people wrote…")
        else:
            _say(job, ctx, words.reading())
    except SlackError as error:
        log.info("no status shown: %s", error.for_person())


def _waiting(ctx: JobContext, _: Question) -> Message:
    with ctx.db.read() as tx:
        waiting = mentions.in_state(tx, WAITING, _LISTED, newest_first=False)
        counts = mentions.counts(tx)
        folded = mentions.folded_count(tx)
    more = sum(counts.get(state, 0) for state in WAITING) - len(waiting)
    links = _links(ctx, [mention.id for mention in waiting])
    return waiting_answer(waiting, links, more=more, folded=folded)


def _came_back(ctx: JobContext, question: Question) -> Message:
    with ctx.db.read() as tx:
        found = digest_record.came_back(tx, question.span)
    return words.came_back_answer(found, question.called)


def _who(ctx: JobContext, question: Question) -> Message:
    person = person_called(ctx, question.handle)
    if person is None:
        return words.nobody_of_handle(question.handle)
    return who_this_is(ctx, person.id)


def _answered(ctx: JobContext, question: Question) -> Message:
    """Show what we wrote to somebody; at any time, unless one was named."""
    person = person_called(ctx, question.handle)
    if person is None:
        return words.nobody_of_handle(question.handle)
    with ctx.db.read() as tx:
        said = people_pages.said_with(tx, person.id, ctx.account.id, limit=_MOST_ANSWERS)
    ours = [post for post in said if post.author.id == ctx.account.id]
    span = question.span
    shown = [p for p in ours if not question.dated or span.begin <= p.created_at < span.end]
    shown.sort(key=lambda post: post.created_at, reverse=True)
    cards = _links(ctx, [post.in_reply_to_id for post in shown if post.in_reply_to_id])
    links = {p.id: cards[p.in_reply_to_id] for p in shown if p.in_reply_to_id in cards}
    return words.our_answers(
        person,
        question.called if question.dated else "",
        shown,
        links,
        more=len(ours) == _MOST_ANSWERS,
    )


def _aside(ctx: JobContext, question: Question) -> Message:
    today = ctx.now().astimezone(ctx.timezone).date()
    first, _ = hours_of(ctx, question.span.begin.astimezone(ctx.timezone).date())
    with ctx.db.read() as tx:
        number, _ = filtered.count_between(tx, first, filtered.hour_of(question.span.end) + "~")
        line = messages.message(tx, f"aside:{today.isoformat()}")
    url = ctx.slack.link_to(line.channel, line.ts) if line is not None and line.ts else ""
    return words.aside_answer(number, question.called, url)


def _links(ctx: JobContext, mention_ids: list[str]) -> dict[str, str]:
    with ctx.db.read() as tx:
        cards = messages.cards(tx, mention_ids)
    return {
        mention_id: ctx.slack.link_to(card.channel, card.ts)
        for mention_id, card in cards.items()
        if card.ts is not None
    }


def _telling(said: str) -> list[str]:
    return [word for word in _WORD.findall(said.lower()) if word not in _ASKING][:6]


def _how(ctx: JobContext, question: Question) -> Message:
    asked = question.span.end - question.span.begin
    fits = (days for days in PERIODS if asked <= timedelta(days=days))
    days = next(fits, max(PERIODS)) if question.dated else min(PERIODS)
    return stats_message(account_stats(ctx, days, ctx.now()), ctx.timezone, [])


_SAYINGS = {
    Topic.HELP: words.can_do,
    Topic.SET_UP: words.set_up,
    Topic.THANKS: words.welcome_back,
}
_LOOKED_UP = {
    Topic.WAITING: _waiting,
    Topic.CAME_BACK: _came_back,
    Topic.WHO: _who,
    Topic.ANSWERED: _answered,
    Topic.HOW: _how,
    Topic.ASIDE: _aside,
}

"""Show a summary: what it names is read where it is shown, so that gone posts are gone here, too."""

from datetime import date

from domain import Digest, DigestFacts, DigestKind, StoredDigest
from jobs.engine.context import JobContext
from jobs.reports.stats import account_stats
from storage.inbox import proposals
from storage.posts import posts
from storage.reports.digest_record import mentions_of
from storage.slack import messages
from views.blocks.message import Message
from views.reports.digest import digest_message
from views.reports.digest_week import week_message

_A_WEEK = 7


def digest_key(stored: StoredDigest) -> str:
    """Return the key of a summary's message."""
    return f"digest:{stored.kind}:{stored.day.isoformat()}"


def stored_message(ctx: JobContext, stored: StoredDigest) -> Message:
    """Draw a summary that was made."""
    if stored.kind is DigestKind.WEEKLY:
        # The whole week that the span ends with, and the one before it.
        week = account_stats(ctx, _A_WEEK, stored.facts.span.end)
        return week_message(week, ctx.timezone)
    return facts_message(ctx, stored.facts, stored.day)


def facts_message(
    ctx: JobContext, facts: DigestFacts, day: date, *, so_far: bool = False
) -> Message:
    """Draw what a summary tells; `so_far` says that the day has not ended."""
    named = [*facts.waiting, *facts.came_back]
    named += [facts.new_face] if facts.new_face else []
    named += [facts.to_do.subject] if facts.to_do else []
    quoted = [post_id for theme in facts.themes for post_id in theme.post_ids]
    with ctx.db.read() as tx:
        mentions = mentions_of(tx, named)
        found = [posts.post(tx, post_id) for post_id in dict.fromkeys(quoted)]
        cards = messages.cards(tx, list(mentions))
        proposal = proposals.proposal(tx, facts.proposal_id) if facts.proposal_id else None
    digest = Digest(
        day=day,
        facts=facts,
        mentions=mentions,
        posts={post.id: post for post in found if post is not None},
        links={
            mention_id: ctx.slack.link_to(card.channel, card.ts)
            for mention_id, card in cards.items()
            if card.ts is not None
        },
        proposal=proposal,
        practice=ctx.practice,
        so_far=so_far,
    )
    return digest_message(digest, ctx.timezone)

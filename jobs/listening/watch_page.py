"""How X is asked for what a watch listens to: the account's mentions, or a search."""

from clients.x.client import Page
from domain import MentionKind, Watch
from jobs.engine.context import JobContext

_QUERY_LIMIT = 512


def search_query(query: str, handle: str) -> str:
    """Return the query without reposts and without our own posts, as far as X's limit allows."""
    narrowed = f"({query}) -is:retweet -from:{handle}"
    return narrowed if len(narrowed) <= _QUERY_LIMIT else query


def read_page_between(
    ctx: JobContext,
    watch: Watch,
    since_id: str,
    until_id: str | None,
    limit: int,
    token: str | None = None,
) -> Page:
    """Read one page of what a watch listens to, newest first; raises as a read does."""
    if watch.kind is MentionKind.MENTION:
        return ctx.x.mentions(
            ctx.account.id, since_id=since_id, until_id=until_id, page_token=token, limit=limit
        )
    return ctx.x.search(
        search_query(watch.query, ctx.account.handle),
        since_id=since_id,
        until_id=until_id,
        page_token=token,
        limit=limit,
    )

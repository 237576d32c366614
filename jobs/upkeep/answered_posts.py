"""Read the posts that our own replies answer, where nobody read them yet: figures and voices need both."""

import logging
from datetime import datetime

from clients.x.client import Page
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import bill_page
from jobs.network.reserve import SpendKey, read_by_ids
from jobs.upkeep.profiles import keep_people
from storage.db.database import Transaction
from storage.db.values import id_order
from storage.money import reservations
from storage.posts import posts

log = logging.getLogger("greenroom.answered_posts")


def read_answered(
    ctx: JobContext, purse: SpendKey, *, since: datetime, afford_micro: int
) -> Page | None:
    """Read what our stored replies since a time answer and is not stored, newest first.

    Args:
        ctx: the parts.
        purse: whose money it is.
        since: aware UTC; older replies of ours are left alone.
        afford_micro: the most micro-dollars that it may cost.

    Returns:
        The page to give to `store_answered`; None where nothing is missing, there is
        no money, or X did not answer.
    """
    most = afford_micro // max(1, ctx.prices.post_read)
    with ctx.db.read() as tx:
        missing = posts.unknown_above(tx, ctx.account.id, since, most) if most > 0 else []
    if not missing:
        return None
    try:
        return read_by_ids(ctx, purse, missing)
    except XError as error:
        log.warning("answered posts not read: %s", error.for_person())
        return None


def store_answered(
    tx: Transaction, ctx: JobContext, page: Page, purse: SpendKey, *, at: datetime
) -> None:
    """Store what `read_answered` brought, and write what it cost.

    What is gone on X, or may not be stored, is not asked for again.
    """
    refused = [post.id for post in page.posts if not posts.save_post(tx, post)]
    for post_id in id_order({*page.gone, *refused}):
        posts.not_there(tx, post_id)
    keep_people(tx, page, at=at)
    bill_page(tx, ctx, page, purpose=purse.purpose, owned=False, now=at)
    reservations.release(tx, purse.key)

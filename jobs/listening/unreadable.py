"""What X gives and nobody can read: it is told, read again, and only passed over after hours, told too.

A row that lacks a field may be whole in the next answer. As long as one of them is waited for the
place of reading stays before it, so that nothing is passed over when X's answers are whole again.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from clients.x.client import Page, Torn
from domain import Watch
from errors import ITSELF, GreenroomError
from jobs.messages.notify_once import open_notice, resolve_notice
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.db.values import read_time, time_text
from storage.posts import watches
from storage.queue.enqueue import enqueue_notice
from storage.slack import notices
from storage.team import health

#: So long a row is waited for, where X's answer holds others that can be read. Where it holds none
#: the fault is X's or ours, no single post's, and there is no end to waiting.
PATIENCE = timedelta(hours=6)
#: As far back as anything is read again.
_REMEMBERED = timedelta(days=8)
_MOST_LINKS = 20
UNREADABLE = "x-rows:"
LACKING = "x-fields"


class Unreadable(GreenroomError):
    advice = (
        f"{ITSELF} Nothing is passed over meanwhile. If it lasts for hours, look for a newer "
        "Greenroom: X may have changed its words."
    )


class PassedOver(GreenroomError):
    advice = "Look at it on X; Greenroom goes on without it."


def hold_unreadable(
    tx: Transaction,
    watch: Watch,
    pages: Sequence[Page],
    *,
    now: datetime,
    by: str = "poll",
    ended: bool = True,
) -> tuple[Torn, ...]:
    """Note and tell what cannot be read; return the rows that are waited for, before which to stay.

    Args:
        tx: the transaction that stores the pages.
        watch: whose they are.
        pages: pages of one reading.
        now: aware UTC.
        by: which of a watch's readings it is, each with a notice of its own.
        ended: whether these are all its pages, or the last and nothing before them was waited for.
    """
    torn = {each.key: each for page in pages for each in page.torn}
    known = _known(tx, watch, now)
    readable = any(page.posts for page in pages)
    waited, passed = [], []
    for key, each in torn.items():
        since, over = known.get(key, (now, None))
        if over is None and readable and now - since >= PATIENCE:
            over = now
            passed.append(each)
        if over is None:
            waited.append(each)
        known[key] = (since, over)
    read = {post.id for page in pages for post in page.posts}
    _keep(tx, watch, {key: each for key, each in known.items() if key not in read})
    if waited or ended:
        _tell(tx, watch, waited, f"{UNREADABLE}{watch.id}:{by}", now, silent=bool(passed))
    _tell_passed_over(tx, watch, passed, now)
    _tell_lacking(tx, pages, now)
    return tuple(waited)


def note_health(tx: Transaction, now: datetime) -> None:
    """Note that X answered, or that what it answers cannot be read somewhere."""
    told = [each for each in notices.active_notices(tx) if each.key.startswith(UNREADABLE)]
    for each in told:
        watch = watches.watch(tx, each.key.split(":")[1])
        if watch is None or watch.paused:
            # Nobody reads for it any more.
            notices.clear_notice(tx, each.key, now)
        else:
            health.failed(tx, health.X, each.sentence, now)
            return
    health.worked(tx, health.X, now)


def _tell(
    tx: Transaction, watch: Watch, waited: list[Torn], key: str, now: datetime, *, silent: bool
) -> None:
    if waited:
        lacks = ", ".join(sorted({name for each in waited for name in each.lacks}))
        number = "a post" if len(waited) == 1 else f"{len(waited):,} posts"
        because = f": {lacks} is missing" if lacks else ""
        sentence = f"X sends {number} for “{watch.label}” that cannot be read{because}."
        open_notice(tx, key, Unreadable(sentence), at=now)
    elif silent:
        notices.clear_notice(tx, key, now)
    else:
        again = f"What X sends for “{watch.label}” can be read again; nothing was passed over."
        resolve_notice(tx, key, again, at=now)


def _tell_passed_over(tx: Transaction, watch: Watch, passed: Iterable[Torn], now: datetime) -> None:
    posts = sorted(passed, key=lambda each: each.key)
    if not posts:
        return
    links = [f"https://x.com/i/web/status/{each.id}" for each in posts if each.id]
    more = len(posts) - len(links[:_MOST_LINKS])
    named = [*links[:_MOST_LINKS], *([f"{more:,} without a link"] if more else [])]
    error = PassedOver(
        f"For six hours X sent what cannot be read for “{watch.label}”: {', '.join(named)}."
    )
    key = f"passed-over:{watch.id}:{posts[0].key}"
    enqueue_notice(
        tx, key, sentence=error.sentence, advice=f"{error.advice} (id {error.ref})", at=now
    )


def _tell_lacking(tx: Transaction, pages: Sequence[Page], now: datetime) -> None:
    """Tell once what X leaves out of each post, though posts can be read without it."""
    if not any(page.posts or page.torn for page in pages):
        return
    lacking = sorted({name for page in pages if page.posts for name in page.lacking})
    if lacking:
        sentence = f"X leaves out of every post what it was asked for: {', '.join(lacking)}."
        open_notice(tx, LACKING, Unreadable(sentence), at=now)
    elif any(page.posts for page in pages):
        resolve_notice(tx, LACKING, "X's posts are whole again.", at=now)


def _known(
    tx: Transaction, watch: Watch, now: datetime
) -> dict[str, tuple[datetime, datetime | None]]:
    """Return since when each row has not been readable, and when it was passed over."""
    stored = json.loads(value(tx, _name(watch)) or "{}")
    known = {
        key: (read_time(since), read_time(over) if over else None)
        for key, (since, over) in stored.items()
    }
    return {key: each for key, each in known.items() if now - (each[1] or each[0]) < _REMEMBERED}


def _keep(
    tx: Transaction, watch: Watch, known: dict[str, tuple[datetime, datetime | None]]
) -> None:
    stored = {
        key: [time_text(since), time_text(over) if over else None]
        for key, (since, over) in known.items()
    }
    wanted = json.dumps(stored, sort_keys=True) if stored else ""
    if (value(tx, _name(watch)) or "") != wanted:
        set_value(tx, _name(watch), wanted)


def _name(watch: Watch) -> str:
    return f"unreadable:{watch.id}"

"""What the channel hears while X keeps a watch from listening, and when it listens again.

What is about the account, the app or the way to X holds up every watch and pauses none. Only a
query that X does not take pauses its own watch.
"""

from datetime import datetime

from domain import JobKind, Watch
from errors import XError, XPaused, XQueryRefused
from jobs.listening.unreadable import LACKING, UNREADABLE
from jobs.messages.notify_once import open_notice, resolve_notice
from storage.db import key_values
from storage.db.database import Transaction
from storage.posts import watches
from storage.queue.enqueue import enqueue, enqueue_notice
from storage.slack import notices

#: Silent notices, one for each watch that X holds up; the channel hears of all of them once.
_HELD_UP = "held-up:"
#: The trouble itself, told once for each kind. Earlier editions had one key for all, without a kind.
_TROUBLE = "x"
_QUERY = "watch:"
#: The mark of a start that asked again about the watches that earlier editions had paused.
_ASKED_AGAIN = "paused_watches_asked_again"


def tell_held_up(tx: Transaction, watch: Watch, error: XError, now: datetime) -> None:
    """Tell the channel once that listening is held up, and remember for which watch."""
    notices.raise_notice(tx, f"{_HELD_UP}{watch.id}", sentence=error.sentence, at=now)
    kind = error.why if isinstance(error, XPaused) else type(error).__name__
    open_notice(tx, f"{_TROUBLE}:{kind}", error, at=now)


def tell_listening_again(tx: Transaction, watch: Watch, now: datetime) -> None:
    """Say that X answers again once no watch is held up any more; one watch proves little."""
    notices.clear_notice(tx, f"{_HELD_UP}{watch.id}", now)
    label = watch.label
    resolve_notice(tx, f"{_QUERY}{watch.id}", f"The watch “{label}” is listening again.", at=now)
    active = {notice.key for notice in notices.active_notices(tx)}
    if active & {f"{_HELD_UP}{each.id}" for each in watches.watches(tx) if not each.paused}:
        return
    for key in active:
        if key.startswith(_HELD_UP):
            # Of a watch that was paused or removed meanwhile.
            notices.clear_notice(tx, key, now)
    told = sorted(key for key in active if key == _TROUBLE or key.startswith(f"{_TROUBLE}:"))
    for key in told[1:]:
        notices.clear_notice(tx, key, now)
    if told:
        resolve_notice(tx, told[0], _again(tx), at=now)


def _again(tx: Transaction) -> str:
    paused = sum(each.paused for each in watches.watches(tx))
    but = f" {paused} stay{'s' if paused == 1 else ''} paused." if paused else ""
    return f"X answers again: Greenroom is listening.{but}"


def pause_for_its_query(tx: Transaction, watch: Watch, error: XQueryRefused, now: datetime) -> None:
    """Pause the watch whose query X does not take, and tell the channel once, with X's words."""
    watches.change_watch(tx, watch.id, paused=True)
    notices.clear_notice(tx, f"{_HELD_UP}{watch.id}", now)
    said = error.detail or error.sentence
    told = XQueryRefused(
        f"X does not take the query of the watch “{watch.label}” and it is paused. X says: {said}",
        "Remove the watch and add it again with another query (`/greenroom watch`).",
    )
    open_notice(tx, f"{_QUERY}{watch.id}", told, at=now)


def ask_paused_again(tx: Transaction, now: datetime) -> None:
    """Have X asked once more about the watches that earlier editions paused for any refusal.

    Which ones X's refusal paused, and nobody else, its notice tells. What the refusal was about
    only X knows: a query that it does take goes on, one that it does not is paused again, unpaid.
    """
    if key_values.value(tx, _ASKED_AGAIN) is not None:
        return
    key_values.set_value(tx, _ASKED_AGAIN, now.isoformat())
    told = {notice.key for notice in notices.active_notices(tx)}
    again = [w for w in watches.watches(tx) if w.paused and f"{_QUERY}{w.id}" in told]
    for watch in again:
        watches.change_watch(tx, watch.id, paused=False)
        enqueue(tx, JobKind.LISTEN, watch.id, at=now)
    if again:
        labels = ", ".join(f"“{watch.label}”" for watch in again)
        sentence = f"An earlier edition paused {labels} when X refused something; X is asked again."
        enqueue_notice(tx, _ASKED_AGAIN, sentence=sentence, advice="", at=now)


def reading_troubles(tx: Transaction) -> list[str]:
    """Return what the channel was told of X keeping Greenroom from reading, and is still true."""
    kinds = (f"{_TROUBLE}:", UNREADABLE, LACKING)
    return [each.sentence for each in notices.active_notices(tx) if each.key.startswith(kinds)]

"""Pause and resume: whether Greenroom reads and drafts by itself.

A reply that a person approved goes out all the same: pausing is about what happens by
itself, and nobody's decision is held back by it.
"""

from datetime import datetime

from domain import JobKind
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext
from storage.db.database import Transaction
from storage.queue import jobs
from storage.queue.enqueue import enqueue_notice, enqueue_settings_followed
from storage.slack import notices
from storage.team.team_settings import set_team_setting, team_settings
from views.team.settings_texts import (
    paused_already,
    paused_now,
    paused_sentence,
    resumed_now,
    resumed_sentence,
    runs_already,
)

#: The trouble that the channel and the Home tab know a pause by.
PAUSED = "paused"
#: What rests while paused and goes on at once.
_RESTED = (JobKind.LISTEN, JobKind.SUGGEST, JobKind.TIMELINE)


def pause(ctx: HandlerContext, member: Member) -> str:
    """Read and draft nothing by itself any more; return what to tell the member."""
    now = ctx.now()
    with ctx.db.write() as tx:
        before = team_settings(tx, ctx.team.settings).paused_by
        if before is not None:
            return paused_already(before)
        _set(tx, member, member.name, told=("listening", "paused"), at=now)
        sentence, advice = paused_sentence(member.name)
        notices.raise_notice(tx, PAUSED, sentence=f"{sentence} {advice}", at=now)
        enqueue_notice(tx, f"{PAUSED}:{now.isoformat()}", sentence=sentence, advice=advice, at=now)
        enqueue_settings_followed(tx, ["paused_by"], at=now)
    ctx.team.refresh()
    return paused_now()


def resume(ctx: HandlerContext, member: Member) -> str:
    """Go on; return what to tell the member."""
    now = ctx.now()
    with ctx.db.write() as tx:
        if team_settings(tx, ctx.team.settings).paused_by is None:
            return runs_already()
        _set(tx, member, None, told=("paused", "listening"), at=now)
        notices.clear_notice(tx, PAUSED, now)
        said = resumed_sentence(member.name)
        enqueue_notice(tx, f"{PAUSED}:over:{now.isoformat()}", sentence=said, advice="", at=now)
        enqueue_settings_followed(tx, ["paused_by"], at=now)
    ctx.team.refresh()
    # Only now: what was due before would have found the settings of a moment ago.
    with ctx.db.write() as tx:
        jobs.make_due(tx, _RESTED, now)
    return resumed_now()


def _set(
    tx: Transaction, member: Member, by: str | None, *, told: tuple[str, str], at: datetime
) -> None:
    set_team_setting(
        tx,
        "paused_by",
        by,
        told=told,
        member_id=member.id,
        member_name=member.name,
        at=at,
    )

"""From what is stored to what a summary tells: the day's record, and what people talked about."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain import DayRecord, DigestFacts, Span, Theme
from errors import ModelPaused
from insights.digest import day_facts, member_days
from insights.themes import themes_by_terms
from jobs.engine.context import JobContext
from jobs.engine.readable import unless_too_long
from jobs.network.paid_model import asking, note_model
from replies.text.post_tone import sounds
from replies.themes import Themed, themes_by_model
from storage.reports.digest_record import day_record, decided

log = logging.getLogger("greenroom.digest")

#: Of fewer posts the words themselves tell as much.
_ENOUGH_FOR_THE_MODEL = 5


def collect_facts(
    ctx: JobContext, span: Span, *, late: bool = False, with_model: bool = True
) -> DigestFacts:
    """Return what a summary tells of a time; who waits is as of now.

    The model is asked, once, where there is one, budget is left and enough was said.
    """
    with ctx.db.read() as tx:
        record = day_record(tx, span)
        record = replace(record, members=member_days(decided(tx, span)))
    facts = day_facts(record, span, sounds=_sounds, late=late)
    found = _readable(_by_model, ctx, record) if with_model else None
    themes = found or _readable(_by_terms, ctx, record) or ()
    return replace(facts, themes=themes, themes_by_model=bool(found))


def _sounds(text: str) -> tuple[bool, bool]:
    return unless_too_long(partial(sounds, text), otherwise=(False, False), of="a post of the day")


def _readable(
    themes: Callable[[JobContext, DayRecord], tuple[Theme, ...] | None],
    ctx: JobContext,
    record: DayRecord,
) -> tuple[Theme, ...] | None:
    return unless_too_long(partial(themes, ctx, record), otherwise=None, of="what people said")


def _by_terms(ctx: JobContext, record: DayRecord) -> tuple[Theme, ...]:
    posts = [mention.post for mention in record.caught]
    return themes_by_terms(posts, record.before, account_handle=ctx.account.handle)


def _by_model(ctx: JobContext, record: DayRecord) -> tuple[Theme, ...] | None:
    """Return the model's themes; None where words have to do, which the log explains."""
    ask = asking(ctx, "themes")
    if ask is None or len(record.caught) < _ENOUGH_FOR_THE_MODEL:
        return None
    posts = [mention.post for mention in record.caught]
    asked = themes_by_model(posts, ask, account_handle=ctx.account.handle)
    with ctx.db.write() as tx:
        note_model(tx, ask, asked.trouble, ctx.now())
    if not asked.themes:
        log.warning("themes come from words: %s", _why(asked))
    return asked.themes


def _why(asked: Themed) -> str:
    if isinstance(asked.trouble, ModelPaused):
        return "the model is over its budget"
    return asked.trouble.sentence if asked.trouble else "the model named none that hold"

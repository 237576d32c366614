"""Keep the rules of X's stream in step with the keyword watches; other programs' rules stay.

A rule of ours is tagged `greenroom:<account id>:<watch id>`. X knows each query once: where
somebody's rule has a watch's query already, its posts serve the watch too.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from clients.x.stream import StreamDoor, StreamRule
from domain import MentionKind
from errors import XQueryRefused
from jobs.engine.context import JobContext
from jobs.listening.watch_page import search_query
from jobs.network.budget import Use, x_left
from storage.db.database import Transaction
from storage.posts import watches

log = logging.getLogger("greenroom.stream")


@dataclass(frozen=True, slots=True)
class InStep:
    """What the stream brings: the watch of each rule's id, and every watch that is covered."""

    watch_of: Mapping[str, str] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()


def wanted_rules(tx: Transaction, ctx: JobContext, now: datetime) -> dict[str, str]:
    """Return the query that the stream is to hold for each watch, by the watch's id.

    Empty at rest and when the day's budget for keywords is used up; without the watches that
    are paused or have read what they may today.
    """
    if ctx.paused or x_left(tx, ctx, Use.KEYWORDS, now).later <= 0:
        return {}
    return {
        watch.id: search_query(watch.query, ctx.account.handle)
        for watch in watches.watches(tx)
        if watch.kind is MentionKind.KEYWORD
        and not watch.paused
        and watches.reads_on(tx, watch.id, now.date()) < watch.cap
    }


class Rules:
    """The app's rules at X, as far as they are ours."""

    def __init__(self, stream: StreamDoor, account_id: str) -> None:
        self._stream = stream
        self._prefix = f"greenroom:{account_id}:"
        self._refused: set[str] = set()

    def bring_in_step(self, wanted: Mapping[str, str]) -> InStep:
        """Delete our rules that nobody wants any more and add what is missing.

        Args:
            wanted: the query for each watch, by the watch's id.

        Raises:
            XError: X does not let us, or is in trouble; the next try begins anew.
        """
        there = self._stream.rules()
        stale = [rule for rule in there if self._is_stale(rule, wanted)]
        if stale:
            self._stream.delete_rules([rule.id for rule in stale])
        kept = [rule for rule in there if rule not in stale]
        known = {_plain(rule.value) for rule in kept} | self._refused
        missing: dict[str, str] = {}
        for watch_id, query in sorted(wanted.items()):
            if _plain(query) not in known:
                known.add(_plain(query))
                missing[self._prefix + watch_id] = query
        taken = self._add(missing)
        if stale or taken:
            log.info("stream rules: added=%d removed=%d", len(taken), len(stale))
        return _matched([*kept, *taken], wanted)

    def _is_stale(self, rule: StreamRule, wanted: Mapping[str, str]) -> bool:
        if not rule.tag.startswith(self._prefix):
            return False
        query = wanted.get(rule.tag.removeprefix(self._prefix))
        return query is None or _plain(query) != _plain(rule.value)

    def _add(self, missing: Mapping[str, str]) -> list[StreamRule]:
        if not missing:
            return []
        refused: set[str] = set()
        try:
            taken = self._stream.add_rules(missing, refused)
        except XQueryRefused:
            if len(missing) == 1:
                taken, refused = [], set(missing.values())
            else:
                # One that is malformed may have kept the others out: each by itself.
                return [r for tag, query in missing.items() for r in self._add({tag: query})]
        for query in {_plain(q) for q in refused} - {_plain(r.value) for r in taken}:
            # It is searched for all the same; X is not asked again until the query changes.
            log.warning("X does not take a watch's query in its stream: it goes on being polled")
            self._refused.add(query)
        return taken


def _matched(rules: Iterable[StreamRule], wanted: Mapping[str, str]) -> InStep:
    watch_of: dict[str, str] = {}
    covered: set[str] = set()
    for rule in rules:
        served = sorted(w for w, query in wanted.items() if _plain(query) == _plain(rule.value))
        covered.update(served)
        if served:
            watch_of[rule.id] = served[0]
    return InStep(watch_of, frozenset(covered))


def _plain(query: str) -> str:
    return " ".join(query.split())

"""The *How we talk* window: the whole voice, read back with what is wrong said at its field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from slack_sdk.models.blocks import CheckboxesElement, Option, StaticMultiSelectElement

import patterns as re
from domain import Voice
from views.blocks.action_ids import ViewId
from views.blocks.blocks import AnyBlock, context, plain
from views.blocks.form import answer, field, kept_values, modal, picks, words_input
from views.blocks.formatting import shorten
from views.blocks.long_answer import long_fields, read_long
from views.voice.voice_lines import (
    fact_line,
    read_fact,
    read_rule,
    read_signs,
    read_sum,
    read_words,
    rule_line,
)
from views.voice.voice_texts import TOPIC_WORDS, check_words

_WORDS = "words"
_MOST_OPTIONS = 100
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class VoiceValues:
    """What the window holds.

    `version` is the one that it was opened with, `offer_id` the offer that it began from;
    the lists of lines stand by the block that each line is in, where its error goes.
    """

    version: int
    offer_id: str | None
    draft: str
    who: str
    how: str
    use: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, tuple[str, ...]]
    signs: str
    refund: str
    hand_over: tuple[str, ...]
    silenced: tuple[str, ...]

    def block(self, part: str) -> str:
        """Return the block of a part that has one, where an error about it goes."""
        return _block(part, self.draft)


def voice_modal(
    voice: Voice,
    *,
    checks: Sequence[str] = (),
    draft: str = "",
    offer_id: str | None = None,
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """Build the window, filled with what is known.

    Args:
        voice: its version comes back with the submission.
        checks: the names of the checks that may be silenced.
        draft: Slack keeps what was typed as long as a block keeps its id: a new key shows
            the voice given here instead.
        offer_id: the offer that `voice` comes from.
        notes: lines above the fields, escaped.
    """
    at = {name: _block(name, draft) for name in _FIELDS}
    blocks: list[AnyBlock | None] = [
        *(context(note) for note in notes),
        *_manner(at, voice),
        *_words(at, voice),
        *_limits(at, voice),
        _silenced(at["silenced"], voice, checks),
    ]
    kept = {"version": str(voice.version), "draft": draft, "offer": offer_id or ""}
    return modal(ViewId.VOICE, title="How we talk", submit="Save", kept=kept, blocks=blocks)


def _manner(at: Mapping[str, str], voice: Voice) -> list[AnyBlock]:
    who = words_input(_WORDS, value=voice.who, example="A small coffee shop in Leeds.", lines=True)
    how = words_input(_WORDS, value=voice.how, example="Dry, kind, short.", lines=True)
    return [
        field(at["who"], "Who we are", who, hint="In about three sentences.", optional=True),
        field(at["how"], "How we talk", how, optional=True),
    ]


def _words(at: Mapping[str, str], voice: Voice) -> list[AnyBlock]:
    signs = words_input(_WORDS, value=", ".join(voice.signs), example="T, Maya")
    return [
        *long_fields(
            at["facts"],
            "Facts we may state, one a line",
            [fact_line(fact) for fact in voice.facts],
            example="hours: 8 to 5, Sundays 9 to 4 (checked 2026-11-03)\nDogs are welcome",
            hint="Suggestions state nothing about the business that is not written here. "
            "End a line with (checked today) when you have made sure of it.",
        ),
        *long_fields(at["use"], "Words we use, one a line", voice.use, example="flat white\nta"),
        *long_fields(at["avoid"], "Words we never use, one a line", voice.avoid, example="folks"),
        field(at["signs"], "Initials that may close a reply", signs, optional=True),
    ]


def _limits(at: Mapping[str, str], voice: Voice) -> list[AnyBlock]:
    limit = "" if voice.refund_limit is None else f"{voice.refund_limit:f}"
    return [
        field(
            at["hand_over"], "A person decides, without a draft, on", _topics(voice), optional=True
        ),
        field(
            at["refund"],
            "Refunds: a person decides above",
            words_input(_WORDS, value=limit, example="25"),
            hint="In your own currency. Empty: refunds are answered like anything else.",
            optional=True,
        ),
        *long_fields(
            at["rules"],
            "Rules of our own, one a line",
            [rule_line(rule) for rule in voice.rules],
            example="Never say “super excited”",
            hint="The checks mind the words in “quotes”.",
        ),
    ]


def read_voice(view: Mapping[str, Any]) -> VoiceValues:
    """Read a submitted view."""
    kept = kept_values(view)
    draft = kept.get("draft", "")
    at = {name: _block(name, draft) for name in _FIELDS}
    version = kept.get("version", "")
    return VoiceValues(
        version=int(version) if re.fullmatch(r"[0-9]{1,9}", version) else 0,
        offer_id=kept.get("offer") or None,
        draft=draft,
        who=answer(view, at["who"], _WORDS).strip(),
        how=answer(view, at["how"], _WORDS).strip(),
        use=read_long(view, at["use"]),
        avoid=read_long(view, at["avoid"]),
        facts=read_long(view, at["facts"]),
        rules=read_long(view, at["rules"]),
        signs=answer(view, at["signs"], _WORDS),
        refund=answer(view, at["refund"], _WORDS),
        hand_over=picks(view, at["hand_over"], "topics"),
        silenced=picks(view, at["silenced"], "checks"),
    )


def voice_of(values: VoiceValues, base: Voice, *, today: date) -> tuple[Voice, dict[str, str]]:
    """Return what was written as a voice, and what is wrong with it, by block.

    Args:
        values: what the window holds.
        base: the voice that the window was filled with; what was not touched stays as it is.
        today: the day at the business.
    """
    errors: dict[str, str] = {}

    def lines(
        part: Mapping[str, tuple[str, ...]], read: Callable[[str], Sequence[Read]]
    ) -> tuple[Read, ...]:
        found: list[Read] = []
        for block, written in part.items():
            for line in written:
                try:
                    found.extend(read(line))
                except ValueError as wrong:
                    errors.setdefault(block, shorten(str(wrong), 150))
        return tuple(dict.fromkeys(found))

    def one(part: str, text: str, read: Callable[[str], Read], instead: Read) -> Read:
        try:
            return read(text)
        except ValueError as wrong:
            errors[values.block(part)] = shorten(str(wrong), 150)
            return instead

    voice = replace(
        base,
        who=values.who,
        how=values.how,
        facts=lines(values.facts, lambda line: [read_fact(line, today)]),
        use=_each_once(lines(values.use, read_words)),
        avoid=_each_once(lines(values.avoid, read_words)),
        rules=lines(values.rules, lambda line: [read_rule(line, base.rules)]),
        signs=one("signs", values.signs, read_signs, base.signs),
        refund_limit=one("refund", values.refund, read_sum, base.refund_limit),
        hand_over=None if set(values.hand_over) >= set(TOPIC_WORDS) else values.hand_over,
        silenced=values.silenced,
    )
    return voice, errors


def _each_once(words: Sequence[str]) -> tuple[str, ...]:
    once: dict[str, str] = {}
    for each in words:
        once.setdefault(each.casefold(), each)
    return tuple(once.values())


_FIELDS = (
    "who",
    "how",
    "facts",
    "use",
    "avoid",
    "signs",
    "hand_over",
    "refund",
    "rules",
    "silenced",
)


def _block(part: str, draft: str) -> str:
    return f"{part}~{draft}" if draft else part


def _topics(voice: Voice) -> CheckboxesElement:
    options = {key: Option(text=plain(words, 75), value=key) for key, words in TOPIC_WORDS.items()}
    chosen = [
        option
        for key, option in options.items()
        if voice.hand_over is None or key in voice.hand_over
    ]
    return CheckboxesElement(
        action_id="topics", options=list(options.values()), initial_options=chosen or None
    )


def _silenced(block: str, voice: Voice, checks: Sequence[str]) -> AnyBlock | None:
    names = list(dict.fromkeys([*voice.silenced, *sorted(checks, key=check_words)]))
    if not names:
        return None
    options = {
        name: Option(text=plain(check_words(name), 75), value=name)
        for name in names[:_MOST_OPTIONS]
    }
    select = StaticMultiSelectElement(
        action_id="checks",
        options=list(options.values()),
        initial_options=[options[name] for name in voice.silenced if name in options] or None,
        placeholder=plain("All checks speak"),
    )
    return field(
        block,
        "Checks we do not want to hear",
        select,
        hint="What may never go out (too long, a secret) cannot be silenced.",
        optional=True,
    )

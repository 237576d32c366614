"""What of a day is worth telling, and the one thing to do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain import (
    DayRecord,
    DecisionKind,
    DigestFacts,
    MemberDay,
    Mention,
    MentionKind,
    MentionState,
    Mood,
    Span,
    ToDo,
    ToDoKind,
)

#: With fewer posts than this in either time, moods are not compared.
FEW = 8
#: A summary that comes so long after its time says that it is late.
LATE_AFTER = timedelta(minutes=15)
_SHOWN_WAITING = 3
_SHOWN_BACK = 5
#: Somebody who has waited so long is the thing to do.
_LONG = timedelta(days=1)
#: A watch of whose posts so many were set aside catches mostly junk.
_JUNK_OF = 10
_JUNK_SHARE = 0.8
_LONGEST_POST = 280

#: What a decision counts as.
_COUNTS_AS = {
    DecisionKind.APPROVE: "approved",
    DecisionKind.SEND_ANYWAY: "approved",
    DecisionKind.EDIT: "edited",
    DecisionKind.USE: "by_hand",
    DecisionKind.POSTED: "by_hand",
    DecisionKind.SKIP: "skipped",
}
_TAKES_BACK = frozenset({DecisionKind.UNDO, DecisionKind.BRING_BACK})

#: A text to whether it has words of praise or thanks, and whether of complaint.
Sounds = Callable[[str], tuple[bool, bool]]


def day_facts(record: DayRecord, span: Span, *, sounds: Sounds, late: bool = False) -> DigestFacts:
    """Say what a time's record comes to; themes are found elsewhere."""
    back = came_back(record)
    face = new_face(record)
    waiting = tuple(mention.id for mention in record.waiting[:_SHOWN_WAITING])
    return DigestFacts(
        span=span,
        wrote=len({mention.post.author.id for mention in record.caught}),
        caught=len(record.caught),
        answered=record.answered,
        waiting=waiting,
        waiting_all=record.waiting_all,
        members=record.members,
        seen_by_hand=record.seen_by_hand,
        came_back=tuple(mention.id for mention in back[:_SHOWN_BACK]),
        came_back_all=len(back),
        new_face=face.id if face else None,
        mood=mood([m.post.text for m in record.caught], record.before, sounds),
        aside=record.aside,
        costs=dict(record.costs),
        to_do=to_do(record, back, face, now=span.end),
        proposal_id=record.proposal_id,
        late=late,
    )


def member_days(decided: Iterable[tuple[str, DecisionKind, str, str]]) -> tuple[MemberDay, ...]:
    """Count what each member did, who did most first; what was taken back does not count.

    Args:
        decided: oldest first: the mention's id, the kind, the member's id and name.
    """
    stands: dict[str, tuple[str, str, str]] = {}
    for mention_id, kind, member_id, name in decided:
        if kind in _TAKES_BACK:
            stands.pop(mention_id, None)
        elif kind in _COUNTS_AS:
            stands[mention_id] = (member_id, name, _COUNTS_AS[kind])
    members: dict[str, MemberDay] = {}
    for member_id, name, what in stands.values():
        day = members.get(member_id, MemberDay(member_id, name))
        members[member_id] = replace(day, member_name=name, **{what: getattr(day, what) + 1})
    return tuple(sorted(members.values(), key=lambda day: (-_all_of(day), day.member_id)))


def came_back(record: DayRecord) -> tuple[Mention, ...]:
    """Return the newest post of each person who was with us before, newest first."""
    newest: dict[str, Mention] = {}
    for mention in record.caught:
        newest.setdefault(mention.post.author.id, mention)
    return tuple(m for m in newest.values() if m.post.author.id in record.known)


def new_face(record: DayRecord) -> Mention | None:
    """Choose one new person worth knowing, by their best post; followers do not count.

    Who spoke to us comes before whom a keyword found, who asks before who tells, and then who
    took the time to write most.
    """
    new = {person.id for person in record.new} - record.known
    theirs = [mention for mention in record.caught if mention.post.author.id in new]
    return max(theirs, key=_worth_knowing, default=None)


def mood(texts: Sequence[str], before: Sequence[str], sounds: Sounds) -> Mood | None:
    """Count posts with kind and with complaining words; None where neither was found.

    The week before is told only where both times have enough posts to hold against each other.
    """
    kind, complaints = _sounding(texts, sounds)
    if not kind and not complaints:
        return None
    if len(texts) < FEW or len(before) < FEW:
        return Mood(kind, complaints, len(texts))
    return Mood(kind, complaints, len(texts), *_sounding(before, sounds), len(before))


def to_do(
    record: DayRecord, back: Sequence[Mention], face: Mention | None, *, now: datetime
) -> ToDo | None:
    """Choose the one thing to do: the first of a list of rules that says something."""
    waiting = record.waiting
    unsure = _first(waiting, MentionState.UNKNOWN, MentionState.FAILED)
    by_hand = _first(waiting, MentionState.BY_HAND)
    longest = next((m for m in waiting if m.state is not MentionState.BY_HAND), None)
    thanks = next((m for m in back if m.state in {MentionState.WAITING, MentionState.NEW}), None)
    if unsure is not None:
        return ToDo(ToDoKind.CONFIRM, unsure.id)
    if longest is not None and longest.post.created_at + _LONG <= now:
        return ToDo(ToDoKind.ANSWER, longest.id)
    if by_hand is not None and by_hand.changed_at + _LONG <= now:
        return ToDo(ToDoKind.POST_BY_HAND, by_hand.id)
    if thanks is not None:
        return ToDo(ToDoKind.THANK, thanks.id)
    if longest is not None:
        return ToDo(ToDoKind.ANSWER, longest.id)
    return _junk(record) or (ToDo(ToDoKind.MEET, face.id) if face is not None else None)


def _junk(record: DayRecord) -> ToDo | None:
    worst = max(record.watches, key=lambda watch: watch.aside, default=None)
    if worst is None or worst.caught < _JUNK_OF or worst.aside < worst.caught * _JUNK_SHARE:
        return None
    return ToDo(ToDoKind.CHANGE_WATCH, worst.label, worst.aside, worst.caught)


def _first(waiting: Sequence[Mention], *states: MentionState) -> Mention | None:
    return next((mention for mention in waiting if mention.state in states), None)


def _worth_knowing(mention: Mention) -> tuple[bool, bool, int, str]:
    text = mention.post.text
    spoke_to_us = mention.kind is MentionKind.MENTION
    return spoke_to_us, "?" in text, min(len(text), _LONGEST_POST), mention.id


def _sounding(texts: Sequence[str], sounds: Sounds) -> tuple[int, int]:
    heard = [sounds(text) for text in texts]
    return sum(kind for kind, _ in heard), sum(complains for _, complains in heard)


def _all_of(day: MemberDay) -> int:
    return day.approved + day.edited + day.by_hand + day.skipped

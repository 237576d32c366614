"""The practice business's own past week, written through our storage and marked as practice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clients.x.reply_rule import decide_lane
from domain import (
    Decision,
    DecisionKind,
    Draft,
    Fact,
    Lane,
    Mention,
    MentionKind,
    MentionState,
    PlaybookAnswer,
    Post,
    Reply,
    ReplyState,
    Source,
    Suggestion,
    Voice,
)
from handlers.decisions.commit import what_changed
from jobs.engine.context import JobContext
from jobs.start import MENTIONS_WATCH, seed_watches
from replies.intents import intent_of
from sandbox.story.story import Story, StoryDecision
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import decisions, mentions, replies, suggestions
from storage.posts import posts, watches
from storage.voice import voices

_POSTS_A_REQUEST = 100
_KINDS = {"approve": DecisionKind.APPROVE, "edit": DecisionKind.EDIT, "skip": DecisionKind.SKIP}


@dataclass(frozen=True, slots=True)
class PracticeWeek:
    """The story with what the practice services made of it: post ids and member ids."""

    story: Story
    post_ids: Mapping[str, str]
    watch_seeds: tuple[tuple[str, str], ...]

    def member_id(self, name: str) -> str:
        """Return the Slack id of a member of the story."""
        return next(member.id for member in self.story.members if member.name == name)


def seed_week(room: JobContext, week: PracticeWeek) -> None:
    """Store voice, playbook, watches and what the team decided in the past week."""
    known = {post.id: post for post in _read_posts(room, list(week.post_ids.values()))}
    now = room.now()
    with room.db.write() as tx:
        seed_watches(tx, week.watch_seeds)
        _seed_voice(tx, week, now)
        for decided in week.story.decisions:
            post = known.get(week.post_ids[decided.mention])
            if post is not None:
                answer = known.get(week.post_ids.get(decided.reply or "", ""))
                _seed_decision(tx, room, week, decided, post, answer)


def _read_posts(room: JobContext, ids: list[str]) -> Iterator[Post]:
    for start in range(0, len(ids), _POSTS_A_REQUEST):
        yield from room.x.posts(ids[start : start + _POSTS_A_REQUEST], with_people=True).posts


def _seed_voice(tx: Transaction, week: PracticeWeek, now: datetime) -> None:
    told = week.story.voice
    voice = Voice(
        who=told.who,
        how="\n".join(told.how),
        facts=tuple(Fact(fact, name) for name, fact in told.facts.items()),
    )
    answers = [
        PlaybookAnswer(occasion=known.occasion, text=text, cues=known.words)
        for known in week.story.playbook
        for text in known.answers
    ]
    owner = week.story.members[0]
    voices.save_voice(
        tx,
        voice,
        member_id=owner.id,
        member_name=owner.name,
        changed="wrote the first one",
        at=now,
    )
    voices.save_playbook(tx, answers, member_id=owner.id, member_name=owner.name, at=now)


def _seed_decision(
    tx: Transaction,
    room: JobContext,
    week: PracticeWeek,
    decided: StoryDecision,
    post: Post,
    answer: Post | None,
) -> None:
    at = max(
        room.started_at - timedelta(hours=decided.hours_ago), post.created_at + timedelta(minutes=1)
    )
    mention = _caught(tx, room, week, decided, post)
    if mention is None:
        return
    drafts = [
        (Draft(text=text, source=Source.PLAYBOOK, move=intent_of(text)), ())
        for text in decided.suggestions
    ]
    round_ = suggestions.add_round(tx, mention.id, drafts, post.created_at) if drafts else ()
    if answer is not None:
        posts.save_post(tx, answer)
    kind = _KINDS[decided.decision]
    if kind is not DecisionKind.SKIP and mention.lane is Lane.BY_HAND:
        kind = DecisionKind.POSTED
    decision = Decision(
        id=new_id(),
        mention_id=mention.id,
        kind=kind,
        member_id=week.member_id(decided.member),
        member_name=decided.member,
        at=at,
        text=answer.text if answer else None,
        suggestion_id=_nearest(round_, answer),
        change=what_changed(decided.suggestions[0], answer.text)
        if kind is DecisionKind.EDIT and answer and decided.suggestions
        else None,
    )
    decisions.record(tx, decision)
    _walk(tx, mention, decision, answer, reason=decided.reason)


def _caught(
    tx: Transaction, room: JobContext, week: PracticeWeek, decided: StoryDecision, post: Post
) -> Mention | None:
    label = next(p.watch for p in week.story.posts if p.key == decided.mention)
    watch = watches.watch_labelled(tx, label) if label else watches.watch(tx, MENTIONS_WATCH)
    if watch is None:
        return None
    caught = Mention(
        id=post.id,
        post=post,
        kind=watch.kind,
        watch_id=watch.id,
        watch_label=watch.label,
        state=MentionState.NEW,
        lane=decide_lane(post, room.account.id),
        caught_at=post.created_at,
        changed_at=post.created_at,
        practice=True,
    )
    if caught.lane is Lane.SEND:
        caught = replace(caught, kind=MentionKind.MENTION)
    return caught if mentions.catch(tx, caught) else None


def _walk(
    tx: Transaction, mention: Mention, decision: Decision, answer: Post | None, reason: str | None
) -> None:
    """Take the mention the way that a real one goes, each step at the decision's time."""
    way = [MentionState.DRAFTING, MentionState.WAITING]
    if decision.kind is DecisionKind.SKIP:
        way += [MentionState.SKIPPED]
    elif mention.lane is Lane.BY_HAND:
        way += [MentionState.BY_HAND, MentionState.ANSWERED]
    else:
        way += [MentionState.APPROVED, MentionState.SENDING, MentionState.ANSWERED]
    for state in way:
        last = state is way[-1]
        mentions.move(tx, mention.id, to=state, at=decision.at, reason=reason if last else None)
    if answer is not None and mention.lane is Lane.SEND:
        reply = Reply(
            id=new_id(),
            mention_id=mention.id,
            decision_id=decision.id,
            text=answer.text,
            state=ReplyState.APPROVED,
            due_at=decision.at,
            member_id=decision.member_id,
            member_name=decision.member_name,
        )
        replies.add_reply(tx, reply)
        for before, to in (
            (ReplyState.APPROVED, ReplyState.SENDING),
            (ReplyState.SENDING, ReplyState.SENT),
        ):
            replies.move_reply(
                tx,
                reply.id,
                before={before},
                to=to,
                attempted_at=decision.at,
                post_id=answer.id if to is ReplyState.SENT else None,
            )


def _nearest(round_: tuple[Suggestion, ...], answer: Post | None) -> str | None:
    if answer is None or not round_:
        return None
    same = [suggestion for suggestion in round_ if suggestion.text == answer.text]
    return (same or list(round_))[0].id

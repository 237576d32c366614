"""The sentences of a summary."""

from domain import Digest, DigestFacts, MemberDay, Mention, MentionState, Mood, ToDo, ToDoKind
from views.blocks.formatting import (
    count,
    escape,
    excerpt,
    handle_words,
    listed,
    member_words,
    one_line,
    plain_date,
    plain_handle,
    shorten,
    slack_date,
    without_leading_handles,
)
from views.reports.budget import dollars

_LONGEST_WORDS = 140
_MOST_MEMBERS = 5
#: A share is told of so many posts or more.
_FEW = 8
_STATES = {
    MentionState.UNKNOWN: "the reply is unconfirmed",
    MentionState.FAILED: "the reply did not go out",
    MentionState.BY_HAND: "a reply is to be posted by hand",
}


def date_words(digest: Digest) -> str:
    """Write the local date: "Tuesday, 24 November"."""
    return f"{digest.day:%A}, {digest.day.day} {digest.day:%B}"


def quiet_line(digest: Digest) -> str:
    """Say in one line that there is nothing to tell; empty where there is."""
    facts = digest.facts
    if facts.caught or facts.answered or facts.members or facts.seen_by_hand:
        return ""
    waits = (
        f" {count(facts.waiting_all, 'person waits', 'people wait')}: `/greenroom waiting`."
        if facts.waiting_all
        else " Nobody waits."
    )
    aside = f" {count(facts.aside, 'post')} set aside." if facts.aside else ""
    quiet = "Quiet so far: nobody wrote." if digest.so_far else "A quiet day: nobody wrote."
    return f"*{date_words(digest)}* · {quiet}{waits}{aside}"


def gist(digest: Digest) -> str:
    """Say the day in one sentence."""
    facts = digest.facts
    wrote = f"{count(facts.wrote, 'person', 'people')} wrote"
    answered = f"{facts.answered:,} {'was' if facts.answered == 1 else 'were'} answered"
    waits = f"{facts.waiting_all:,} {'waits' if facts.waiting_all == 1 else 'wait'}"
    return f"{wrote}, {answered}, {waits}{' now' if digest.so_far else ''}."


def waiting_line(mention: Mention) -> str:
    """Show one who waits: who, what, since when, and in whose hands."""
    taken = f" · {member_words(mention.assignee)} has this" if mention.assignee else ""
    how = f" · {_STATES[mention.state]}" if mention.state in _STATES else ""
    since = slack_date(mention.post.created_at)
    who = handle_words(mention.post.author)
    return f"{who}: {said(mention.post.text) or '(gone from X)'}\nSince {since}{how}{taken}"


def team_line(facts: DigestFacts) -> str:
    """Say what we did and who."""
    shown = facts.members[:_MOST_MEMBERS]
    parts = [_member(day) for day in shown]
    if len(facts.members) > len(shown):
        parts.append(f"{len(facts.members) - len(shown):,} more members helped")
    by_hand = facts.seen_by_hand - sum(day.by_hand for day in facts.members)
    if by_hand > 0:
        parts.append(f"{count(by_hand, 'reply', 'replies')} written on X itself")
    return f"What we did: {'; '.join(parts)}." if parts else ""


def mood_line(mood: Mood | None) -> str:
    """Say how posts sounded, by their words, against the week before where that can be said."""
    if mood is None:
        return ""
    if not mood.week_posts or mood.posts < _FEW or mood.week_posts < _FEW:
        return (
            f"Mood, by words: {mood.kind:,} kind and {mood.complaints:,} complaining of "
            f"{count(mood.posts, 'post')}."
        )
    return (
        f"Mood, by words: {mood.kind:,} of {count(mood.posts, 'post')} kind "
        f"({_share(mood.week_kind, mood.week_posts)} the week before), "
        f"{mood.complaints:,} complaining "
        f"({_share(mood.week_complaints, mood.week_posts)})."
    )


def cost_line(facts: DigestFacts, *, so_far: bool = False) -> str:
    """Say what was set aside, and what the time cost."""
    aside = f"{count(facts.aside, 'post')} set aside" if facts.aside else "Nothing set aside"
    names = {"x": "X", "model": "the model"}
    costs = [f"{names[key]} {dollars(facts.costs[key])}" for key in names if facts.costs.get(key)]
    cost = f"It cost {listed(costs, last='and')}" if costs else "It cost nothing"
    return f"{aside}. {cost}{' so far' if so_far else ''}."


def to_do_line(digest: Digest, *, plain: bool = False) -> str:
    """Say the one thing to do; `plain` leaves out markup. Empty where what it was about is gone."""
    todo = digest.facts.to_do
    if todo is None:
        return ""
    if todo.kind is ToDoKind.CHANGE_WATCH:
        return _change_watch(todo)
    mention = digest.mentions.get(todo.subject)
    if mention is None or not mention.post.text:
        return ""
    since = mention.post.created_at
    who = excerpt(plain_handle(mention.post.author), 41)
    return _asking(
        todo.kind,
        who if plain else handle_words(mention.post.author),
        plain_date(since) if plain else slack_date(since),
    )


def said(text: str) -> str:
    """Return a post's beginning, short even when escaped: Slack counts `&amp;` as five."""
    words, room = one_line(without_leading_handles(text)), _LONGEST_WORDS
    while len(safe := escape(shorten(words, room))) > _LONGEST_WORDS * 2:
        room = room * 2 // 3
    return safe


def _asking(kind: ToDoKind, who: str, since: str) -> str:
    match kind:
        case ToDoKind.CONFIRM:
            return f"see whether the reply to {who} stands on X. Their card asks."
        case ToDoKind.POST_BY_HAND:
            return f"post the reply to {who} on X by hand; it is ready on their card."
        case ToDoKind.THANK:
            return f"answer {who}, who came back to talk."
        case ToDoKind.MEET:
            return f"get to know {who}, who is new."
        case _:
            return f"answer {who}, who has waited since {since}."


def _change_watch(todo: ToDo) -> str:
    return (
        f"narrow the watch “{excerpt(todo.subject, 60)}”: {todo.number:,} of the {todo.of:,} "
        "posts that it caught this week were not worth your time. `/greenroom watch` lists it."
    )


def _member(day: MemberDay) -> str:
    did = [
        f"approved {day.approved:,}" if day.approved else "",
        f"edited {day.edited:,}" if day.edited else "",
        f"posted {day.by_hand:,} by hand" if day.by_hand else "",
        f"let {day.skipped:,} go" if day.skipped else "",
    ]
    name = excerpt(day.member_name, 40) or "Somebody"
    return f"{name} {listed([part for part in did if part], last='and')}"


def _share(part: int, of: int) -> str:
    return f"{round(100 * part / of)}%"

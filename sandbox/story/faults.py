"""What can be wrong with a story: each fault is one sentence for whoever writes the next one."""

import re
from collections.abc import Iterator

from sandbox.story.parts import Story, StoryDecision, StoryPost

LONGEST_TEXT = 280
HOURS_IN_A_WEEK = 168

_HANDLE = re.compile(r"^[A-Za-z0-9_]{1,15}$")
_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]{1,63}\.(?:com|net|org|io|co|coffee|shop)\b", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def faults(story: Story) -> Iterator[str]:
    """Say each thing in a story that does not hold together."""
    yield from _people_faults(story)
    yield from _post_faults(story)
    yield from _decision_faults(story)
    yield from _playbook_faults(story)


def _people_faults(story: Story) -> Iterator[str]:
    handles = [p.handle for p in (story.account, *story.people)]
    yield from (f"The handle {h!r} is not one X allows." for h in handles if not _HANDLE.match(h))
    yield from _repeated("handle", [h.lower() for h in handles])
    yield from _repeated("member", [m.name for m in story.members])
    yield from _repeated("member id", [m.id for m in story.members])
    roles: list[str] = [m.role for m in story.members]
    for role, least in (("approver", 2), ("guest", 1), ("outsider", 1)):
        if roles.count(role) < least:
            yield f"The workspace needs at least {least} member(s) of role {role}."


def _post_faults(story: Story) -> Iterator[str]:
    """Check authors, lengths, links, order, and that each post answers an older one."""
    handles = {p.handle for p in (story.account, *story.people)}
    labels = {w.label for w in story.watches}
    told: set[str] = set()
    hours = [p.hours_ago for p in story.posts]
    if hours != sorted(hours, reverse=True) or any(not 0 < h < HOURS_IN_A_WEEK for h in hours):
        yield "The posts are not in order of time within one week, oldest first."
    for post in story.told:
        name = f"The post {post.key!r}"
        if post.key in told:
            yield f"{name} is told twice."
        if post.author not in handles:
            yield f"{name} is by @{post.author}, whom nobody introduced."
        if not 0 < len(post.text) <= LONGEST_TEXT:
            yield f"{name} has {len(post.text)} characters."
        if story.ours(post) and _LINK.search(post.text):
            yield f"{name} is ours and has a link."
        if post.watch is not None and post.watch not in labels:
            yield f"{name} names the unknown watch {post.watch!r}."
        for other in (post.in_reply_to, post.quote):
            if other is not None and other not in told:
                yield f"{name} points at {other!r}, which is not an earlier post."
        told.add(post.key)
    yield from (f"The arrival {a.key!r} has no gap." for a in story.arrivals if a.gap <= 0)


def _decision_faults(story: Story) -> Iterator[str]:
    """Check that each decision lies between its mention and its reply and says what became of it."""
    posts = {p.key: p for p in story.posts}
    approvers = {m.name for m in story.members if m.role == "approver"}
    yield from _repeated("decision on", [d.mention for d in story.decisions])
    for d in story.decisions:
        name = f"The decision on {d.mention!r}"
        mention = posts.get(d.mention)
        reply = posts.get(d.reply) if d.reply is not None else None
        if mention is None or not story.caught(mention):
            yield f"{name} is about no mention that was caught."
        elif d.hours_ago > mention.hours_ago:
            yield f"{name} was taken before the post was there."
        if d.member not in approvers:
            yield f"{name} was taken by {d.member}, who is no approver."
        yield from _outcome_faults(d, name)
        if d.reply is not None and reply is None:
            yield f"{name} names the reply {d.reply!r}, which nobody wrote."
        if reply is not None:
            yield from _reply_faults(story, d, reply, name)
    replies = {d.reply for d in story.decisions}
    for post in story.posts:
        if story.ours(post) and post.in_reply_to is not None and post.key not in replies:
            yield f"Our reply {post.key!r} was sent without a decision."


def _outcome_faults(d: StoryDecision, name: str) -> Iterator[str]:
    if any(not 0 < len(s) <= LONGEST_TEXT or _LINK.search(s) for s in d.suggestions):
        yield f"{name} has a suggestion that is too long, empty or has a link."
    if (d.decision == "skip") != (d.reply is None):
        yield f"{name} is {d.decision} and its reply is {d.reply!r}."
    if d.decision == "skip" and not d.reason:
        yield f"{name} skips without a reason."


def _reply_faults(story: Story, d: StoryDecision, reply: StoryPost, name: str) -> Iterator[str]:
    if not story.ours(reply) or reply.in_reply_to != d.mention:
        yield f"{name} names {d.reply!r}, which is not our reply to it."
    if reply.hours_ago > d.hours_ago:
        yield f"{name} came after its reply."
    if (d.decision == "approve") != (reply.text in d.suggestions):
        yield f"{name} is {d.decision}, but its reply says otherwise."


def _playbook_faults(story: Story) -> Iterator[str]:
    """Check that every answer, its facts filled in, is short enough and knows its facts."""
    facts = story.voice.facts
    yield from _repeated("occasion", [p.occasion for p in story.playbook])
    for ready in story.playbook:
        for answer in ready.answers:
            unknown = [f for f in _PLACEHOLDER.findall(answer) if f not in facts]
            if unknown:
                yield f"The answer for {ready.occasion!r} needs unknown facts: {', '.join(unknown)}."
                continue
            filled = answer.format_map(facts)
            if len(filled) > LONGEST_TEXT or _LINK.search(filled):
                yield f"An answer for {ready.occasion!r} is too long or has a link."
            if filled[:1].islower():
                yield f"An answer for {ready.occasion!r} begins small: {filled[:30]!r}."


def _repeated(what: str, names: list[str]) -> Iterator[str]:
    yield from (
        f"The {what} {n!r} is there twice."
        for n in sorted({n for n in names if names.count(n) > 1})
    )

"""The daily summary as a message: people first, one thing to do last, short on a quiet day."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import LinkButtonElement

from domain import Digest, Mention, MentionState
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, section
from views.blocks.formatting import (
    count,
    excerpt,
    handle_words,
    link,
    listed,
    name_words,
    plain_handle,
    post_url,
    to_person,
)
from views.blocks.message import Message, message
from views.reports.digest_texts import (
    cost_line,
    date_words,
    gist,
    mood_line,
    quiet_line,
    said,
    team_line,
    to_do_line,
    waiting_line,
)
from views.voice.proposal import proposal_blocks

_SNOOZABLE = frozenset({MentionState.WAITING, MentionState.HANDED_OVER})
_PRACTICE = "Practice: these people and posts are made up."


def digest_message(digest: Digest, zone: ZoneInfo) -> Message:
    """Draw a day's summary.

    Args:
        digest: what it tells, with the posts that it names as they are now.
        zone: the business's time zone, for the plain text.
    """
    facts = digest.facts
    small = [_PRACTICE if digest.practice else "", _late(digest, zone)]
    blocks: list[AnyBlock | None]
    if quiet_line(digest):
        blocks = [section(quiet_line(digest)), context(*small)]
    else:
        blocks = [
            section(f"*{date_words(digest)}* · {gist(digest)}"),
            context(*small),
            *_waiting(digest),
            *_themes(digest),
            *_people(digest),
            context(
                team_line(facts), mood_line(facts.mood), cost_line(facts, so_far=digest.so_far)
            ),
            *_to_do(digest),
        ]
    proposal = proposal_blocks(digest.proposal) if digest.proposal else ()
    return message(_aloud(digest, zone), *blocks, *proposal)


def _late(digest: Digest, zone: ZoneInfo) -> str:
    if not digest.facts.late:
        return ""
    due = digest.facts.span.end.astimezone(zone)
    return f"This summary is late: it was due at {due:%H:%M}, and I was not running then."


def _waiting(digest: Digest) -> Iterator[AnyBlock | None]:
    """List who waits longest, with the ways to their cards."""
    named = [m for m in (digest.mentions.get(i) for i in digest.facts.waiting) if m is not None]
    if not named:
        return
    more = digest.facts.waiting_all - len(named)
    yield section("*Waiting longest*")
    for mention in named:
        yield section(waiting_line(mention))
        yield _buttons(mention, digest.links.get(mention.id))
    if more > 0:
        waits = count(more, "more waits", "more wait")
        yield context(f"{waits}: `/greenroom waiting` lists them.")


def _buttons(mention: Mention, url: str | None) -> AnyBlock | None:
    name = plain_handle(mention.post.author).removeprefix("@")
    snooze = button("Snooze…", ActionId.SNOOZE, mention.id, spoken=f"Snooze the post by {name}")
    return actions(
        _open_button(url, name) if url else None,
        snooze if mention.state in _SNOOZABLE else None,
    )


def _open_button(url: str, name: str) -> LinkButtonElement:
    made = LinkButtonElement(text="Open the card", action_id=ActionId.OPEN_CARD, url=url)
    made.accessibility_label = f"Open the card of {name}"[:75]
    return made


def _themes(digest: Digest) -> Iterator[AnyBlock | None]:
    """Tell what people talked about, each theme with two real posts; honestly named."""
    facts = digest.facts
    if not facts.themes:
        return
    yield section("*What people talked about*" if facts.themes_by_model else "*Words that came up*")
    for theme in facts.themes:
        posts = [digest.posts[i] for i in theme.post_ids if i in digest.posts]
        quotes = [
            f"• {handle_words(post.author)}: “{said(post.text)}” {link(post_url(post), 'View')}"
            for post in posts
            if post.text
        ]
        head = f"*{excerpt(theme.title, 80)}* · {count(theme.number, 'post')}"
        yield section("\n".join([head, *quotes]))


def _people(digest: Digest) -> Iterator[AnyBlock | None]:
    """Tell who came back, and of one new face."""
    facts = digest.facts
    back = [m for m in (digest.mentions.get(i) for i in facts.came_back) if m is not None]
    lines = []
    if back:
        names = [_named(m) for m in back]
        more = facts.came_back_all - len(names)
        names += [f"{more:,} more"] if more > 0 else []
        lines.append(f"*Came back to talk:* {listed(names, last='and')}")
    face = digest.mentions.get(facts.new_face or "")
    if face is not None and face.post.text:
        person, words = face.post.author, said(face.post.text)
        lines.append(
            f"*A new face:* {to_person(person, name_words(person, 40))}: “{words}” "
            f"{link(post_url(face.post), 'View')}"
        )
    if lines:
        yield section("\n".join(lines))


def _to_do(digest: Digest) -> Iterator[AnyBlock | None]:
    line, todo = to_do_line(digest), digest.facts.to_do
    if not line or todo is None:
        return
    url = "" if todo.subject in digest.facts.waiting else digest.links.get(todo.subject, "")
    way = f" {link(url, 'Open the card')}" if url else ""
    yield section(f"*One thing to do:* {line}{way}")


def _named(mention: Mention) -> str:
    return to_person(mention.post.author, name_words(mention.post.author, 40))


def _aloud(digest: Digest, zone: ZoneInfo) -> str:
    """Say the summary for who does not see its blocks, without markup."""
    facts = digest.facts
    if quiet_line(digest):
        lines = [quiet_line(digest).replace("*", "")]
    else:
        themes = ", ".join(excerpt(theme.title, 80) for theme in facts.themes)
        about = "People talked about" if facts.themes_by_model else "Words that came up"
        lines = [
            f"{date_words(digest)}: {gist(digest)}",
            f"{about}: {themes}." if themes else "",
            team_line(facts),
            mood_line(facts.mood),
            cost_line(facts, so_far=digest.so_far),
            f"One thing to do: {to_do_line(digest, plain=True)}" if to_do_line(digest) else "",
        ]
    if digest.proposal is not None:
        lines.append(f"A rule to decide on: {excerpt(digest.proposal.rule.text, 200)}")
    practice = _PRACTICE if digest.practice else ""
    return "\n".join(line for line in [*lines, _late(digest, zone), practice] if line)

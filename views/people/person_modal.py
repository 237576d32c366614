"""The page about one person: how we stand, what we said to each other, what the team noted."""

from typing import Any

from slack_sdk.models.blocks import ConfirmObject

from domain import Conversation, Met, OptOut, PersonNote, PersonPage, Post, SharedHistory
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import (
    AnyBlock,
    actions,
    button,
    context,
    named_words,
    plain_section,
    section,
)
from views.blocks.form import field, modal, words_input
from views.blocks.formatting import (
    count,
    excerpt,
    link,
    one_line,
    post_url,
    shorten,
    slack_date,
    times,
    without_leading_handles,
)
from views.cards.card_person import person_section

#: Conversations and posts of each that fit Slack's hundred blocks and a pleasant length.
MOST_TALKS = 7
_MOST_POSTS = 6
_MOST_NOTES = 8
_LONGEST_POST = 400
_LONGEST_NOTE = 500


def person_modal(page: PersonPage, *, account_id: str, pictures: bool = True) -> dict[str, Any]:
    """Build the page; `pictures` False leaves the picture out, which Slack may fail to fetch."""
    person = page.person
    blocks: list[AnyBlock | None] = [
        person_section(person, SharedHistory(), pictures=pictures, line=standing_line(page)),
        context(_met_line(page.met)),
        section(_waits(page)) if page.waiting_since else None,
        *_opt_out_blocks(page.opt_out, person.handle),
        section("*What we know*", button("Add a note…", ActionId.ADD_NOTE, person.id)),
        *_note_blocks(page.notes),
        section("*What we said to each other*"),
        *_talk_blocks(page, account_id),
        _mute_row(page),
        context("Notes stay between you and this page: no model and nobody on X ever sees them."),
    ]
    return modal(
        ViewId.PERSON,
        title=shorten(one_line(person.name) or f"@{person.handle}", 24),
        submit=None,
        blocks=blocks,
        kept={"person": person.id},
    )


def note_modal(person_id: str, name: str) -> dict[str, Any]:
    """Build the window for a note."""
    example = "Works nights at the hospital. Drinks decaf. Ask about the greyhound."
    return modal(
        ViewId.PERSON_NOTE,
        title="Add a note",
        submit="Keep it",
        kept={"person": person_id},
        blocks=[
            field(
                "note",
                f"What should we remember about {shorten(one_line(name), 60) or 'them'}?",
                words_input("words", example=example, lines=True, longest=_LONGEST_NOTE),
            ),
            context("Write what they would be glad to hear that you remembered."),
        ],
    )


def standing_line(page: PersonPage) -> str:
    """Say in one line how we and a person stand."""
    met = page.met
    if met.connection:
        return "🤝 *A connection:* you really talk with each other"
    if met.answered:
        return f"We answered {times(met.answered)} · once more on another day makes a connection"
    if met.their_posts:
        return f"Wrote to us {times(met.their_posts)}, not answered so far"
    return "New to us"


def _met_line(met: Met) -> str:
    parts = [
        f"First met {slack_date(met.first_at, '{date_long}')}" if met.first_at else "",
        f"last spoke {slack_date(met.last_at)}" if met.last_at else "",
        f"{count(met.their_posts, 'post')} to us" if met.their_posts else "",
        f"{count(met.answered, 'answer')} of ours" if met.answered else "",
    ]
    return " · ".join(part for part in parts if part)


def _waits(page: PersonPage) -> str:
    since = page.waiting_since
    return f"⏳ Waits for an answer since {slack_date(since)}." if since else ""


def _opt_out_blocks(opt_out: OptOut | None, handle: str) -> list[AnyBlock | None]:
    if opt_out is None:
        return []
    who = f"@{excerpt(handle, 40)}"
    words = (
        f"🤫 *{who} asked not to be answered* on {slack_date(opt_out.at, '{date_short}')}. "
        "Nothing is drafted for them and their posts are set aside."
    )
    sure = ConfirmObject(
        title="Answer them again?",
        text=f"{who} asked not to be answered. Lift this only if they said otherwise.",
        confirm="Lift it",
        deny="Leave it",
    )
    lift = button("Lift it…", ActionId.LIFT_OPT_OUT, opt_out.person_id, confirm=sure)
    return [section(words, lift)]


def _note_blocks(notes: tuple[PersonNote, ...]) -> list[AnyBlock | None]:
    if not notes:
        return [context("Nothing written down yet. What would a regular's waiter remember?")]
    blocks: list[AnyBlock | None] = []
    for note in notes[:_MOST_NOTES]:
        remove = button("Remove", ActionId.REMOVE_NOTE, note.id, spoken="Remove this note")
        blocks.append(plain_section(shorten(note.text, _LONGEST_NOTE), remove))
        who = excerpt(note.member_name, 60) or "Somebody"
        blocks.append(context(f"{who}, {slack_date(note.at, '{date_short}')}"))
    if len(notes) > _MOST_NOTES:
        blocks.append(context(f"and {count(len(notes) - _MOST_NOTES, 'older note')}"))
    return blocks


def _talk_blocks(page: PersonPage, account_id: str) -> list[AnyBlock | None]:
    if not page.talks:
        return [context("Nothing yet.")]
    name = shorten(one_line(page.person.name), 40) or f"@{page.person.handle}"
    blocks: list[AnyBlock | None] = []
    for talk in page.talks[:MOST_TALKS]:
        blocks += _one_talk(talk, account_id, name)
    more = page.more_talks + max(0, len(page.talks) - MOST_TALKS)
    if more:
        blocks.append(context(f"and {count(more, 'older conversation')}"))
    return blocks


def _one_talk(talk: Conversation, account_id: str, name: str) -> list[AnyBlock | None]:
    shown = talk.posts[-_MOST_POSTS:]
    first = talk.posts[0]
    url = post_url(first)
    left_out = len(talk.posts) - len(shown)
    before = f" · {count(left_out, 'earlier post')} left out" if left_out else ""
    return [
        context(
            f"{slack_date(first.created_at, '{date_long}')} · {link(url, 'View on X')}{before}"
        ),
        *(
            named_words("We" if post.author.id == account_id else name, _words(post))
            for post in shown
        ),
    ]


def _words(post: Post) -> str:
    return shorten(without_leading_handles(post.text), _LONGEST_POST)


def _mute_row(page: PersonPage) -> AnyBlock | None:
    person = page.person
    if person.muted:
        return actions(button("Unmute", ActionId.UNMUTE_PERSON, person.id))
    sure = ConfirmObject(
        title="Mute this person?",
        text=f"Posts of @{excerpt(person.handle, 40)} are set aside from now on, until you unmute.",
        confirm="Mute",
        deny="Leave it",
    )
    return actions(button("Mute…", ActionId.MUTE_PERSON, person.id, confirm=sure))

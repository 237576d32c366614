"""Home's list of who waits: the oldest few with buttons, and the rest as a count."""

from collections.abc import Mapping

from slack_sdk.models.blocks import LinkButtonElement

from domain import HomeFacts, Mention, MentionState
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, section
from views.blocks.formatting import count, excerpt, handle_words, plain_handle, slack_date

_S = MentionState
#: Who waits, longest first, as far as Home lists them.
LISTED = (_S.WAITING, _S.HANDED_OVER, _S.UNKNOWN, _S.FAILED, _S.BY_HAND)
MOST_LISTED = 5
_SKIPPABLE = frozenset({_S.WAITING, _S.HANDED_OVER})
_COUNTED = [
    (_S.WAITING, "waiting for a decision"),
    (_S.HANDED_OVER, "handed over"),
    (_S.SNOOZED, "snoozed"),
    (_S.BY_HAND, "to be posted by hand"),
    (_S.UNKNOWN, "unconfirmed"),
    (_S.FAILED, "did not go out"),
]


def waiting_blocks(facts: HomeFacts) -> list[AnyBlock | None]:
    """List who waits longest, with what can be done from here."""
    listed = facts.waiting[:MOST_LISTED]
    rest = sum(facts.counts.get(state, 0) for state in LISTED) - len(listed)
    blocks: list[AnyBlock | None] = [section(f"*Waiting*\n{waiting_line(facts.counts)}")]
    for mention, url in listed:
        blocks += _one(mention, url)
    if listed and rest > 0:
        blocks.append(context(f"{count(rest, 'more', 'more')}: `/greenroom waiting`"))
    return blocks


def waiting_line(counts: Mapping[MentionState, int]) -> str:
    """Say what waits, in one line."""
    parts = [f"{counts[state]:,} {words}" for state, words in _COUNTED if counts.get(state)]
    return ", ".join(parts) if parts else "Nothing waits. Put the kettle on."


def _one(mention: Mention, url: str | None) -> list[AnyBlock | None]:
    who = handle_words(mention.post.author)
    line = f"{who}: {excerpt(mention.post.text, 160)}\n{slack_date(mention.post.created_at)}"
    name = plain_handle(mention.post.author).removeprefix("@")
    skippable = mention.state in _SKIPPABLE
    return [
        section(line),
        actions(
            _open(url, name),
            button("Snooze…", ActionId.SNOOZE, mention.id, spoken=f"Snooze the post of {name}")
            if skippable
            else None,
            button("Skip", ActionId.HOME_SKIP, mention.id, spoken=f"Skip the post of {name}")
            if skippable
            else None,
        ),
    ]


def _open(url: str | None, name: str) -> LinkButtonElement | None:
    if url is None:
        return None
    made = LinkButtonElement(text="Open", action_id=ActionId.OPEN_CARD, url=url)
    made.accessibility_label = f"Open the card of {name}"[:75]
    return made

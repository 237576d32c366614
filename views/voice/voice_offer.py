"""An offered voice: what it would change, why, and a choice; as a message or a window."""

from collections.abc import Sequence
from typing import Any

from domain import Voice, VoiceOffer
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import AnyBlock, actions, button, context, plain_section, section
from views.blocks.form import modal
from views.blocks.formatting import escape, excerpt, member_words, one_line
from views.blocks.message import Message, message
from views.voice.voice_page import origin_words, parted

_LISTED = {
    "facts": "Facts we may state",
    "use": "Words we use",
    "avoid": "Words we never use",
    "signs": "Who signs",
    "rules": "Rules of our own",
}


def offer_message(offer: VoiceOffer, now: Voice) -> Message:
    """Offer the voice in a message; `now` is the voice as it stands."""
    return message(
        f"A voice made of {origin_words(offer)}, for you to take, change or leave. "
        f"{excerpt(offer.voice.how, 300)}",
        *_blocks(offer, now),
    )


def offer_modal(offer: VoiceOffer, now: Voice) -> dict[str, Any]:
    """Offer the voice in a window."""
    return modal(
        ViewId.VOICE_OFFER, title="A voice to look at", submit=None, blocks=_blocks(offer, now)
    )


def settled_modal(sentence: str) -> dict[str, Any]:
    """Show in the window what became of the offer; the sentence is escaped already."""
    return modal(ViewId.VOICE_OFFER, title="How we talk", submit=None, blocks=[section(sentence)])


def no_offer(sentence: str, to_member: str) -> Message:
    """Say honestly why there is no voice to offer."""
    words = f"{escape(sentence)} Six questions make a voice as well: `/greenroom set up voice`."
    return message(words, section(f"{member_words(to_member)}: {words}"))


def _blocks(offer: VoiceOffer, now: Voice) -> list[AnyBlock | None]:
    new = _new_parts(offer.voice, now)
    return [
        section(f"*A voice made of {origin_words(offer)}*"),
        context(
            "Nothing talks like this until you take it. What is not shown here stays as it is."
        ),
        *new,
        None if new else section("It would change nothing: the voice says all of this already."),
        section("*Why*") if offer.evidence else None,
        *(plain_section(text) for text in parted(one_line(line) for line in offer.evidence)),
        actions(
            button("Take this voice", ActionId.TAKE_VOICE, offer.id, style="primary"),
            button("Change it first…", ActionId.CHANGE_VOICE, offer.id),
            button("Leave it", ActionId.LEAVE_VOICE, offer.id),
        ),
    ]


def _new_parts(offered: Voice, now: Voice) -> list[AnyBlock | None]:
    blocks: list[AnyBlock | None] = []
    if offered.who != now.who:
        blocks += _part("Who we are", [offered.who])
    if offered.how != now.how:
        blocks += _part("How we talk", [offered.how])
    for part, title in _LISTED.items():
        known = set(_texts(now, part))
        blocks += _part(title, [f"• {text}" for text in _texts(offered, part) if text not in known])
    if offered.refund_limit != now.refund_limit and offered.refund_limit is not None:
        blocks += _part("A person decides on refunds above", [f"{offered.refund_limit:f}"])
    return blocks


def _texts(voice: Voice, part: str) -> list[str]:
    rows = getattr(voice, part)
    if part == "facts":
        return [one_line(fact.line) for fact in rows]
    if part == "rules":
        return [one_line(rule.text) for rule in rows]
    return [one_line(row) for row in rows]


def _part(title: str, lines: Sequence[str]) -> list[AnyBlock | None]:
    texts = parted(lines)
    return [section(f"*{title}*"), *(plain_section(text) for text in texts)] if texts else []

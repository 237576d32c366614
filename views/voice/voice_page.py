"""The voice's own page: who we are, how we talk, what may be stated, and who changed it last."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from domain import Fact, OfferOrigin, SavedVoice, Voice, VoiceOffer
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, plain_section, section
from views.blocks.formatting import (
    count,
    excerpt,
    listed,
    member_words,
    one_line,
    shorten,
    slack_date,
)
from views.blocks.message import Message, message
from views.voice.voice_texts import TOPIC_WORDS, check_words

#: A fact that nobody made sure of for this long is worth checking.
STALE_AFTER = timedelta(days=180)
#: A whole message has a limit near 13,000 characters; so much of it is for one section.
_ROOM = 1500
_MOST_SECTIONS = 2
_ORIGINS = {
    OfferOrigin.INTERVIEW: "six answers",
    OfferOrigin.PAST_REPLIES: "our own past replies",
}


def voice_page(
    saved: SavedVoice | None, *, today: date, offers: Sequence[VoiceOffer] = ()
) -> Message:
    """Build the page; `today` is the day at the business, `offers` wait for a yes."""
    voice = saved.voice if saved else Voice()
    blocks: list[AnyBlock | None] = [
        section("*Our voice*"),
        context(version_line(saved)),
        *(_offer_line(offer) for offer in offers[:2]),
        *_part("Who we are", [voice.who] if voice.who else [], "Not said yet."),
        *_part("How we talk", [voice.how] if voice.how else [], "Not said yet."),
        *_part(
            "Facts we may state",
            [_fact_words(fact, today) for fact in voice.facts],
            "None yet: suggestions state nothing about the business.",
        ),
        context(_stale_words(voice.facts, today)),
        *_part("Words we use", _in_one(voice.use)),
        *_part("Words we never use", _in_one(voice.avoid)),
        *_part("Who signs", _in_one([f"-{sign}" for sign in voice.signs])),
        *_part("A person decides, without a draft, on", [_topics_words(voice)]),
        *_part("Rules of our own", [f"• {one_line(rule.text)}" for rule in voice.rules]),
        *_part("Checks we do not hear", _in_one([check_words(name) for name in voice.silenced])),
        actions(
            button("Edit", ActionId.SAY_HOW_WE_TALK),
            button("Set up by six questions", ActionId.SET_UP_VOICE),
            button("From our past replies", ActionId.VOICE_FROM_PAST),
            button("History", ActionId.VOICE_HISTORY) if saved else None,
            button("Playbook", ActionId.EDIT_PLAYBOOK),
        ),
    ]
    known = count(len(voice.facts), "fact")
    who = excerpt(voice.who, 200) or "not said yet"
    return message(f"How we talk: {who}. {known} that suggestions may state.", *blocks)


def version_line(saved: SavedVoice | None) -> str:
    """Say which version this is, by whom, and what it changed."""
    if saved is None:
        return "Nobody has said anything yet; six questions are enough to begin."
    changed = f": {excerpt(saved.changed, 200)}" if saved.changed else ""
    when = slack_date(saved.at, "{date_short}")
    return f"Version {saved.voice.version}, changed by {saver(saved)} on {when}{changed}"


def saver(saved: SavedVoice) -> str:
    """Name who saved a version; versions of the first release know only the id."""
    return excerpt(saved.member_name, 60) or member_words(saved.member_id)


def is_stale(fact: Fact, today: date) -> bool:
    """Tell whether somebody should make sure of a fact: never checked, or long ago."""
    return fact.checked_on is None or today - fact.checked_on > STALE_AFTER


def origin_words(offer: VoiceOffer) -> str:
    """Say what an offered voice was worked out from."""
    return _ORIGINS[offer.origin]


def parted(lines: Iterable[str]) -> list[str]:
    """Put lines together into texts that one section holds each; what is too much is counted."""
    texts = [""]
    left = 0
    for line in lines:
        cut = shorten(line, _ROOM)
        longer = f"{texts[-1]}\n{cut}" if texts[-1] else cut
        if left or (len(longer) > _ROOM and len(texts) == _MOST_SECTIONS):
            left += 1
        elif len(longer) > _ROOM:
            texts.append(cut)
        else:
            texts[-1] = longer
    if left:
        texts[-1] += f"\n… and {left:,} more; the window shows them all."
    return [text for text in texts if text.strip()]


def _part(title: str, lines: Sequence[str], nothing: str = "") -> list[AnyBlock | None]:
    texts = parted(lines)
    if not texts:
        return [section(f"*{title}*"), context(nothing)] if nothing else []
    return [section(f"*{title}*"), *(plain_section(text) for text in texts)]


def _in_one(words: Iterable[str]) -> list[str]:
    together = ", ".join(one_line(each) for each in words)
    return [together] if together else []


def _fact_words(fact: Fact, today: date) -> str:
    checked = []
    if fact.checked_on is not None:
        checked.append(f"checked {fact.checked_on.isoformat()}")
        if is_stale(fact, today):
            checked.append("worth checking")
    behind = f"  ({', '.join(checked)})" if checked else ""
    return f"• {one_line(fact.line)}{behind}"


def _stale_words(facts: Sequence[Fact], today: date) -> str:
    never = sum(fact.checked_on is None for fact in facts)
    stale = sum(is_stale(fact, today) for fact in facts) - never
    parts = [
        f"{count(stale, 'fact')} last checked more than half a year ago" if stale else "",
        f"{count(never, 'fact')} without a day" if never else "",
    ]
    said = listed([part for part in parts if part], last="and")
    return f"Worth checking when there is a minute: {said}." if said else ""


def _topics_words(voice: Voice) -> str:
    chosen = [
        words
        for key, words in TOPIC_WORDS.items()
        if key != "refunds" and (voice.hand_over is None or key in voice.hand_over)
    ]
    refunds = voice.hand_over is None or "refunds" in voice.hand_over
    if refunds and voice.refund_limit is not None:
        chosen.append(f"Refunds above {voice.refund_limit:f}")
    return ", ".join(chosen) or "Nothing: every post gets a draft."


def _offer_line(offer: VoiceOffer) -> AnyBlock:
    return section(
        f"A voice made of {origin_words(offer)} waits for a yes.",
        button("Look at it", ActionId.LOOK_AT_VOICE, offer.id),
    )

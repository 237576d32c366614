"""A person's own words, checked as a draft is checked."""

from dataclasses import replace

from domain import Check, Mention, Voice
from handlers.entry.context import HandlerContext
from replies.checks import check_text
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_HANDLE, ACCOUNT_ID, value
from storage.posts.posts import post_chain
from storage.posts.reply_history import NOT_REPEATED_FOR, said_since
from storage.posts.similar_answers import similar_answered
from storage.voice.voices import voice

_ABOVE = 4
#: The name of the check that holds a text against the facts.
_FACT = "fact"


def checks_of(
    tx: Transaction, ctx: HandlerContext, mention: Mention, text: str
) -> tuple[Check, ...]:
    """Return what the checks say about a text that is to answer a mention."""
    account_id, handle = value(tx, ACCOUNT_ID) or "", value(tx, ACCOUNT_HANDLE) or ""
    above = post_chain(tx, mention.id, _ABOVE)
    examples = similar_answered(tx, mention.post.text)
    # Who wrote the post is no stranger in the reply.
    asked = f"@{mention.post.author.handle} {mention.post.text}"
    return check_text(
        text,
        post_text=asked,
        recent_texts=said_since(tx, account_id, ctx.now() - NOT_REPEATED_FOR),
        voice=_judging(voice(tx)),
        also_known=[*(post.text for post in above), *(ours for _, ours in examples)],
        author=mention.post.author,
        account_handle=handle,
    )


def _judging(known: Voice) -> Voice:
    """Return the voice that judges a person's words.

    A team that wrote down no facts knows them by heart: nothing is held against them.
    """
    return known if known.facts else replace(known, silenced=(*known.silenced, _FACT))

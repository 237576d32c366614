"""What is asked of the model: the prompts filled, the post kept apart as material."""

import json
import secrets

from pydantic import BaseModel, Field

from domain import Post
from prompts import joint_version, load
from replies.context import ReplyContext
from replies.wording import plain, without_invisible

_PARTS = ("business", "rules", "examples", "post")
_LONGEST_TEXT = 4000
_LONGEST_STEER = 500
_MOST_ABOVE = 5
_MOST_TEXTS = 6


class ModelSuggestion(BaseModel):
    """One suggested reply: what it does, and its words."""

    move: str = Field(description="what it does, in one to three words")
    text: str = Field(description="the reply itself, ready to be posted")


class ModelAnswer(BaseModel):
    """What the model is asked for."""

    suggestions: list[ModelSuggestion] = Field(description="up to three different replies")
    better_not_to_reply: bool = Field(description="true when no reply would be better")
    reason: str = Field(description="why no reply would be better, else empty")


def messages_for(context: ReplyContext) -> list[dict[str, str]]:
    """Return the messages for the model: our rules as system, the material as user.

    Everything from X stands as JSON strings between two lines with a boundary that is new
    each time. A forged boundary cannot stand on a line of its own: line breaks are escaped.
    """
    material = _material(context)
    boundary = _boundary(material)
    rules = load("rules").fill(boundary=boundary)
    system = "\n".join([_business(context), rules, load("examples").fill()])
    post = load("post").fill(boundary=boundary, material=material, steer=_steer(context))
    return [{"role": "system", "content": system}, {"role": "user", "content": post.strip()}]


def prompt_version() -> str:
    """Return the version of the prompts as they are used together."""
    return joint_version(load(part) for part in _PARTS)


def _business(context: ReplyContext) -> str:
    voice = context.voice
    return load("business").fill(
        handle=context.account_handle,
        who=voice.who or "(not said)",
        how=voice.how or "(not said: friendly, short, plain)",
        facts="\n".join(f"- {fact.line}" for fact in voice.facts) or "- (none)",
        avoid=", ".join(voice.avoid) or "(none named)",
        local_time=context.local_time.strftime("%A, %d %B %Y, %H:%M"),
    )


def _material(context: ReplyContext) -> str:
    history = context.history
    shared = {
        "their_posts_before": history.their_posts,
        "our_replies_before": history.our_replies,
        "their_last_words": _clean(history.last_words or ""),
    }
    before = [
        {"post": _clean(post), "our_reply": _clean(text)}
        for post, text in context.approved_before[:_MOST_TEXTS]
    ]
    not_again = [*context.earlier_texts, *context.recent_texts][:_MOST_TEXTS]
    material = {
        "post": {**_post(context.post), "language": _clean(context.post.language or "unknown")},
        "conversation_above": [_post(post) for post in context.above[-_MOST_ABOVE:]],
        "history": shared,
        "approved_before": before,
        "not_again": [_clean(text) for text in not_again],
    }
    return json.dumps(material, ensure_ascii=False, indent=1)


def _post(post: Post) -> dict[str, str]:
    return {
        "author": _clean(f"{post.author.name} (@{post.author.handle})")[:200],
        "text": _clean(post.text),
    }


def _clean(text: str) -> str:
    """Drop what hides in a text: invisible marks and tag characters can carry instructions."""
    return without_invisible(text)[:_LONGEST_TEXT]


def _steer(context: ReplyContext) -> str:
    """Write the team's own wish; a member's words are trusted more than the post's."""
    if not context.steer:
        return ""
    wish = json.dumps(plain(context.steer)[:_LONGEST_STEER], ensure_ascii=False)
    return f"The team wishes for this round: {wish}. The rules hold all the same."


def _boundary(material: str) -> str:
    while (boundary := secrets.token_hex(8)) in material:
        pass
    return boundary

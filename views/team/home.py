"""The Home tab: what waits, today's figures, what is listened to, how we talk, and the rest."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import DividerBlock
from slack_sdk.models.views import View

from domain import HomeFacts, MentionKind, Voice, Watch
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, plain_section, section
from views.blocks.formatting import channel_words, count, excerpt, one_line
from views.team.home_foundation import foundation_blocks
from views.team.home_waiting import waiting_blocks
from views.team.practice import practice_line
from views.team.settings_texts import no_channel_yet
from views.voice.voice_page import version_line

_SHOWN_WATCHES = 15
_MOST_NOTICES = 6


def home(facts: HomeFacts) -> dict[str, Any]:
    """Build the Home tab; it stays within Slack's hundred blocks whatever there is."""
    blocks: list[AnyBlock | None] = [
        section(f"*Greenroom for @{excerpt(facts.account_handle, 40)}*", _pause_button(facts)),
        context(practice_line(facts.model_host)) if facts.practice else None,
        *(context(f"⚠️ {excerpt(words, 300)}") for words in facts.notices[:_MOST_NOTICES]),
        *_first_steps(facts),
        *waiting_blocks(facts),
        DividerBlock(),
        *_today_blocks(facts),
        DividerBlock(),
        *_watch_blocks(facts),
        DividerBlock(),
        *_voice_blocks(facts),
        DividerBlock(),
        *foundation_blocks(facts),
    ]
    return _view(blocks)


def closed_home(words: str, *, may_set: bool = False) -> dict[str, Any]:
    """Build the Home tab of somebody who may not decide; an admin can still set things up."""
    settings = button("Settings", ActionId.OPEN_SETTINGS) if may_set else None
    return _view([section(excerpt(words, 300)), actions(settings)])


def watch_line(watch: Watch) -> str:
    """Say what a watch listens to, in mrkdwn."""
    rest = " (rests)" if watch.paused else ""
    if watch.kind is MentionKind.MENTION:
        return f"*{excerpt(watch.label, 60)}*{rest}: everybody who mentions the account"
    query = excerpt(watch.query, 200)
    return f"*{excerpt(watch.label, 60)}*{rest}: {query} · up to {count(watch.cap, 'post')} a day"


def _view(blocks: list[AnyBlock | None]) -> dict[str, Any]:
    kept = [block for block in blocks if block is not None]
    built: dict[str, Any] = View(type="home", blocks=kept).to_dict()
    return built


def _pause_button(facts: HomeFacts) -> Any:
    if facts.settings.paused_by is not None:
        return button("Resume", ActionId.RESUME_LISTENING, style="primary")
    spoken = "Pause: nothing is read from X or drafted until somebody resumes"
    return button("Pause", ActionId.PAUSE_LISTENING, spoken=spoken)


def _first_steps(facts: HomeFacts) -> list[AnyBlock | None]:
    """Say what to do first, until all of it is done."""
    said = facts.saved is not None and bool(facts.saved.voice.who or facts.saved.voice.how)
    listens = any(watch.kind is MentionKind.KEYWORD for watch in facts.watches)
    channel = facts.settings.channel
    where = channel_words(channel) if channel else ""
    if channel and said and (facts.replied or listens):
        return []
    steps = [
        (bool(channel), f"Cards come to {where}" if channel else "Choose the channel for cards"),
        (said, "Say how you talk and which facts may be stated"),
        (listens, "Add a watch, to hear of posts that do not name you"),
        (facts.replied, "Approve a first reply: nothing goes out without one of you"),
    ]
    lines = [f"{'✅ done:' if done else '◻️ next:'} {words}" for done, words in steps]
    return [
        section("*First steps*\n" + "\n".join(lines)),
        context("" if channel else no_channel_yet()),
    ]


def _today_blocks(facts: HomeFacts) -> list[AnyBlock | None]:
    today = facts.today
    people = button("People", ActionId.HOME_PEOPLE, spoken="Whom we really talk with")
    if today is None:
        return [section("*Today*", people)]
    if not today.conversations and not today.answered.of:
        return [section("*Today*\nQuiet so far.", people)]
    talks = (
        f"{count(today.conversations, 'conversation')} with "
        f"{count(today.people, 'person', 'people')}"
    )
    posts = count(today.answered.of, "post")
    answered = f"{today.answered.part:,} of {posts} to us today answered so far"
    parts = [talks if today.conversations else "", answered if today.answered.of else ""]
    words = " · ".join(part for part in parts if part)
    return [section(f"*Today*\n{words}", people)]


def _watch_blocks(facts: HomeFacts) -> list[AnyBlock | None]:
    more = len(facts.watches) - _SHOWN_WATCHES
    return [
        section("*What we listen to*", button("Add a watch", ActionId.ADD_WATCH)),
        *(_watch(watch, facts.caught_today) for watch in facts.watches[:_SHOWN_WATCHES]),
        context(f"{count(more, 'more watch', 'more watches')}: `/greenroom watch`")
        if more > 0
        else None,
    ]


def _watch(watch: Watch, caught_today: Mapping[str, int]) -> AnyBlock | None:
    line = f"{watch_line(watch)}\n{caught_today.get(watch.id, 0):,} caught today"
    if watch.kind is MentionKind.MENTION:
        return section(line)
    name = one_line(watch.label) or "this watch"
    if watch.paused:
        wake = button("Resume", ActionId.WAKE_WATCH, watch.id, spoken=f"Resume {name}")
        return section(line, wake)
    return section(line, button("Pause", ActionId.REST_WATCH, watch.id, spoken=f"Pause {name}"))


def _voice_blocks(facts: HomeFacts) -> list[AnyBlock | None]:
    voice = facts.saved.voice if facts.saved else Voice()
    return [
        section("*How we talk*", button("Say how we talk", ActionId.SAY_HOW_WE_TALK)),
        context(version_line(facts.saved)),
        plain_section(one_line(voice.who), limit=200) if voice.who else context("Not said yet."),
        plain_section(one_line(voice.how), limit=200) if voice.how else None,
        context(f"{count(len(voice.facts), 'fact')} that suggestions may state"),
        actions(
            button("Set up by six questions", ActionId.SET_UP_VOICE),
            button("Playbook", ActionId.EDIT_PLAYBOOK),
        ),
    ]

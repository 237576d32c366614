"""The window with the team's settings: an input for each, or its value where `.env` sets it."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    Option,
    TimePickerElement,
    UserMultiSelectElement,
)

from domain import SettingChange, TeamSettings
from views.blocks.action_ids import ViewId
from views.blocks.blocks import AnyBlock, context, plain, section
from views.blocks.form import field, modal, words_input
from views.team.settings_texts import change_line, forced_line
from views.voice.hours_text import week_lines

#: The one action id inside every block of this window.
GIVEN = "given"
#: The block in which somebody turns the second approver on.
ON = "on"
_MOST_CHANGES = 8
_MICRO = 1_000_000
#: The most characters of the inputs that hold more than a number.
_LONGEST = {"business": 600, "groups": 400, "timezone": 60}

#: Which field of TeamSettings a block belongs to.
SETTING_OF = {
    "channel": "channel",
    "approvers": "approvers",
    "groups": "approvers",
    "second_approver": "second_approver",
    "undo": "undo",
    "escalate_to": "escalate_to",
    "business": "business",
    "remind_after": "remind_after",
    "quiet_from": "quiet",
    "quiet_to": "quiet",
    "digest_at": "digest_at",
    "timezone": "timezone",
    "poll_every": "poll_every",
    "x_budget": "x_budget_micro",
    "model_budget": "model_budget_micro",
}


def team_settings_modal(
    settings: TeamSettings, changes: Sequence[SettingChange] = ()
) -> dict[str, Any]:
    """Build the window; `changes` are the last ones, newest first."""
    shown = shown_values(settings)
    blocks: list[AnyBlock | None] = []
    for block, name in SETTING_OF.items():
        if name not in settings.forced:
            blocks.append(_INPUTS[block](shown[block]))
        elif block in {"groups", "quiet_to"}:
            continue
        else:
            blocks.append(section(forced_line(name, getattr(settings, name))))
    lines = [change_line(change) for change in changes[:_MOST_CHANGES]]
    return modal(
        ViewId.TEAM_SETTINGS,
        title="Settings",
        submit="Save",
        kept={block: _mark(value) for block, value in shown.items()},
        blocks=[
            *blocks,
            section("*Last changes*") if lines else None,
            *(context(line) for line in lines),
        ],
    )


def shown_values(settings: TeamSettings) -> dict[str, str]:
    """Return what each block shows at first, as `read_given` reads it back."""
    quiet = settings.quiet
    return {
        "channel": settings.channel,
        "approvers": ",".join(sorted(i for i in settings.approvers if not i.startswith("S"))),
        "groups": " ".join(sorted(i for i in settings.approvers if i.startswith("S"))),
        "second_approver": ON if settings.second_approver else "",
        "undo": f"{settings.undo.total_seconds():g}",
        "escalate_to": settings.escalate_to or "",
        "business": week_lines(settings.business),
        "remind_after": f"{settings.remind_after / timedelta(minutes=1):g}",
        "quiet_from": f"{quiet.begins:%H:%M}" if quiet else "",
        "quiet_to": f"{quiet.ends:%H:%M}" if quiet else "",
        "digest_at": f"{settings.digest_at:%H:%M}",
        "timezone": str(settings.timezone),
        "poll_every": f"{settings.poll_every.total_seconds():g}",
        "x_budget": f"{settings.x_budget_micro / _MICRO:.2f}",
        "model_budget": f"{settings.model_budget_micro / _MICRO:.2f}",
    }


def was_changed(kept: dict[str, str], block: str, given: str) -> bool:
    """Tell whether a block holds something else than the window showed at first."""
    return kept.get(block) != _mark(given)


def _mark(value: str) -> str:
    """Keep a short trace of a value: Slack keeps 3,000 characters with a window."""
    return hashlib.sha256(value.encode(errors="replace")).hexdigest()[:10]


def _words(
    block: str, label: str, hint: str = "", *, lines: bool = False, optional: bool = False
) -> Callable[[str], InputBlock]:
    def made(value: str) -> InputBlock:
        longest = _LONGEST.get(block, 12)
        return field(
            block,
            label,
            words_input(GIVEN, value=value, lines=lines, longest=longest),
            hint=hint,
            optional=optional,
        )

    return made


def _clock(
    block: str, label: str, hint: str = "", *, optional: bool = False
) -> Callable[[str], InputBlock]:
    def made(value: str) -> InputBlock:
        picker = TimePickerElement(action_id=GIVEN, initial_time=value or None)
        return field(block, label, picker, hint=hint, optional=optional)

    return made


def _channel(
    block: str, label: str, hint: str, *, optional: bool = False
) -> Callable[[str], InputBlock]:
    def made(value: str) -> InputBlock:
        select = ConversationSelectElement(
            action_id=GIVEN,
            initial_conversation=value or None,
            placeholder=plain("Choose a channel"),
            filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        )
        return field(block, label, select, hint=hint, optional=optional)

    return made


def _approvers(value: str) -> InputBlock:
    select = UserMultiSelectElement(
        action_id=GIVEN,
        initial_users=value.split(",") if value else None,
        placeholder=plain("Every full member of the channel"),
    )
    hint = "Empty, with no group below: every full member of the channel. Guests never can."
    return field("approvers", "Who may approve", select, hint=hint, optional=True)


def _second(value: str) -> InputBlock:
    option = Option(text=plain("Somebody else approves what a member wrote"), value=ON)
    boxes = CheckboxesElement(
        action_id=GIVEN, options=[option], initial_options=[option] if value else None
    )
    hint = "What Greenroom worded needs one person; a text with words of yours needs another."
    return field("second_approver", "Two-person approval", boxes, hint=hint, optional=True)


_INPUTS: dict[str, Callable[[str], InputBlock]] = {
    "channel": _channel(
        "channel",
        "Channel",
        "Where cards appear. Invite Greenroom there first. Older cards stay where they are.",
    ),
    "approvers": _approvers,
    "groups": _words(
        "groups", "User groups that may approve", "Their ids, such as S0123ABCD.", optional=True
    ),
    "second_approver": _second,
    "undo": _words("undo", "Undo, in seconds", "How long an approval can be taken back: 0 to 600."),
    "escalate_to": _channel(
        "escalate_to",
        "Another channel to show cards in",
        "For what others should see. Invite Greenroom there first.",
        optional=True,
    ),
    "business": _words(
        "business",
        "Business hours",
        "One line for days with the same hours: Mon–Fri 09:00–18:00. Days without a line are off.",
        lines=True,
        optional=True,
    ),
    "remind_after": _words(
        "remind_after", "Remind after, in minutes", "Of business hours, whoever took a mention."
    ),
    "quiet_from": _clock("quiet_from", "Quiet hours begin", optional=True),
    "quiet_to": _clock(
        "quiet_to",
        "Quiet hours end",
        "New cards wait for their end. Both empty, or both the same: no quiet hours.",
        optional=True,
    ),
    "digest_at": _clock("digest_at", "Daily summary"),
    "timezone": _words("timezone", "Time zone", "Where the business is, such as Europe/London."),
    "poll_every": _words(
        "poll_every", "Ask X every … seconds", "An empty answer costs nothing. 120 is usual."
    ),
    "x_budget": _words("x_budget", "X's daily budget, in US dollars"),
    "model_budget": _words("model_budget", "The model's daily budget, in US dollars"),
}

"""The windows that open in Slack, and how their answers are read; one file each."""

from views.modals.edit import EditValues, edit_errors, edit_modal, read_edit
from views.modals.hand_over import HandOverValues, hand_over_modal, read_hand_over
from views.modals.other_ideas import OtherIdeasValues, other_ideas_modal, read_other_ideas
from views.modals.voice import VoiceValues, read_voice, voice_modal
from views.modals.watch import (
    WatchValues,
    first_gap,
    read_watch,
    watch_errors,
    watch_modal,
)

__all__ = [
    "EditValues",
    "HandOverValues",
    "OtherIdeasValues",
    "VoiceValues",
    "WatchValues",
    "edit_errors",
    "edit_modal",
    "first_gap",
    "hand_over_modal",
    "other_ideas_modal",
    "read_edit",
    "read_hand_over",
    "read_other_ideas",
    "read_voice",
    "read_watch",
    "voice_modal",
    "watch_errors",
    "watch_modal",
]

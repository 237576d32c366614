"""The windows that open in Slack, and how their answers are read; one file each."""

from views.modals.edit import EditValues, edit_errors, edit_modal, read_edit
from views.modals.hand_over import HandOverValues, hand_over_modal, read_hand_over
from views.modals.interview import (
    FIRST_BLOCK,
    InterviewValues,
    interview_errors,
    interview_modal,
    read_interview,
)
from views.modals.occasion import (
    OccasionValues,
    occasion_blocks,
    occasion_errors,
    occasion_modal,
    read_occasion,
)
from views.modals.other_ideas import OtherIdeasValues, other_ideas_modal, read_other_ideas
from views.modals.playbook import Occasion, occasions_of, playbook_modal
from views.modals.voice import VoiceValues, read_voice, voice_modal, voice_of
from views.modals.voice_history import history_modal
from views.modals.voice_meanwhile import meanwhile_notes
from views.modals.watch import (
    WatchValues,
    read_watch,
    watch_errors,
    watch_modal,
)

__all__ = [
    "FIRST_BLOCK",
    "EditValues",
    "HandOverValues",
    "InterviewValues",
    "Occasion",
    "OccasionValues",
    "OtherIdeasValues",
    "VoiceValues",
    "WatchValues",
    "edit_errors",
    "edit_modal",
    "hand_over_modal",
    "history_modal",
    "interview_errors",
    "interview_modal",
    "meanwhile_notes",
    "occasion_blocks",
    "occasion_errors",
    "occasion_modal",
    "occasions_of",
    "other_ideas_modal",
    "playbook_modal",
    "read_edit",
    "read_hand_over",
    "read_interview",
    "read_occasion",
    "read_other_ideas",
    "read_voice",
    "read_watch",
    "voice_modal",
    "voice_of",
    "watch_errors",
    "watch_modal",
]

"""The windows that open in Slack, and how their answers are read; one file each."""

from views.cards.assign_modal import HandOverValues, hand_over_modal, read_hand_over
from views.cards.edit_modal import EditValues, edit_errors, edit_modal, read_edit
from views.cards.other_ideas_modal import OtherIdeasValues, other_ideas_modal, read_other_ideas
from views.listening.watch_modal import WatchValues, read_watch, watch_errors, watch_modal
from views.voice.interview_modal import (
    FIRST_BLOCK,
    InterviewValues,
    interview_errors,
    interview_modal,
    read_interview,
)
from views.voice.occasion_modal import (
    OccasionValues,
    occasion_blocks,
    occasion_errors,
    occasion_modal,
    read_occasion,
)
from views.voice.playbook_modal import Occasion, occasions_of, playbook_modal
from views.voice.voice_history import history_modal
from views.voice.voice_meanwhile import meanwhile_notes
from views.voice.voice_modal import VoiceValues, read_voice, voice_modal, voice_of

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

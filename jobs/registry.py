"""Which function runs which kind of job."""

from collections.abc import Mapping

from domain import JobKind
from jobs.cards.card import render_card
from jobs.cards.escalate_copy import show_elsewhere
from jobs.cards.release_held import let_cards_go
from jobs.cards.remind import remind
from jobs.cards.unsnooze import wake
from jobs.drafting.suggest import suggest
from jobs.engine.readable import readable
from jobs.engine.worker import Run
from jobs.listening.backfill import backfill
from jobs.listening.poll import listen
from jobs.listening.post_by_link import bring_post
from jobs.listening.read_over import read_over
from jobs.listening.watch_trial import try_watch
from jobs.messages.notify import notify
from jobs.messages.welcome import greet, render_fold_line
from jobs.network.usage_check import usage_check
from jobs.reports.digest import post_digest
from jobs.reports.learn import show_proposal
from jobs.reports.stats import answer_stats
from jobs.reports.today import answer_today
from jobs.reports.voice_offer import offer_voice
from jobs.sending.reconcile import reconcile
from jobs.sending.send import send
from jobs.settings_changed import follow_settings
from jobs.talking.question import answer_question
from jobs.talking.thread import answer_in_thread
from jobs.triage.burst import render_burst
from jobs.triage.filtered_list import render_filtered_list
from jobs.upkeep.account_day import account_day
from jobs.upkeep.close_gone import clear_thread
from jobs.upkeep.expire import expire
from jobs.upkeep.export import export
from jobs.upkeep.retention import forget_old_words
from jobs.upkeep.sweep import sweep
from jobs.upkeep.timeline import watch_timeline

RUNS: Mapping[str, Run] = {
    JobKind.LISTEN: listen,
    JobKind.FIRST_LOOK: backfill,
    JobKind.SUGGEST: suggest,
    JobKind.CARD: render_card,
    JobKind.SEND: send,
    JobKind.LOOK: reconcile,
    JobKind.TIMELINE: watch_timeline,
    JobKind.WAKE: wake,
    JobKind.TELL: notify,
    JobKind.WELCOME: greet,
    JobKind.FOLD_LINE: render_fold_line,
    JobKind.VOICE_OFFER: offer_voice,
    JobKind.ASIDE_LINE: render_filtered_list,
    JobKind.LEARN: show_proposal,
    JobKind.DIGEST: post_digest,
    JobKind.TODAY: answer_today,
    JobKind.ACCOUNT_DAY: account_day,
    JobKind.STATS: answer_stats,
    JobKind.REMIND: remind,
    JobKind.HELD_CARDS: let_cards_go,
    JobKind.SHOW_ELSEWHERE: show_elsewhere,
    JobKind.EXPIRE: expire,
    JobKind.WATCH_TRIAL: readable(try_watch),
    JobKind.THREAD: readable(answer_in_thread),
    JobKind.EXPORT: export,
    JobKind.SHORTCUT: readable(bring_post),
    JobKind.PILE: render_burst,
    JobKind.QUESTION: readable(answer_question),
    JobKind.SETTINGS: follow_settings,
    JobKind.CLEAR: clear_thread,
    JobKind.SWEEP: sweep,
    JobKind.RETENTION: forget_old_words,
    JobKind.USAGE_CHECK: usage_check,
    JobKind.READ_OVER: read_over,
}

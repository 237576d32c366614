"""Which function runs which kind of job."""

from collections.abc import Mapping

from domain import JobKind
from work.account_day import account_day
from work.aside_line import render_aside_line
from work.card import render_card
from work.digest import post_digest
from work.elsewhere import show_elsewhere
from work.expire import expire
from work.export import export
from work.first_look import first_look
from work.gone import clear_thread
from work.held_cards import let_cards_go
from work.learn import show_proposal
from work.listen import listen
from work.look import look
from work.pile import render_pile
from work.question import answer_question
from work.read_over import read_over
from work.readable import readable
from work.remind import remind
from work.retention import forget_old_words
from work.send import send
from work.settings_changed import follow_settings
from work.shortcut import bring_post
from work.stats import answer_stats
from work.suggest import suggest
from work.sweep import sweep
from work.tell import tell
from work.thread import answer_in_thread
from work.timeline import watch_timeline
from work.today import answer_today
from work.usage_check import usage_check
from work.voice_offer import offer_voice
from work.wake import wake
from work.watch_trial import try_watch
from work.welcome import greet, render_fold_line
from work.worker import Run

RUNS: Mapping[str, Run] = {
    JobKind.LISTEN: listen,
    JobKind.FIRST_LOOK: first_look,
    JobKind.SUGGEST: suggest,
    JobKind.CARD: render_card,
    JobKind.SEND: send,
    JobKind.LOOK: look,
    JobKind.TIMELINE: watch_timeline,
    JobKind.WAKE: wake,
    JobKind.TELL: tell,
    JobKind.WELCOME: greet,
    JobKind.FOLD_LINE: render_fold_line,
    JobKind.VOICE_OFFER: offer_voice,
    JobKind.ASIDE_LINE: render_aside_line,
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
    JobKind.PILE: render_pile,
    JobKind.QUESTION: readable(answer_question),
    JobKind.SETTINGS: follow_settings,
    JobKind.CLEAR: clear_thread,
    JobKind.SWEEP: sweep,
    JobKind.RETENTION: forget_old_words,
    JobKind.USAGE_CHECK: usage_check,
    JobKind.READ_OVER: read_over,
}

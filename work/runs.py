"""Which function runs which kind of job."""

from collections.abc import Mapping

from domain import JobKind
from work.aside_line import render_aside_line
from work.card import render_card
from work.first_look import first_look
from work.learn import learn
from work.listen import listen
from work.look import look
from work.send import send
from work.suggest import suggest
from work.tell import tell
from work.timeline import watch_timeline
from work.voice_offer import offer_voice
from work.wake import wake
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
    JobKind.LEARN: learn,
}

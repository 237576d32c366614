"""Before each summary, look through the team's edits for a habit and propose one rule.

Each edit was stored with its decision; the words that somebody posted by hand are added here.
Nothing is learned without a person: a proposal becomes a rule when somebody adopts it.
"""

from datetime import datetime, timedelta
from html import unescape

import patterns as re
from domain import DecisionKind, DigestState, Mention, Post, Proposal, ProposalState
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.reports.digest_message import digest_key, stored_message
from replies.learning import Habit, changes, strongest_habit, traits
from replies.text.wording import without_handles
from storage.db import key_values
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import decisions, edits, proposals, replies, suggestions
from storage.posts import posts
from storage.queue import jobs
from storage.queue.enqueue import enqueue_proposal
from storage.reports import digests
from storage.slack import messages
from storage.voice import voices
from views.blocks.formatting import without_leading_handles
from views.voice.proposal import proposal_message

#: Edits of this long speak for a habit.
_LOOKED_THROUGH = timedelta(days=30)
#: A rule that was decided on is not proposed again for this long.
_NOT_AGAIN_FOR = timedelta(days=90)
#: A proposal that nobody decides on makes room for another after this long.
_PATIENCE = timedelta(days=14)
#: The mark that names the local date on which edits were last looked through.
LEARNED_ON = "learned_on"
#: X writes every address anew when a text is posted.
_ADDRESS = re.compile(r"https?://\S+")


def look_for_habit(ctx: JobContext) -> None:
    """Look for a habit, once a local date, and propose the rule that it speaks for."""
    now = ctx.now()
    today = now.astimezone(ctx.timezone).date().isoformat()
    with ctx.db.read() as tx:
        if key_values.value(tx, LEARNED_ON) == today:
            return
        # Counting takes a moment: not in a transaction that holds up people's clicks.
        habit = _habit(tx, now)
    with ctx.db.write() as tx:
        key_values.set_value(tx, LEARNED_ON, today)
        _let_go(tx, now)
        if habit is not None:
            _propose(tx, habit, now)


def show_proposal(job: jobs.Job, ctx: JobContext) -> None:
    """Show what became of the proposal that the job names, where it stands."""
    # Without a subject it is the daily job of an earlier Greenroom: summaries look by themselves.
    if job.subject is not None:
        _show(ctx, job.subject)
    with ctx.finishing(job):
        pass


def _show(ctx: JobContext, proposal_id: str) -> None:
    with ctx.db.read() as tx:
        proposal = proposals.proposal(tx, proposal_id)
        own = messages.message(tx, f"proposal:{proposal_id}")
        shown = digests.digests_with(tx, proposal_id)
    for stored in shown:
        if stored.state is DigestState.POSTED:
            post_once(ctx, digest_key(stored), stored_message(ctx, stored))
    if proposal is not None and own is not None:
        # An earlier Greenroom gave each proposal a message of its own.
        post_once(ctx, own.key, proposal_message(proposal))


def _let_go(tx: Transaction, now: datetime) -> None:
    """Close a proposal that has waited too long for anybody."""
    waiting = proposals.open_proposal(tx)
    if waiting is None or waiting.at + _PATIENCE > now:
        return
    if proposals.close_proposal(tx, waiting.id, ProposalState.LAPSED, at=now):
        enqueue_proposal(tx, waiting.id, at=now)


def _habit(tx: Transaction, now: datetime) -> Habit | None:
    """Return the habit that may be proposed; never one that was, or that waits or is let go."""
    waiting = proposals.open_proposal(tx)
    not_again = set(proposals.traits_decided(tx, now - _NOT_AGAIN_FOR))
    return strongest_habit(
        edits.taken_texts(tx, now - _LOOKED_THROUGH),
        voice=voices.voice(tx),
        not_again=not_again if waiting is None else not_again | {waiting.trait},
    )


def _propose(tx: Transaction, habit: Habit, now: datetime) -> None:
    """Store the proposal for the summary to show, unless another one waits."""
    proposal = Proposal(new_id(), habit.trait, habit.rule, habit.told, habit.pairs, at=now)
    proposals.add_proposal(tx, proposal)


def note_words_posted(tx: Transaction, mention: Mention, own: Post) -> None:
    """Store how the words that somebody posted by hand differ from the suggestion they took."""
    chosen = decisions.last_decision(
        tx, mention.id, (DecisionKind.USE, DecisionKind.EDIT, DecisionKind.UNDO)
    )
    if chosen is None or chosen.suggestion_id is None or not chosen.text:
        return
    if replies.reply_of(tx, mention.id) is not None:
        # Greenroom itself sent it: the decision holds every word.
        return
    first = posts.reply_by(tx, own.author.id, mention.id)
    if first is not None and first.id != own.id:
        # What was said afterwards in the same conversation is no edit.
        return
    source = suggestions.suggestion(tx, chosen.suggestion_id)
    words = without_leading_handles(unescape(own.text))
    if source is None or _compared(words) == _compared(chosen.text):
        return
    edits.keep_edit(
        tx,
        chosen.id,
        mention.id,
        before=source.text,
        after=words,
        changes=changes(source.text, words),
        traits=traits(source.text, words, person=mention.post.author.name),
        at=chosen.at,
    )


def _compared(text: str) -> str:
    return " ".join(_ADDRESS.sub("", without_handles(text)).split())

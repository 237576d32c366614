"""The playbook edited in Slack: the list of occasions, one occasion, add and remove."""

import hashlib
import json
from collections.abc import Callable, Sequence

from domain import Check, CheckLevel, PlaybookAnswer, Voice
from errors import GreenroomError, SlackError
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, at_fields, shown_instead, submitting
from replies.playbook import default_playbook
from replies.playbook.answers import (
    answer_checks,
    default_left,
    fillable_gaps,
    unknown_gaps,
    with_occasion,
)
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.voice import voices
from views.modals import (
    Occasion,
    OccasionValues,
    occasion_blocks,
    occasion_errors,
    occasion_modal,
    occasions_of,
    playbook_modal,
    read_occasion,
)
from views.talking.private_texts import removed_occasion, saved_occasion
from views.voice.occasion_modal import changed_meanwhile, mark_lines, removed_modal
from views.voice.playbook_modal import read_pressed

_Answers = Sequence[PlaybookAnswer]


def open_playbook(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the list of occasions."""
    show_playbook(ctx, press.trigger_id)


def show_playbook(ctx: HandlerContext, trigger_id: str, word: str = "") -> None:
    """Open the list of occasions; with a word only those that hold it."""
    ctx.slack.open_modal(trigger_id, _list(ctx, word))


def open_occasion(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open one occasion on top of the list."""
    ours, name = read_pressed(press.value)
    with ctx.db.read() as tx:
        playbook = voices.playbook(tx)
        voice = voices.voice(tx)
    mine = _named(playbook, name)
    answers = mine or (() if ours else _named(default_playbook(), name))
    if not answers:
        raise GreenroomError("That occasion is not in the playbook any more.", "Open it anew.")
    occasion = occasions_of(answers, ours=bool(mine))[0]
    _open(ctx, press, occasion, voice, seen=_digest(mine))


def open_new(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window of a new occasion."""
    with ctx.db.read() as tx:
        voice = voices.voice(tx)
    _open(ctx, press, None, voice, seen=_digest(()))


def remove(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Take one of our occasions out of the playbook."""
    with ctx.db.write() as tx:
        playbook = voices.playbook(tx)
        if not _named(playbook, press.value):
            raise GreenroomError("That occasion is not in the playbook any more.", "")
        _store(tx, ctx, member, with_occasion(playbook, press.value, ()))
    told = removed_occasion(press.value)
    if press.view_id:
        ctx.slack.update_modal(press.view_id, removed_modal(told))
        _redraw_list(ctx, press.root_view_id, press.view_id)
    else:
        tell_privately(ctx, press.channel, press.member_id, told)


def on_occasion(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that stores an occasion."""
    return submitting(
        ctx,
        lambda member, body: _save(ctx, member, body),
        may=may,
        field=lambda body: next(iter(occasion_blocks(view_of(body), {"name": ""}))),
        after=lambda _, body: _redraw_list(
            ctx, str(view_of(body).get("root_view_id") or ""), str(view_of(body).get("id", ""))
        ),
    )


def _save(ctx: HandlerContext, member: Member, body: Body) -> Submitted:
    view = view_of(body)
    values = read_occasion(view)
    with ctx.db.write() as tx:
        playbook, voice = voices.playbook(tx), voices.voice(tx)
        errors = _errors(values, playbook, voice)
        if errors:
            return at_fields(occasion_blocks(view, errors))
        there = _named(playbook, values.before or values.name)
        if _digest(there) != values.seen:
            return _again(values, voice, there, changed_meanwhile(_saver(tx), there))
        if lines := _marks(values, voice):
            return _again(values, voice, there, lines, warned=_digest_of(values))
        answers = [PlaybookAnswer(values.name, text, values.cues) for text in values.answers]
        _store(tx, ctx, member, with_occasion(playbook, values.before or values.name, answers))
    return Submitted({}, saved_occasion(values.name, len(answers)))


def _errors(values: OccasionValues, playbook: _Answers, voice: Voice) -> dict[str, str]:
    errors = occasion_errors(
        values, unknown_gaps=unknown_gaps(values.answers, voice), gaps=fillable_gaps(voice)
    )
    if values.name != values.before and values.before and _named(playbook, values.name):
        errors.setdefault("name", "There is an occasion of that name already.")
    for text in values.answers:
        stop = next((c for c in _checks(text, values, voice) if c.level is CheckLevel.STOP), None)
        if stop is not None:
            errors.setdefault("answers", f"“{text[:40]}…” {stop.why}"[:150])
    return errors


def _marks(values: OccasionValues, voice: Voice) -> list[str]:
    """Say what the checks mind, unless the same was said of the same answers before."""
    if values.warned == _digest_of(values):
        return []
    marks = [(text, check) for text in values.answers for check in _checks(text, values, voice)]
    return mark_lines(marks)


def _checks(text: str, values: OccasionValues, voice: Voice) -> tuple[Check, ...]:
    return answer_checks(text, cues=values.cues, voice=voice)


def _again(
    values: OccasionValues,
    voice: Voice,
    there: _Answers,
    lines: Sequence[str],
    warned: str = "",
) -> Submitted:
    """Show the window again as it was filled in, with what should be looked at."""
    occasion = Occasion(values.name, values.answers, values.cues, ours=bool(there))
    return shown_instead(
        occasion_modal(
            occasion,
            gaps=fillable_gaps(voice),
            seen=_digest(there),
            before=values.before if there else "",
            draft=new_id()[-8:],
            marks=lines,
            warned=warned,
        )
    )


def _open(
    ctx: HandlerContext, press: Press, occasion: Occasion | None, voice: Voice, *, seen: str
) -> None:
    view = occasion_modal(
        occasion,
        gaps=fillable_gaps(voice),
        seen=seen,
        before=occasion.name if occasion and occasion.ours else "",
    )
    if press.view_id:
        ctx.slack.push_modal(press.trigger_id, view)
    else:
        ctx.slack.open_modal(press.trigger_id, view)


def _list(ctx: HandlerContext, word: str = "") -> dict[str, object]:
    with ctx.db.read() as tx:
        playbook = voices.playbook(tx)
        saved = voices.playbook_saver(tx)
    ours = occasions_of(playbook, ours=True)
    default = occasions_of(default_left(playbook), ours=False)
    return playbook_modal(
        [each for each in ours if each.holds(word)],
        [each for each in default if each.holds(word)],
        saved=saved,
    )


def _redraw_list(ctx: HandlerContext, root_view: str | None, own_view: str) -> None:
    """Show the list below as it is now; that it was closed meanwhile does not matter."""
    if not root_view or root_view == own_view:
        return
    try:
        ctx.slack.update_modal(root_view, _list(ctx))
    except SlackError as error:
        if error.code != "not_found":
            raise


def _store(tx: Transaction, ctx: HandlerContext, member: Member, answers: _Answers) -> None:
    voices.save_playbook(
        tx,
        answers,
        member_id=member.id,
        member_name=member.name,
        at=ctx.now(),
        nobodys={each.text for each in default_playbook()},
    )


def _saver(tx: Transaction) -> str:
    saved = voices.playbook_saver(tx)
    return saved[0] if saved else ""


def _named(answers: _Answers, name: str) -> tuple[PlaybookAnswer, ...]:
    return tuple(each for each in answers if each.occasion == name)


def _digest(answers: _Answers) -> str:
    return _hash([[a.text, list(a.cues)] for a in answers])


def _digest_of(values: OccasionValues) -> str:
    return _hash([values.name, list(values.cues), list(values.answers)])


def _hash(whole: object) -> str:
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:16]

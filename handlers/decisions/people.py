"""People: the page about one, the list of all, notes, muting, and who asked not to be answered."""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain import Person, PersonNote, PersonPage
from errors import GreenroomError, SlackError
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, at_fields, submitting
from insights.people import talks
from insights.stats import period
from storage.db import key_values
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import people_pages
from storage.posts import opt_outs, people, person_notes
from views.blocks.form import answer, kept_values
from views.blocks.message import Message
from views.people.people import MOST_NEW, MOST_TALKED, people_message
from views.people.person_modal import MOST_TALKS, note_modal, person_modal

_NEW_FOR = timedelta(days=14)
_LONGEST_NOTE = 500


def open_person(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the page about the person that a button names."""
    show_person(ctx, press.trigger_id, press.value, on_top=press.view_id is not None)


def show_person(
    ctx: HandlerContext, trigger_id: str, person_id: str, *, on_top: bool = False
) -> None:
    """Open the page about a person, on top of the open window where there is one.

    Raises:
        GreenroomError: nobody of that id is known.
    """
    page, account_id = the_page(ctx, person_id)
    put = ctx.slack.push_modal if on_top else ctx.slack.open_modal
    try:
        put(trigger_id, person_modal(page, account_id=account_id))
    except SlackError as error:
        if error.code != "invalid_arguments":
            raise
        # Slack refuses a whole window when it cannot fetch a picture.
        put(trigger_id, person_modal(page, account_id=account_id, pictures=False))


def open_people(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Show the list of people to who asked."""
    shown = people_list(ctx)
    ctx.slack.post_ephemeral(
        press.channel or ctx.channel, member.id, text=shown.text, blocks=shown.blocks
    )


def people_list(ctx: HandlerContext) -> Message:
    """Return the list of people."""
    now = ctx.now()
    ninety = _ninety(ctx, now)
    with ctx.db.read() as tx:
        # One more than is shown, and every connection is counted among those read.
        talked = people_pages.talked_with(tx, ninety=ninety, limit=1000)
        shown = talked[:MOST_TALKED]
        new = people_pages.new_faces(
            tx,
            since=now - _NEW_FOR,
            limit=MOST_NEW,
            besides=[line.person.id for line in shown],
        )
    connections = sum(line.met.connection for line in talked)
    return people_message(shown, new, connections=connections, practice=ctx.practice)


def the_page(ctx: HandlerContext, person_id: str) -> tuple[PersonPage, str]:
    """Return everything about a person, and the account's id.

    Raises:
        GreenroomError: nobody of that id is known.
    """
    with ctx.db.read() as tx:
        account_id = key_values.value(tx, key_values.ACCOUNT_ID) or ""
        return _page(tx, person_id, account_id, _ninety(ctx, ctx.now())), account_id


def _page(tx: Transaction, person_id: str, account_id: str, ninety: datetime) -> PersonPage:
    person = _the_person(tx, person_id)
    found = talks(people_pages.said_with(tx, person_id, account_id))
    return PersonPage(
        person=person,
        met=people_pages.met(tx, person_id, account_id, ninety=ninety),
        talks=found[:MOST_TALKS],
        more_talks=len(found[MOST_TALKS:]),
        notes=tuple(person_notes.notes_on(tx, person_id)),
        opt_out=opt_outs.opted_out(tx, person_id),
        waiting_since=people_pages.waits_since(tx, person_id),
    )


def _the_person(tx: Transaction, person_id: str) -> Person:
    person = people.person(tx, person_id)
    if person is None:
        raise GreenroomError("Greenroom does not know this person any more.", "Nothing was done.")
    return person


def _ninety(ctx: HandlerContext, now: datetime) -> datetime:
    return period(90, now, ctx.timezone).ninety.begin


def open_note(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window for a note."""
    with ctx.db.read() as tx:
        person = _the_person(tx, press.value)
    ctx.slack.push_modal(press.trigger_id, note_modal(person.id, person.name))


def on_note(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that keeps a note."""

    def keep(member: Member, body: Body) -> Submitted:
        view = view_of(body)
        person_id = kept_values(view).get("person", "")
        text = answer(view, "note", "words").strip()
        if not text or len(text) > _LONGEST_NOTE:
            return at_fields({"note": f"Write 1 to {_LONGEST_NOTE} characters."})
        with ctx.db.write() as tx:
            _the_person(tx, person_id)
            note = PersonNote(
                id=new_id(),
                person_id=person_id,
                text=text,
                member_id=member.id,
                member_name=member.name,
                at=ctx.now(),
            )
            person_notes.add_note(tx, note)
        return Submitted({})

    def after(_: Member, body: Body) -> None:
        view = view_of(body)
        below = str(view.get("previous_view_id") or view.get("root_view_id") or "")
        if below and below != view.get("id"):
            _redraw(ctx, below, kept_values(view).get("person", ""))

    return submitting(ctx, keep, may=may, field=lambda _: "note", after=after)


def remove_note(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Remove a note."""
    with ctx.db.write() as tx:
        person_id = person_notes.remove_note(tx, press.value)
    if person_id is None:
        raise GreenroomError("That note was gone already.", "")
    _redraw(ctx, press.view_id, person_id)


def mute(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Set a person's posts aside from now on."""
    _set_muted(ctx, press, muted=True)


def unmute(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Bring a person's posts again from now on."""
    _set_muted(ctx, press, muted=False)


def _set_muted(ctx: HandlerContext, press: Press, *, muted: bool) -> None:
    with ctx.db.write() as tx:
        person = _the_person(tx, press.value)
        people.mute_person(tx, person.id, muted=muted)
    _redraw(ctx, press.view_id, person.id)


def lift_opt_out(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Let a person be answered again; who did it is kept."""
    with ctx.db.write() as tx:
        person = _the_person(tx, press.value)
        lifted = opt_outs.lift(tx, person.id, by=member.id, at=ctx.now())
    if not lifted:
        tell_privately(ctx, None, member.id, "It was lifted already.")
    _redraw(ctx, press.view_id, person.id)


def _redraw(ctx: HandlerContext, view_id: str | None, person_id: str) -> None:
    """Show the page as it is now, where it is still open."""
    if view_id is None:
        return
    page, account_id = the_page(ctx, person_id)
    try:
        ctx.slack.update_modal(view_id, person_modal(page, account_id=account_id))
    except SlackError as error:
        if error.code not in {"not_found", "view_not_found"}:
            raise

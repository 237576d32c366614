"""A saved answer: looked through, filled for the person, and never sent by itself."""

from typing import Any

from domain import PlaybookAnswer
from storage.voice import voices
from tests.stage import Stage, shown, until, words_in
from tests.team import room_of, set_team

BENCH = PlaybookAnswer("bench", "It's yours on {day}. What time?", ("bench",))
LEASE = PlaybookAnswer("lease", "Our lease line is {lease_line}.", ("lease",))


def keep(stage: Stage, *answers: PlaybookAnswer) -> None:
    """Put answers into the team's playbook."""
    room = room_of(stage)
    with room.db.write() as tx:
        voices.save_playbook(tx, answers, member_id=stage.maya, member_name="Maya", at=room.now())


def drafted(stage: Stage, words: str) -> str:
    """Make a mention whose card is there before the playbook changes; return its id."""
    post = stage.mention(words, author="ruth")
    stage.card_with(post, "Skip")
    return post


def open_saved(stage: Stage, post: str) -> dict[str, Any]:
    card = stage.card_with(post, "Skip")
    label = "Saved answers…" if "Saved answers…" in shown(card) else "Use a saved answer…"
    stage.press(card, label)
    return stage.view()


def use(stage: Stage, view: dict[str, Any], text: str, member: str | None = None) -> None:
    """Press *Use…* beside an answer."""
    section = next(
        b for b in view["view"]["blocks"] if (b.get("text") or {}).get("text", "") == text
    )
    answer = stage.do(
        "click",
        view_id=view["view_id"],
        action_id="use_saved",
        value=section["accessory"]["value"],
        member=member or stage.maya,
    )
    assert answer["ok"], answer


def test_the_fitting_answer_comes_first_filled_for_the_person(stage: Stage) -> None:
    """The team's answer for such a post stands on top; one with an open gap is left out."""
    post = drafted(stage, "is the bench free on Friday?")
    keep(stage, LEASE, BENCH)
    words = list(words_in(open_saved(stage, post)["view"]["blocks"]))
    assert words.index("*With words of this post*") < words.index("*Others*")
    assert words.index("It's yours on Friday. What time?") < words.index("*Others*")
    assert not any("{" in word for word in words)
    assert not any("lease line" in word for word in words)


def test_a_chosen_answer_stands_on_the_card_and_in_the_window(stage: Stage) -> None:
    """It is never sent by the choice alone; approving it in the window sends it."""
    post = drafted(stage, "is the bench free?")
    keep(stage, PlaybookAnswer("bench", "It's yours. Which day?", ("bench",)))
    use(stage, open_saved(stage, post), "It's yours. Which day?")
    until(lambda: "Edit the reply" in str(stage.view()["view"]), "the window is open")
    stage.card_with(post, "It's yours. Which day?")
    assert stage.replies_to(post) == []
    stage.submit(stage.view(), {"edit_text": "It's yours. Which day?"})
    assert stage.reply_to(post)["text"] == "It's yours. Which day?"


def test_a_saved_answer_of_a_colleague_needs_no_second_person(stage: Stage) -> None:
    """What Maya wrote into the playbook, Tom sends alone; she would need another."""
    set_team(stage, second_approver=True)
    post = drafted(stage, "is the bench free?")
    keep(stage, PlaybookAnswer("bench", "It's yours. Which day?", ("bench",)))
    use(stage, open_saved(stage, post), "It's yours. Which day?")
    card = stage.card_with(post, "Holds words of Maya; somebody else approves.")
    stage.press(card, "Approve", stage.tom)
    assert stage.reply_to(post)


def test_what_was_changed_meanwhile_is_not_used(stage: Stage) -> None:
    """The window is older than the playbook: the presser is told, nothing is stored."""
    post = drafted(stage, "is the bench free?")
    keep(stage, PlaybookAnswer("bench", "It's yours. Which day?", ("bench",)))
    view = open_saved(stage, post)
    keep(stage, PlaybookAnswer("bench", "Taken, sadly.", ("bench",)))
    use(stage, view, "It's yours. Which day?")
    stage.answer_to(stage.maya, "changed meanwhile")
    assert "It's yours" not in shown(stage.card_with(post, "Approve"))

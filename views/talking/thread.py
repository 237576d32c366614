"""What Greenroom answers in a card's thread: a changed suggestion, why, who, what can be said."""

from collections.abc import Mapping, Sequence

from domain import (
    BUSY_STATES,
    ENDED_STATES,
    OPEN_STATES,
    Advice,
    CardFacts,
    Lane,
    Mention,
    MentionState,
    PersonPage,
    Post,
    Source,
    Suggestion,
)
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, actions, button, context, section, whole_text
from views.blocks.formatting import (
    excerpt,
    handle_words,
    listed,
    name_words,
    plain_name,
    shorten,
    slack_date,
    without_leading_handles,
)
from views.blocks.message import Message, message
from views.cards.card_advice import advice_line, nothing_fits
from views.cards.card_person import why_here
from views.cards.card_suggestions import check_lines, may_be_taken, named, take_button
from views.people.person_modal import standing_line

_CAN = (
    "shorter",
    "by their name",
    "without a part",
    "with a question",
    "with a sentence of yours",
    "another ready answer",
)
_NOTES_SHOWN = 3
_ALL_FINE = "✓ Checked: nothing to mind."
HELP = (
    "Write here how the reply should be: “shorter”, “warmer, and ask what beans they use”, “in "
    "Spanish”, “say that we open at 7 on Sundays”, “another”. Or ask “why this?” and “who is "
    "this?”, or hand it over: “let @teammate take it”. Nothing is sent before somebody presses "
    "the button."
)
APPROVE_HINT = (
    "Words alone send nothing. Press the button beside the text that should go out, so that "
    "everybody sees who approved what."
)
SNOOZE_HINT = "Press *Snooze…* on the card and choose a time; then it comes back by itself."
HOSTILE = (
    "This post tries to give me orders, so I draft nothing for it. *Write a reply…* on the card "
    "takes your own words."
)
#: What follows where nothing is drafted: there is no text to change.
NO_TEXT = (
    "No ready answer fits, so there is no text to change. *Write a reply…* on the card takes your "
    "own words; “say that …” here does, too."
)


def thinking(*, practice: bool) -> Message:
    """Say that an answer is on its way."""
    words = "Thinking…"
    return message(words, context(f"Practice · {words}" if practice else words))


def thread_suggestion(
    mention: Mention,
    suggestion: Suggestion | None,
    *,
    key: str,
    note: str = "",
    fact: str | None = None,
    fact_state: str | None = None,
    fact_by: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Message:
    """Show the changed text with its button and its checks, and a fact that may be kept.

    Once the mention is decided nothing can be pressed any more. `names` has the members whose
    words are in it.
    """
    open_still = mention.state in OPEN_STATES
    blocks: list[AnyBlock | None] = [
        *(
            _text_blocks(mention, suggestion, names or {}, open_still=open_still)
            if suggestion
            else []
        ),
        context(excerpt(note, 500)) if note else None,
        *_fact_blocks(key, fact, fact_state, fact_by),
        context("Decided: the card shows how.") if suggestion and _decided(mention) else None,
    ]
    spoken = f"How about: {excerpt(suggestion.text, 300)}" if suggestion else excerpt(note, 500)
    return message(spoken or "No other text came out.", *blocks)


def _decided(mention: Mention) -> bool:
    by_hand = mention.state is MentionState.BY_HAND
    return by_hand or mention.state in BUSY_STATES | ENDED_STATES


def _text_blocks(
    mention: Mention, suggestion: Suggestion, names: Mapping[str, str], *, open_still: bool
) -> list[AnyBlock | None]:
    if not open_still:
        return [whole_text(suggestion.text)]
    value = button_value(mention.id, suggestion.id)
    # What may not go out as it is has that button already.
    edit = button("Edit…", ActionId.EDIT, value) if may_be_taken(suggestion) else None
    return [
        whole_text(suggestion.text),
        context(*(check_lines(suggestion) or [_ALL_FINE]), _whose(suggestion, names)),
        actions(take_button(mention, suggestion, first=True), edit),
    ]


def _whose(suggestion: Suggestion, names: Mapping[str, str]) -> str:
    if suggestion.words_of:
        return f"With words of {named(suggestion.words_of, names)}."
    match suggestion.source:
        case Source.MEMBER:
            return f"With words of {excerpt(suggestion.member_name or '', 60) or 'a member'}."
        case Source.PLAYBOOK:
            return "From the playbook."
        case Source.APPROVED_BEFORE:
            return "From replies you approved before."
        case _:
            return ""


def _fact_blocks(
    key: str, fact: str | None, state: str | None, by: str | None
) -> list[AnyBlock | None]:
    if not fact:
        return []
    said = f"“{excerpt(fact, 300)}”"
    who = excerpt(by or "", 60) or "Somebody"
    if state == "kept":
        return [context(f"✓ {who} kept {said} as a fact. From now on it may be stated.")]
    if state == "left":
        return [context(f"{said} stays in this reply only, as {who} decided.")]
    return [
        section(f"Keep {said} as a fact about us, for other replies too?"),
        actions(
            button("Keep as a fact", ActionId.KEEP_FACT, key, spoken=f"Keep as a fact: {fact}"),
            button("Only this once", ActionId.LEAVE_FACT, key),
        ),
    ]


def beyond_rules(beyond: Sequence[str], *, by_rules: str | None, model_on: bool) -> str:
    """Say honestly what could not be done without the model, and what can."""
    parts = []
    if model_on and by_rules:
        why = by_rules.strip().rstrip(".")
        parts.append(f"{why[:1].upper()}{why[1:]}, so rules changed the text.")
    if beyond:
        without = "Rules alone" if model_on else "Without a model I"
        parts.append(f"{without} cannot {listed(list(beyond))}. I can make it {_ways(beyond)}.")
    return " ".join(parts)


def withheld(why: str) -> str:
    """Say that the model drafts nothing for a post, and who does."""
    bare = why.strip().rstrip(".")
    about = f"{bare[:1].upper()}{bare[1:]}: " if bare else ""
    return (
        f"{about}the model leaves this one to a person, so I draft nothing. *Write a reply…* on the "
        "card takes your own words."
    )


def came_out_the_same() -> str:
    """Say that there is nothing different to show."""
    return f"That came out as it was. I can make it {_ways()}; or write your own from the card."


def _ways(beyond: Sequence[str] = ()) -> str:
    """List what rules can do to a text, without what they were just unable to do."""
    return listed([way for way in _CAN if not any(way in each for each in beyond)])


def why_message(facts: CardFacts) -> Message:
    """Say why a post is here, why it should or should not be answered, where the ideas are from."""
    mention = facts.mention
    lines = [
        f"{why_here(mention, facts.account_handle)}.",
        advice_line(mention),
        excerpt(mention.reason or "", 300),
        *_about_suggestions(facts),
        _lane_words(mention),
    ]
    blocks: list[AnyBlock | None] = [section("\n".join(line for line in lines if line))]
    spoken = " ".join(line for line in lines if line).replace("*", "")
    return message(spoken, *blocks)


def _about_suggestions(facts: CardFacts) -> list[str]:
    if nothing_fits(facts):
        return [
            "No ready answer fits, so nothing is suggested.",
            excerpt(facts.mention.note or "", 300),
        ]
    if not facts.suggestions or facts.mention.advice in {Advice.HOSTILE, Advice.NEEDS_PERSON}:
        return []
    sources = {suggestion.source for suggestion in facts.suggestions}
    said = {
        Source.MODEL: "written by the model from your voice, your facts and this conversation",
        Source.PLAYBOOK: "from the playbook",
        Source.APPROVED_BEFORE: "from replies that you approved before",
        Source.MEMBER: "written by a member",
    }
    whence = listed([said[source] for source in Source if source in sources], last="and")
    minded = sum(bool(check_lines(suggestion)) for suggestion in facts.suggestions)
    lines = [f"The ideas are {whence}."]
    if minded:
        lines.append("Where the checks mind something, it stands below the idea.")
    note = excerpt(facts.mention.note or "", 300)
    # Where the ideas are from is said already.
    bare = note.removeprefix("From the playbook: ")
    return [*lines, f"{bare[:1].upper()}{bare[1:]}"] if bare else lines


def _lane_words(mention: Mention) -> str:
    if mention.lane is not Lane.BY_HAND:
        return ""
    return (
        "They did not write to us, and X lets an app answer only who did: so a person posts "
        "this one by hand."
    )


def who_message(page: PersonPage, last: Sequence[Post], account_id: str) -> Message:
    """Say what we know of a person, with the button to their page."""
    person, met = page.person, page.met
    lines = [
        f"*{name_words(person)}* {handle_words(person)}",
        standing_line(page),
        f"First met {slack_date(met.first_at, '{date_long}')}." if met.first_at else "",
        f"Asked not to be answered on {slack_date(page.opt_out.at, '{date_short}')}."
        if page.opt_out
        else "",
        *(
            f"Note of {excerpt(note.member_name, 60)}: {excerpt(note.text, 200)}"
            for note in page.notes[:_NOTES_SHOWN]
        ),
        *(_said(post, account_id) for post in last),
    ]
    see = button(
        "Open their page",
        ActionId.OPEN_PERSON,
        person.id,
        spoken=shorten(f"Open the page about {plain_name(person)}", 75),
    )
    text = "\n".join(line for line in lines if line)
    return message(
        f"{name_words(person)}: {standing_line(page).replace('*', '')}", section(text, see)
    )


def _said(post: Post, account_id: str) -> str:
    who = "We" if post.author.id == account_id else "They"
    words = excerpt(without_leading_handles(post.text), 160) or "(no words)"
    return f"{who}, {slack_date(post.created_at, '{date_short}')}: {words}"


def decided_already() -> Message:
    """Say that there is nothing left to change."""
    words = "This one is decided, so its text stays. The card shows what became of it."
    return message(words, context(words))


def nobody_known() -> Message:
    """Say that nothing is known of a person."""
    words = "I know nothing of this person but this post."
    return message(words, context(words))

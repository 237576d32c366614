"""What nobody may take, whatever button was pressed: the rules that hold for every text."""

from domain import Lane, why_unseen
from errors import GreenroomError, NotAllowed
from handlers.entry.access import Member
from storage.db.database import Transaction
from storage.inbox import authors, mentions
from storage.posts import opt_outs
from views.talking.private_texts import only_by_hand, own_words, unknown_words, wants_no_answer


def refuse_wordless(text: str) -> None:
    """Let nobody take a text that was emptied since, as forgetting a person does.

    Raises:
        GreenroomError: there are no words in it.
    """
    if not text.strip():
        raise GreenroomError("There are no words in that suggestion any more.", "Write your own.")


def refuse_unseen(text: str) -> None:
    """Let nobody take a text whose end they could not see, whatever a screen offered.

    Raises:
        GreenroomError: a card cannot show all of it.
    """
    if (why := why_unseen(text)) is not None:
        raise GreenroomError(why, "Use Edit… to change it.")


def refuse_by_hand(tx: Transaction, mention_id: str) -> None:
    """Let nobody send where X lets only a person answer, whatever an old card offered.

    Raises:
        NotAllowed: the mention is in that lane.
    """
    mention = mentions.mention(tx, mention_id)
    if mention is not None and mention.lane is Lane.BY_HAND:
        raise NotAllowed(only_by_hand())


def refuse_opted_out(tx: Transaction, mention_id: str) -> None:
    """Let nobody answer a person who asked not to be answered, by whatever way.

    Raises:
        NotAllowed: they asked, and nobody lifted it.
    """
    mention = mentions.mention(tx, mention_id)
    if mention is not None and opt_outs.opted_out(tx, mention.post.author.id) is not None:
        raise NotAllowed(wants_no_answer(mention.post.author.handle))


def refuse_own_words(tx: Transaction, mention_id: str, member: Member, text: str) -> None:
    """Let nobody take words of their own, where the team wants a second approver.

    Raises:
        NotAllowed: another member has to approve this text.
    """
    if needs_another(tx, mention_id, member, text):
        known = authors.origins(tx, mention_id, text)
        raise NotAllowed(own_words() if known else unknown_words())


def needs_another(tx: Transaction, mention_id: str, member: Member, text: str) -> bool:
    """Tell whether somebody else than `member` has to approve a text.

    So it is where the team wants a second approver and words of this member are in the text, or
    nobody knows whose are. Others who handed in the very same text stand behind it, too.
    """
    if not authors.second_approver_on(tx):
        return False
    return not authors.may_approve_alone(tx, mention_id, text, member.id)

"""What a storm cost, and both sides held against the promises."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields

from domain import Decision, DecisionKind, MentionState
from storage.db.database import Transaction
from storage.inbox import decisions, mentions
from storage.open import open_database
from tests.stage import Stage
from tests.storm.members import is_card

_APPROVALS = (
    DecisionKind.APPROVE,
    DecisionKind.EDIT,
    DecisionKind.SEND_ANYWAY,
    DecisionKind.WRITE,
)
#: What a member presses only when Greenroom could not find out by itself.
_LOOKED_AT = (DecisionKind.SEND_ANYWAY, DecisionKind.CHECK_AGAIN)
_ENDED = frozenset({MentionState.ANSWERED, MentionState.SKIPPED})


@dataclass
class Toll:
    """What came of it. The promises: lost, doubled (replies and cards), unapproved, unsettled and
    frozen (processes that had to be killed for not answering) stay empty.

    Of the replies of which nobody knew whether they went out (`looked_for`), a person looked after
    `asked`; `left` are those that still wait for a person at the end.
    """

    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    posted: list[str] = field(default_factory=list)
    replies: int = 0
    skipped: int = 0
    looked_for: int = 0
    asked: int = 0
    left: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    cards_twice: list[str] = field(default_factory=list)
    unapproved: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Say of each broken promise which it is, and of what."""
        return [
            *(f"lost: {what}" for what in self.lost),
            *(f"answered twice: {post}" for post in self.doubled),
            *(f"two cards: {key}" for key in self.cards_twice),
            *(f"not approved: {post}" for post in self.unapproved),
            *(f"never ended: {card}" for card in self.unsettled),
            *(f"did not answer: {what}" for what in self.frozen),
        ]

    @property
    def left_percent(self) -> float:
        """How many of a hundred replies wait for a person at the end."""
        return 100 * self.left / self.replies if self.replies else 0.0

    def add(self, other: "Toll") -> None:
        """Add another storm's toll to this one."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def unfinished(tx: Transaction, posted: list[str]) -> list[str]:
    """Return which of the mentions have not come to an end in storage, whatever a card shows."""
    found = {post: mentions.mention(tx, post) for post in posted}
    return [
        post for post, mention in found.items() if mention is None or mention.state not in _ENDED
    ]


def count(stage: Stage, toll: Toll, database: str) -> None:
    """Compare what X holds with what people approved, and what X showed with what is stored."""
    ours = [p for p in stage.get("posts") if p["ours"]]
    toll.replies = len(ours)
    known = set(toll.posted)
    toll.unapproved += [p["id"] for p in ours if p["in_reply_to"] not in known]
    toll.cards_twice += _cards_twice(stage)
    before = _decided_before(stage)
    db = open_database(database)
    with db.read() as tx:
        for post in toll.posted:
            texts = [p["text"] for p in ours if p["in_reply_to"] == post]
            made = [*before[post], *decisions.decisions(tx, post)]
            approved = [d.text for d in made if d.kind in _APPROVALS]
            named = all(d.member_id in {stage.maya, stage.tom} for d in made)
            mention = mentions.mention(tx, post)
            if mention is None:
                toll.lost.append(f"{post} was never caught")
            elif mention.state not in _ENDED:
                toll.lost.append(f"{post} is {mention.state}, {mention.reason}")
            elif mention.state is MentionState.ANSWERED and not texts:
                # Stored as answered, but X holds nothing.
                toll.lost.append(f"{post} is answered, but X holds nothing")
            toll.skipped += mention is not None and mention.state is MentionState.SKIPPED
            if len(texts) > 1:
                toll.doubled.append(post)
            if any(text not in approved for text in texts) or not named:
                toll.unapproved.append(post)
            moves = mentions.history(tx, post)
            toll.looked_for += any(move["to_state"] == MentionState.UNKNOWN for move in moves)
            toll.left += mention is not None and mention.state is MentionState.UNKNOWN
            toll.asked += any(d.kind in _LOOKED_AT for d in made)
    db.close()


def _decided_before(stage: Stage) -> dict[str, list[Decision]]:
    """Return what was decided on each mention in databases whose place a backup took."""
    found = defaultdict[str, list[Decision]](list)
    for kept in stage.folder.glob("*.replaced-*.db"):
        db = open_database(f"sqlite:///{kept}")
        with db.read() as tx:
            for post in stage.get("posts"):
                found[post["id"]] += decisions.decisions(tx, post["id"])
        db.close()
    return found


def _cards_twice(stage: Stage) -> list[str]:
    """Return the keys of cards that stand in the channel more than once."""
    keys = [m["metadata"]["event_payload"]["key"] for m in stage.messages() if is_card(m)]
    return [key for key, number in Counter(keys).items() if number > 1]

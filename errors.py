r"""The errors of Greenroom. Each knows what to tell a person and what to do next.

GreenroomError
├── SettingsError              something in the environment is missing or malformed
├── StorageError               the database cannot be read or written
├── NotAllowed                 this member may not decide
├── AlreadyDecided             somebody else was first
├── NotOurs                    what Slack sent names nothing that we posted
├── ReadTooLong                reading a text took too long and was given up
├── XError
│   ├── XWrongKeys             401: X does not know our keys
│   ├── XPaused                402, spend cap, monthly cap: no money for more
│   ├── XRateLimited           429: come back at `until`
│   ├── XRefused               a definite 4xx: X said no, with its reason
│   │   ├── XAccountRefused    it is about the account or the app, whatever was asked
│   │   ├── XQueryRefused      400: it names the query
│   │   ├── XTimesRefused      400: it names the times or ids between which was asked
│   │   ├── XDuplicate         403: the same text again
│   │   └── XGone              the post is deleted or not visible to us
│   ├── XWayBlocked            something on the way, or X's edge, answered in X's place
│   ├── XUnreached             no connection: not one byte of the request went out
│   ├── XUncertain             the request went out, the answer did not come back whole
│   └── XUnavailable           5xx or a broken read: X is in trouble, reading may be tried again
├── SlackError
│   ├── SlackWrongToken        Slack does not know our token, or it lacks a scope
│   ├── SlackNoChannel         the channel is not there or the bot is not in it
│   ├── SlackRefusedBlocks     Slack did not like the blocks: a fault of ours
│   ├── SlackUncertain         a message may or may not have been posted
│   └── SlackUnavailable       Slack is in trouble
└── ModelError
    ├── ModelWrongKey          the model's server does not know our key
    ├── ModelPaused            over budget or out of quota
    ├── ModelUnavailable       no answer in time
    ├── ModelDeclined          it would not answer, or a filter kept the answer back
    └── ModelRubbish           an answer that does not hold the schema
"""

import secrets
from datetime import datetime

#: What a running Greenroom does about passing trouble.
ITSELF = "Greenroom tries again by itself."


class GreenroomError(Exception):
    """Say what happened (`sentence`) and what to do next (`advice`); `ref` is in the log too."""

    advice = "Try again; if it happens again, look in the log for the id."

    def __init__(self, sentence: str, advice: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if advice is not None:
            self.advice = advice
        self.ref = secrets.token_hex(3)

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".strip()

    def at_start(self) -> str:
        """Return the sentence for somebody who started a command that ends with this error."""
        if ITSELF in self.advice:
            advice = self.advice.replace(ITSELF, "Start it again in a moment.")
            return f"{self.sentence} {advice} (id {self.ref})"
        return self.for_person()

    def for_person(self) -> str:
        """Return the sentence that a person sees, with the id under which the log has the rest."""
        return f"{self} (id {self.ref})"


class SettingsError(GreenroomError):
    """Name every gap in the settings at once; `gaps` holds a sentence for each."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__("Greenroom cannot start: " + " ".join(gaps), "")
        self.gaps = gaps


class StorageError(GreenroomError):
    advice = "Look at DATABASE_URL, the disk's free space and the file's permissions."


class NotAllowed(GreenroomError):
    advice = ""


class AlreadyDecided(GreenroomError):
    """`by` is the member who was first, where that is known."""

    advice = ""

    def __init__(self, sentence: str, *, by: str | None = None) -> None:
        super().__init__(sentence)
        self.by = by


class NotOurs(GreenroomError):
    """What was pressed or submitted is none of ours, or of an older Greenroom."""

    advice = "Nothing was done. Open it again from its card."

    def __init__(self, sentence: str = "Greenroom does not know what was pressed here.") -> None:
        super().__init__(sentence)


class ReadTooLong(GreenroomError):
    """A pattern did not come to an end with a text within its processor time."""

    advice = "Read it yourself and answer in your own words."

    def __init__(
        self, sentence: str = "This takes too long to read, so nothing is suggested."
    ) -> None:
        super().__init__(sentence)


class XError(GreenroomError):
    """`status` is X's HTTP status, where there was one; `detail` X's own words."""

    advice = ITSELF

    def __init__(
        self,
        sentence: str,
        advice: str | None = None,
        *,
        status: int | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(sentence, advice)
        self.status = status
        self.detail = detail


class XWrongKeys(XError):
    advice = "Check the X_… keys in .env with `python bot.py doctor`."


class XPaused(XError):
    """`why` is one of `credits`, `spend_cap`, `usage_cap`."""

    advice = "Listening is paused and nothing is lost; add credit or raise the cap in X's console."

    def __init__(self, sentence: str, *, why: str, status: int, detail: str = "") -> None:
        super().__init__(sentence, status=status, detail=detail)
        self.why = why


class XRateLimited(XError):
    """`until` is the aware UTC time from which X may be asked again."""

    def __init__(self, sentence: str, *, until: datetime, detail: str = "") -> None:
        super().__init__(sentence, status=429, detail=detail)
        self.until = until


class XRefused(XError):
    advice = "You can still reply by hand on X."


class XAccountRefused(XRefused):
    advice = f"{ITSELF} If it lasts, sign in on x.com and look at the app in X's console."


class XQueryRefused(XRefused):
    advice = "Change the query; X's own words say what it minds."


class XTimesRefused(XRefused):
    advice = f"{ITSELF} If it lasts, set this machine's clock right."


class XDuplicate(XRefused):
    advice = "Change a word or two and approve it again."


class XGone(XRefused):
    advice = "There is nothing left to answer."


class XWayBlocked(XError):
    advice = (
        f"{ITSELF} If it lasts, look at the proxy or firewall of this machine, and at X_API_URL."
    )


class XUnreached(XError):
    pass


class XUncertain(XError):
    advice = "Greenroom looks on X before anything else."


class XUnavailable(XError):
    """`unsent`: not one byte of the question went out."""

    unsent = False


class SlackError(GreenroomError):
    """`code` is Slack's own error name, where there was one."""

    def __init__(self, sentence: str, advice: str | None = None, *, code: str = "") -> None:
        super().__init__(sentence, advice)
        self.code = code


class SlackWrongToken(SlackError):
    advice = "Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN with `python bot.py doctor`."


class SlackNoChannel(SlackError):
    advice = "Invite the bot with /invite in the channel that SLACK_CHANNEL names."


class SlackRefusedBlocks(SlackError):
    pass


class SlackUncertain(SlackError):
    pass


class SlackUnavailable(SlackError):
    advice = ITSELF


class ModelError(GreenroomError):
    advice = "Meanwhile only plain questions and thanks get a suggestion."


class ModelWrongKey(ModelError):
    advice = "Check OPENAI_API_KEY; meanwhile only plain questions and thanks get a suggestion."


class ModelPaused(ModelError):
    pass


class ModelUnavailable(ModelError):
    """`may_be_billed`: the question went out, and what became of it is not known."""

    may_be_billed = False


class ModelDeclined(ModelError):
    """The model, or a filter before it, would not answer. No ready answer takes its place.

    `may_be_billed`: it read the question.
    """

    advice = "A person answers this one."
    may_be_billed = False


class ModelRubbish(ModelError):
    pass

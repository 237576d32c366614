"""What manifest.yaml offers of the app in Slack, for the practice room's page. A test holds both."""

from handlers.entry.permissions import Shortcut as Wanted
from sandbox.slack.app_features import Features, OfferedPrompt, OfferedShortcut

_ASKED = (
    "Who did we forget?",
    "What did people say this week?",
    "Who came back this week?",
    "How are we doing?",
)

FEATURES = Features(
    prompts=tuple(OfferedPrompt(title=words, message=words) for words in _ASKED),
    shortcuts=(
        OfferedShortcut(
            "Suggest a reply",
            Wanted.FROM_MESSAGE,
            "message",
            "Makes a card of the X post that this message links to.",
        ),
        OfferedShortcut(
            "Suggest a reply by link",
            Wanted.FROM_LINK,
            "global",
            "Makes a card of a post on X, by its link.",
        ),
    ),
)

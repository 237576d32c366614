"""What manifest.yaml offers of the app in Slack, for the practice room's page. A test holds both."""

from handlers.shortcuts import FROM_LINK, FROM_MESSAGE
from sandbox.app_features import Features, Prompt, Shortcut

_ASKED = (
    "Who did we forget?",
    "What did people say this week?",
    "Who came back this week?",
    "How are we doing?",
)

FEATURES = Features(
    prompts=tuple(Prompt(title=words, message=words) for words in _ASKED),
    shortcuts=(
        Shortcut(
            "Suggest a reply",
            FROM_MESSAGE,
            "message",
            "Makes a card of the X post that this message links to.",
        ),
        Shortcut(
            "Suggest a reply to a link",
            FROM_LINK,
            "global",
            "Makes a card of a post on X, by its link.",
        ),
    ),
)

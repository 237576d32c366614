"""The keys to X, which never show themselves."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class XKeys:
    """The app's and the account's keys (OAuth 1.0a), and the app's bearer token if there is one."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)
    bearer_token: str | None = field(default=None, repr=False)

    def hide(self, words: str) -> str:
        """Take the keys out of words that came from outside."""
        for key in (
            self.consumer_key,
            self.consumer_secret,
            self.access_token,
            self.access_token_secret,
            self.bearer_token,
        ):
            if key:
                words = words.replace(key, "•••")
        return words

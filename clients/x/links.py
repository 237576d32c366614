"""The post that a link to X leads to. Nothing is fetched to find out."""

import patterns as re

_POST = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?:i/web|i|\w{1,15})/status(?:es)?/"
    r"(\d{1,19})(?!\w)",
    re.IGNORECASE,
)
_READ = 20_000


def posts_linked(text: str) -> tuple[str, ...]:
    """Return the ids of the posts that a text links to, in order, each once."""
    return tuple(dict.fromkeys(_POST.findall(text[:_READ])))

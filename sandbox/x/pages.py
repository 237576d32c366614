"""The practice X for people: the page of one post, and the composer for replies by hand."""

from html import escape
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.x.gate import PREFIX, XRoom
from sandbox.x.posts import XPost
from sandbox.x.refusals import Refusal
from sandbox.x.text import MAX_WEIGHT
from sandbox.x.writing import Writing

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:0 auto;padding:1rem;color:#16181c;
background:#fff}
.practice{background:#fff4d6;border:1px solid #e3c66a;border-radius:.5rem;padding:.5rem .75rem;
font-size:.875rem}
article{border:1px solid #d5d9dd;border-radius:.75rem;padding:.75rem 1rem;margin:1rem 0}
article.focus{border-color:#16181c}
header{display:flex;gap:.6rem;align-items:center}
img{width:40px;height:40px;border-radius:50%}
p.words{white-space:pre-wrap;overflow-wrap:anywhere;margin:.6rem 0}
small,.handle{color:#536471}
textarea{width:100%;min-height:8rem;font:inherit;padding:.6rem;box-sizing:border-box;
border:1px solid #536471;border-radius:.5rem}
button,.button{font:inherit;background:#16181c;color:#fff;border:0;border-radius:2rem;
padding:.5rem 1.25rem;text-decoration:none;display:inline-block;cursor:pointer}
.wrong{color:#a3000e}
"""
_SAFETY = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_NOTICE = "Practice room: this is not X."


def page_routes(room: XRoom) -> list[BaseRoute]:
    """Make the routes of the pages that people open."""
    pages = _Pages(room)
    return [
        Route(f"{PREFIX}/intent/tweet", pages.composer, methods=["GET"]),
        Route(f"{PREFIX}/intent/post", pages.composer, methods=["GET"]),
        Route(f"{PREFIX}/intent/tweet", pages.send, methods=["POST"]),
        Route(f"{PREFIX}/intent/post", pages.send, methods=["POST"]),
        Route(f"{PREFIX}/{{handle}}/status/{{id}}", pages.post, methods=["GET"]),
    ]


class _Pages:
    def __init__(self, room: XRoom) -> None:
        self._room = room
        self._state = room.x
        self._writing = Writing(room.x)

    async def post(self, request: Request) -> Response:
        """Show one post, what it answers, and the replies to it."""
        post = self._state.visible_post(request.path_params["id"])
        if post is None:
            return self._page(
                "Not here", "<h1>This post is not here</h1><p>It was deleted.</p>", 404
            )
        parts = []
        if parent := self._state.visible_post(post.in_reply_to or ""):
            parts.append(self._article(parent))
        parts.append(self._article(post, focus=True))
        link = f"{PREFIX}/intent/tweet?{urlencode({'in_reply_to': post.id})}"
        parts.append(f'<p><a class="button" href="{escape(link)}">Reply by hand</a></p>')
        parts += [self._article(reply) for reply in self._state.following_up(post.id)]
        return self._page(f"{post.author} on the practice X", "".join(parts))

    async def composer(self, request: Request) -> Response:
        """Show the form on which a person writes a post as the account."""
        asked = request.query_params
        return self._composer(asked.get("text", ""), asked.get("in_reply_to", ""))

    async def send(self, request: Request) -> Response:
        """Post what the form says, and show the post."""
        form = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        text = form.get("text", [""])[0].replace("\r\n", "\n")
        in_reply_to = form.get("in_reply_to", [""])[0]
        try:
            post = self._writing.by_hand(text, in_reply_to or None)
        except Refusal as refusal:
            return self._composer(text, in_reply_to, wrong=_reason(refusal))
        return RedirectResponse(f"{PREFIX}/{post.author}/status/{post.id}", 303)

    def _composer(self, text: str, in_reply_to: str, wrong: str = "") -> Response:
        account = self._state.account
        target = self._state.visible_post(in_reply_to) if in_reply_to else None
        parts = [f"<h1>Write as @{escape(account.handle)}</h1>"]
        if target is not None:
            parts.append(f"<p>Replying to</p>{self._article(target)}")
        elif in_reply_to:
            wrong = wrong or "The post to reply to is not here any more."
        if wrong:
            parts.append(f'<p class="wrong" role="alert">{escape(wrong)}</p>')
        parts.append(
            f'<form method="post" action="{PREFIX}/intent/tweet">'
            f'<input type="hidden" name="in_reply_to" value="{escape(in_reply_to)}">'
            '<p><label for="text">Your words, at most '
            f"{MAX_WEIGHT} characters</label>"
            f'<textarea id="text" name="text" required>\n{escape(text)}</textarea></p>'
            f"<p><button>{'Reply' if in_reply_to else 'Post'}</button></p></form>"
        )
        return self._page("Write a post", "".join(parts), 400 if wrong else 200)

    def _article(self, post: XPost, *, focus: bool = False) -> str:
        person = self._state.person(post.author_id) or self._state.account
        handle = escape(person.handle)
        time = f"{post.created_at:%-d %B %Y, %H:%M} UTC"
        return (
            f"<article{' class=focus' if focus else ''}><header>"
            f'<img src="/avatars/{handle}.png" alt="">'
            f"<div><b>{escape(person.name)}</b><br>"
            f'<span class="handle">@{handle}</span></div></header>'
            f'<p class="words">{escape(post.full_text)}</p>'
            f'<small><a href="{PREFIX}/{handle}/status/{post.id}">{time}</a></small></article>'
        )

    def _page(self, title: str, content: str, status: int = 200) -> HTMLResponse:
        notice = escape(f"{_NOTICE} {self._room.notice}")
        return HTMLResponse(
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{escape(title)}</title><style>{_STYLE}</style>"
            f'<p class="practice">{notice}</p><main>{content}</main>',
            status,
            _SAFETY,
        )


def _reason(refusal: Refusal) -> str:
    errors = refusal.body.get("errors")
    if errors:
        return str(errors[0].get("message", ""))
    return str(refusal.body.get("detail", "X refused this."))

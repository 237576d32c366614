"""A small model server on 127.0.0.1 that gives the answers a test lays down."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clients.model.client import ModelClient


@dataclass
class ModelServer:
    """What the server answers next, and what it was asked.

    `answers`, where it is set, makes the answer from the question; else it is `answer`.
    `answer_whole` is the whole body in place of a completion.
    """

    answer: str = ""
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    door: ModelClient = field(init=False)
    answers: Callable[[dict[str, Any]], str] | None = None
    answer_whole: str | None = None

    def says(self, *texts: str | tuple[str, str], **more: Any) -> None:
        """Let the next answers be these suggestions; a pair names the move, too."""
        self.answers, self.answer = None, said(*texts, **more)


def said(*texts: str | tuple[str, str], **more: Any) -> str:
    """Return a model's answer with these suggestions and the other fields as given."""
    named = [("a move nobody knows", each) if isinstance(each, str) else each for each in texts]
    suggestions = [{"move": move, "text": text} for move, text in named]
    return json.dumps({"suggestions": suggestions, **more}, ensure_ascii=False)


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Run a model server, with a door that is opened to it."""
    laid = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked = json.loads(self.rfile.read(length))
            laid.asked.append(asked)
            choice = {"index": 0, "finish_reason": "stop"}
            answer = laid.answers(asked) if laid.answers else laid.answer
            message = {"role": "assistant", "content": answer}
            body = json.dumps(
                {
                    "id": "c1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "small",
                    "choices": [{**choice, "message": message}],
                    "usage": {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960},
                }
            ).encode()
            if laid.answer_whole is not None:
                body = laid.answer_whole.encode()
            self.send_response(laid.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        laid.door = ModelClient("sk-test", url, "small", timeout=10, tries=1)
        try:
            yield laid
        finally:
            server.shutdown()
            thread.join()

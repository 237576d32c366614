"""A small model server on 127.0.0.1 that gives the answers a test lays down."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clients.model import ModelDoor


@dataclass
class ModelServer:
    """What the server answers next, and what it was asked."""

    answer: str = ""
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    door: ModelDoor = field(init=False)

    def says(self, *texts: str, better_not: bool = False, reason: str = "") -> None:
        """Let the next answers be these suggestions."""
        suggestions = [{"move": "answers", "text": text} for text in texts]
        self.answer = json.dumps(
            {"suggestions": suggestions, "better_not_to_reply": better_not, "reason": reason}
        )


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Run a model server, with a door that is opened to it."""
    laid = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            laid.asked.append(json.loads(self.rfile.read(length)))
            choice = {"index": 0, "finish_reason": "stop"}
            message = {"role": "assistant", "content": laid.answer}
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
        laid.door = ModelDoor("sk-test", url, "small", timeout=10, tries=1)
        try:
            yield laid
        finally:
            server.shutdown()
            thread.join()

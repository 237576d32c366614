"""A model server on 127.0.0.1 that does what the attacker wants: the worst model there is.

It answers in whatever form the question asks for and puts the attacker's text into every
field that takes one, so that no part of the answer is left untried.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clients.model.client import ModelClient
from evals.forms import Form
from evals.hostile.attacks import LEAK, leaks


@dataclass
class ObeyingModel:
    """What the attacker gets as an answer, and the door that leads to it.

    `texts` are the answers' words in turn; `agrees_to` the one yes-or-no
    field that says yes.
    """

    texts: tuple[str, ...] = ("",)
    agrees_to: str = ""
    door: ModelClient = field(init=False)
    asked: int = 0

    def answer(self, asked: dict[str, Any]) -> str:
        """Fill the form that was asked for with the attacker's words."""
        self.asked += 1
        schema = asked["response_format"]["json_schema"]["schema"]
        system = "\n".join(m["content"] for m in asked["messages"] if m["role"] == "system")
        words = [
            part for text in self.texts for part in (leaks(system) if text == LEAK else (text,))
        ]
        return json.dumps(Form(schema, self.agrees_to).filled(words), ensure_ascii=False)


@contextmanager
def obeying_model() -> Iterator[ObeyingModel]:
    """Run the server, with a door that is opened to it."""
    model = ObeyingModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(_completion(model.answer(asked))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
            """Keep the run quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        model.door = ModelClient("no-key", url, "obeying", timeout=20, tries=1)
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()


def _completion(content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "obeying",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960},
    }

"""Files in the practice Slack: asked for, sent, finished, shown."""

import threading
from dataclasses import dataclass
from typing import Any

from sandbox.slack.errors import SlackRefusal
from sandbox.slack.messages import letters
from sandbox.slack.people import BOT_USER_ID

KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "pdf": "application/pdf",
}


@dataclass
class StoredFile:
    """One file; `content` is None until its bytes arrived, `finished` once it is complete."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    finished: bool = False

    @property
    def mimetype(self) -> str:
        """What the name's ending says."""
        return KINDS.get(self.name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


class FileShelf:
    """Keeps uploaded files; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[str, StoredFile] = {}

    def expect(self, name: str, length: int, alt_text: str) -> StoredFile:
        """Make room for a file that is about to be sent."""
        stored = StoredFile("F0" + letters(9).upper(), name, length, name, alt_text)
        with self._lock:
            self._files[stored.id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """Find a file; refuses with file_not_found."""
        with self._lock:
            if file_id not in self._files:
                raise SlackRefusal("file_not_found")
            return self._files[file_id]

    def knows(self, file_id: str) -> bool:
        """Tell whether an image block may show this file."""
        with self._lock:
            stored = self._files.get(file_id)
            return stored is not None and stored.finished


def as_slack_file(stored: StoredFile, base_url: str) -> dict[str, Any]:
    """Show a file as Slack's Web API does."""
    address = f"{base_url}/slack/files/{stored.id}/{stored.name}"
    return {
        "id": stored.id,
        "name": stored.name,
        "title": stored.title,
        "mimetype": stored.mimetype,
        "filetype": stored.name.rsplit(".", 1)[-1].lower(),
        "user": BOT_USER_ID,
        "size": stored.length,
        "alt_txt": stored.alt_text,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "is_external": False,
        "mode": "hosted",
    }

"""Who asks: a bearer token speaks for the app, an OAuth 1.0a signature for the account."""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote

from sandbox.x.refusals import unauthorized

Caller = Literal["app", "user"]
_HOSTS = ("https://api.twitter.com", "https://api.x.com")
_OLDEST = 300  # seconds that a signature's timestamp may differ from our clock


@dataclass(frozen=True)
class Keys:
    """The practice tokens."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str
    bearer_token: str


@dataclass(frozen=True)
class Signed:
    """What a signature covers: method, path on the true host, own origin and raw query."""

    method: str
    path: str
    origin: str
    query: str


class SignIn:
    """Checks Authorization headers; remembers nonces so that no signature works twice."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self._nonces: dict[str, float] = {}

    def caller(self, authorization: str, signed: Signed) -> Caller:
        """Tell who asks.

        Raises:
            Refusal: 401, whatever is wrong; X does not say what.
        """
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() == "bearer" and _same(rest.strip(), self._keys.bearer_token):
            return "app"
        if scheme.lower() == "oauth" and self._is_signed(_header_fields(rest), signed):
            return "user"
        raise unauthorized()

    def _is_signed(self, fields: dict[str, str], signed: Signed) -> bool:
        keys = self._keys
        stamp = fields.get("oauth_timestamp", "")
        return (
            _same(fields.get("oauth_consumer_key", ""), keys.consumer_key)
            and _same(fields.get("oauth_token", ""), keys.access_token)
            and fields.get("oauth_signature_method") == "HMAC-SHA1"
            and stamp.isdecimal()
            and abs(time.time() - int(stamp)) <= _OLDEST
            and any(
                _same(fields.get("oauth_signature", ""), self._signature(fields, signed, host))
                for host in (*_HOSTS, signed.origin)
            )
            and self._is_new(fields.get("oauth_nonce", ""))
        )

    def _signature(self, fields: dict[str, str], signed: Signed, host: str) -> str:
        asked = parse_qsl(signed.query, keep_blank_values=True)
        covered = [(k, v) for k, v in fields.items() if k not in {"oauth_signature", "realm"}]
        pairs = sorted((_escape(key), _escape(value)) for key, value in [*asked, *covered])
        base = "&".join(
            _escape(part)
            for part in (
                signed.method.upper(),
                host + signed.path,
                "&".join(f"{key}={value}" for key, value in pairs),
            )
        )
        secret = f"{_escape(self._keys.consumer_secret)}&{_escape(self._keys.access_token_secret)}"
        # OAuth 1.0a prescribes HMAC-SHA1 (RFC 5849, 3.4.2).
        digest = hmac.new(secret.encode(), base.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    def _is_new(self, nonce: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if len(self._nonces) > 1000:  # noqa: PLR2004 - tidy now and then, not at each call
                self._nonces = {n: t for n, t in self._nonces.items() if now - t < 2 * _OLDEST}
            if not nonce or nonce in self._nonces:
                return False
            self._nonces[nonce] = now
            return True


def accepted_names(callers: Sequence[Caller]) -> list[str]:
    """Name the ways of signing in as X's refusal names them."""
    names = {"user": ["OAuth 1.0a User Context", "OAuth 2.0 User Context"]}
    return [n for c in callers for n in names.get(c, ["OAuth 2.0 Application-Only"])]


def used_name(caller: Caller) -> str:
    """Name the way of signing in that was used."""
    return "OAuth 1.0a User Context" if caller == "user" else "OAuth 2.0 Application-Only"


def _header_fields(rest: str) -> dict[str, str]:
    fields = {}
    for part in rest.split(","):
        key, _, value = part.strip().partition("=")
        fields[unquote(key)] = unquote(value.strip('"'))
    return fields


def _escape(text: str) -> str:
    return quote(text, safe="~")


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())

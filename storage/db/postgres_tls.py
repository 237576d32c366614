"""How far the way to a PostgreSQL server is encrypted: what the address says, or what is safe.

libpq's own default, `prefer`, goes on in the clear wherever somebody on the way says that the
server knows no encryption (postgresql.org/docs/current/libpq-ssl.html). docs/decisions says why
the default here is what it is.
"""

import ipaddress
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from psycopg import pq

_OWN_WORDS = "prefer"
#: Where libpq looks for a root certificate by itself.
_ROOT_FILE = Path(".postgresql") / "root.crt"


class Encryption(StrEnum):
    """What holds on the way to the server."""

    #: The address names a service, and the service's file says the rest.
    UNKNOWN = "unknown"
    #: It does not leave this machine.
    INSIDE = "inside"
    #: Whoever is on the way can read it, or can see to it that they can.
    OPEN = "open"
    #: Whoever listens reads nothing; who puts themselves in the server's place is not seen.
    ENCRYPTED = "encrypted"
    #: The server's certificate is checked as well.
    CHECKED = "checked"


def with_safe_mode(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return libpq's settings with `sslmode`, where nobody has chosen one.

    To another machine it is `verify-full` where a root certificate is named or lies at libpq's
    own place, else `require`. What the address, PGSSLMODE or a service's file says is kept.
    """
    known = _defaults()
    # `?sslmode=` chooses nothing, and libpq takes no empty word.
    said = {name: value for name, value in settings.items() if value or name != "sslmode"}
    if "sslmode" in said or said.get("service") or _chosen(known) or _is_inside(said):
        return said
    return {**said, "sslmode": "verify-full" if _root(said, known) else "require"}


def way_to(settings: Mapping[str, Any]) -> Encryption:
    """Say what holds on the way that libpq's settings describe."""
    if settings.get("service") and not settings.get("sslmode") and not os.environ.get("PGSSLMODE"):
        # Where it leads to, and how, stands in a file that libpq alone reads.
        return Encryption.UNKNOWN
    if _is_inside(settings):
        return Encryption.INSIDE
    mode = settings.get("sslmode") or _defaults().get("sslmode") or _OWN_WORDS
    if mode == "require":
        # With a root certificate libpq checks that, too.
        return Encryption.CHECKED if _root(settings, _defaults()) else Encryption.ENCRYPTED
    return Encryption.CHECKED if str(mode).startswith("verify-") else Encryption.OPEN


def hosts_of(settings: Mapping[str, Any]) -> list[str]:
    """Return the hosts, names or addresses, that libpq connects to; none for this machine's own."""
    asked = {**_defaults(), **settings}
    # An address goes before the name that it belongs to, PGHOSTADDR too; each may be a list.
    named = asked.get("hostaddr") or asked.get("host") or ""
    return [host.strip() for host in str(named).split(",") if host.strip()]


def _is_inside(settings: Mapping[str, Any]) -> bool:
    return all(_is_this_machine(host) for host in hosts_of(settings))


def _is_this_machine(host: str) -> bool:
    # A path, or a name of Linux's own, is a socket.
    if host.startswith(("/", "@")) or host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _defaults() -> dict[str, str]:
    """Return what libpq takes from the environment and from PGSERVICE's file, by its own names."""
    found = pq.Conninfo.get_defaults()
    return {option.keyword.decode(): option.val.decode() for option in found if option.val}


def _chosen(known: Mapping[str, str]) -> bool:
    return bool(os.environ.get("PGSSLMODE")) or known.get("sslmode", _OWN_WORDS) != _OWN_WORDS


def _root(settings: Mapping[str, Any], known: Mapping[str, str]) -> bool:
    if settings.get("sslrootcert") or known.get("sslrootcert"):
        return True
    try:
        return (Path.home() / _ROOT_FILE).is_file()
    except (OSError, RuntimeError):
        # An account without a home, or with one that may not be entered.
        return False

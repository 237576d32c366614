"""What `doctor` says of secrets: which files others may read, which ways others may listen on."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from clients.net.network import is_loopback
from commands.doctor.findings import Finding, FindingVerdict
from errors import StorageError
from settings import SETTINGS, Settings
from storage.db.backup import copies_beside
from storage.db.sqlite_file import BESIDE, path_of

_GROUP_AND_OTHERS_READ = 0o044
_GROUP_AND_OTHERS_WRITE = 0o022
_STICKY = 0o1000
#: Where the README puts copies, beside the database.
_BACKUPS = "backups"


def open_files(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Name .env and each secret's file that another account of this machine may read or change."""
    names = {setting.file_name: setting.file_name for setting in SETTINGS if setting.secret}
    files = {".env": Path(".env")}
    files |= {name: Path(environment[name].strip()) for name in names if environment.get(name)}
    for name, file in files.items():
        if may := _others_may(file):
            found = (
                f"others on this machine may {may} {file if name == '.env' else f'its file {file}'}"
            )
            yield _look(name, found, f"Give it to its owner alone: chmod 600 {file}")


def open_records(database_url: str) -> Iterator[Finding]:
    """Name the database's files, copies and folders that others may read or change."""
    try:
        database = path_of(database_url)
    except StorageError:
        return
    beside = [database.with_name(database.name + end) for end in BESIDE]
    kept = database.parent / _BACKUPS
    copies = [*copies_beside(database_url), *(kept.glob("*") if kept.is_dir() else ())]
    for file in [*beside, *copies]:
        if may := _others_may(file):
            yield _look(
                "database file",
                f"others on this machine may {may} {file}",
                f"Give it to its owner alone: chmod 600 {file}",
            )
    for folder in (database.parent, kept):
        mode = _mode(folder)
        if mode & _GROUP_AND_OTHERS_WRITE and not mode & _STICKY:
            yield _look(
                "database folder",
                f"others on this machine may put files into {folder.absolute()}, also in place of "
                "the database",
                f"Take that away: chmod go-w {folder.absolute()}",
            )


def open_ways(settings: Settings) -> Iterator[Finding]:
    """Name each service to which tokens and posts go in the clear; a near network is one, too."""
    addresses = {
        "SLACK_API_URL": settings.slack.api_url,
        "X_API_URL": settings.x.api_url,
        "OPENAI_BASE_URL": settings.model.base_url,
        "SENTRY_DSN": settings.sentry_dsn,
    }
    for name, address in addresses.items():
        if not address or urlsplit(address).scheme != "http" or is_loopback(address):
            continue
        host = urlsplit(address).hostname
        yield _look(
            name,
            f"speaks plain http with {host}: whoever is on the way can read keys and posts",
            "Use https, or a tunnel whose end is on this machine.",
        )
    if settings.database_url.startswith("postgres"):
        yield from _way_to_database(settings.database_url)


def _way_to_database(url: str) -> Iterator[Finding]:
    # Its library costs memory where SQLite is used.
    from storage.db.postgres_connection import connection_settings
    from storage.db.postgres_tls import Encryption, hosts_of, way_to

    try:
        asked = connection_settings(url)
    except StorageError:
        return
    way = way_to(asked)
    if way is Encryption.UNKNOWN:
        yield _look(
            "DATABASE_URL",
            "whether the way to PostgreSQL is encrypted stands in the file of its service",
            "Say it in the address, which goes before: end it with sslmode=verify-full.",
        )
    if way is Encryption.OPEN:
        hosts = ", ".join(hosts_of(asked))
        yield _look(
            "DATABASE_URL",
            f"PostgreSQL without certain TLS to {hosts}: whoever is on the way can read everything",
            "End it with ?sslmode=verify-full, or with ?sslmode=require where the server's "
            "certificate is its own.",
        )


def _others_may(file: Path) -> str:
    """Say what other accounts may do with a file: `read`, `change`, both, or ""."""
    mode = _mode(file)
    may = {"read": mode & _GROUP_AND_OTHERS_READ, "change": mode & _GROUP_AND_OTHERS_WRITE}
    return " and ".join(what for what, allowed in may.items() if allowed)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        # Not there, or not a file's name: other checks say so.
        return 0


def _look(name: str, found: str, advice: str) -> Finding:
    return Finding(name, FindingVerdict.LOOK, found, advice)

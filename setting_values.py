"""How the value of each setting must look; a refusal never repeats the value, a secret maybe."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


class WrongValue(ValueError):
    """Say what a setting must look like; never repeats the value, which may be a secret."""


#: Bytes; the longest secret that anybody hands out, an address with certificates, is far shorter.
_LARGEST_SECRET = 16 * 1024


def secret_in_file(path: str) -> str:
    """Return the secret that a file holds, without the white space around it.

    Raises:
        WrongValue: there is no such file, or it holds no secret; never says what it holds.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise WrongValue(f"names {_shown(file)}, where no file is")
        with file.open("rb") as stream:
            # A byte more tells a file that is too large from one that just fits.
            held = stream.read(_LARGEST_SECRET + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, WrongValue):
            raise
        reason = (error.strerror if isinstance(error, OSError) else None) or "no file's name"
        raise WrongValue(f"names {_shown(file)}, which cannot be read ({reason})") from None
    if len(held) > _LARGEST_SECRET:
        raise WrongValue(f"names {_shown(file)}, which is too large for a secret")
    try:
        secret = held.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise WrongValue(f"names {_shown(file)}, which is no text in UTF-8") from None
    if not secret:
        raise WrongValue(f"names {_shown(file)}, which is empty")
    if "\x00" in secret:
        raise WrongValue(f"names {_shown(file)}, which is no text in UTF-8")
    return secret


def _shown(file: Path) -> str:
    """Return a file's path; not where the secret itself was put in place of one."""
    try:
        known = file.parent != Path() and file.parent.is_dir()
    except (OSError, ValueError):
        known = False
    return str(file) if known else "a path"


def starts_with(prefix: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if not value.startswith(prefix) or len(value) <= len(prefix) or re.search(r"\s", value):
            raise WrongValue(f"must begin with {prefix} and hold no spaces")
        return value

    return parse


def words_without_spaces(value: str) -> str:
    if re.search(r"\s", value):
        raise WrongValue("must hold no spaces or line breaks")
    return value


def service_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValue("must be an address such as https://host/path")
    return value


def optional_url(value: str) -> str | None:
    return service_url(value) if value else None


def channel(value: str) -> str:
    if value and not re.fullmatch(r"[CG][A-Z0-9]{2,}|#?[^\s#@<>A-Z]{1,80}", value):
        raise WrongValue("must be a channel's id (C0123ABCD) or its name (#greenroom)")
    return value


def approvers(value: str) -> tuple[str, ...]:
    ids = tuple(part for part in re.split(r"[\s,]+", value) if part)
    if not all(re.fullmatch(r"[UWS][A-Z0-9]{2,}", i) for i in ids):
        raise WrongValue("must be member ids (U…) or user-group ids (S…) divided by commas")
    return ids


def seconds(least: float, most: float) -> Callable[[str], timedelta]:
    def parse(value: str) -> timedelta:
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not least <= seconds <= most:
            raise WrongValue(f"must be a number of seconds from {least:g} to {most:g}")
        return timedelta(seconds=seconds)

    return parse


def hours(value: str) -> timedelta:
    # X's recent search and our patience both end at seven days.
    if not value.isdecimal() or not 1 <= int(value) <= 168:  # noqa: PLR2004
        raise WrongValue("must be a whole number of hours from 1 to 168")
    return timedelta(hours=int(value))


def days(value: str) -> timedelta:
    if not value.isdecimal() or not (int(value) == 0 or 30 <= int(value) <= 36_500):  # noqa: PLR2004
        raise WrongValue("must be a whole number of days, 30 or more, or 0 to keep everything")
    return timedelta(days=int(value))


def micro_dollars(value: str) -> int:
    try:
        dollars = Decimal(value)
    except InvalidOperation:
        dollars = Decimal(-1)
    if not dollars.is_finite() or not 0 <= dollars <= 10_000:  # noqa: PLR2004
        raise WrongValue("must be an amount in US dollars such as 0.50")
    return int(dollars * 1_000_000)


#: What X bills, by the names of its price list; domain.Prices has a price for each.
X_PRICES = (
    "post_read",
    "user_read",
    "owned_read",
    "post_created",
    "post_created_with_url",
    "reply_created",
    "post_deleted",
    "counts_request",
)


def prices(value: str) -> dict[str, tuple[int, ...]]:
    """Read the team's own prices: micro-dollars by name, (input, output) for a model's name."""
    found: dict[str, tuple[int, ...]] = {}
    for part in filter(None, (p.strip() for p in value.split(","))):
        name, _, price = (p.strip() for p in part.partition("="))
        amounts = tuple(_price(amount.strip()) for amount in price.split("/"))
        wanted = 1 if name in X_PRICES else 2
        if not re.fullmatch(r"\S+", name) or name in found or len(amounts) != wanted:
            raise WrongValue(_PRICES_LOOK)
        found[name] = amounts
    return found


_PRICES_LOOK = (
    "must be prices in US dollars divided by commas, each named once: what X bills "
    f"({', '.join(X_PRICES)}), as in post_read=0.006, or a model's million tokens in and out, "
    "as in gpt-5.4-mini=0.75/4.50"
)


def _price(amount: str) -> int:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", amount, re.ASCII):
        raise WrongValue(_PRICES_LOOK)
    return int(Decimal(amount) * 1_000_000)


def timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise WrongValue("must be a time zone's name such as Europe/London") from error


def time_of_day(value: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise WrongValue("must be a time of day such as 17:30")
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def watches(value: str) -> tuple[tuple[str, str], ...]:
    watches = []
    for part in filter(None, (p.strip() for p in value.split(";"))):
        label, _, query = (p.strip() for p in part.partition("="))
        if not label or not query or len(query) > 512:  # noqa: PLR2004
            raise WrongValue(
                'must be label = query pairs with semicolons, such as coffee = "flat white" oxford'
            )
        watches.append((label, query))
    return tuple(watches)


def database_url(value: str) -> str:
    if not re.match(r"sqlite:///.|postgres(ql)?://.", value):
        raise WrongValue("must be sqlite:///FILE or postgresql://NAME:PASSWORD@HOST/DATABASE")
    return value


def log_level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise WrongValue("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def log_format(value: str) -> str:
    if value.lower() not in {"text", "json"}:
        raise WrongValue("must be text or json")
    return value.lower()


def on_or_off(value: str) -> bool:
    if value.lower() not in {"on", "off"}:
        raise WrongValue("must be on or off")
    return value.lower() == "on"


def port(value: str) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or not 0 < int(value) < 65536:  # noqa: PLR2004
        raise WrongValue("must be a port's number from 1 to 65535")
    return int(value)


def host_names(value: str) -> tuple[str, ...]:
    names = tuple(part for part in re.split(r"[\s,]+", value) if part)
    if not all(re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?", n) for n in names):
        raise WrongValue("must be names of hosts without a port, divided by commas")
    return names


def optional_text(value: str) -> str | None:
    return words_without_spaces(value) or None

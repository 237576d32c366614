"""X's ids hold their time: milliseconds since X's epoch, shifted by 22 bits (snowflake)."""

from datetime import UTC, datetime

_EPOCH_MS = 1_288_834_974_657


def id_at(moment: datetime) -> str:
    """Return the smallest id that a post of that moment could have."""
    ms = int(moment.timestamp() * 1000) - _EPOCH_MS
    return str(max(ms, 0) << 22)


def time_of(post_id: str) -> datetime:
    """Return the moment, aware UTC, that a post's id holds."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + _EPOCH_MS) / 1000, UTC)

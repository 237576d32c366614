"""What all tests share: one browser for those that open a page, and how examples are drawn."""

from hypothesis import HealthCheck, settings

from tests.browser import browser

__all__ = ["browser"]

# The same examples in each run: a red test is about the change that was made, not about the day.
# Who looks for new ones says `--hypothesis-profile=search`.
_NO_HURRY = [HealthCheck.too_slow]
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=_NO_HURRY
)
settings.register_profile("search", deadline=None, suppress_health_check=_NO_HURRY)
settings.load_profile("steady")

"""What all tests share: one browser for those that open a page, their order, their examples."""

import os

import pytest
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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker begin with its share of the slow tests: none is left alone with one."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("slow")]
    others = iter([item for item in items if not item.get_closest_marker("slow")])
    # xdist hands each worker a stretch of the list; the rest of it goes to whoever is idle.
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        share = (len(items) - len(ordered)) // (workers - worker)
        first = slow[worker::workers]
        ordered += first + [next(others) for _ in range(share - len(first))]
    items[:] = ordered

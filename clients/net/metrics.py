"""What Prometheus is told: the meters that the parts turn, and the text that it reads."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: From a click that is acknowledged at once to a model that takes half a minute.
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METERS = CollectorRegistry()
_HANDLER = Histogram(
    "greenroom_handler_seconds",
    "How long what people did in Slack took to be recorded",
    registry=_METERS,
    buckets=_SECONDS,
)
_JOB = Histogram(
    "greenroom_job_seconds",
    "How long one run of a job took",
    ["kind"],
    registry=_METERS,
    buckets=_SECONDS,
)

#: A gauge: its name, what it says, and its values by label ("" for none).
Reading = tuple[str, str, str, Iterable[tuple[str, float]]]


@contextmanager
def handler_time() -> Iterator[None]:
    """Time one handler's work."""
    with _HANDLER.time():
        yield


@contextmanager
def job_time(kind: str) -> Iterator[None]:
    """Time one run of a job."""
    with _JOB.labels(kind).time():
        yield


class _Read(Collector):
    """Reads the gauges when Prometheus asks."""

    def __init__(self, read: Callable[[], Iterable[Reading]]) -> None:
        self._read = read

    def collect(self) -> Iterator[Metric]:
        for name, says, label, values in self._read():
            gauge = GaugeMetricFamily(name, says, labels=[label] if label else None)
            for of, value in values:
                gauge.add_metric([of] if label else [], value)
            yield gauge


def metrics_text(read: Callable[[], Iterable[Reading]]) -> bytes:
    """Return everything as Prometheus reads it; `read` gives the gauges as they are now."""
    registry = CollectorRegistry()
    registry.register(_Read(read))
    return generate_latest(registry) + generate_latest(_METERS)

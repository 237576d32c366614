"""What `doctor` finds at X and at the model."""

from collections.abc import Iterator

from commands.doctor.findings import Finding, FindingVerdict, asked
from commands.wiring.clients import model_door, stream_door, x_door
from domain import Person
from jobs.engine.timings import Timings
from settings import Settings


def x_findings(settings: Settings, read: list[Person]) -> Iterator[Finding]:
    """Check X; whose profile was read, and is to be paid for, is added to `read`."""
    x = x_door(settings, Timings())

    def account() -> Finding:
        me = x.me()
        read.append(me)
        return Finding("x account", FindingVerdict.WORKS, f"speaks as @{me.handle}")

    def bearer() -> Finding:
        used = x.usage()
        if used is None:
            return Finding("x bearer token", FindingVerdict.WORKS, "X takes it")
        share = f"{used.used:,} of {used.cap:,} post reads used this month"
        return Finding("x bearer token", FindingVerdict.WORKS, share)

    def stream() -> Finding:
        door = stream_door(settings, Timings(), x)
        count = 0 if door is None else len(door.rules())
        return Finding(
            "x stream", FindingVerdict.WORKS, f"open to this app; {count:,} rules stand at X"
        )

    yield asked("x account", account)
    if settings.x.bearer_token:
        yield asked("x bearer token", bearer)
    if settings.x.stream:
        yield asked("x stream", stream)
    yield Finding(
        "x app",
        FindingVerdict.LOOK,
        "X does not tell an app who owns it or whether it may write",
        "In console.x.com: the app belongs to the business's account, has Read and write, "
        "and the access token was made after that was set.",
    )


def model_finding(settings: Settings) -> Finding:
    model = model_door(settings, Timings())
    if model is None:
        return Finding(
            "model",
            FindingVerdict.WORKS,
            "none set up: only plain questions and thanks get a suggestion",
        )

    def ask() -> Finding:
        model.check()
        return Finding("model", FindingVerdict.WORKS, f"{settings.model.model} answers")

    return asked("model", ask)

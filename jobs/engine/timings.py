"""How long the work waits, in one place."""

from dataclasses import dataclass
from datetime import timedelta

_S = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class StreamTimings:
    """How X's filtered stream is kept; the waits are those of X's "Handling disconnections"."""

    #: How often watches, budget and connection are looked at.
    look: timedelta = 2 * _S
    #: X sends a blank line every 20 seconds; without any sign for longer the line is dead.
    silence: timedelta = 30 * _S
    #: How long one process holds the stream without saying so again; longer than a request to X.
    lease: timedelta = 60 * _S
    #: How often a watch is searched all the same while the stream brings its posts.
    safety: timedelta = timedelta(minutes=15)
    #: After a broken line: so much longer each time, up to 64 times.
    network_wait: timedelta = 0.25 * _S
    #: After X's 5xx: doubling, up to 64 times.
    http_wait: timedelta = 5 * _S
    #: After X's 429: doubling, up to 16 times.
    limit_wait: timedelta = 60 * _S


@dataclass(frozen=True, slots=True)
class Timings:
    """Waits and limits. Tests and the soak run pass shorter ones; a business never needs to."""

    #: A job's lease; longer than everything that a job of that kind may take.
    lease: timedelta = 90 * _S
    #: The reply's request: one total deadline, shorter than the lease by a wide margin.
    send_deadline: timedelta = 20 * _S
    #: One reading of X altogether; then it counts as away.
    read_timeout: timedelta = 30 * _S
    #: One question to the model, further tries included; then only what needs no model is suggested.
    model_deadline: timedelta = 20 * _S
    #: When to look for a reply of which nobody knows whether it went out.
    look_after: tuple[timedelta, ...] = (15 * _S, 60 * _S, 300 * _S)
    #: An approved reply that could not go out for this long is asked about again.
    stale_approval: timedelta = timedelta(hours=4)
    #: An approved reply that did not go out for so long after its time, and not because X said no, is
    #: asked about at a start: Greenroom stood still meanwhile, or its database is an older one.
    late: timedelta = timedelta(minutes=15)
    #: How long what died three times while it ran is left alone: doubling, up to the second.
    apart_least: timedelta = timedelta(minutes=15)
    apart_most: timedelta = timedelta(hours=6)
    #: How far a poll reaches back behind the newest post seen: X indexes some posts late.
    overlap: timedelta = timedelta(minutes=2)
    #: How often a service that is out of money is asked again.
    paused_probe: timedelta = timedelta(minutes=15)
    #: How soon to ask again where other calls have just set aside what is left of a day's money.
    money_under_way: timedelta = 10 * _S
    #: The least and the most wait after a failure; in between it doubles, with jitter.
    backoff_least: timedelta = 2 * _S
    backoff_most: timedelta = timedelta(minutes=10)
    #: The floor under every wait that X asks for.
    rate_limit_floor: timedelta = 5 * _S
    #: How long to wait after a 429 that does not say until when.
    vague_pause: timedelta = 60 * _S
    #: The account's own timeline: while a reply by hand is fresh, and otherwise.
    timeline_fresh: timedelta = timedelta(seconds=30)
    timeline_quiet: timedelta = timedelta(minutes=15)
    #: How long the first look waits for a watch that does not answer.
    first_look_patience: timedelta = timedelta(seconds=60)
    #: How long posts that are set aside are gathered before their line is rendered.
    aside_line: timedelta = 20 * _S
    #: How soon after the first start our own posts and followers are read for the figures.
    first_account_day: timedelta = 60 * _S
    #: Around so many stored posts of ours the timeline is read, with a request more for each. X
    #: allows 900 in 15 minutes, looks for lost replies among them.
    around: int = 20
    #: Between two passes of the sweep that ask for mentions, so that polls keep most of X's limit.
    between_sweeps: timedelta = 180 * _S
    #: How often work that rests looks whether it may go on; a resume wakes it at once.
    rest: timedelta = 60 * _S
    #: The longest the dispatcher sleeps when nothing is due.
    idle: timedelta = 1 * _S
    #: X's filtered stream.
    stream: StreamTimings = StreamTimings()


#: In the practice room nobody waits five minutes to see what happens: the same order, sooner.
PRACTICE = Timings(
    model_deadline=6 * _S,
    look_after=(3 * _S, 8 * _S, 15 * _S),
    paused_probe=10 * _S,
    backoff_most=10 * _S,
    rate_limit_floor=1 * _S,
    vague_pause=5 * _S,
    timeline_fresh=3 * _S,
    around=1,
    timeline_quiet=10 * _S,
    first_look_patience=10 * _S,
    aside_line=3 * _S,
    first_account_day=5 * _S,
    between_sweeps=2 * _S,
    stream=StreamTimings(http_wait=1 * _S, limit_wait=5 * _S),
)

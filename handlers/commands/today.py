"""`/greenroom today [public]`: the day so far; a job sums it up and answers."""

from errors import GreenroomError
from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from storage.queue.enqueue_answers import enqueue_today
from views.blocks.formatting import escape
from views.talking.command_answers import summing_up_answer


def today_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Have the day so far summed up, for who asked or for the channel."""
    words = asked.words.lower().split()
    other = [word for word in words if word not in {"public", "private"}]
    if other:
        raise GreenroomError(
            f"Today is summed up as a whole, not “{escape(other[0][:40])}”.",
            "Write `/greenroom today`, and `public` behind it to show all.",
        )
    public = "public" in words
    with ctx.db.write() as tx:
        enqueue_today(
            tx,
            public=public,
            member_id=asked.member.id,
            channel=asked.channel,
            at=ctx.now(),
        )
    return summing_up_answer(public=public)

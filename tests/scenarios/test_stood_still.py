"""A run that stood still past its lease: whoever took its job over does the rest, alone."""

from datetime import timedelta

from tests.stage import Stage, quick, until


def test_a_message_that_waited_too_long_for_slack_is_posted_once(empty_stage: Stage) -> None:
    """Slack's pause outlasts the lease and another run posts the card: the first one does not."""
    stage = empty_stage
    lease, pause = timedelta(seconds=2), 4
    stage.open(quick(lease=lease, send_deadline=timedelta(seconds=0.5)))
    stage.card_with(stage.mention(author="abe"), "Approve")
    stage.do("trouble", where="slack", what="429", on="chat.postMessage", seconds=pause)
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.card_with(post, "Approve")
    assert stage.greenroom is not None
    db = stage.greenroom.room.db

    def no_run_is_left() -> bool:
        with db.read() as tx:
            return tx.one("SELECT 1 FROM jobs WHERE key = :key", {"key": f"card:{post}"}) is None

    until(no_run_is_left, "the card's job is done")
    stage.greenroom.stop()
    keys = [(each.get("metadata") or {}).get("event_payload", {}) for each in stage.messages()]
    assert keys.count({"key": f"card:{post}"}) == 1

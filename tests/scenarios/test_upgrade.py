"""A Greenroom that finds a database of the first release goes on with it."""

from tests.stage import Stage, shown
from tests.storage.test_upgrade import first_file


def test_a_team_goes_on_after_an_update(empty_stage: Stage) -> None:
    """A new mention is answered, with what the playbook held before."""
    first_file(empty_stage.folder).rename(empty_stage.folder / "stage.db")
    empty_stage.open()
    post = empty_stage.mention("do you have oat milk?", author="lou")
    card = empty_stage.card_with(post, "Approve")
    # The first release's team had it in the playbook.
    assert "from around here" in shown(card)
    empty_stage.press(card, "Approve")
    assert empty_stage.reply_to(post)

import pytest
from tests.stage import Stage, shown, until
from tests.scenarios.test_pile import pile_card, cards
@pytest.mark.parametrize("t",["boycott this place, they never gave the <b>piano</b> back to the school {} *really* https://evil.example/x","boycott this place, they never gave the piano back to the school {} https://evil.example/x", "boycott this place, they never gave the <b>piano</b> back to the school {} really"])
def test_x(stage: Stage,t) -> None:
    for number in range(9):
        stage.mention(t.format("!"*(number%3)), author=f"angry{number}")
    pile_card(stage, "9 people")

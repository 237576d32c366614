"""Step 6: notes on people and who asked not to be answered."""

from storage.step import Step

PEOPLE = Step("0006_people")

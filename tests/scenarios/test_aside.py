"""What is not worth a person's time: no card, one quiet line, and a way back that teaches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from domain import DecisionKind, JobKind, MentionKind, MentionState, Person, Watch
from replies.triage import judge
from sandbox.story.story import load_story
from storage.inbox import decisions, mentions
from storage.money import ledger
from storage.queue import jobs
from tests.stage import Stage, quick, shown, until

WATCH = "Coffee = coffee tillory"
SPAM = "🚀 Grow YOUR coffee business in Tillory!! 10k followers GUARANTEED in 7 days, DM for rates"
GIVEAWAY = "GIVEAWAY! Follow us, repost and tag 3 friends to WIN free coffee for a year in Tillory"
QUESTION = "where can I get a decent coffee in Tillory today?"


@pytest.fixture
def watching(empty_stage: Stage) -> Stage:
    """A stage whose keyword watch has had its first look."""
    empty_stage.open(X_WATCHES=WATCH)
    return after_first_poll(empty_stage)


def after_first_poll(stage: Stage) -> Stage:
    until(lambda: len(stage.calls("x", "search")) > 1, "the watch was polled")
    return stage


def day_lines(stage: Stage) -> list[dict[str, Any]]:
    return [m for m in stage.messages() if "not worth your time" in m["text"]]


def hour_lists(stage: Stage) -> list[dict[str, Any]]:
    threads = {line["ts"] for line in day_lines(stage)}
    lists = [m for m in stage.messages() if m["text"].startswith("Set aside, ")]
    assert {m["thread_ts"] for m in lists} <= threads
    return lists


def list_with(stage: Stage, *words: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        return next(
            (m for m in hour_lists(stage) if all(w in shown(m) for w in words)),
            None,
        )

    return until(look, f"an hour's list says {words}")


def state_of(stage: Stage, post: str) -> MentionState | None:
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        found = mentions.mention(tx, post)
    return found.state if found else None


def set_aside(stage: Stage, post: str) -> None:
    until(lambda: state_of(stage, post) is MentionState.SET_ASIDE, f"{post} is set aside")


def bring_back(stage: Stage, post: str, member: str | None = None) -> dict[str, Any]:
    """Press the post's own *Bring back* in the list that names it."""

    def look() -> dict[str, Any] | None:
        return next((m for m in hour_lists(stage) if post in values(m)), None)

    listed = until(look, "the post is listed with its button")
    answer = stage.do(
        "click",
        ts=listed["ts"],
        action_id="bring_aside_back",
        value=post,
        member=member or stage.maya,
    )
    assert answer["ok"], answer
    return listed


def values(message: dict[str, Any]) -> list[str]:
    buttons = [block.get("accessory") or {} for block in message["blocks"]]
    return [b["value"] for b in buttons if b.get("action_id") == "bring_aside_back"]


def test_spam_makes_no_card_but_stands_in_the_hours_list(watching: Stage) -> None:
    """One quiet line in the channel, the post in its thread, with the reason and the way back."""
    spam = watching.post("brewgains", SPAM)
    listed = list_with(watching, "Grow YOUR coffee business", "View on X", "Bring back")
    (line,) = day_lines(watching)
    assert "1 post not worth your time" in shown(line)
    assert line["thread_ts"] in {None, line["ts"]}
    assert listed["thread_ts"] == line["ts"]
    assert not listed["broadcast"]
    assert watching.card(spam) is None


def test_a_plain_question_still_becomes_a_card(watching: Stage) -> None:
    """By a watch and by name; nothing of it is set aside."""
    asked = watching.post("tess", QUESTION)
    named = watching.mention()
    watching.card_with(asked, "Skip")
    watching.card_with(named, "Skip")
    assert day_lines(watching) == []


def test_bring_back_makes_a_card_and_the_list_says_who(watching: Stage) -> None:
    """The decision bears the member's name, and the post stays listed, without its button."""
    spam = watching.post("brewgains", SPAM)
    bring_back(watching, spam, watching.tom)
    watching.card_with(spam, "Skip")
    tom = next(m["name"] for m in watching.get("members") if m["id"] == watching.tom)
    listed = list_with(watching, f"brought back by *{tom}*")
    assert values(listed) == []
    until(lambda: "1 of them brought back" in day_lines(watching)[0]["text"], "the line tells")
    assert watching.greenroom is not None
    with watching.greenroom.room.db.read() as tx:
        last = decisions.last_decision(tx, spam)
    assert last is not None
    assert (last.kind, last.member_id) == (DecisionKind.BRING_BACK, watching.tom)


def test_a_guest_cannot_bring_back(watching: Stage) -> None:
    """Access is asked as for every decision."""
    spam = watching.post("brewgains", SPAM)
    bring_back(watching, spam, watching.guest)
    watching.answer_to(watching.guest, "decide")
    assert state_of(watching, spam) is MentionState.SET_ASIDE
    assert watching.card(spam) is None


def test_the_second_who_brings_back_is_told_who_was_first(watching: Stage) -> None:
    """One card, one decision, and a private word with the first member's name."""
    spam = watching.post("brewgains", SPAM)
    both = (watching.maya, watching.tom)
    until(lambda: any(spam in values(m) for m in hour_lists(watching)), "it is listed")
    with ThreadPoolExecutor(2) as pair:
        list(pair.map(lambda member: bring_back(watching, spam, member), both))
    watching.card_with(spam, "Skip")
    told = until(lambda: [m for m in both if watching.whispers(m)], "the second is told")
    names = {m["id"]: m["name"] for m in watching.get("members")}
    first = next(member for member in both if member not in told)
    assert f"{names[first]} brought this back" in watching.whispers(told[0])[0]
    assert watching.greenroom is not None
    with watching.greenroom.room.db.read() as tx:
        assert len(decisions.decisions(tx, spam)) == 1


def test_what_was_brought_back_teaches_the_watch(watching: Stage) -> None:
    """The next of the like is not set aside, whoever writes it; other spam still is."""
    first = watching.post("agency1", SPAM)
    bring_back(watching, first)
    watching.card_with(first, "Skip")
    for author in ("agency2", "agency3"):
        watching.card_with(watching.post(author, f"{SPAM}, says {author}"), "Skip")
    other = watching.post("winners", GIVEAWAY)
    set_aside(watching, other)


def test_sixty_posts_in_an_hour_are_all_listed(watching: Stage) -> None:
    """In as many messages of the thread as it takes; none is lost and none stands twice."""
    posts = [watching.post(f"bot{n}", f"{GIVEAWAY} #{n} #win #giveaway #free") for n in range(60)]

    def listed() -> list[str]:
        return [value for m in hour_lists(watching) for value in values(m)]

    until(lambda: len(listed()) >= 60, "all are listed")
    assert sorted(listed()) == sorted(posts)
    assert all(watching.card(post) is None for post in posts[:3])


def test_nothing_is_lost_over_a_restart(empty_stage: Stage) -> None:
    """Stopped before the line was shown, it is shown after the next start."""
    stage = empty_stage
    stage.open(quick(aside_line=timedelta(minutes=10)), X_WATCHES=WATCH)
    after_first_poll(stage)
    spam = stage.post("brewgains", SPAM)
    set_aside(stage, spam)
    assert hour_lists(stage) == []
    assert stage.greenroom is not None
    stage.greenroom.stop()
    room = stage.open(X_WATCHES=WATCH).room
    with room.db.write() as tx:
        assert jobs.make_due(tx, [JobKind.ASIDE_LINE], room.now()) == 1
    room.nudge()
    list_with(stage, "Grow YOUR coffee business")


def test_what_is_set_aside_does_not_use_up_the_first_five_cards(empty_stage: Stage) -> None:
    """The next folded mention comes up in its place; the fold line counts what is left."""
    stage = empty_stage
    asked = [stage.mention(f"question number {n}, are you open?", author=f"g{n}") for n in range(7)]
    spam = [stage.mention(f"{GIVEAWAY} #{n}", author=f"bot{n}") for n in range(4)]
    stage.open()
    for post in asked[2:]:
        stage.card_with(post, "Skip")
    for post in spam:
        set_aside(stage, post)
    until(
        lambda: any("2 older mentions wait" in m["text"] for m in stage.messages()),
        "the fold line counts the rest",
    )
    assert stage.card(asked[1]) is None
    until(
        lambda: sorted(v for m in hour_lists(stage) for v in values(m)) == sorted(spam),
        "all of the spam is listed",
    )


def test_a_muted_persons_posts_stand_in_the_list_too(watching: Stage) -> None:
    """Muting is no hole into which posts fall."""
    first = watching.post("tess", QUESTION)
    watching.press(watching.card_with(first, "Skip"), "About @tess")
    watching.do("click", view_id=watching.view()["view_id"], text="Mute", member=watching.maya)
    until(lambda: "Unmute" in str(watching.view()), "she is muted")
    second = watching.post("tess", f"Once more: {QUESTION}")
    list_with(watching, "Once more", "This person is muted")
    bring_back(watching, second)
    watching.card_with(second, "Skip")


def with_a_model(stage: Stage, *answers: object) -> Stage:
    """Open the stage with a model that gives these answers first, and then made-up ones."""
    stage.open(X_WATCHES=WATCH, OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    after_first_poll(stage)
    stage.room.model.queue(list(answers))
    return stage


def spent_on_triage(stage: Stage) -> int:
    assert stage.greenroom is not None
    db = stage.greenroom.room.db
    with db.read() as tx:
        return ledger.spent_by_purpose(tx, "model", db.now().date()).get("triage", 0)


#: Rules alone cannot tell whether this wants an answer.
UNSURE = "my flat is near the coffee place in Tillory with the loud piano"


@pytest.mark.parametrize("worth", [True, False])
def test_the_model_is_asked_where_the_rules_are_not_sure(empty_stage: Stage, worth: bool) -> None:
    """Its answer decides about a keyword's post, its words are shown, its cost is booked."""
    opinion = {"worth_answering": worth, "reason": "They talk about our piano."}
    stage = with_a_model(empty_stage, opinion)
    post = stage.post("tess", UNSURE)
    if worth:
        stage.card_with(post, "Skip")
    else:
        list_with(stage, "The model says: They talk about our piano.")
        assert stage.card(post) is None
    assert spent_on_triage(stage) > 0


def test_a_reply_by_hand_to_what_was_set_aside_shows_in_the_list(watching: Stage) -> None:
    """No card appears out of nowhere; the list says that it was answered."""
    spam = watching.post("brewgains", SPAM)
    list_with(watching, "Bring back")
    watching.post(watching.room.account, "No, thank you.", in_reply_to=spam)
    listed = list_with(watching, "answered on X")
    assert values(listed) == []
    assert watching.card(spam) is None


def test_without_an_answer_of_the_model_the_rules_decide(empty_stage: Stage) -> None:
    """A model that talks nonsense costs what it costs and loses no post."""
    stage = with_a_model(empty_stage, "no idea")
    post = stage.post("tess", UNSURE)
    set_aside(stage, post)
    list_with(stage, "with the loud piano")


def test_whoever_names_the_account_is_never_judged_by_the_model(empty_stage: Stage) -> None:
    """Being spoken to is reason enough; the model is asked for replies only."""
    stage = with_a_model(empty_stage)
    posts = [stage.mention(words) for words in ("thank you!", "hm.", "are you open?")]
    for post in posts:
        stage.card_with(post, "Skip")
    assert spent_on_triage(stage) == 0


def test_a_threat_reaches_a_person_and_a_bare_insult_does_not(stage: Stage) -> None:
    """What the voice hands over to people is never folded away."""
    threat = stage.mention("I know where you live and I will burn your shop down")
    insult = stage.mention("you are all idiots", author="rude")
    set_aside(stage, insult)
    until(lambda: stage.card(threat), "the threat has a card")


def pile_cards(stage: Stage) -> list[dict[str, Any]]:
    return [m for m in stage.messages() if "A pile-on: 8 people say nearly the same" in m["text"]]


def test_the_first_of_a_pile_on_are_shown_and_the_rest_is_folded(stage: Stage) -> None:
    """Five of the same words are enough for anybody; questions are answered one by one."""
    storm = "boycott this place, they never gave the piano back to the school"
    posts = [stage.mention(storm, author=f"angry{n}") for n in range(8)]
    until(lambda: pile_cards(stage), "the rest becomes one card")
    for post in posts[:5]:
        stage.card_with(post, "Skip")
    asked = [stage.mention("are you open on Sunday?", author=f"asks{n}") for n in range(8)]
    for post in asked:
        stage.card_with(post, "Skip")


def test_the_practice_weeks_posts_get_their_cards() -> None:
    """Whatever the team answered in the story, or is about to, is worth it to triage too."""
    story = load_story("juniper")
    authors = {person.handle: person for person in story.people}
    spam = {"growth", "growth-2", "giveaway", "raffle", "a-win"}
    unwanted = {d.mention for d in story.decisions if d.decision == "skip"} | {"a-tuba"}
    wrong = []
    for post in story.told:
        if not story.caught(post) or post.key in unwanted - spam:
            continue
        kind = MentionKind.KEYWORD if post.watch else MentionKind.MENTION
        query = next((w.query for w in story.watches if w.label == post.watch), "")
        verdict = judge(
            post.text,
            author=Person("1", post.author, authors[post.author].name),
            watch=Watch("w", kind, post.watch or "Mentions", query),
            account_handle=story.account.handle,
        )
        if verdict.worth_answering is (post.key in spam):
            wrong.append((post.key, verdict.rule, verdict.why))
    assert wrong == []

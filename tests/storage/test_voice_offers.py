from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from domain import Fact, OfferOrigin, OfferState, Voice, VoiceOffer, VoiceRule
from storage.db.database import Database
from storage.posts import posts
from storage.voice import voice_offers, voices
from tests.storage.made import ACCOUNT, NOW, a_post

VOICE = Voice(
    who="A coffee shop in Leith",
    how="Short and warm",
    facts=(Fact("9 to 5", "hours", NOW.date()), Fact("Dogs are welcome")),
    avoid=("folks",),
    use=("ta",),
    signs=("T",),
    hand_over=("legal", "press"),
    refund_limit=Decimal("20.50"),
    rules=(VoiceRule("Never “super”", "", ("super",)),),
    silenced=("long-dash",),
    version=3,
)
OFFER = VoiceOffer("o1", OfferOrigin.INTERVIEW, VOICE, ("You said: short.",), "U1", NOW)


def test_an_offer_comes_back_whole(db: Database) -> None:
    """Its voice, what it was worked out from, and why."""
    with db.write() as tx:
        voice_offers.add_offer(tx, OFFER)
        assert voice_offers.offer(tx, "o1") == OFFER
        assert voice_offers.open_offers(tx) == [OFFER]
        assert voice_offers.offer(tx, "none") is None


def test_a_newer_offer_takes_the_older_ones_place(db: Database) -> None:
    """Of each origin one offer waits; what was offered from past replies stays beside it."""
    past = replace(OFFER, id="o2", origin=OfferOrigin.PAST_REPLIES)
    again = replace(OFFER, id="o3", at=NOW + timedelta(minutes=1))
    with db.write() as tx:
        for each in (OFFER, past, again):
            voice_offers.add_offer(tx, each)
        assert [each.id for each in voice_offers.open_offers(tx)] == ["o3", "o2"]
        replaced = voice_offers.offer(tx, "o1")
        assert replaced is not None
        assert replaced.state is OfferState.REPLACED


def test_an_offer_is_decided_once(db: Database) -> None:
    """The first member counts."""
    with db.write() as tx:
        voice_offers.add_offer(tx, OFFER)
        taken, left = OfferState.TAKEN, OfferState.LEFT
        assert voice_offers.decide_offer(tx, "o1", to=taken, member_id="U1", at=NOW)
        assert not voice_offers.decide_offer(tx, "o1", to=left, member_id="U2", at=NOW)
        decided = voice_offers.offer(tx, "o1")
        assert decided is not None
        assert (decided.state, decided.decided_by) == (taken, "U1")
        assert voice_offers.open_offers(tx) == []


def test_a_whole_voice_is_kept_with_who_and_what(db: Database) -> None:
    """Each version remembers its member and what changed; the history is newest first."""
    with db.write() as tx:
        voices.save_voice(tx, Voice(), member_id="U1", member_name="Maya", changed="a", at=NOW)
        voices.save_voice(tx, VOICE, member_id="U2", member_name="Tom", changed="b", at=NOW)
        newest, first = voices.voice_history(tx, 20)
        assert newest.voice == replace(VOICE, version=2)
        assert (newest.member_id, newest.member_name, newest.changed) == ("U2", "Tom", "b")
        assert first == voices.saved_voice(tx, 1)
        assert voices.saved_voice(tx) == newest
        assert voices.saved_voice(tx, 9) is None
        assert len(voices.voice_history(tx, 1)) == 1


def test_the_playbook_remembers_who_saved_it(db: Database) -> None:
    """The last member's name counts."""
    with db.write() as tx:
        assert voices.playbook_saver(tx) is None
        voices.save_playbook(tx, (), member_id="U1", member_name="Maya", at=NOW)
        assert voices.playbook_saver(tx) == ("Maya", NOW)


def test_past_replies_are_ours_to_others(db: Database) -> None:
    """With the post above where it is known, and whether the person wrote back."""
    theirs = a_post("100", text="do you have oat milk?")
    ours = a_post("101", author=ACCOUNT, text="We do!", in_reply_to_id="100")
    back = a_post("102", text="lovely", in_reply_to_id="101")
    alone = a_post("103", author=ACCOUNT, text="New beans today")
    unknown = a_post("104", author=ACCOUNT, text="Until five.", in_reply_to_id="90")
    thread = a_post("105", author=ACCOUNT, text="and two", in_reply_to_id="103")
    with db.write() as tx:
        for each in (theirs, ours, back, alone, unknown, thread):
            posts.save_post(tx, each)
        found = voice_offers.past_replies(tx, ACCOUNT.id, 10)
    assert [(r.text, r.their_text, r.answered_back) for r in found] == [
        ("Until five.", "", False),
        ("We do!", "do you have oat milk?", True),
    ]

"""What triage names a comment: by who would do what to whom, not by words alone (4.L8, 4.N, 2.E). It never acts."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.words.lexicon import THREAT
from content.words.plain import plain
from content.words.vocabulary import kinds_haitian, kinds_spanish
from content.words.vocabulary.kinds import NAMES
from moderation.bands import Band
from moderation.triage import judge
from moderation.weighing import IN_FORCE, name_of, number_of, weigh

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("this traffic is killing me", Band.NONE),
        ("I'm going to kill the next officer", Band.THREAT),
        ("I'm not going to kill anyone, I just want my car back", Band.NONE),
        ("we're gonna kill it tonight", Band.NONE),
        ("shoot me an email", Band.NONE),
        ("you're a lifesaver, I'd die without you", Band.NONE),
        ("bomb tacos at the block party", Band.NONE),
        ("He said he would kill me if I left", Band.EMERGENCY),
        ("My husband threatened to shoot me", Band.EMERGENCY),
        ("cops kill people and get paid leave", Band.NONE),
        ("Fuck the police", Band.NONE),
    ],
)
def test_the_same_word_is_told_apart_by_who_would_do_what_to_whom(text: str, band: Band) -> None:
    assert judge(text).band == band


@pytest.mark.parametrize(
    "text",
    [
        "I w!ll sh00t you",
        "ill ki11 that c0p",
        "i will m u r d e r you",
        "I w\u200bill k\u200bill you",
        "I will \u1d0bill you".replace("\u1d0b", "k"),
        "Ι will kіll уou",  # Greek and Cyrillic letters among ours
        "\uff29 will \uff4b\uff49\uff4c\uff4c you",  # wide letters
        "te voy a m4tar",
        "m ap t0uye w",
    ],
)
def test_a_threat_in_disguise_is_a_threat(text: str) -> None:
    assert judge(text).band == Band.THREAT


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("that trooper is leaving his next traffic stop in a coffin and I have the rifle", Band.THREAT),
        ("ese agente amanece muerto el lunes, ya tengo la escopeta cargada", Band.THREAT),
        ("m gen yon fizi chaje pou polisye sa a demen maten", Band.THREAT),
        ("my grandmother collapsed and she is unconscious, we need an ambulance", Band.EMERGENCY),
        ("would your spokesperson give our newscast a statement before we air", Band.MEDIA),
    ],
)
def test_what_no_turn_foresaw_is_weighed_by_the_kinds_of_its_words(text: str, band: Band) -> None:
    assert judge(text).band == band


def test_a_weighed_suspicion_says_what_the_text_speaks_of() -> None:
    weighed = weigh(*plain("that trooper is leaving his next traffic stop in a coffin and I have the rifle"))
    assert weighed.suspects(Band.THREAT)
    assert "a weapon" in weighed.because(Band.THREAT)
    assert weigh(*plain("the park was lovely")).because(Band.THREAT) == ""


def test_the_weights_are_written_by_the_names_of_the_kinds() -> None:
    for feature in IN_FORCE.weights:
        assert number_of(name_of(feature)) == feature
    assert set(kinds_spanish.KINDS) <= set(NAMES) >= set(kinds_haitian.KINDS)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Hi, I'm a reporter with Channel 6, could someone send us a statement?", Band.MEDIA),
        ("Soy periodista, ¿me dan una entrevista con el jefe?", Band.MEDIA),
        ("Mwen se jounalis, mwen ta renmen fè yon entèvyou", Band.MEDIA),
        ("the media never shows this side", Band.NONE),
        ("I know who did this, he works on 7th", Band.TIP),
        ("yo sé quién fue", Band.TIP),
        ("mwen konnen ki moun ki fè sa", Band.TIP),
        ("I know who to call now, thanks", Band.NONE),
    ],
)
def test_requests_of_the_media_and_tips_are_named(text: str, band: Band) -> None:
    assert judge(text).band == band


@pytest.mark.parametrize(
    "text",
    [
        "someone broke into my car last week, how do I file a report?",
        "What should I do if someone breaks into my house?",
        "Thank you for saving my dad when he had a heart attack last year",
        "el año pasado me robaron y nunca vinieron",
        "kisa pou m fè si yon moun antre lakay mwen?",
    ],
)
def test_what_was_and_what_might_be_is_no_emergency(text: str) -> None:
    assert judge(text).band != Band.EMERGENCY


def test_a_band_that_cannot_wait_comes_first_and_no_other_does() -> None:
    for text in ("I will shoot you", "my baby is choking", "great job", "use code PD50 for 50% off, link in bio"):
        found = judge(text)
        assert (found.urgency == THREAT) == (found.band in (Band.THREAT, Band.EMERGENCY))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert judge(text).band in Band.values


@pytest.mark.parametrize(
    "piece",
    [
        "i will ",
        "kill ",
        "he said ",
        "a",
        "🔫 ",
        "k.i.l.l ",
        "my ",
        "someone is ",
        "the news ",
        "se ",
        "m ap ",
        "1k",
        "*f",
        "gun ",
        "shoot me a ",
    ],
)
def test_a_hostile_text_of_100_kb_takes_little_longer_than_a_plain_one(piece: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        judge(text)
        return time.process_time() - started

    plain = min(seconds(f"{number} the park was lovely and the band played on. " * 2100) for number in range(3))
    hostile = min(seconds(str(number) + piece * (100_000 // len(piece))) for number in range(3))
    assert hostile < 20 * plain + 0.2


def test_no_order_and_no_grade_is_made_where_triage_is_asked() -> None:
    """Rules and model order and name; only a member's verb grades, hides, answers or bans."""
    acting = {"moderation.ordering", "moderation.measures", "moderation.models.orders", "moderation.models.measures"}
    for name in (
        "bands",
        "triage",
        "weighing",
        "emergencies",
        "linear",
        "learning",
        "suggesting",
        "agreement",
    ):
        tree = ast.parse((ROOT / "moderation" / f"{name}.py").read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not imported & acting, name
        assert not called & {"grade_as", "order", "order_hide", "order_answer", "address", "become"}, name

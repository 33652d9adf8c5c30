"""Triage orders the queue and says why; it never acts. The examples are not the demonstration's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.words import lexicon
from content.words.phrases import SELLING
from moderation.language import language_of
from moderation.models.queue import Urgency
from moderation.triage import judge, plain

THREATS = [
    "I'm going to kill the next officer who stops me.",
    "i will shoot every one of you pigs",
    "Somebody should put a bullet in his head",
    "I know where your kids go to school, Martinez",
    "one of you isn't going home tonight",
    "Gonna burn your station down with all of you in it",
    "Watch your back, Sergeant.",
    "im bringing my rifle to the town hall",
    "I'm gonna k1ll that cop",
    "I will k i l l you",
    "Ill kіll you",  # with a Cyrillic letter
    "i\u200b will sh\u200boot him",  # with marks that are not seen
    "you'll be sorry when i run you over",
    "There's a bomb under the bridge",
    "Te voy a matar, policía",
    "Los vamos a llenar de plomo",
    "sé dónde vives y a qué hora sales",
    "Van a morir todos",
    "M ap touye ou",
    "Nou konnen kote w rete",
]
EMERGENCIES = [
    "someone is breaking in my house right now",
    "please send an officer to 44 Oak St he has a gun and is in the yard",
    "my husband is hitting me",
    "she's not breathing",
    "I want to kill myself",
    "There is an active shooter at the mall",
    "Call 911! Fire!",
    "Se están metiendo a la casa de al lado, manden una patrulla",
    "auxilio me va a matar",
    "Anmwe! Voye lapolis",
]
OFFENCES = [
    "go back to your country you wetback",
    "what a f*ggot",
    "those people are animals and breed like rats",
    "suck my dick officer",
    "I hope you all get cancer and die",
    "Make $900 a day from home, link in my bio",
    "50% off guns this weekend, use code PD50",
    "He lives at 12 Elm, apt 4, drives a white sedan, share this",
    "hang them all",
    "Ganaba $300 diarios, escríbeme al WhatsApp, link en mi perfil",
]
NO_GROUND = [
    "Fuck the police",
    "F*#K these pigs",
    "f u c k 12",
    "ACAB",
    "you are useless and corrupt",
    "sh1t department",
    "Hijos de puta",
    "Puros corruptos",
]
QUESTIONS = [
    "When will you be hiring again?",
    "¿A qué hora abren?",
    "Èske nou louvri dimanch?",
    "Should I call 911 for noise?",
]
CONCERNS = [
    "I went to file a report and the officer refused",
    "Nobody answers the phone at the desk",
    "Fui a la estación y me dijeron que no",
    "Mwen rele de fwa, pèsonn pa reponn",
]
THANKS = [
    "This is great, I love BPD. Thank you!",
    "Muchas gracias por su trabajo",
    "Mèsi anpil",
    "Great job officers!",
    "🙏🙏",
]
HARMLESS = [
    "I could kill for a coffee right now",
    "He shoots hoops with the kids",
    "Shoot me an email when it is open",
    "The fire department came too",
    "My maine coon loves this",
    "Scunthorpe says hello to Officer Cockburn",
    "Other departments should do this",
    "The bike class starts at 8am on 9th St",
]


@pytest.mark.parametrize("text", THREATS)
def test_a_threat_is_suspected_and_comes_first(text: str) -> None:
    found = judge(text)
    assert (found.urgency, found.level) == (Urgency.THREAT, 8)
    assert found.because


@pytest.mark.parametrize("text", EMERGENCIES)
def test_a_call_for_help_comes_first_too_and_is_no_threat(text: str) -> None:
    found = judge(text)
    assert (found.urgency, found.level) == (Urgency.THREAT, 4)
    assert found.because in ("may report an emergency", "may speak of suicide")


@pytest.mark.parametrize("text", OFFENCES)
def test_what_may_break_the_terms_is_suspected(text: str) -> None:
    found = judge(text)
    assert (found.urgency, found.level) == (Urgency.OFFENCE, 7)


@pytest.mark.parametrize("text", NO_GROUND)
def test_profanity_toward_the_police_alone_is_no_ground_for_hiding_and_says_so(text: str) -> None:
    found = judge(text)
    assert (found.urgency, found.level) == (Urgency.ORDINARY, 6)
    assert found.because == "criticism or profanity toward police alone is no ground for hiding"


@pytest.mark.parametrize(("texts", "level"), [(QUESTIONS, 3), (CONCERNS, 4), (THANKS, 1)])
def test_questions_concerns_and_thanks_are_told_apart(texts: list[str], level: int) -> None:
    assert [judge(text).level for text in texts] == [level] * len(texts)


def test_a_request_of_the_media_is_told() -> None:
    found = judge("Hi, I'm a reporter with Channel 6, could someone send us a statement?")
    assert (found.urgency, found.because) == (Urgency.CONCERN, "may be a request of the media")


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_stay_ordinary(text: str) -> None:
    assert judge(text).urgency >= Urgency.CONCERN


def test_the_numbers_of_urgency_are_those_of_the_queue() -> None:
    names = (lexicon.THREAT, lexicon.OFFENCE, lexicon.CONCERN, lexicon.ORDINARY)
    assert names == (Urgency.THREAT, Urgency.OFFENCE, Urgency.CONCERN, Urgency.ORDINARY)


def test_every_rule_can_be_chosen_by_a_word_that_its_texts_hold() -> None:
    for text in [*THREATS, *EMERGENCIES, *OFFENCES]:
        said, words = plain(text)
        for rule in lexicon.RULES:
            if rule.pattern.search(said):
                assert words & rule.words, (text, rule.because)


@settings(deadline=None)  # the first text loads the model of languages
@given(st.text(max_size=300))
def test_any_text_at_all_is_judged(text: str) -> None:
    assert judge(text).urgency in Urgency.values
    assert language_of(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000_000,
        "i will kill " * 100_000,
        "manden ayuda " * 100_000,
        "f*" * 1_000_000,
        "k i l l " * 500_000,
        "$9 off " * 9999,
        "!" * 100_000,
    ],
    ids=lambda text: text[:9],
)
def test_a_hostile_text_takes_no_longer_than_a_moment(text: str) -> None:
    language_of("Quelque chose de nouveau")  # loads the model
    started = time.perf_counter()
    judge(text)
    language_of(text)
    assert time.perf_counter() - started < 2


def test_selling_is_scored_by_few_signs() -> None:
    assert {weight for weight, _ in SELLING} == {1, 2}
    assert judge("They asked my mother for gift cards, is that you?").level == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The officer was very kind to my son", "en"),
        ("¿Cuándo abren la oficina de reportes?", "es"),
        ("Ki lè nou ap louvri biwo a?", "ht"),
        ("Gracias", "es"),
        ("te voy a matar", "es"),
        ("ayuda", "es"),
        ("Mèsi", "ht"),
        ("Merci beaucoup à tous les policiers", "fr"),
        ("Спасибо большое всем", "ru"),
        ("@baysidepd https://example.org #yourBaysidePD", ""),
        ("👍👍", ""),
        ("ok", ""),
    ],
)
def test_the_language_of_a_comment_is_told_where_it_is_long_enough(text: str, language: str) -> None:
    assert language_of(text) == language

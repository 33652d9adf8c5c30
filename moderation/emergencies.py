"""Whether a text seems to report that somebody needs help now (4.N): English, Spanish and Haitian Creole.

What happens is told apart from what happened, what might, and what is only said so: last year's burglary, the question
what to do, the heart attack that a match gave. Where it is open, it is raised: a person looks.
"""

from __future__ import annotations

import re

from content.words.vocabulary import FOREIGN, calls_english, calls_other

LONGEST = 5000  # characters that are looked at

# What happened before, may happen, is asked, is played or is told of a film.
_NOT_NOW = re.compile(
    r"\b(?:last (?:year|week|month|night|summer|winter|spring|fall|march|april|may|june|july|august|january|"
    r"february|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday)|(?:years?|weeks?|months?|days) ago|a year|in (?:19|"
    r"20)\d\d|back in|yesterday|"
    r"every (?:night|year|day|time|july|weekend)|used to|when i was|my whole life|years old when|(?:movie|"
    r"film|episode|novel|song|drill|exercise|training|simulation|foutbol|football|softball|game|match|"
    r"partido)|"
    r"el ano pasado|la semana pasada|el mes pasado|hace (?:un|una|dos|tres|anos|meses|dias)|en (?:19|"
    r"20)\d\d|ayer|cada noche|"
    r"ane pase|mwa pase|semen pase|gen (?:de|twa) (?:jou|semen|mwa|lane)|ye swa|"
    r"(?:tardaron|demoraron|took (?:you|them|yall|u)|pran inedtan)|"
    r"thank(?:s| you) for (?:saving|helping|finding|coming)|gracias por|mesi paske|mesi pou|"
    r"haha\w*|lol|lmao|jaja\w*|killed (?:himself|herself) (?:in|last|when)|prevention|awareness|hotline)\b|[😂🤣]"
)
_ASKED = re.compile(
    r"\b(?:what (?:should|do|can|would|if)|how (?:do|can|should|many|often|would)|when (?:should|do|can)|"
    r"should i|who do i|is it (?:legal|ok|okay)|if (?:i|someone|somebody|you|a)|"
    r"que (?:hago|hacer|debo) si|como (?:puedo|hago)|cuando debo|cuando (?:hay|se)|si alguien|"
    r"kisa (?:pou|m) |si yon moun|kile (?:pou|m)|kouman pou)\b"
)
_LOST_THINGS = r"(?:dogs?|cats?|puppy|chen|perr[oa]|gat[oa]|wallet|package|bike|phone|keys)"
_IDIOM = re.compile(
    r"\b(?:gave me a heart attack|drowning in|calor|trafico|trafik|chale|heat|traffic|taxes|impuestos|taks|"
    r"(?:my|the|mi) (?:phone|battery|bateria|car|carro) (?:is )?(?:dead|dying|died))\b"
    r"|\b(?:mom|moms|mother|mama|madre|manman|dad|boss|jefe|wife|esposa|teacher|coach)\b[^.!?\n]{0,12}"
    r"\b(?:kill me|matar|touye m)\b (?:if|when|for|cuando|si)\b|\b(?:me va a matar mi|ap touye m si l)\b"
    rf"|\b(?:lost|missing|find|stole|stolen|ran off|pedi|perdi\w*)\b.{{0,60}}\b{_LOST_THINGS}\b"
    rf"|\b{_LOST_THINGS}\b.{{0,60}}\b(?:lost|missing|ran off|pedi|perdi\w*|stolen)\b"
)
_REALLY = re.compile(
    r"\b(?:now|right now|rn|please help|hurry|help me|im hiding|he has|he is|he said|ahora mismo|ahorita|"
    r"kounye a|tonight|esta noche|aswe a|mi ex|my ex)\b"
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_DYING = _any(calls_english.DYING)
_EVENTS = _any(calls_english.EVENTS)
_DYING_ELSEWHERE = _any(calls_other.DYING)
_EVENTS_ELSEWHERE = _any(calls_other.EVENTS)
# Two of these and none of another language's words: most comments, spared the other languages' patterns.
_ENGLISH_WORDS = "the and you is of it that was are this they with have not my we he she to in for at please just"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def emergency(said: str, words: frozenset[str]) -> str:
    """What kind of emergency `said`, a text made plain with `words`, seems to report; empty where none."""
    said = said[:LONGEST]
    every = len(words & _ENGLISH) < 2 or not words.isdisjoint(FOREIGN)
    if (_DYING.search(said) or (every and _DYING_ELSEWHERE.search(said))) and not _past_or_played(said):
        return "may speak of suicide"
    if (_EVENTS.search(said) or (every and _EVENTS_ELSEWHERE.search(said))) and not _past_or_played(said):
        return "may report an emergency"
    return ""


def _past_or_played(said: str) -> bool:
    """Whether it is of another time, asked in general, or a way of speaking; what says “now” is not."""
    if _REALLY.search(said):
        return _NOT_NOW.search(said) is not None and " now" not in said
    return bool(_NOT_NOW.search(said) or _ASKED.search(said) or _IDIOM.search(said))


def spoken_so(said: str) -> bool:
    """Whether `said` is a way of speaking: the mother who will kill him for a ticket."""
    return _IDIOM.search(said) is not None

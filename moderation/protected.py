"""What is no ground for hiding by itself: criticism, insult or profanity toward police (LR-3, Tanner v. Ziegenhorn).

The rule is about the words relied on, and judges only whether nothing else stands in them: it asks, and never decides.
"""

from __future__ import annotations

import re

from content.words.phrases import INSULTS, PROFANITY
from content.words.plain import plain

SAYS = "This alone is no ground for hiding (Tanner v. Ziegenhorn): it is criticism, insult or profanity toward police."


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Said of police in anger, beside the insults and profanity that triage knows.
_MORE = _words(
    "copper coppers jerk jerks suck sucks sucked idiot idiots stupid dumb moron morons fool fools trash garbage",
    "scum loser losers goons fascist fascists dirty evil hate hated worst terrible horrible awful hell damn",
    "dammit donut donuts lie lies steal defund abolish fire quit resign ftp fu",
    "imbeciles estupidos idiotas basura malditos rateros racista odio peor renuncien jodan",
    "kochon vole menti manti sal rayi",
)
# What stands around it and adds no ground.
_ABOUT = _words(
    "police cop cops officer officers department dept pd force sheriff deputy deputies detective chief unit station",
    "blue badge oinker you your youre u ur yall they theyre them their these those this that it its all every everyone",
    "bunch of the a an and or but so very really just such is are was were be been being am do does did dont doing get",
    "got go have has had no not never nothing only ever always again more most at in on for to from with by as like",
    "what who why how when where here there i im we my me our us man guys people city miami bayside shut up off out",
    "policia policias ustedes usted son es eres unos unas todos todas los las el la de del que y una un muy tan nada",
    "one siempre lo le les se te su sus aqui",
    "lapolis polis yo nou tout yon bann nan ak pa anyen",
)
_PROTECTED = PROFANITY | INSULTS | _MORE
_WORD = re.compile(r"[a-z0-9]+")


def alone(text: str) -> bool:
    """Whether `text` holds nothing but criticism, insult or profanity of the kind that police must bear."""
    said, _ = plain(text)
    words = _WORD.findall(said)
    return any(word in _PROTECTED for word in words) and all(word in _PROTECTED or word in _ABOUT for word in words)

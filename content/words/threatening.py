"""Whether a text threatens: who would do what to whom, read from its sentences as lines of signs (`vocabulary`).

A threat has a will, an act and a target, or a turn that threatens by itself. What another is said to have threatened is
no threat of the writer's: it is told apart, for somebody may need help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.words.vocabulary import ENGLISH, HAITIAN, HAITIAN_WORDS, SPANISH, SPANISH_WORDS, Turns

LONGEST = 600  # words that are looked at: a threat further down stands in no comment that a person would read to there

_TOKEN = re.compile(r"[a-z0-9🔫🔪💣]+|[.!?;\n]+|,|[\"“”«»:]")
_STOPS = frozenset(".!?;\n")
_MARKS = {",": ","} | dict.fromkeys('"“”«»:', "")  # a comma parts, a quotation mark does not


def _patterns(*written: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in written))


# `_` is a word without a sign. A will of the writer's, or one that he calls for.
_THREATS = _patterns(
    r"R",
    r"I[_IG]{0,3}[GI][_IGcM,]{0,4}[Vvb][_,yBCNL]{0,4}[YTPK]",  # I am going to kill the next officer
    r"(?:^|,)G[Vvb][_C]{0,3}[YTPK]",
    r"IG[_]{0,2}[Vvb][_]{0,3}[YTPKN]",
    r"[IG][_IG]{0,3}G?[_]{0,2}[fb][_yTPk]{0,4}[L]",  # we should burn that precinct
    r"N[_]{0,2}G[_I]{0,2}[Vvbf][_]{0,4}[YTPL]",  # somebody should shoot these pigs
    r"[YTPK][_P]{0,4}G[_GX]{0,2}D",  # the next cop gets shot
    r"P[_PTmYLMCIG]{0,7}G[_G]{0,2}D",
    r"(?:^|[,C])_?[VfbI]?V[_CN]{0,4}P|^V_P",  # kill all of the police
    r"^[fb][_PyT]{0,4}L",  # burn the station
    r"G[^?X]{0,10}P[^?X]{0,8}V_{0,2}T",  # they should line the officers up and shoot them
    r"^N_{0,2}[Vf]_{0,2}[NTPY]",  # somebody please shoot this one
    r"^N_{0,2}G[^?X]{0,10}[wW]|I[^?X]{0,8}[yP]_?L[^?X]{0,6}W",
    r"I[^?]{0,12}S|[IC]I?G?s",  # outside your house; I start shooting
    r"C[^?]{0,16},[^?]{0,6}y[_G]{0,2}D",
    r"If_{0,2}[LYPTk]",
    r"I[_G]{0,2}v_?y?[YTPB]",
    r"I[_GI]{0,4}p[_YTPNK]{1,4}[_]{0,3}[hWw]|[YT][_GI]{0,3}p[_]{0,3}h",  # I will put you in the hospital
    r"[IO]O?_{0,2}[Ww]_{0,2}_[YP]",  # I have a rope for the judge
    r"y_?[LA][^.]{0,8}u",  # careful on your way to your car, if I were you
    r"N_{0,2}G_{0,2}[Vvb]_{0,4}B",
    r"N_{0,2}G_{0,2}[Vvb]?_{0,3}[Ww]_{0,2}P?[_P]{0,2}B",
    r"I[_GI]{0,3}[Vv]Y|G[Vv]Y",
    r"!V",
    r"I[_GI]{0,3}[Vvb][_]{0,2}[yT][_]{0,2}B",  # slit your throat
    r"I[_GIc]{0,4}[Vvb][_YTP]{0,3}[yT]?[_]{0,2}B",
    r"I?[VvbY]{1,3}[Y][_]{0,2}B",
    r"Iv[_]{0,2}[YPK]",
    r"(?:[IO][_]{0,3}|^|,)O[_]{0,3}A",  # I know where you live
    r"O[_]{0,2}[yTPY]{1,2}[_]{0,2}A|I[_]{0,3}O[YTP]{1,2}[_]{0,2}[LA]",
    r"y[_]{0,2}K[_G]{0,2}[M_][_]{0,2}A",
    r"^O[Yk_]{0,2}A",
    r"I[_GIO]{0,4}[cMv][_]{0,2}[YTP][_]{0,4}o",  # catch you alone
    r"I[_GIm]{0,4}M[_mG]{0,3}W[_TPYm,I]{0,6}[LPY]",  # bringing my rifle to the town hall
    r"I[_GIm]{0,4}M[_TmI]{0,4}[LPY][_TPYmI,]{0,4}W",
    r"M[YT][_]{0,4}[LP]?[_]{0,3}W",
    r"M[_m]{0,3}L[_m]{0,3}W",
    r"[IO]O?[_]{0,3}[Ww]_y",
    r"yA[^.]{0,10}r",
    r"[YT][_]{0,2}G[_G]{0,2}r[_]{0,6}[WO]",
    r"I[_GI]{0,4}[_]{0,2}W[_]{0,3}[yTPB]{1,2}[_]{0,2}B",
    r"C[^.]{0,14}I[_G]{0,3}[Vvbf][_]{0,3}[YTPKL]",
    r"C[^.]{0,10}[GI]{1,2}[Vvbf]+[_]{0,3}[YTPL]",
)
# te voy a matar: in Spanish who is meant stands before the will, or is a part of the word
_CLITIC = re.compile(
    r"(?:Y|k)IG_?[Vvbfp]|YG_?[Vvbf]|(?:IG|G)_{0,2}VY|YIV|kIV(?:$|[,C])|I_{0,2}IV|IV[_Y]{0,2}YP|^C_{1,3}O?D$"
)
_REPORTED = _patterns(
    r"[TNK][_TGm]{0,3}Q[_mTCIGNPYL,]{0,9}(?:[VvfDb]|W|R)",  # he said that he would kill me
    r"[TNK][_TG]{0,3}[GM][_GM]{0,3}[Vvb][_]{0,1}m",  # he is going to kill me
)
# Of these, those that speak of another: what he threatens is told, not threatened.
_OF_ANOTHER = re.compile(r"[TNKP_][_TXGm]{0,3}Q[_mTCIGN,\"]{0,6}$")
# Who comes or waits with a weapon, and for whom: in one sentence, in whatever order.
_WITH_A_WEAPON = re.compile(r"^(?=[^?]*I)(?=[^?]*[GM])(?=[^?]*[YPT])[^?]*[_m]W[^?]*$")
_NO_WEAPON = re.compile(r"[zXQH]")
_HARMLESS = re.compile("F")  # in play, in a story, with a laugh
_NOT = re.compile(r"X[_GI]{0,3}$")


_COMMONEST_WORDS = """
the you that are with this your all when out there do get time light good night morning in on of to up over off we us
is it at for from down back one day days last made make take put see his her him them their look will going coming not
never a an and i they was what like
la las los el en de con por un una ese esa no va te se le que ap nan sou ou yo li w l m pou pa
"""
_COMMONEST = frozenset(_COMMONEST_WORDS.split())


def _telling(turn: tuple[str, ...]) -> str:
    """The word of a turn by which it is looked for: the longest of those that not every text has."""
    return max([word for word in turn if word not in _COMMONEST] or turn, key=len)


# One of these is in every text that threatens: a word of each turn that a pattern needs.
DANGEROUS = frozenset(
    _telling((first, *rest))
    for turns in (ENGLISH, SPANISH, HAITIAN)
    for first, rests in turns.items()
    for rest, signs in rests
    if set(signs) & set("RVvbfDWAor!")
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found: a threat of the writer's, and one that he tells of."""

    threat: bool = False
    reported: bool = False


def heard(said: str, words: frozenset[str]) -> Heard:
    """What `said`, a text made plain, threatens; `words` are its words."""
    threat = reported = False
    for turns in _languages(words):
        for line in sentences(said, turns):
            found, told = _read(line)
            threat = threat or found or (turns is SPANISH and _spoken_to(line))
            reported = reported or told
    return Heard(threat, reported and not threat)


def _spoken_to(line: str) -> bool:
    found = _CLITIC.search(line)
    return found is not None and not _HARMLESS.search(line) and not _NOT.search(line[: found.start()])


def _languages(words: frozenset[str]) -> list[Turns]:
    spoken = []
    spanish, haitian = len(words & SPANISH_WORDS), len(words & HAITIAN_WORDS)
    if (spanish >= 2 and spanish >= haitian) or (spanish and len(words) < 4):
        spoken.append(SPANISH)
    if (haitian >= 2 and haitian > spanish) or (haitian and len(words) < 4):
        spoken.append(HAITIAN)
    if not spoken or max(spanish, haitian) * 4 < len(words):
        spoken.append(ENGLISH)
    return spoken


def sentences(said: str, turns: Turns) -> list[str]:
    """Each sentence of `said` as a line of signs."""
    words = _TOKEN.findall(said)[:LONGEST]
    lines: list[str] = []
    line: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        following = words[place] if place < len(words) else ""
        if word[0] in _STOPS:
            lines.append("".join(line) + ("?" if "?" in word else ""))
            line = []
            continue
        if word in _MARKS:
            line.append(_MARKS[word])
            continue
        for rest, signs in turns.get(word, ()):
            if not rest or (following == rest[0] and tuple(words[place : place + len(rest)]) == rest):
                place += len(rest)
                line.append(signs)
                break
        else:
            line.append("_")
    lines.append("".join(line))
    return [line for line in lines if line]


def _read(line: str) -> tuple[bool, bool]:
    if _HARMLESS.search(line):
        return False, False
    if _WITH_A_WEAPON.search(line) and not _NO_WEAPON.search(line):
        return True, False
    for found in _THREATS.finditer(line):
        before = line[: found.start()]
        if found[0] == "R":
            return not _OF_ANOTHER.search(before), bool(_OF_ANOTHER.search(before))
        if _NOT.search(before):
            continue
        if _OF_ANOTHER.search(before):
            return False, True
        return True, False
    return False, _REPORTED.search(line) is not None

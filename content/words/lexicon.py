"""The words and turns that triage goes by, in English, Spanish and Haitian Creole. Rules of ours; they only order.

Everything here is written as `plain` leaves a text: small letters, no accents, no apostrophes (“i'll” is “ill”). Slurs
stand here because they must be recognised; nothing shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# As models.queue.Urgency has them, which imports this by way of the cases.
THREAT, OFFENCE, CONCERN, ORDINARY = range(4)

_BREAK = r"[^.!?\n]"  # within a sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """What is suspected where `pattern` is found. `words`: one of them is in every text that the pattern matches.

    `asked` false: the rule is silent where the text asks a question (“should I call 911 or this number?”).
    """

    because: str
    level: int
    urgency: int
    words: frozenset[str]
    pattern: re.Pattern[str]
    asked: bool = True


def _rule(because: str, level: int, urgency: int, words: str, *patterns: str, asked: bool = True) -> Rule:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns) if patterns else ""
    return Rule(because, level, urgency, frozenset(words.split()), re.compile(joined), asked)


_WISHES = "wishes or calls for harm"
_SLUR = "may use a slur against a group"
_HATE = "may attack a group"
_OBSCENE = "may be obscene toward a person"
_SECURITY = "may give away what keeps people or places safe"
_CRIME = "may call for a crime"

RULES: tuple[Rule, ...] = (
    # --- what may break the terms ---
    _rule(
        _WISHES,
        7,
        OFFENCE,
        "hope hopefully wish die poison poisons rope hang noose gas ahoguen mueran maten ojala cancer "
        "deserve deserved drown burn bait shot",
        rf"\b(?:hope|hopefully|wish)\b{_BREAK}{{0,40}}\b(?:die|dies|died|killed|shot|"
        rf"cancer|drowns?|burns?|hit by|crash|poisons?|raped)\b",
        r"\bhang (?:em|them|him|her|all)\b",
        r"\b(?:a|the|some) (?:rope|noose)\b",
        r"\bgas the\b",
        r"\bgo (?:drown|die|kill)\b",
        r"\bkill (?:yourself|urself|themselves)\b",
        r"\b(?:ojala|que) (?:se|te|los|las|lo|la|todos)\b.{0,20}\b(?:ahoguen|mueran|maten|muera|pudran)\b",
        r"\bpoisons? the\b",
        r"\bdeserved? (?:to die|to be shot|it dead)\b",
    ),
    _rule(
        _SLUR,
        7,
        OFFENCE,
        "nigger niggers nigga niggas nigglet faggot faggots fag fags faggy kike kikes spic spics chink "
        "chinks gook gooks wetback "
        "wetbacks beaner beaners raghead ragheads towelhead towelheads tranny trannies coon coons jigaboo "
        "dyke dykes retard "
        "retards retarded paki pakis wop wops dago dagos redskin redskins zipperhead darkie darkies negroid "
        "shemale slur insulto "
        "maricon maricones sudaca sudacas joto jotos travelo negrata negratas masisi madivin muzzie camel",
        r"\b(?:nigg(?:er|a|let)s?|fag(?:got)?s?|faggy|kikes?|(?<!maine )coons?(?! "
        r"?hounds?)|spics?(?! and span)|chinks?(?! in the)|gooks?|wetbacks?|beaners?|"
        r"ragheads?|towelheads?|trann(?:y|ies)|jigaboo|dykes?|retard(?:s|ed)?|pakis?|"
        r"wops?|dagos?|redskins?|zipperhead|darkies?|negroid|shemale|maricon(?:es)?|"
        r"sudacas?|jotos?|travelo|negratas?|masisi|madivin|muzzie|camel jockey)\b",
        r"<(?:slur|insulto)>",
    ),
    _rule(
        _HATE,
        7,
        OFFENCE,
        "animals vermin rats cockroaches subhuman monkeys parasites savages breed deported deport shipped "
        "english whites "
        "kitchen sieg heil females apes filth lazas plaga ratas animales infest country invaders jews "
        "muslims illegals haitians "
        "mexicans blacks gays immigrants back",
        rf"\b(?:blacks?|whites?|jews?|muslims?|mexicans?|haitians?|cubans?|immigrants|"
        rf"illegals|gays?|asians?|latinos?|hispanics?|arabs?|those people|these people|"
        rf"they|all of them)\b{_BREAK}{{0,20}}\b(?:animals|vermin|rats|cockroaches|"
        rf"subhuman|monkeys|apes|parasites|savages|filth|invaders)\b",
        r"\bbreed like\b",
        r"\b(?:go|sent|send|shipped?|ship) (?:them )?back (?:to|where)\b.{0,25}\b(?:came|"
        r"country|africa|mexico|haiti|cuba|china|kitchen|countries|from)\b",
        r"\bspeak english or\b",
        r"\bwhites? (?:need not|power|only)\b",
        r"\b(?:sieg )?heil\b",
        r"\bfemales? (?:have|has|with|cant|should)\b",
        r"\bwomen (?:cops?|belong|cant|should)\b",
        r"\bdeport (?:them|every|all)\b",
        r"\b(?:haitianos|mexicanos|cubanos|inmigrantes|negros|gays|judios|ellos|"
        r"esos)\b.{0,20}\b(?:ratas|plaga|animales|lacras?)\b",
    ),
    _rule(
        _OBSCENE,
        7,
        OFFENCE,
        "suck dick cock cunt cunts whore whores slut sluts tits pussy puta putas chupame mamame verga "
        "langet kolanget bouzen koko porn nudes",
        r"\b(?:suck|eat|lick) my\b",
        r"\b(?:cunts?|whores?|sluts?)\b",
        r"\bshow (?:us )?(?:your |ur )?tits\b",
        r"\b(?:your|her|that|big|fat) (?:pussy|cock|dick)\b",
        r"\b(?<!hijo de )(?<!hija de )(?<!hijos de )putas?\b",
        r"\b(?:chupame|mamame)\b",
        r"\b(?:kolanget|langet|koko|bouda) ?(?:manman|papa)\b",
        r"\bbouzen\b",
        r"\b(?:porn|send nudes)\b",
    ),
    _rule(
        _SECURITY,
        7,
        OFFENCE,
        "plate plates unmarked addresses address apt apts unit alarm padlock hatch password code codigo "
        "informant undercover drives breaker",
        rf"\b(?:plate|plates)\b{_BREAK}{{0,30}}\b(?:list|unmarked|undercover)\b",
        r"\bunmarked cars?\b.{0,40}\b(?:list|plates?|look)\b",
        r"\b(?:home )?address(?:es)?\b.{0,30}\b(?:message me|dm me|share|post)\b",
        r"\b(?:apts?|apartments?|unit|lives at|house on)\b.{0,40}\b(?:drives|share|"
        r"hatchback|sedan|plate|before they)\b",
        r"\b(?:no alarm|roof hatch|breaker box|padlock is)\b",
        r"\b(?:the|its|his|her) password is\b",
        r"\bcodigo de la (?:puerta|alarma|entrada)\b",
        r"\b(?:identity|name) of the (?:informant|undercover)\b",
    ),
    _rule(
        _CRIME,
        7,
        OFFENCE,
        "burn loot bring meet riot arms armas entrarle torch saquear storm whos",
        r"\b(?:burn|torch) (?:it|the|this|that|them)\b.{0,20}\bdown\b",
        rf"\b(?:lets|whos in|everybody|meet)\b{_BREAK}{{0,40}}\b(?:loot|riot|bring (?:bags|bats|masks))\b",
        r"\bbring bags\b",
        r"\b(?:entrarle|saquear)\b.{0,40}\b(?:armas|deposito|tienda|bodega)\b",
        r"\bquien quiera armas\b",
    ),
)

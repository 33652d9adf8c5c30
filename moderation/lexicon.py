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


_EMERGENCY = "may report an emergency"
_SELF = "may speak of suicide"
_THREAT = "may threaten violence"
_FOLLOWS = "may threaten: says where or when somebody can be found"
_WISHES = "wishes or calls for harm"
_SLUR = "may use a slur against a group"
_HATE = "may attack a group"
_OBSCENE = "may be obscene toward a person"
_SECURITY = "may give away what keeps people or places safe"
_CRIME = "may call for a crime"

_NOW = r"(?:now|right now|rn|this minute|at this moment)"
_WE = (
    r"(?:i|im|ill|id|ive|we|were|well|gonna|gon|gunna|finna|ima|imma|wanna|lets|"
    r"lemme|someone|somebody|yall|who wants)"
)
_WILL = (
    r"(?:will|shall|gonna|going to|gon|want to|wanna|should|ought to|need to|needs to|about to|bout to|have to|swear)"
)
_HARM = (
    r"(?:kill|shoot|murder|stab|strangle|choke|behead|execute|lynch|rape|torture|slaughter|bomb|smoke|cap|hang|burn|"
    r"bury|hurt|drown|poison|beat|attack|snipe|gut|bash|smash|waste)"
)
_WHOM = (
    r"(?:you|u|ya|yall|your|him|her|them|em|it|this|that|these|those|all|every|"
    r"everyone|everybody|any|the|next|a|an|one|"
    r"some|somebody|someone|cops?|police|officers?|pigs?|deputy|deputies|sheriff|chief|people|his|their|up|down)"
)
_GUN = (
    r"(?:guns?|rifle|shotgun|pistol|glock|ar|ar15|ak|ak47|barrels?|bullets?|flare gun|machete|knife|"
    r"bomb|grenade|molotov)"
)
_VICTIM = (
    r"(?:you|u|he|she|they|him|her|them|cops?|pigs?|officers?|police|somebody|"
    r"someone|one of (?:you|them|yall)|next one|"
    r"everyone|nobody|yall)"
)
_KIN = r"(?:wife|husband|kids?|son|daughter|family|mother|mom|house|home|car|children|own)"

RULES: tuple[Rule, ...] = (
    # --- somebody may need help now ---
    _rule(
        _SELF,
        4,
        THREAT,
        "myself suicide suicidal suicidarme suicidio morir matarme vida life tet tete mouri vivre viv",
        r"\bkill(?:ing)? myself\b",
        r"\bend my (?:own )?life\b",
        r"\bi(?:m| am) suicidal\b",
        r"\bcommit suicide\b",
        r"\bwant to die\b",
        r"\bquiero morir\b",
        r"\bme quiero matar\b",
        r"\bquitarme la vida\b",
        r"\bvoy a matarme\b",
        r"\b(?:vle|pral) mouri\b",
        r"\btouye tet (?:mwen|m)\b",
    ),
    _rule(
        _EMERGENCY,
        4,
        THREAT,
        "breaking broke break help bleeding breathing gun knife shots gunshots shooter shooting fire attacked robbed "
        "followed beaten trapped drowning overdose overdosing overdosed unconscious send hitting beating "
        "stabbed closet "
        "kidnapped choking abducted seizure collapsed attack",
        r"\b(?:is|are|someones|somebodys|someone|somebody|hes|shes|theyre|people|"
        r"guys?|men|man) (?:\w+ )?break(?:ing)? in\b",
        rf"\bbreaking in(?:to)?\b{_BREAK}{{0,60}}\b(?:{_NOW}|my house|my home|my apartment|next door)\b",
        r"\b(?:please|pls|plz|someone|somebody|can you|need you to|you need to|hurry) "
        r"(?:\w+ )?send (?:\w+ )?(?:some(?:one|body)|help|officers?|police|cops|"
        r"units?|a car|an ambulance|a unit|patrol)\b",
        r"\bsend (?:help|an ambulance|police now|someone now|officers now)\b",
        r"\b(?:i|we) need help (?:now|right now|asap|please|immediately)\b",
        r"\bhelp me (?:now|please|im|hes|shes|theyre)\b",
        r"\b(?:hes|shes|is|theyre|are|i am|im) (?:\w+ )?(?:bleeding|unconscious|"
        r"not breathing|choking|drowning|overdosing|having a seizure|having a heart "
        r"attack|having a stroke|trapped)\b",
        r"\b(?:isnt|not|stopped) breathing\b",
        rf"\b(?:has|have|got|with|holding|pointing|waving) (?:a|his|her|their) (?:gun|"
        rf"knife)\b{_BREAK}{{0,60}}\b(?:{_NOW}|at (?:me|us|my|the)|outside|inside|"
        rf"here|in the)\b",
        r"\b(?:hear|heard|hearing) (?:\w+ )?(?:gun)?shots\b",
        r"\bshots fired\b",
        r"\b(?:theres|there is|we have) (?:an active shooter|a shooter)\b",
        rf"\b(?:being|getting) (?:attacked|robbed|followed|beaten|stabbed|shot at|"
        rf"kidnapped)\b{_BREAK}{{0,40}}\b(?:{_NOW}|please|help|by)\b",
        r"\b(?:house|apartment|building|car|kitchen) is on fire\b",
        r"\b(?:ex|husband|boyfriend|wife|girlfriend|dad|father|he|she) is (?:hitting|"
        r"beating|choking) (?:me|her|him|us|my)\b",
        r"\b(?:in|inside) (?:the|a|my) closet\b",
    ),
    _rule(
        _EMERGENCY,
        4,
        THREAT,
        "911",
        r"\b(?:call|calling|called|dial|llamen|llama|llame|llamar|rele|marquen)\b.{0,12}\b911\b",
        asked=False,
    ),
    _rule(
        _EMERGENCY,
        4,
        THREAT,
        "metiendo metieron metio entrando auxilio socorro manden mande sangrando respira pistola cuchillo "
        "arma disparos "
        "balacera incendio pegando golpeando matar secuestraron desangrando ahogando tiroteo",
        r"\bse (?:me )?(?:estan|esta) (?:metiendo|entrando)\b",
        r"\b(?:auxilio|socorro)\b",
        r"\bmanden? (?:a )?(?:alguien|ayuda|una patrulla|la policia|una ambulancia|policias?)\b(?!.{0,80}antes)",
        r"\b(?:esta|estan|estoy) (?:sangrando|desangrando|ahogando)\b",
        r"\bno respira\b",
        r"\btiene (?:un arma|una pistola|un cuchillo)\b",
        r"\b(?:hay|se oyen|escucho|oigo|oimos) (?:un |una )?(?:disparos|balacera|tiroteo)\b",
        r"\bhay un incendio\b",
        r"\b(?:me|nos|la|lo) (?:esta|estan) (?:pegando|golpeando)\b",
        r"\b(?:me|nos) (?:va|quiere|van|quieren) (?:a )?matar\b",
    ),
    _rule(
        _EMERGENCY,
        4,
        THREAT,
        "anmwe sekou voye senyen respire zam fizi kouto dife touye bat antre tire",
        r"\b(?:anmwe|sekou)\b",
        r"\bvoye (?:lapolis|polis|moun|yon moun|anbilans|sekou)\b",
        r"\bl(?:i)? ?ap (?:senyen|bat mwen|bat m|touye m|touye mwen)\b",
        r"\bpa respire\b",
        r"\bgen (?:yon )?(?:zam|fizi|kouto) (?:nan men|sou) li\b",
        r"\bdife (?:pran|nan kay)\b",
        r"\by(?:o)? ?ap antre (?:lakay|nan kay)\b",
        r"\by(?:o)? ?ap tire\b",
    ),
    # --- threats ---
    _rule(
        _THREAT,
        8,
        THREAT,
        "kill shoot murder stab strangle choke behead execute lynch rape torture slaughter bomb smoke "
        "cap hang burn bury "
        "hurt drown poison beat attack snipe gut bash smash waste",
        rf"\b{_WE}\b(?: \w+){{0,5}}? {_HARM}(?! for| time) (?:\w+ )?{_WHOM}\b(?! (?:an? )?(?:email|"
        rf"message|question|time|hoops|lights?))",
        rf"\b{_WILL} {_HARM} {_WHOM}\b(?! (?:an? )?(?:email|message|question|time|hoops|lights?))",
    ),
    _rule(
        _THREAT,
        8,
        THREAT,
        "bullet bullets gun guns rifle shotgun pistol glock ar ar15 ak ak47 barrel barrels machete bomb "
        "grenade molotov knife bombs",
        rf"\b{_WE}\b{_BREAK}{{0,50}}\b(?:my|the|a) {_GUN}\b{_BREAK}{{0,40}}\b(?:out|"
        rf"you|your|him|her|them|face|head|cops?|pigs?|officers?|station|windshield)\b",
        r"\b(?:gets?|getting|takes?) (?:both barrels|a bullet|a beating)\b",
        rf"\b{_GUN} (?:in|to|through|between) (?:his|her|your|their|the|my|ya)\b",
        r"\b(?:getting|grabbing|bringing|loading|get|grab|bring|load) my (?:gun|"
        r"ar|ar15|rifle|shotgun|pistol|glock|ak|ak47|machete)\b",
        r"\b(?:there(?:s| is)|planted|put|placed|left) a bomb\b",
        r"\bboth barrels\b",
    ),
    _rule(
        _THREAT,
        8,
        THREAT,
        "die dead home bleed burn pay regret swing grave ground shot killed warned told back light numbered "
        "under blood coffin "
        "alone alive over stayed waiting bag lobby stopping doors morgue",
        rf"\b{_VICTIM} (?:\w+ )?(?:is|are|will|gonna|going to|ll|isnt|arent|wont|"
        rf"deserves? to|should|better|needs? to) (?:\w+ ){{0,2}}?(?:die|bleed|burn|"
        rf"swing|be dead|get shot|be shot|get killed|be killed|end up dead|regret)\b",
        r"\b(?:not|isnt|aint|arent|never|wont be|wont) (?:going|coming|making it|make it|goin) (?:back )?home\b",
        r"\b(?:watch|check) (?:your|ur|his|her|their) backs?\b",
        r"\bsleep (?:light|with one eye)\b",
        r"\b(?:days are|your days) numbered\b",
        r"\bput (?:\w+ ){1,4}in (?:the ground|a grave|a coffin|the morgue)\b",
        r"\b(?:six|6) feet under\b",
        r"\bin (?:the|a|your) (?:ground|coffin), ",
        r"\bmake (?:you|her|him|them|yall|\w+) pay (?:for|with)\b",
        r"\b(?:will|gonna|going to|ll) pay (?:for this|for that|for it|in blood|with)\b",
        r"\byou(?:ve| have| were|re)? been (?:told|warned)\b",
        r"\brun (?:him|her|them|you|u|\w+) (?:the \w+ )?over\b",
        r"\bover with my (?:truck|car)\b",
        rf"\b(?:i|we|ill) (?:\w+ )?(?:catch|find|get|see|meet)\b{_BREAK}{{0,40}}\b(?:alone|"
        rf"slipping|in the dark|off duty|without (?:your|his|her|their|that))\b",
        r"\bwish (?:you|she|he|they|yall)(?:d| had)? (?:stayed|never|died|were dead|was dead)\b",
        r"\bdead (?:man|cops?|pigs?|woman)\b",
        r"\bonly good cop\b",
        rf"\b(?:be|am|im|ill be) (?:waiting|wearing|coming|bringing)\b{_BREAK}{{0,50}}\b(?:lot|"
        rf"lobby|outside|bag|alone|alley|for (?:you|him|her|them))\b",
        r"\bnot stopping at the doors?\b",
        r"\bleave (?:you|him|her|them) (?:there )?(?:for the|dead|bleeding)\b",
    ),
    _rule(
        _FOLLOWS,
        8,
        THREAT,
        "know knows found live lives sleeps goes school shift parks gets home wait waiting learn faces "
        "follow following house",
        rf"\b(?:i|we|ill|who) know (?:exactly |just )?(?:where|what time|when|which|"
        rf"what)\b{_BREAK}{{0,30}}\b(?:you|he|she|they|your|his|her|their|the night "
        rf"shift)\b{_BREAK}{{0,40}}\b(?:live|lives|sleeps?|park|parks|works?|goes|"
        rf"go|gets?|walks?|school|shift|{_KIN})\b",
        rf"\b(?:know|found|got|have) (?:your|his|her|their|ur) (?:address|{_KIN})\b",
        r"\bknow (?:his|her|your|their) car\b",
        r"\b(?:gonna|going to|will|ill) (?:wait|be waiting) for \w+ (?:after|outside|at|by|in)\b",
        r"\blearn (?:these|those|their) faces\b",
        r"\bfollow(?:ing)? (?:you|her|him|them) home\b",
    ),
    _rule(
        _THREAT,
        8,
        THREAT,
        "matar mato matare mataremos matarte matarlos tiros tiro balazo balazos bala balas plomo pistola "
        "quemar quemarlos quemo "
        "morir muerte muertos colgar colgarlos machete degollar reventar reviento cuidate espalda vives "
        "viven vive bomba "
        "matamos avisados pagar arrepentir cuchillo",
        r"\b(?:te|lo|la|los|las|le|les|nos|me|voy a|vamos a|hay que|van a|va a) "
        r"(?:\w+ ){0,2}?(?:matar|mato|matare|mataremos|matamos|quemo|quemar|reviento|"
        r"reventar|degollar|colgar|matarte|matarlos|quemarlos|colgarlos)\b",
        r"\b(?:voy a|vamos a|hay que) (?:matar|quemar|colgar|reventar|degollar)(?:te|lo|la|los|las|le|les)?\b",
        r"\b(?:a|de|un|unos|de un|el) (?:tiros?|balazos?|plomo|plomazos?)\b",
        r"\b(?:lleno|meto|echo|vacio|dar|doy) (?:\w+ )?(?:plomo|bala|balas|la pistola|el cargador|un tiro)\b",
        r"\b(?:vas|van|va) a (?:morir|pagarlo|pagarla|arrepentir)\w*\b",
        r"\bmuerte a\b",
        r"\bcuidate la espalda\b",
        r"\bse donde (?:vives|viven|vive|trabaja|estudia)\b",
        r"\b(?:una|la) bomba en\b",
        r"\bavisados estan\b",
    ),
    _rule(
        _THREAT,
        8,
        THREAT,
        "touye boule tire mouri bal koupe kraze rete pete",
        r"\b(?:m|mwen|n|nou|map|nap) ?(?:ap|pral|ta|pwal|gen pou) (?:touye|boule|"
        r"tire|koupe tet|kraze tet|pete tet)\b",
        r"\b(?:map|nap) (?:touye|boule|tire)\b",
        r"\b(?:fok nou|annou|se pou nou) (?:touye|boule|tire)\b",
        r"\bw(?:ou)? ?ap mouri\b",
        r"\bbal nan (?:tet|kou)\b",
        r"\bkonn(?:en)? kote (?:w|ou|li|yo) (?:rete|abite)\b",
    ),
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

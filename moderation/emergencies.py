"""Whether a text seems to report that somebody needs help now (4.N): English, Spanish and Haitian Creole.

What happens is told apart from what happened, what might, and what is only said so: last year's burglary, the question
what to do, the heart attack that a match gave. Where it is open, it is raised: a person looks.
"""

from __future__ import annotations

import re

LONGEST = 5000  # characters that are looked at

# `[^.!?\\n]` keeps a pattern within its sentence. Each begins with a word, so that most texts are soon done.
_SELF = (
    r"\b(?:kill|hang|shoot|hurt) myself\b",
    r"\bkilling myself\b(?! (?:at|in|with) (?:the )?(?:gym|work|crossfit))",
    r"\b(?:end|take|ending|taking) my (?:own )?life\b",
    r"\b(?:end|ending) it all\b",
    r"\bi(?:m| am| feel) (?:\w+ )?suicidal\b",
    (
        r"\b(?:going to|gonna|will|about to|tried to|trying to|wants? to|want to|might|ready to) (?:commit "
        r"suicide|jump off|overdose)\b"
    ),
    r"\b(?:i|he|she|they) (?:really |just )?wants? to die\b(?! (?:laughing|of))",
    r"\bwish i (?:was|were) dead\b",
    (
        r"\b(?:dont|do not|no reason to|cant|cannot) (?:want to |wanna )?(?:live|go on|keep living)(?: like "
        r"this)?(?: any ?more| anymore|\b(?= i\b)|$)"
    ),
    r"\bbetter off (?:without me|dead|if i)\b",
    r"\b(?:nobody|no one) (?:will|would) miss me\b",
    (
        r"\b(?:going to|gonna|wants? to|will|about to|threatening to|says hell|trying to) (?:kill|hang|shoot|"
        r"hurt|harm) (?:himself|herself|themselves|themself)\b"
    ),
    r"\b(?:goodbye|suicide) (?:note|letter|message)\b",
    r"\bpills in my hand\b|\b(?:took|taken|swallowed|taking) (?:\w+ ){0,4}(?:pills|bottle of)\b",
    r"\b(?:on|over) the (?:bridge|railing|ledge|roof|overpass)\b[^.!?\n]{0,50}\bjump\b",
    r"\babout to jump\b|\bgoing to jump\b|\bgonna jump\b",
    r"\bcut(?:ting)? (?:my|her|his) wrists?\b",
    r"\b(?:ya )?no (?:quiero|puedo) (?:vivir|seguir viviendo|mas con esta vida)\b",
    r"\bquiero morir(?:me)?\b(?! de)",
    (
        r"\b(?:me (?:voy a|quiero)|voy a|pienso|va a|quiere|quiero) (?:matarme|suicidarme|suicidarse|matarse|"
        r"quitarse la vida|quitarme la vida|quitar la vida|colgarme|ahorcarme)\b"
    ),
    r"\bme (?:quiero|voy a) (?:matar|quitar la vida|suicidar|colgar|tirar (?:del|de un))\b",
    (
        r"\bestarian mejor sin mi\b|\bse tomo (?:un )?(?:monton|frasco|todas)\b|\b(?:monton de|muchas|todas "
        r"las) pastillas\b"
    ),
    r"\b(?:m|mwen) pa (?:vle|ka) viv\b|\b(?:m|mwen) vle mouri\b",
    r"\b(?:touye|pann|pandye) tet (?:mwen|m|li|l)\b|\bvle touye tet\b",
    r"\bbwe (?:anpil|yon pakèt|tout) (?:grenn|pilil|renmed)\b",
)
_BODY = (
    r"\b(?:isnt|not|stopped|cant|cannot|aint) (?:breathing|breathe|waking up|wake up|responding|moving)\b",
    r"\bwont (?:wake up|wake|breathe|respond)\b",
    (
        r"\b(?:is|hes|shes|theyre|im|i am|someones|are) (?:\w+ )?(?:bleeding|unconscious|choking|overdosing|"
        r"dying|drowning|having a (?:seizure|stroke|heart attack)|trapped|turning blue)\b(?! (?:in (?:paperwork|"
        r"work|debt|bills|traffic)|of |to |for |laughing|up\b|inside))"
    ),
    r"\b(?:having|had) a (?:seizure|stroke|heart attack) (?:right )?(?:now|here|in the|at the|on the)\b",
    r"\b(?:has|just) (?:collapsed|fainted|passed out|overdosed|been stabbed|been shot|been hit)\b",
    (
        r"\b(?:dad|mom|father|mother|grandma|grandpa|husband|wife|baby|man|woman|lady|guy|kid|he|she|someone|"
        r"somebody|child|neighbor|friend) (?:just )?(?:collapsed|fainted|passed out|overdosed|fell (?:in|into|"
        r"off|from|down)|got (?:stabbed|shot|hit by|run over))\b"
    ),
    (
        r"\b(?:got|was|been|gets) (?:stabbed|shot|run over|hit by a car)\b[^.!?\n]{0,40}\b(?:just now|right now|"
        r"now|minutes ago|please|help|bleeding)\b"
    ),
    r"\b(?:need|send|call|get) (?:an? |the )?(?:ambulance|paramedics|medics|ems)\b",
    r"\bgoing into labor\b|\bwater broke\b",
    (
        r"\b(?:locked|stuck|left|alone) in (?:a |the |that )?(?:hot )?(?:car|trunk|"
        r"elevator)\b[^.!?\n]{0,50}\b(?:baby|kid|child|dog|moving|hot|crying|please|help)\b|\b(?:baby|kid|child|"
        r"toddler)\b[^.!?\n]{0,25}\b(?:locked|left|alone|stuck) in (?:a |the |that )?(?:hot )?(?:car|trunk)\b"
    ),
    (
        r"\b(?:kid|child|boy|girl|baby|man|woman|someone|somebody|lady|car)\b[^.!?\n]{0,25}\b(?:in|into) the "
        r"(?:canal|water|river|lake|pool|bay)\b"
    ),
    r"\b(?:dead body|body|corpse)\b[^.!?\n]{0,20}\b(?:in|by|under|near|behind) the\b",
    (
        r"\bno (?:respira|reacciona|despierta)\b|\b(?:esta|estan|estoy|se esta|se estan) (?:\w+ )?(?:sangrando|"
        r"desangrando|ahogando|convulsionando|muriendo|desmayando|asfixiando|inconsciente)\b(?! de )"
    ),
    r"\bse (?:desmayo|desplomo|cayo al|cayo del|esta muriendo)\b(?! de)",
    r"\b(?:manden?|llamen|necesit\w+|envien) (?:a )?(?:una |la )?(?:ambulancia|paramedicos)\b",
    r"\batropell(?:o|aron|ado|ada)\b[^.!?\n]{0,50}\b(?:tirad[oa]|ahora|ahorita|ayuda|calle|acaba)\b",
    (
        r"\b(?:pa|p) (?:ka )?respire\b|\b(?:ap|l ap|li ap|m ap|mwen ap) (?:senyen|toufe|nwaye|mouri la)\b|"
        r"\btonbe (?:nan|san)\b|\bap fe kriz\b"
    ),
)
_CRIME = (
    (
        r"\b(?:is|are|hes|shes|theyre|someones|somebodys|someone|somebody|people|guys?|men|man|they|trying to|"
        r"tryna|r) (?:\w+ ){0,2}?(?:break(?:ing)?|kick(?:ing)?|bang(?:ing)?|pound(?:ing)?) (?:in\b|into\b|"
        r"down\b|the door|my door|our door|on my|on our|the window)"
    ),
    r"\bbreaking (?:in|into|the door|my door|down)\b[^.!?\n]{0,60}\b(?:now|rn|my|our|next door|help|please)\b",
    (
        r"\b(?:hear|heard|hearing|just heard) (?:\w+ ){0,3}?(?:gun ?shots?|shots|shooting|screaming|someone "
        r"scream\w*|explosion)\b"
    ),
    (
        r"\bshots fired\b|\bactive shooter\b|\b(?:someone|somebody|hes|theyre|guy|man|people)(?:s| is| are)? "
        r"(?:\w+ )?shooting\b(?! (?:hoops|a (?:video|film|movie)|pool|photos|videos|baskets|for|stars))"
    ),
    (
        r"\b(?:is|are) (?:robbing|stabbing|attacking|beating|raping|stealing from|assaulting|jumping|kidnapping|"
        r"chasing|following|strangling|fighting with|pointing)\b"
    ),
    (
        r"\b(?:robbing|beating|attacking|hitting|choking|stabbing|chasing|following|hurting|strangling) (?:me|"
        r"us|her|him|my|a (?:man|woman|girl|kid|boy|lady)|someone|somebody)\b"
    ),
    r"\bfight(?:ing)? with (?:machetes?|knives|guns|bats)\b",
    (
        r"\b(?:theres|there is|there are|a|some|this|that|the|an armed) (?:\w+ )?(?:guy|man|men|woman|dude|"
        r"person|kid|student|neighbor|boy|teen|ex|husband|boyfriend|people)\b[^.!?\n]{0,25}\b(?:with|has|have|"
        r"had|holding|waving|pointing|carrying|pulled|got) (?:a|an|his|her|the)? ?(?:\w+ )?(?:gun|knife|rifle|"
        r"machete|weapon|bat|ax|axe|pistol)\b"
    ),
    (
        r"\b(?:he|she|they|ex|husband|boyfriend|neighbor|student|roommate) (?:has|have|got|pulled|is holding|is "
        r"waving) (?:a|the|his|her)? ?(?:\w+ )?(?:gun|knife|rifle|machete|weapon|pistol)\b"
    ),
    r"\b(?:gun|knife|machete) (?:out|to my|to her|to his|in (?:his|her) (?:hand|backpack|bag|waistband))\b",
    (
        r"\b(?:snatched|grabbed|took|dragged|kidnapped|abducted|pulled) (?:a|the|my|this|some) (?:\w+ "
        r"){0,2}(?:girl|boy|kid|child|woman|baby|daughter|son)\b"
    ),
    r"\b(?:being|getting) (?:attacked|robbed|followed|beaten|stabbed|shot at|kidnapped|chased|held)\b",
    (
        r"\b(?:wont|will not|not) let(?:ting)? (?:me|us|her) (?:leave|go|out)\b|\blocked (?:me|us|her) in\b|"
        r"\bheld (?:me )?hostage\b|\bholding (?:me|us|her) (?:hostage|here)\b"
    ),
    (
        r"\b(?:locked|hiding|hidden|hid|hide) (?:myself )?(?:in|inside|under|behind) (?:the|a|my|our) (?:\w+ "
        r")?(?:closet|bathroom|bedroom|basement|back|bed|room|attic|store|classroom|desk)\b|\bin the "
        r"closet\b[^.!?\n]{0,40}\b(?:help|please|scared|he|they)\b"
    ),
    (
        r"\b(?:someone|somebody|guy|man|car|he|theres a \w+|stranger)(?:s| is)? (?:been )?(?:following|stalking|"
        r"watching|chasing) (?:me|us|my)\b"
    ),
    (
        r"\bscream(?:ing|s) for help\b|\b(?:scared|afraid) (?:hes|shes|he is|hell|he will|that he|he) (?:\w+ "
        r"){0,3}(?:hurt|kill|hit|shoot)\b"
    ),
    r"\b(?:thr[ea]+tened|threatening|threatens) to (?:kill|shoot|hurt|stab|burn|blow) (?:me|us|my|her|him)\b",
    (
        r"\bse (?:me |nos )?(?:estan|esta) (?:metiendo|entrando|robando)\b|\bse (?:metieron|metio) (?:a|"
        r"en)\b[^.!?\n]{0,50}\b(?:escondid|ahora|ahorita|ayuda|estoy|aun|todavia)\w*\b"
    ),
    (
        r"\b(?:estan|esta) (?:robando|asaltando|disparando|golpeando|apunalando|atacando|pegando|peleando|"
        r"siguiendo|rompiendo)\b"
    ),
    (
        r"\b(?:hombre|tipo|senor|muchacho|alguien|sujeto|estudiante|vecino|ex|el)\b[^.!?\n]{0,20}\b(?:con un "
        r"(?:\w+ )?(?:cuchillo|machete|arma|rifle)|con una (?:pistola|escopeta|arma)|armado)\b|\btiene (?:un|"
        r"una|el|la) (?:arma|pistola|cuchillo|machete|rifle)\b"
    ),
    (
        r"\b(?:hay|se oyen|se escuchan?|escucho|oigo|oimos|escuche|escuchamos|acabo de (?:escuchar|oir)|oi) "
        r"(?:un |una |unos |muchos |como )?(?:\w+ )?(?:disparos|balacera|tiroteo|balazos|tiros|gritos)\b"
    ),
    r"\b(?:me|nos|la|lo) (?:esta|estan) (?:pegando|golpeando|siguiendo|disparando|amenazando|ahorcando|matando a)\b",
    r"\b(?:me|nos) (?:va|quiere|van|quieren) (?:a )?(?:matar|pegar|golpear|hacer dano)\b",
    (
        r"\b(?:amenazo|amenaza|dijo que|dice que|amenazando)\b[^.!?\n]{0,30}\b(?:matar(?:me|nos)?|disparar|"
        r"quemar|matarme)\b"
    ),
    (
        r"\b(?:se llevaron|secuestraron|raptaron|se robaron) a (?:un|una|mi)\b|\bno (?:me deja|nos deja) "
        r"salir\b|\bescondid[oa] en\b"
    ),
    r"\b(?:auxilio|socorro)\b",
    r"\bmanden? (?:a )?(?:alguien|ayuda|una patrulla|la policia|policias?)\b(?!.{0,80}antes)",
    r"\b(?:anmwe|anmwey|sekou)\b|\bvoye (?:lapolis|polis|moun|yon moun|anbilans|yon anbilans|sekou)\b",
    (
        r"\b(?:ap|l ap|li ap|y ap|yo ap) (?:bat (?:mwen|m|li|l|yon|yo)|touye (?:m|mwen)|kraze pot|antre "
        r"(?:lakay|nan)|vole nan|tire\b|swiv (?:m|mwen)|goumen ak)"
    ),
    (
        r"\b(?:pral|vle) touye (?:m|mwen)\b|\b(?:neg|moun|li|msye) (?:sa )?(?:\w+ )?(?:ak|gen) (?:yon )?(?:zam|"
        r"fizi|kouto|manchet|pistole)\b|\btande (?:\w+ ){0,2}(?:kout zam|tire|bal|kout fizi)\b|\bpran (?:yon "
        r")?(?:pitit|timoun|tifi)\b[^.!?\n]{0,30}\bmachin\b"
    ),
    (
        r"\b(?:ap bat mwen|bat mwen|bat m)\b[^.!?\n]{0,30}\b(?:pe|ede|kounye)\b|\bpa kite m (?:soti|ale)\b|\bm "
        r"kache\b|\bmwen kache\b|\bmenase\b[^.!?\n]{0,20}\btouye (?:m|mwen)\b"
    ),
)
_PLACE = (
    (
        r"\b(?:house|apartment|building|car|kitchen|home|store|school|boat|truck|warehouse|garage|unit|roof|"
        r"place|trailer)\b[^.!?\n]{0,25}\b(?:is|are|just went|went up|caught) (?:\w+ )?(?:on fire|in flames|"
        r"burning)\b"
    ),
    r"\b(?:smell|smells|smelling)\b[^.!?\n]{0,15}\b(?:gas|smoke)\b|\bgas leak\b|\bcarbon monoxide\b",
    (
        r"\b(?:people|someone|somebody|kids|family|woman|man|driver|he|she|we|persons?|"
        r"child)\b[^.!?\n]{0,12}\b(?:trapped|stuck|inside|pinned)\b[^.!?\n]{0,30}\b(?:car|fire|building|"
        r"elevator|flames|wreck|rubble)\b|\bpeople (?:are )?trapped\b"
    ),
    (
        r"\b(?:bad|huge|terrible|serious|head on|big|horrible|major) (?:\w+ )?(?:crash|accident|wreck|collision|"
        r"pileup)\b[^.!?\n]{0,80}\b(?:trapped|hurt|injured|bleeding|just|now|people)\b|\b(?:crash|accident|"
        r"wreck) just happened\b"
    ),
    (
        r"\b(?:missing|disappeared|vanished)\b[^.!?\n]{0,40}\b(?:since|from|last seen|yesterday|today|tonight|"
        r"hours)\b|\b(?:cant|cannot|can not) find (?:my|her|him|our) ?(?:son|daughter|kid|child|mom|dad|"
        r"anywhere|grandma|grandpa|little)?\b[^.!?\n]{0,20}\b(?:son|daughter|kid|child|mom|dad|anywhere|grandma|"
        r"grandpa|boy|girl)\b|\b(?:son|daughter|kid|child|wife|husband|sister|brother|grandma|grandpa|mom|dad|"
        r"mother|father)\b[^.!?\n]{0,10}\b(?:didnt|hasnt|never|did not|has not) (?:come|came|make it|"
        r"returned)\b[^.!?\n]{0,15}\b(?:home|back)\b|\b(?:my|our) (?:\w+ )?(?:son|daughter|child|kid|sister|"
        r"brother|grandma|grandpa|grandmother|grandfather|mom|dad|mother|father|wife|husband|niece|nephew|"
        r"baby)\b[^.!?\n]{0,30}\b(?:is missing|missing since|ran away|been missing)\b"
    ),
    (
        r"\b(?:casa|edificio|carro|apartamento|cocina|tienda|escuela)\b[^.!?\n]{0,30}\b(?:en llamas|quemando|"
        r"incendi\w+|fuego)\b|\bse esta (?:quemando|incendiando)\b|\bhay un incendio\b|\b(?:huele|"
        r"olor)\b[^.!?\n]{0,12}\b(?:gas|humo)\b|\bgente (?:adentro|atrapada)\b|\batrapad[oa]s?\b"
    ),
    (
        r"\b(?:hij[oa]|nin[oa]|herman[oa]|abuel[oa]|mama|papa|sobrin[oa])\b[^.!?\n]{0,25}\b(?:no aparece|"
        r"desaparecio|desaparecid[oa]|perdid[oa]|no (?:ha )?(?:llego|llegado|regres\w+))\b|\bno (?:encuentro|"
        r"encontramos) a mi\b|\b(?:nin[oa]|senor[a]?|hombre|mujer)\b[^.!?\n]{0,20}\bse (?:cayo|ahoga)\b"
    ),
    (
        r"\b(?:kay|machin|bilding|lekol|magazen)\b[^.!?\n]{0,20}\b(?:pran dife|ap boule)\b|\bdife (?:pran|nan "
        r"kay)\b|\bpran dife\b|\b(?:pitit|timoun|manman|papa|granmoun|se|fre|bebe)\b[^.!?\n]{0,20}\b(?:pedi|"
        r"disparet|pa janm tounen|pa tounen)\b|\baksidan\b[^.!?\n]{0,60}\b(?:grav|blese|kole|mouri|kounye)\b|"
        r"\bsant gaz\b"
    ),
)
_HELP = (
    (
        r"\bhelp (?:help|me|us)\b(?! (?:\w+ ){0,2}(?:find|with|understand|get|fill|out|pay|figure|move|locate|"
        r"contact|decide|choose|apply))[^.!?\n]{0,40}\b(?:now|please|hes|shes|theyre|hurry|he|they|trapped|gun|"
        r"knife|scared|door|kill|hurt)\b"
    ),
    r"\b(?:i|we) need help (?:now|right now|asap|immediately)\b",
    (
        r"\b(?:please|pls|plz|someone|somebody|can you|need you to|you need to|hurry|can someone please) (?:\w+ "
        r")?send (?:\w+ )?(?:some(?:one|body)|help|officers?|police|cops|units?|a car|an ambulance|a unit|"
        r"patrol|an officer)\b(?! (?:me|the|a) (?:link|form|email))"
    ),
    r"\bsend (?:help|an ambulance|police now|someone now|officers now|units now)\b",
    r"\b(?:call|calling|called|dial|llamen|llama|llame|rele|marquen)\b.{0,12}\b911\b(?!.{0,30}\b(?:instead|or)\b)",
    r"\bede (?:m|mwen|nou)\b[^.!?\n]{0,30}\b(?:tanpri|vit|kounye|pot|touye)?",
)

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
    r"thank(?:s| you) for (?:saving|helping|finding|coming)|gracias por|mesi paske|mesi pou|"
    r"haha\w*|lol|lmao|jaja\w*|killed (?:himself|herself) (?:in|last|when)|prevention|awareness|hotline)\b|[😂🤣]"
)
_ASKED = re.compile(
    r"\b(?:what (?:should|do|can|would|if)|how (?:do|can|should|many|often|would)|when (?:should|do|can)|"
    r"should i|who do i|is it (?:legal|ok|okay)|if (?:i|someone|somebody|you|a)|"
    r"que (?:hago|hacer|debo) si|como (?:puedo|hago)|cuando debo|cuando (?:hay|se)|si alguien|"
    r"kisa (?:pou|m) |si yon moun|kile (?:pou|m)|kouman pou)\b"
)
_IDIOM = re.compile(
    r"\b(?:gave me a heart attack|drowning in|calor|trafico|chale|heat|traffic|dog|dogs|cat|puppy|chen|"
    r"perro|gato|wallet|package|bike|phone|"
    r"(?:my|the|mi) (?:phone|battery|bateria|car|carro) (?:is )?(?:dead|dying|died))\b"
)
_REALLY = re.compile(
    r"\b(?:now|right now|rn|please help|hurry|help me|im hiding|he has|he is|he said|ahora mismo|ahorita|"
    r"kounye a|tonight|esta noche|aswe a|mi ex|my ex)\b"
)

_DYING = re.compile("|".join(f"(?:{one})" for one in _SELF))
_EVENTS = re.compile("|".join(f"(?:{one})" for one in (*_CRIME, *_BODY, *_PLACE, *_HELP)))


def emergency(said: str) -> str:
    """What kind of emergency `said`, a text made plain, seems to report; empty where none."""
    said = said[:LONGEST]
    if _DYING.search(said) and not _elsewhere(said):
        return "may speak of suicide"
    if _EVENTS.search(said) and not _elsewhere(said):
        return "may report an emergency"
    return ""


def _elsewhere(said: str) -> bool:
    """Whether it is of another time, asked in general, or a way of speaking; what says “now” is not."""
    if _REALLY.search(said):
        return _NOT_NOW.search(said) is not None and " now" not in said
    return bool(_NOT_NOW.search(said) or _ASKED.search(said) or _IDIOM.search(said))

"""Words and turns of ordinary comments, as `lexicon` has those of the urgent: selling, swearing, asking, thanking."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Each adds to a score; from 2 on the text is suspected of soliciting (clause (e)).
SELLING: tuple[tuple[int, str], ...] = (
    (2, r"\blinks? (?:is )?(?:in|on|en) (?:my |mi |our )?(?:bio|profile|perfil)\b"),
    (2, r"\b\d{1,2} ?% (?:off|de descuento)\b|\buse (?:promo )?code\b|\bpromo code\b|\bcodigo de descuento\b"),
    (2, r"\b(?:make|earn|made|turned|gana|gane)\b[^.!?\n]{0,20}\$ ?\d[\d,.]*"),
    (2, r"\byou (?:have been|were|are) selected\b|\bhas sido seleccionad[oa]\b|\bprocessing fee\b|\bclaim your\b"),
    (
        2,
        (
            r"\b(?:real )?(?:subscribers|followers|seguidores)\b[^.!?\n]{0,30}\b(?:your|"
            r"cheap|for|visit|barat)\b|\bonlyfans\b"
        ),
    ),
    (2, r"\bpay\b.{0,40}\bgift card\b|\bpag(?:ue|a)\b.{0,40}\btarjeta de regalo\b"),
    (1, r"\b(?:whatsapp|telegram|telegr@m|cash ?app|zelle|signal me)\b"),
    (
        1,
        (
            r"\b(?:dm|pm|text|message|inbox) (?:me|us|him|her|before|for|only)\b|\btext "
            r"only\b|\bescr[ií]b(?:e|a|an)me\b|\bcall \w+\. "
        ),
    ),
    (1, r"\b(?:for sale|in stock|cash only|we buy|buy now|order now|free shipping|delivery tonight|fast delivery)\b"),
    (
        1,
        (
            r"\b(?:discount|cheap(?:er|est)? price|best price|limited (?:time|offer)|"
            r"special offer|oferta|descuento|en cuotas|promocion)\b"
        ),
    ),
    (1, r"\b(?:vendo|se vende|alquilo|compro|instalacion gratis|m ap vann|nou vann|pou vann)\b"),
    (1, r"\b(?:hiring (?:now|today)|now hiring|is hiring|is hiring today|no background check|from home|desde casa)\b"),
    (1, r"\b(?:bitcoin|crypto|forex|trading coach|investment|prestamos?|loans?)\b"),
    (1, r"\b(?:visit|check(?: out)?) (?:our|my) (?:page|site|website|channel|profile|store)\b|\bhttps?://|\bwww\."),
)
# One of the first or two of the second are in every text that reaches 2.
SELLING_STRONGLY = _words(
    "link links code off earn make made turned gana gane selected seleccionado seleccionada fee claim "
    "subscribers followers "
    "seguidores onlyfans gift regalo"
)
SELLING_WORDS = _words(
    "whatsapp telegram telegr cash cashapp zelle signal dm pm text message inbox escribeme escribame "
    "escribanme only sale stock "
    "buy order shipping delivery discount cheap price limited offer oferta descuento cuotas promocion "
    "vendo vende alquilo compro "
    "gratis vann hiring background bitcoin crypto forex trading investment prestamo prestamos loan loans "
    "visit check http https "
    "www home casa call"
)

# Profanity and insults, whoever they are aimed at: criticism of the police is no ground for hiding.
PROFANITY = _words(
    "fuck fucks fucking fucked fucker fuckers fuckin fck fcking fuk fukin fvck fk motherfucker motherfuckers "
    "mf stfu wtf shit "
    "shits shitty bullshit bs asshole assholes ass dumbass jackass bastard bastards bitch bitches acab "
    "1312 pig pigs bacon douche "
    "douchebag scumbag scumbags prick pricks piss pissed crap dipshit mierda carajo joder cabron cabrones "
    "pendejo pendejos puta putas puto "
    "putos chinga chingar chinguen chingada verga culero culeros marranos cerdos puercos hdp hp hijueputa "
    "gonorrea kaka salop "
    "voryen sanwont volo"
)
INSULTS = _words(
    "shame useless coward cowards bully bullies scammers crooks crooked corrupt corrupts corruption liar "
    "liars lying thugs gangsters "
    "murderers incompetent joke clowns clown disgrace disgusting pathetic lazy worthless racist racists "
    "tyrants propaganda copaganda "
    "robocop verguenza inutiles corruptos cobardes mentirosos ladrones payasos abusadores asesinos racistas "
    "vagos wont koripsyon "
    "taxes zero cero"
)
# Phrases that are parts of words or several words; sought as they stand.
THANKS = re.compile(
    r"\b(?:thank(?:s| you|ful)?|thx|ty|tysm|great (?:work|job|post|video|idea|"
    r"program)|good (?:work|job)|nice (?:work|job)|well "
    r"(?:done|said|deserved)|god bless|bless (?:you|them|him|her)|love (?:this|"
    r"you|it|our|these|bpd|that)|so proud|proud of|"
    r"awesome|amazing|wonderful|congrat\w*|brilliant|respect|heroes?|appreciate\w*|"
    r"grateful|best (?:police|department|officers?)|"
    r"way to go|keep it up|gracias|felicidades|felicitaciones|felicito|bendiciones|"
    r"bendito|excelente|buen (?:trabajo|video)|muy "
    r"(?:bien|util|bueno)|que (?:bonito|lindo|bueno|orgullo|emocion)|orgullo\w*|"
    r"los (?:quiero|amo|queremos)|bravo|dios "
    r"(?:los|te|le|la|lo) bendiga|mesi|bel bagay|bon (?:travay|bagay|retret)|"
    r"konpliman|felisitasyon|bondye beni|respe)\b"
)
CONCERN_PHRASES = re.compile(
    r"\b(?:(?:i|we|my \w+|he|she) (?:called|went|filed|reported|waited|asked|"
    r"applied|paid|wrote|tried|emailed|was told|were told|"
    r"have been waiting|was turned away|was on hold)|no ?(?:one|body) (?:came|"
    r"comes|answers?|answered|called|calls|helps|ever|will|"
    r"asked|has|picks)|(?:still|never) (?:waiting|nothing|no answer|got|heard|"
    r"came|received|called|answered)|on hold|hung up|refused|"
    r"turned (?:me|us|him|her) away|turned away|complain\w*|im (?:afraid|scared|"
    r"worried)|am (?:afraid|scared|worried)|scares me|"
    r"(?:stole|took|stolen|robbed) (?:my|from me)|who do i (?:speak|talk|complain|"
    r"call|report)|(?:please )?(?:can|could) somebody|"
    r"what (?:do|can|should) i do|please (?:help|fix|check|do something|think|"
    r"tell|look)|for (?:\w+ )?(?:weeks|months|days)|(?:weeks|"
    r"months) ago|keeps? (?:timing|failing|saying|happening)|times out|"
    r"(?:llame|fui|pedi|mande|puse|hice|espere|reporte|denuncie|escribi|pague) "
    r"|nadie (?:viene|vino|contesta|contesto|responde|hace|"
    r"me|quiere|nos|llamo)|(?:me|nos) (?:colgaron|robaron|dijeron|negaron|atendieron|"
    r"contestaron|llamaron|estafaron)|no (?:quiso|"
    r"quisieron|me han|me dan)|tengo miedo|con quien hablo|a quien (?:le |me "
    r")?(?:reclamo|quejo|llamo)|todavia nada|quej\w+|"
    r"(?:mwen|m|nou) (?:rele|ale|mande|pe|pote plent)|pesonn pa|(?:kisa|sa) "
    r"(?:pou |n ap |m ap |mwen ka |m ka )?(?:nou |m )?fe|m pe|yo pa (?:janm "
    r")?(?:vini|reponn))\b"
)
MEDIA = re.compile(
    r"\b(?:reporter|journalist|newsroom|podcast|(?:news|segment|tv) producer|"
    r"on deadline|(?:interview|statement|comment) (?:for|with|on the record)|"
    r"(?:channel|eyewitness) \d+ news|press (?:inquiry|request|office)|media "
    r"(?:inquiry|request)|use (?:this|your) (?:video|photo|footage) on|"
    r"periodista|reportera?|noticiero|entrevist\w+|jounalis|repote)\b"
)
# One of these words, or one of these signs, is in every text that the patterns before them match.
THANKS_WORDS = _words(
    "thank thanks thankful thx ty tysm great good nice well bless love proud awesome amazing wonderful "
    "brilliant respect hero "
    "heroes grateful best way keep gracias felicidades felicitaciones felicito bendiciones bendito excelente "
    "buen muy que los "
    "bravo dios mesi bel bon konpliman felisitasyon bondye respe appreciate appreciated congrats congratulations "
    "orgullo "
    "orgullosa orgulloso orgullosos"
)
THANKS_SIGNS = re.compile("[❤♥👏🙏💙🥰😍]")
MEDIA_WORDS = _words(
    "reporter journalist newsroom podcast producer deadline interview statement comment news press media "
    "footage video photo "
    "periodista reporter reportera reportero noticiero entrevista entrevistar entrevistarlos jounalis repote"
)
CONCERN_WORDS = _words(
    "called went filed reported waited asked applied paid wrote tried emailed told waiting turned hold "
    "nobody one noone still never hung "
    "refused away complain complains complained complaining complaint complaints afraid scared worried "
    "scares stole took stolen robbed "
    "speak talk call report somebody do please weeks months days keeps keep times "
    "llame fui pedi mande puse hice espere reporte denuncie escribi pague nadie colgaron robaron dijeron "
    "negaron atendieron contestaron "
    "llamaron estafaron quiso quisieron han dan miedo hablo reclamo quejo llamo todavia queja quejas "
    "quejar quejarme quejamos "
    "rele ale mande pe pote pesonn fe janm"
)

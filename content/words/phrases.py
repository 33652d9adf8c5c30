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
_OUTLET = (
    r"(?:news|herald|chronicle|sun|star|daily|inquirer|observer|register|dispatch|times|post|journal|"
    r"gazette|tribune|ledger|press|channel|radio|tv|television|magazine|"
    r"newspaper|station|"
    r"podcast|show|newsroom|network|ap|reuters|abc|cbs|nbc|fox|cnn|univision|telemundo|noticias|noticiero|canal|"
    r"diario|periodico|"
    r"revista|emisora|estacion|nouvel|televizyon|radyo|jounal)"
)
# Who works for a paper or a station, and asks: for words, a talk, leave to use a picture, a contact.
MEDIA = re.compile(
    r"\b(?:im|i am|we are|were|this is|hi|hello|here|my name is)\b[^.!?\n]{0,40}\b(?:reporter|journalist|producer|"
    r"editor|anchor|correspondent|"
    r"photojournalist|assignment desk|news desk|newsroom|podcast(?:er)?|freelance \w+|documentary|student journalist)\b"
    r"|\b(?:reporter|journalist|producer|editor|correspondent|podcast host|host|freelancer?|"
    r"photographer)\b[^.!?\n]{0,30}\b(?:here|from|with|at|for|working on)\b"
    rf"[^.!?\n]{{0,40}}\b{_OUTLET}?\b[^!\n]{{0,60}}\b(?:contact|call|dm|can|could|would|please|who|get|guest|"
    rf"interview|credentials|statement)\b"
    rf"|\b(?:from|with|at|for|of) (?:the )?(?:\w+ ){{0,3}}{_OUTLET}\b[^!\n]{{0,60}}\b(?:permission|statement|"
    rf"interview|comment|call us|contact|use (?:this|your|the)|air|clip)\b"
    r"|\breporting for\b|\b(?:appear|come|guest) on (?:our|my|the) (?:\w+ )?(?:show|program|podcast|"
    r"broadcast)\b|\b(?:putting together|making|filming|producing|shooting) a (?:\w+ )?(?:documentary|"
    r"segment|news)\b"
    r"|\bour (?:reporter|crew|photographer|camera|cameraman)\b|\bmedia (?:staging|briefing|advisory|list|"
    r"line)\b|\b(?:for|on|in) our (?:\w+ )?(?:broadcast|newscast|edition|bulletin|paper|site|coverage)\b"
    r"|\bavailable to (?:the )?press\b|\b(?:preguntas|correo|credencial|sala|contacto) de prensa\b|"
    r"\b(?:pagina|portal|sitio|canal|programa) de noticias\b|\ble escrib(?:o|imos) de\b"
    rf"|\b(?:im|i am|we are|were) (?:with|from|at) (?:the )?(?:\w+ "
    rf"){{0,2}}{_OUTLET}\b[^!\n]{{0,40}}\b(?:call|contact|about|can|could|who|comment)\b"
    r"|\bassociated press\b|\bon the record\b|\bnews director\b|\bsomos de \w+[^.!\n]{0,30}\b(?:entrevista|"
    r"video|declaracion|comentario)\b"
    r"|\b(?:spokesperson|spokesman|spokeswoman|potpawol)\b|\b(?:on air|front page|press release|tv crew|"
    r"camera crew|news crew|film crew)\b"
    r"|\b(?:our|my) (?:story|viewers|readers|listeners|audience|segment|front page|newscast|broadcast|"
    r"newspaper|station) (?:runs|airs|would|want|wants|is|at|on|goes|,)"
    r"|\bi (?:produce|host|run|write for|work for|report for) (?:a|an|the) (?:\w+ ){0,3}(?:podcast|show|"
    r"newspaper|paper|station|magazine|blog|channel)\b"
    r"|\b(?:nuestro|nuestra) (?:noticiero|periodico|programa|diario|canal|audiencia|revista)\b|\bcerramos "
    r"edicion\b|\bpara (?:mi|nuestro|el) (?:noticiero|periodico|diario|programa)\b"
    r"|\b(?:jounal|emisyon|radyo) nou\b|\b(?:encargad[oa]|jefe) de prensa\b|\bdel? (?:diario|canal|"
    r"periodico|noticiero) \w+"
    r"|\b(?:my|our) (?:editor|newsroom|producer)\b|\bon deadline\b|\bour deadline\b|\bassignment desk\b"
    r"|\b(?:request(?:ing)?|need|needs|seeking|looking for|get|want|love|for|provide|"
    r"give)\b[^.!?\n]{0,20}\b(?:comment|statement|quote|interview)\b[^.!?\n]{0,40}"
    r"\b(?:for|on|from|about|before|regarding)\b[^.!?\n]{0,25}\b(?:article|story|piece|newspaper|paper|show|news|"
    r"broadcast|segment|deadline|last nights|shooting|arrest|the record|department|case|publishing)\b"
    r"|\b(?:writing|working on|doing|covering|reporting on|publishing|researching) (?:a|an|this|the) (?:\w+ "
    r")?(?:story|article|piece|segment|documentary|report|feature|book)\b"
    r"|\bi (?:cover|report on|write about) \w+ for\b"
    r"|\b(?:permission|ok|okay|allowed|can we|may we|could we|can i|may i) (?:to )?(?:have permission to )?(?:use|"
    r"air|publish|reprint|broadcast|feature|share|show) (?:this|your|the)\b[^.!?\n]{0,40}"
    r"\b(?:on air|newspaper|paper|news|show|article|story|credit|broadcast|station|platforms|site|segment|"
    r"program)\b|\bpermission to (?:air|use|publish|broadcast|reprint)\b"
    r"|\b(?:interview|have|book|speak with|talk to)\b[^.!?\n]{0,30}\b(?:for|on) (?:our|my|the|a) (?:\w+ )?(?:show|"
    r"podcast|program|segment|newscast|broadcast|article|paper|story|magazine)\b"
    r"|\b(?:on.camera|live|phone|zoom) interview\b|\bavailable for (?:an? )?(?:\w+ )?(?:interview|comment)\b"
    r"|\b(?:press|media) (?:inquiry|inquiries|request|contact|credentials?|pass|kit|officer|relations)\b|\bpublic "
    r"information officer\b|\b(?:your|the) pio\b"
    r"|\b(?:soy|somos|trabajo|les escribe|les habla|es|hablo)\b[^.!?\n]{0,30}\b(?:periodista|reporter[oa]|"
    r"productor[a]?|noticiero|noticias|canal|diario|radio|periodico|revista|corresponsal|camarografo)\b"
    r"|\b(?:entrevistar|entrevista|declaracion|declaraciones)\b[^!\n]{0,40}\b(?:con|al?|del?|en vivo|para|"
    r"sobre)\b|\b(?:dan|tienen|tenemos|dar|pedir) permiso para (?:usar|publicar|transmitir)\b"
    r"|\b(?:vocer[oa]|solicitud|consulta|oficina|encargad[oa]) de (?:la )?(?:prensa|medios|comunicacion)\b|"
    r"\b(?:escribiendo|preparando|haciendo) (?:un|una) (?:articulo|nota|reportaje|historia|documental)\b|\bpara "
    r"mi (?:nota|articulo|reportaje)\b"
    r"|\b(?:se|rele \w+|mwen|m) (?:yon )?(?:jounalis|repote)\b|\b(?:jounalis|repote) (?:isit|nan|pou)\b|"
    r"\bekip nouvel\b|\bkomante pou (?:jounal|radyo)|\b(?:fe|pou|yon) (?:yon )?entevyou\b|\b(?:estasyon|"
    r"stasyon) (?:radyo|televizyon)\b|"
    r"\b(?:demann|kesyon|responsab) lapres\b|\b(?:ekri|fe|prepare) yon (?:atik|repotaj)\b"
    r"|\btravay (?:pou|nan) (?:yon )?(?:televizyon|radyo|jounal)\b|\bka itilize (?:videyo|foto)\b"
)
_NO_MEDIA = re.compile(
    r"\b(?:great|good|nice|awesome|excellent|excelente|bel|buena) (?:interview|entrevista|entevyou|report)\b|"
    r"\bsaw (?:this|it|you|that) on\b|\bvi esto en\b|\bte we sa\b|\bwhy (?:dont|doesnt|wont|didnt)\b|\bthe media "
    r"(?:never|always|lies|wont)\b"
    r"|\bla prensa nunca\b|\bjob interview\b|\bhave an interview\b"
    r"|\bentrevista (?:de trabajo|para el (?:puesto|trabajo|empleo))\b"
)
# Who knows something about a case: who did it, where he is, what a camera saw; or asks how to tell it.
TIP = re.compile(
    r"\blicense plate\b[^.!?\n]{0,30}\b(?:of|number|is)\b|\bgot (?:the|his|her) (?:license )?plate\b|\bi "
    r"(?:work|live|was) (?:at|in|near|next|right|across)\b[^.!?\n]{0,40}\b(?:saw|seen|heard) (?:him|her|"
    r"them|it|that|the|everything)\b|\bdoes this all the time\b|"
    r"\bstolen (?:\w+ ){0,2}(?:is|are) (?:\w+ )?(?:in|at|behind|under|being)\b|\bi can (?:testify|identify|"
    r"describe)\b|\b(?:es[ae]|est[ae]) (?:tipo|hombre|muchacho|mujer|senor|chico) (?:vive|trabaja|se la "
    r"pasa|para) en\b|\bpuedo (?:declarar|testificar|identificar\w*|describir\w*)\b|\byo estaba ahi\b|"
    r"\bmwen te la\b|\b(?:ka|kapab|vle) temwaye\b|"
    r"\bcamera (?:\w+ )?(?:caught|recorded|got|captured|shows|picked)\b|\bcaught the whole (?:thing|robbery|"
    r"crash)\b|\byoure looking for (?:\w+ ){0,3}(?:hangs|lives|works|is|stays|drives)\b|"
    r"\b(?:guy|man|woman|suspect|person|kid) (?:you|youre|they|theyre) (?:are )?(?:looking for|want|wanted|"
    r"searching)\b|\b(?:may|might|think i) have (?:some )?(?:information|info)\b|"
    r"\bi recogni[sz]e \w+ \w+|\bmi camara (?:grabo|capto|tiene)\b|\b(?:creo que )?conozco (?:al?|a la|ese|"
    r"esa|este)\b|\brekonet (?:mesye|msye|misye|madanm|fi|gason|vwa|figi)\b|"
    r"\bi (?:\w+ )?know (?:exactly )?(?:who (?:did|it|that|this|he|she|the|stole|shot|hit|robbed|killed|broke)|"
    r"where (?:he|she|they|this guy|that guy) (?:is|are|lives|live|hides?|stays?|works?)|(?:this|that|the) (?:guy|"
    r"man|woman|suspect|person|car|truck|kid|driver)|him|her name|his name|the (?:suspect|driver|shooter))\b"
    r"|\b(?:that|this)(?:s| is| looks like) (?:my|our) (?:\w+ )?(?:neighbors?|cousins?|coworkers?|ex|uncles?|"
    r"classmates?|old)\b"
    r"|\bi (?:recogni[sz]e|seen|saw|spotted|just saw|think i saw) (?:this|that|the|him|her|them) ?(?:guy|man|"
    r"woman|car|truck|suspect|person|vehicle|kid|girl|boy)?\b[^.!?\n]{0,50}\b(?:at|in|on|near|by|yesterday|today|"
    r"this morning|last|around|outside|walking|driving|parked|running)\b"
    r"|\bi recogni[sz]e (?:him|her|that|this|the)\b"
    r"|\b(?:i|we) (?:\w+ )?(?:have|got|caught) (?:\w+ ){0,4}(?:footage|video|recording|dash ?cam|photos?|"
    r"pictures?|info|information|a tip|ring|evidence|screenshots?)\b[^.!?\n]{0,60}"
    r"\b(?:of|that|from|about|on|showing|where|when)\b"
    r"|\bi (?:was there|witnessed|saw (?:everything|it all|it happen|what happened|the whole))\b[^.!?\n]{0,60}"
    r"|\b(?:send|give|leave|submit|report|call in|have|share)\b[^.!?\n]{0,25}\b(?:a tip|tips|an anonymous|"
    r"anonymously|information about|info about|info on|information on)\b|\btip ?line\b"
    r"|\b(?:check|look at|search|try) (?:the|that) (?:\w+ ){0,2}(?:motel|hotel|house|apartment|garage|shed|alley|"
    r"warehouse|pawn shop|lot|cameras?)\b[^.!?\n]{0,60}\b(?:on|at|behind|near|he|they|been|that)\b"
    r"|\b(?:guy|man|woman|suspect|person|kid|one)\b[^.!?\n]{0,30}\b(?:photo|picture|video|"
    r"pic)\b[^.!?\n]{0,20}\b(?:is named|is called|name is|goes by|works|lives|stays)\b|\b(?:his|her) name is "
    r"\w+[^.!?\n]{0,30}\b(?:he|she|lives|works|stays|hangs)\b"
    r"|\b(?:sells?|selling|dealing|deals) (?:drugs|meth|fentanyl|crack|heroin|dope|guns|"
    r"stolen)\b[^.!?\n]{0,50}\b(?:out of|from|at|on|in|behind|house|apartment|every)\b"
    r"|\b(?:yo )?se (?:quien (?:fue|es|lo|hizo|los|la|robo|mato)|donde (?:esta|se esconde|vive|estan|trabaja) "
    r"(?:ese|el|esa|los|la))\b|\bconozco a (?:ese|esa|este)\b|\blo (?:vi|conozco|reconozco)\b|\b(?:yo )?vi (?:a "
    r"ese|a esa|a este|al|ese|esa|el carro|la camioneta|todo|cuando)\b"
    r"|\btengo (?:\w+ ){0,2}(?:video|videos|fotos?|grabacion(?:es)?|informacion|pruebas|"
    r"camaras?)\b[^.!?\n]{0,60}\b(?:de|del|donde|sobre|que)\b|\b(?:dar|dejar|mandar|tengo|reportar) (?:\w+ "
    r")?(?:informacion|una pista|pistas|datos)\b|\b(?:es[ae]|est[ae]) (?:carro|camioneta|moto|hombre|tipo|"
    r"muchacho|mujer)\b[^.!?\n]{0,30}\b(?:esta parquead[oa]|estacionad[oa]|vive|trabaja|lo vi|se queda|anda)\b|"
    r"\bvenden? (?:drogas?|droga|armas)\b"
    r"|\bkonn(?:en)? (?:ki moun|kiyes|kote (?:li|l|neg)|neg (?:sa|la)|moun (?:sa|ki))\b|\b(?:mwen|m) (?:te |"
    r"rekonet )?we (?:neg|moun|machin|msye|misye|li|vole)\b|\b(?:mwen|m) gen (?:yon )?(?:enfomasyon|videyo|foto|"
    r"prev)\b|\brekonet (?:neg|moun|li|machin)\b|\bbay (?:yon )?enfomasyon\b"
)
_NO_TIP = re.compile(
    r"\b(?:thanks|thank you|who to call|where to|tip of|tips (?:for|on|to)|great tips?|accident report|how "
    r"many|dog|cat|"
    r"news|nouvel|noticias|asleep|cops|officers?|police car|policia|lapolis)\b"
)


def asks_for_the_media(said: str) -> bool:
    """Whether `said` seems to come from a paper or a station that wants something (2.E)."""
    return MEDIA.search(said) is not None and not _NO_MEDIA.search(said)


def tells_something(said: str) -> bool:
    """Whether the writer seems to know something about a case (E.3)."""
    return TIP.search(said) is not None and not _NO_TIP.search(said)


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
    "reporter journalist producer editor newsroom podcast host deadline interview statement comment quote news "
    "press media pio information "
    "article story piece documentary permission air publish cover photographer freelance correspondent anchor "
    "photojournalist assignment desk "
    "record director associated reporting documentary coverage bulletin broadcast newscast edition site radio "
    "preguntas correo pagina "
    "portal escribo escribimos ekip nouvel komante appear guest crew filming producing reporter spokesperson "
    "spokesman spokeswoman potpawol air crew page release viewers readers listeners story produce edicion "
    "programa emisyon jounal foto imagenes periodista reportero reportera productor productora noticiero "
    "noticias canal diario radio periodico "
    "revista entrevista entrevistar declaracion "
    "declaraciones vocero vocera prensa medios articulo nota reportaje permiso jounalis repote entevyou radyo "
    "televizyon lapres atik repotaj videyo "
)
TIP_WORDS = _words(
    "know license plate testify identify describe declarar testificar ahi temwaye la work live stolen tipo time "
    "doorbell camera camaras caught looking rekonet conozco neighbor neighbors neighbour cousin cousins "
    "coworker coworkers ex uncle classmate recognize recognise "
    "saw seen spotted footage video recording dashcam info "
    "information tip tips anonymous anonymously tipline line witnessed there check look search try named name "
    "photo picture drugs meth fentanyl crack heroin dope guns stolen evidence ring "
    "se conozco reconozco vi video videos foto fotos grabacion informacion pruebas camara pista pistas carro "
    "camioneta drogas droga hombre moto konnen konn we wè rekonet enfomasyon videyo prev foto "
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

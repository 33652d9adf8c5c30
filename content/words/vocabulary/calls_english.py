"""How people write that somebody needs help now, as patterns: in English.

Everything is written as `plain` leaves a text; no pattern looks beyond its sentence.
"""

from __future__ import annotations

DYING = (
    (
        r"\bby the time (?:you|anyone|u) (?:read|reads|see|sees) this\b|\bi cant (?:do this|take it|go on|keep "
        r"going) (?:any ?more|anymore)\b[^!?\n]{0,60}\b(?:gone|goodbye|sorry|end|pills|love you)\b"
    ),
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
    r"\babout to jump\b|\b(?:going to|gonna) jump(?: off| from|$)",
    r"\bcut(?:ting)? (?:my|her|his) wrists?\b",
)

EVENTS = (
    (
        r"\bthroat is (?:closing|swelling|swollen)\b|\ballergic reaction\b|\b(?:is|in|went into|going into) "
        r"labor\b(?! day)|\b(?:took|swallowed|taken) (?:all|every|a bunch|a whole|the whole|"
        r"half)\b[^.!?\n]{0,25}\b(?:meds|medication|medicine|pills|bottle|tylenol)\b"
    ),
    (
        r"\b(?:railroad|train|metrorail|subway) tracks\b[^.!?\n]{0,40}\b(?:train|kid|child|man|woman|walking|"
        r"coming|lying|sitting|car)\b|\b(?:kid|child|man|woman|someone|car|boy|"
        r"girl)\b[^.!?\n]{0,30}\b(?:railroad|train) tracks\b"
    ),
    (
        r"\btoo many (?:\w+ )?pills\b|\b(?:lines?|wires?) (?:is |are )?(?:down|sparking)\b|\b(?:boat|kayak|"
        r"canoe|car|truck|van|bus|jet ?ski) "
        r"(?:just )?(?:flipped|capsized|sinking|is sinking|overturned|rolled over|went off)\b|\bin the "
        r"water\b[^.!?\n]{0,20}\b(?:help|drowning|waving)\b"
    ),
    (
        r"\b(?:hit|struck|ran over|plowed into) (?:a |the |my )?(?:\w+ )?(?:motorcycle|biker|bike|cyclist|"
        r"pedestrian|kid|child|woman|man|lady)\b[^.!?\n]{0,60}\b(?:isnt|not|bleeding|moving|road|ground|now)\b"
    ),
    (
        r"\blying (?:on|in) the (?:\w+ )?(?:sidewalk|road|street|ground|floor|grass|parking)\b|\b(?:smoke|"
        r"flames) (?:is |are )?(?:coming|pouring|shooting|billowing)\b"
    ),
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
        r"\b(?:someone|somebody|stranger|guy|man|men|burglar|intruder|prowler)(?:s| is| are)? (?:still "
        r")?(?:in|inside) (?:my|our|the) "
        r"(?:house|home|yard|backyard|room|garage|apartment|basement|attic)\b|\b(?:ive|i have|weve|i just "
        r"got|we) been (?:stabbed|shot|"
        r"robbed|attacked|raped|mugged|carjacked)\b|\btried to (?:pull|grab|take|drag|snatch|kidnap) (?:my|"
        r"a|me|her|our)\b"
    ),
    (
        r"\b(?:hes|shes|theyre|he is|guy|man|ex|husband|boyfriend) (?:\w+ )?(?:outside|here|downstairs|"
        r"upstairs|inside|at the door)"
        r"\b[^.!?\n]{0,20}\b(?:with|has|holding) (?:a|an|his|the) (?:\w+ )?(?:gun|knife|rifle|machete|bat|"
        r"axe|weapon)\b|"
        r"\bat (?:gun|knife) ?point\b|\b(?:big|huge|massive|a) fire (?:at|in|on|behind|near) (?:the|my|a|our)\b"
    ),
    (
        r"\b(?:crawl|climb|break|sneak|came|come|coming|got|get)(?:ed|ing|s)? (?:in |into |in through |through "
        r")(?:my|the|our|a|her) (?:\w+ )?(?:window|balcony|back door|attic)\b|\bshots (?:just )?rang out\b|"
        r"\bhes hurting (?:her|him|me|them|us)\b"
    ),
    (
        r"\b(?:ex|husband|boyfriend|stalker|he|guy|man|stranger|stepdad|they)\b[^.!?\n]{0,70}\b(?:at|outside|in|"
        r"on) my (?:\w+ )?(?:door|driveway|porch|yard|window|balcony|house|apartment)\b|\bif he cant have me\b|"
        r"\bwont let (?:her|him|me|us|them) (?:out|go|leave)\b"
    ),
    (
        r"\bwires (?:sticking|hanging|coming) out\b|\b(?:suspicious|unattended|abandoned) (?:package|bag|"
        r"backpack|suitcase|box|device)\b|\b(?:throwing|dropping) (?:rocks|bricks|bottles|"
        r"stones)\b[^.!?\n]{0,30}\b(?:cars|overpass|bridge|people|traffic)\b"
    ),
    (
        r"\b(?:hit|kill|death|shooting) list\b|\blist of (?:kids|people|students|names|"
        r"teachers)\b[^.!?\n]{0,30}\b(?:shoot|kill|hurt)\b|\b(?:classmate|student|coworker|kid|boy|brother|"
        r"neighbor|friend|son|cousin)\b[^.!?\n]{0,40}\bwants to (?:shoot|kill|stab|hurt|bomb) (?!me up)"
    ),
    (
        r"\bski mask\b|\bunder (?:his|her) (?:coat|jacket|shirt)\b|\bhands around my (?:throat|neck)\b|"
        r"\b(?:choked|strangled|strangling) me\b|\bswinging (?:a|an|his) (?:\w+ )?(?:machete|knife|bat|axe|"
        r"hammer|pipe|sword)\b"
    ),
    (
        r"\b(?:bringing|bring|taking|brought) (?:a|his|the) (?:\w+ )?(?:gun|knife|rifle|weapon|bomb) to (?:work|"
        r"school|class|church|campus)\b"
    ),
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
        r"\b(?:wandered off|got lost|ran off)\b[^.!?\n]{0,40}\b(?:ago|hour|hours|minutes|this morning|cant find|"
        r"alone|now)\b|\byear old (?:\w+ )?(?:wandered|is missing|is gone|disappeared|ran away)\b"
    ),
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
)

"""The turns of English, as the package says. Slurs and violence stand here because they must be recognised."""

from __future__ import annotations

from content.words.vocabulary.reading import read

ENGLISH = read(
    {
        # --- turns that are no threat, before the words that they hold ---
        "z": """
            dead ringer|center|centre|last|weight|space|pool|lift,
            hit|hitting you|yall guys|all? up, next in|up|week|door|time|year|month|one?,
            gun|guns|rifle|pistol|knife|firearm|weapon
            buyback|buy|safety|class|range|permit|license|laws|law|lock|locks|safe|control|owner|owners|rights|shop|store|show|violence|shots|cleaning|training,
            concealed carry, carry permit|license|a firearm, turn|turning|turned|hand|surrender in?
            my|our|a|an|his|the|some old? gun|guns|rifle|pistol|firearm|firearms, found a|this|some
            gun|knife|bullet|weapon|bomb|pistol|shell,
            butter knife, knife set|show, rifle range, bullet proof, bulletproof, lost|stole|stolen|missing
            my|a|his gun|pistol|rifle, bb|water|squirt|nerf|toy|paint|cap gun|guns, gun and run, ice pick, see
            you at the|this next?, do in,
            shoot|shot|shooting|send me|us|you|him|her|them|ya a|an|the|over?
            email|text|message|line|dm|note|pm|quick|link,
            shoot|shooting the breeze|shit|bull, shoot|shooting|shot some?
            hoops|baskets|pool|free|video|film|photos|pictures,
            shoot|shooting|shot for, shoot over, shoot down to, photo shoot, shot|shots of, flu shot|shots,
            take|took a shot,
            long shot, big shot, cheap shot, mug shot, shot this|that|the|a|an|great|some
            video|photo|picture|footage|film,
            kill|killed|killing|kills it|them? softly|time|two, kill|killed it, kill|killing for,
            killed|killing|kill the engine|lights|
            sirens|siren|noise|mood|vibe|bill|music|game|power|motor|weeds|program, kill|murder a
            beer|burger|pizza|coffee|taco|steak,
            kill with kindness, kills me, killing me, kill me now, dressed to kill, buzz kill, road kill,
            die|dying laughing,
            die|dying of laughter|laughing|embarrassment|curiosity|boredom|thirst|hunger, die|dying|died|dead to
            know|hear|see|try,
            die|died without you|u|this|coffee, die|dead|died|dying for a|some, die hard|hards, dead
            tired|serious|wrong|right|on|end|line|weight|heat|beat,
            drop dead gorgeous, dead of night|winter, dead battery|phone, to die for, death penalty, death row,
            cop killer|killers,
            killer in|outfit|party|show|game|smile|deal|work|job, bury|buried you|u|them|us in
            paperwork|motions|papers|court,
            bury the hatchet, hit|hitting me|us|you up, hit the road|gym|road|books|spot, beat|beats|beating the
            heat|traffic|odds|record|clock|rush|system|eggs,
            beat my|our|his|her|your|the personal? record|time|score|best, beat you|u|ya|them|us|him|her
            there|home|fair|again|by|next,
            beat you|u|ya|them|us|him|her at|in a|the?
            softball|basketball|football|game|race|match|bowling|trivia|chess|golf|soccer|5k|kickball,
            hang|hanging out, hang|hanging with, hang in there, hang on, hang tight, hang up, hang around, hang
            the|a|some picture|pictures|poster|banner|sign|
            lights|flag|decorations|ornament|wreath, hang my|your|his|her|the hat|coat|head, smoke some|a|the
            ribs|brisket|pork|meat|chicken|cigar|weed|turkey|joint,
            break|breaks|broke a leg, break the ice|record|bank|news|law|cycle, break|breaking my|our|your
            heart, breaks my heart,
            choke|choking|choked up, cap|caps off, pop|popping in|by|over|up, drop|dropping by|off|in|us|me,
            roast|roasting me|us|them,
            blow|blew|blowing my|our|your mind, blow|blows|blew up? the
            balloons|balloon|budget|whistle|internet|comments|phone|inbox|candles, blow up online,
            burn|burning calories|off|out|some|rubber, burn a cd, burn the midnight|calories|rubber, fire up the
            grill, bomb squad|dog|tacos|food|ass|threat|cyclone,
            the|da bomb, photo bomb, bath bomb|bombs, jump the gun, jumped the gun, stick to|with your guns,
            under the gun, bite|biting the bullet,
            bullet points|point|proof|list|train|journal, took|take|taking a bullet, smoking gun, big guns, top
            gun, nail gun, glue gun, heat gun, speed gun, radar gun,
            stab|shot in the dark, take|took a stab at, knife skills, execute|executed|executing the|a|that|this
            search? warrant|plan|play|strategy|contract,
            attack the problem|issue, heart attack, panic attack, bite your head, laughing my head, cut me some
            slack, cut the crap|budget|grass|ribbon|cake,
            destroy the evidence, slay|slayed, see you in court, in court, coming for your
            jobs|job|seat|title|record|crown, coming for that|the|this record|title|trophy|belt,
            vote|voting you|him|her|them|us out, voted out, in office, at the polls|ballot|ballots, in november,
            watch your step|language|mouth|speed|mirrors|head,
            take|took you|u|him|her|them|me out to|for dinner|lunch|coffee|eat|date, lit up, light up the
            night|sky|street|tree|room|stage|christmas|house,
            off duty job|work|detail|hours|gig
        """,
        "F": """
            lol, lmao, lmfao, rofl, haha, hahaha, hahahaha, jk, just kidding, movie, movies, film, episode,
            song, lyrics, scene where, tv show, video game, halloween,
            softball, basketball, football, kickball, soccer, baseball, volleyball, hockey, game, games,
            tournament, championship, match, trivia, race, marathon, bowling,
            match?, playoffs, season, team, teams, score, scrimmage, karaoke, cookoff, cook off, contest,
            costume, joke, joking, training, drill, exercise, simulation
        """,
        # --- turns that threaten by themselves ---
        "R": """
            cut|cutting the brake lines|line,
            dont sleep|blink|close, gets|get it first|next|too, youre|hes|shes|theyre next, your|ur|u are? next
            pig|cop|officer|chief, throat|throats cut|slit|slashed|slashed, head|heads
            blown|chopped|cut|bashed|caved, neck|necks snapped|broken|wrung, brains|brain blown|splattered,
            wont|not|never live|survive to?, cops|pigs|officers|police bleed|burn, hunting|hunt
            pigs|cops|officers|police, try me officer|pig|pigs|cop|chief|sheriff|deputy, nothing to lose
            and|but, full|loaded magazine|clip|mag, goes|go boom, wont be
            standing|breathing|around|laughing|smiling on|for|when|after|much?,
            coming for you|u|yall|him|her|them, come|comes|coming for your|his|her|their
            family|kids|wife|ass|head|life|blood, on sight officer|pig|cop|deputy, dig|digging
            your|his|her|their|a own? grave|graves|hole, lights|light out officer|pig, say your|ur|his prayers,
            your|ur|his|her|their blood will|on|all|is, paint the walls|streets|street with|red,
            bleed like|just|the, make an example of|out, pick|picking you|them|yall|cops off|one, one by one
            until|till|you|they, your|ur|his|her|their tires|brakes|brake lines|line, cut your|his|her|the
            brakes|brake
            catch|catching these|my|them|some hands|fade|bullets|fists, never walk|breathe|wake|see|talk|speak
            again|another|up|daylight, explosives|bomb|device under|inside|beneath|underneath|in|at
            your|the|patrol|his,
            hours|days|minutes|weeks|seconds|months to live, on|in your|ur|his|her|their own blood, its over for
            you|yall|u|pigs|cops, orphan|orphans|widow|widows|widower out of, your|his|her|their
            kids|children|daughter|son|wife|family? an? orphans|orphan|fatherless|widow|motherless|widowed,
            will be|become a? widow|orphan|orphans|widowed, end up like|in that?
            cop|officer|river|ditch|trunk|woods|swamp|grave|canal|morgue|hospital, found dead|floating|in a,
            turn up dead|missing, go missing one|some, nobody|no one will|gonna find|ever find your|the|his
            body|bodies|remains,
            last thing you|u|he|she|they ever? see|sees|hear|hears|do|feel, where they|nobody will|ll? never?
            find you|your|the? body|you, die like a|the dog|dogs|rat|pig|animal, blood will be on, wont be a
            next time, next time its|will a|be bullet|bullets|bodies|lead|blood,
            watch|check|cover|guard your|ur|yo|his|her|their back|backs|six, watch your backs, look|looking over
            your shoulder|shoulders, sleep|sleeping with one eye open,
            one eye open, your|ur|his|her|their|yalls days are|r numbered, days are|r numbered,
            your|ur|his|her|their time is|has coming|up|come, live on borrowed time, borrowed time,
            six|6 feet under, in|into a|the|your|his|her|their body?
            bag|bags|coffin|casket|morgue|grave|pine|ditch|trunk|hearse|urn, body bag|bags, toe tag|tags,
            pushing|push daisies|up daisies,
            get|gets|getting|catch|catches
            caskets|coffins|bodied|smoked|clapped|popped|dropped|lit|blasted|merked|whacked|stomped, dead
            man|men|cop|cops|pig|pigs|officer|officers|woman walking?,
            dead pig|pigs|cop|cops, walking dead man, marked man|men, good cop is a dead, last
            day|days|week|night|breath|breaths|hours|meal|christmas|shift on this? earth|alive|take, last
            breath|breaths|sunset|meal, day is|was your last,
            last day|week|days|night on, days|hours|weeks left to live|breathe, left to live,
            wont|not|never|aint live|living|survive to see, wont see tomorrow|christmas|morning|another|the,
            wont|not|never|aint|isnt make|makes|making it home|out|through|back|alive,
            wont|not|aint|isnt|arent|never be? going|coming|come|goin back? home, not|isnt|arent|aint going|goin
            back? home,
            not|never leaving|leave|walk|walking out? alive, nobody|no|none one|of? you? is?
            walking|walks|walk|leaving|leaves out|alive, no one is? walking|walks out|alive,
            say|kiss goodbye|goodbyes|bye to? your|ur|his|her|their|the, kiss your kids|family|wife|ass goodbye,
            meet|meeting your|ur|his|her|their maker|god|end|fate, rest in pieces,
            shame if something|anything|somebody|someone, be a shame, hate for something to|bad, hate to see
            something|anything happen, accidents happen to, something bad happened|happens to, snitches get
            stitches,
            bullet|bullets with your|his|her|their|ur|the name|names|badge|number, your|his|her name|names on
            it|them|a bullet, bounty on, price on your|his|her|their head|heads, hit|green light|contract out?
            on your|you|him|her|officer|that|this,
            there will|gonna be blood|bodies|bloodshed|funerals|violence, blood will|gonna run|flow|spill|be,
            blood on the streets|sidewalk|pavement, blood in the streets, rivers of blood, need a|more|some?
            coffins|caskets|coffin|coroner|undertaker|hearse|bodybags, string him|her|them|you|u up, make
            you|u|him|her|them|yall suffer|bleed|scream|beg|cry|pay, wait till|until youre|hes|shes
            off|alone|out, wait till|until you|he|she are|is|get|gets off|alone|out,
            coroner is|be|stays? on call|standby, call the coroner|undertaker, pick|choose your|a coffin|casket,
            plan|planning your|his|her|their funeral|funerals, your funeral|obituary, write your will|obituary,
            get your will|affairs,
            ready|prepare|prepared to die|bleed, death to all?, die pig|pigs|cop|cops, dead to all, open season
            on, open fire on, hunting season on, take|taking|taken as many of|cops|you|them,
            take you|u|them|all with me, with me when i go, blaze of glory, go out shooting|blasting|in a,
            shootout with, come|coming out shooting|blasting, trigger and your|the, finger on|is the|on
            trigger|the,
            tick tock officer|sergeant|chief|pig|pigs|sheriff|cop|deputy|detective, tick tock tick, sleep tight
            officer|sergeant|chief|pig|sheriff|cop|deputy, theres|is a bomb under|in|inside|at|on|by, a bomb
            under|in|inside|at your|the, bomb under|inside|at your|the|city, kill|shoot|hang every last|single
            one, times up officer|pig|sergeant,
            start|starts|starting|begin dying|dropping|dyin, you|u are|r|re all|so|both? dead|ded|finished|done
            for?, u|ur|you|your|youre|re dead|ded meat|officer|pig|cop|man|when|to, ur|youre|youll all? be?
            dead, you are all? dead|ded, youre|you a dead,
            eye for an eye, an eye for, not coming to talk, wasnt|isnt|not a joke officer, pay|paying with
            your|his|her|their life|lives|blood, pay|paying in blood, see you in hell, send|sending
            you|him|her|them|yall to hell|god|jesus|heaven|the,
            taking|take|takes|took his|her|their|your lives|life, end|ending|ends your|ur|his|her|their
            life|lives|bloodline, your blood on|will|is, blood on my hands, drop|dropped|drops in the
            street|streets, 86 that|the|this cop|officer|chief|sheriff|pig,
            put him|her|them|you|u down|under|out, put two in|through, put one in|through|between, two in the,
            hole|holes in your|you|his|him|her|their|that|the, out for blood, spill your|his|their|pig|cop
            blood, in the crosshairs, in my sights|crosshairs, doxxed and, molotov at|the|that|through
        """,
        # --- who ---
        "I": "i, im, ive, we, weve, imgonna, me and my boys|crew|cousins|brothers|homies",
        "IG": """
            ill, ima, imma, imonna, id, lets, let us, i am, we are, we gon, i am going|about|gonna to?, we are
            going|about|gonna|coming to?, finna, lemme, im|i
            going|goin|about|bout|fixing|fixin|gonna|finna|ready|planning|tryna|gon to?,
            i|we|id would?|d? love|like to, i|we cant|cannot wait|wait to?, cant wait to?, i|we got to|ta, i
            swear|promise|vow ill|i|to|that? will?, swear ill, swear to god""",
        "m": "me, us, my, our, myself, ourselves, mine",
        "Y": """
            you, u, ya, yall, youll, youre, ure, yalls, you guys|people|all|lot|pigs|cops|officers,
            all|any|each|every|one|some|none of you|u|yall|ya, every last|single one of you|u|yall,
            yourselves, ull, youd, youve
        """,
        "y": "your, ur, yo, yours",
        "T": """
            he, she, they, him, her, them, hes, shes, theyre, theyll, hed, shed, theyd, his, their, these
            fucks|bastards|people|guys|animals|thugs|clowns, those fucks|bastards|people|guys|animals|thugs,
            every last|single one of them, all|any|each|one of them|em, this|that
            bastard|bitch|fucker|asshole|guy|man|dude|woman|motherfucker
        """,
        "N": """
            someone, somebody, anyone, anybody, everyone, everybody, people, person, man, woman, kid, guy,
            dude, neighbor, neighbors, boyfriend, ex, husband, stepdad, stalker, roommate, coworker, student,
            classmate, stranger, whoever, who, first one|person
        """,
        "K": """
            wife, kids, family, daughter, son, children, mother, mom, mama, brother, sister, father, dad,
            husband, baby, girlfriend, grandma, dog
        """,
        "P": """
            cop, cops, police, officer, officers, pig, pigs, deputy, deputies, sheriff, chief, sergeant, sgt,
            lieutenant, lt, captain, detective, detectives, trooper, troopers, policeman, policemen,
            policewoman, ofc,
            feds, popo, 5-0, judge, mayor, prosecutor, politician, blue lives, copper, coppers, swat, bacon,
            twelve, 12, marshal, patrolman, badge boys, commissioner, feds, ice agents|agent, guard, dispatcher,
            councilman, witness, witnesses, jury""",
        # --- where and with what ---
        "L": """
            station, precinct, headquarters, hq, department, building, house, houses, home, school, city hall,
            hall, courthouse, court, substation, cruiser, cruisers, patrol car|cars, squad car|cars, police
            car|cars, lobby, parade, town, city, car, cars, lot, place, event, meeting, academy, garage,
            stadium, rally, vigil, funeral, block, church, mosque, synagogue, mall, town hall, cars in
        """,
        "p": "put, putting, puts, send, sending, leave, leaving, lay, laying",
        "h": """
            hospital, icu, coma, wheelchair, morgue, cemetery, intensive care, emergency room, stretcher, body
            cast, ambulance, graveyard, dirt, ground, hearse
        """,
        "S": """
            outside|behind|by|at|near|to|past|inside|in your|ur|his|her|their front?
            house|home|door|window|driveway|bedroom|porch|crib|backyard, in front of your|ur|his|her|their
            house|home|door
        """,
        "s": "start|starting|begin shooting|killing|stabbing|blasting|bombing|burning|hunting|dropping",
        "u": "if i was|were you|u|him|her|them",
        "w": """
            hammer, bat, baseball bat, acid, blade, clip, magazine, crowbar, brick, bricks, rope, noose, pipe,
            rounds, ammo, strap, nine, shovel, chain, gas can
        """,
        "W": """
            armed, strapped, handgun, handguns,
            gun, guns, rifle, rifles, shotgun, pistol, glock, ar, ar15, ar 15, ak, ak47, ak 47, bullet,
            bullets, knife, machete, bomb, bombs, grenade, molotov, molotovs, gasoline, explosives, dynamite,
            hammer, bat, baseball bat, axe, acid, blade, rounds, ammo, strap, nine, firearm, revolver, clip,
            magazine, sniper, 9mm, gas can, pipe bomb, uzi, sword, crowbar, brick, bricks, noose, rope, pipe
        """,
        "B": """
            head, throat, neck, face, brains, brain, skull, teeth, legs, jaw, kneecaps, knees, chest, spine,
            heart, eyes, back, dome, ribs, guts, bones, fingers, hands, balls, tongue
        """,
        # --- what ---
        "V": """
            take|took|taking|use|using|bring a|the|my|this|an
            hammer|bat|knife|axe|machete|blade|crowbar|pipe|gun|torch to|on, round up,
            kill, murder, murk, merk, slaughter, massacre, assassinate, behead, decapitate, lynch, strangle,
            stab, rape, execute, exterminate, unalive, un alive, shoot, snipe, disembowel, castrate,
            dismember, gut, torture, neutralize,
            hang, string up, gun down, cut down, blow away, put a|some|this|one|my
            bullet|bullets|slug|lead|knife|blade in|into|through|between, bury a|this|my bullet|knife|axe|blade
            in, wipe out, finish off, whack, put down, put to sleep, beat to death, kill off, dispose of, get
            rid of, throw acid in|at|on, skin alive, skin, impale, crucify, drown, suffocate, euthanize, shank,
            poison, kidnap, electrocute, set on fire, light on fire, burn alive, throw off a|the|that""",
        "vY": """
            run|mow that|this|the deputy|cop|officer|pig|sergeant|guy over|down,
            run|mow|gun|cut|take|put|knock|strike you|u|him|her|them|yall|that over|down|out
        """,
        "v": """
            beat, hurt, smoke, cap, pop, clap, choke, jump, stomp, bash, break, snap, crush,
            drop, end, bury, punch, slap, knock out,
            beat up|down, beat|kick|stomp the|your|his shit|hell|crap|life|fuck|brakes|teeth|ass out|in of?,
            fuck up, mess up, light up, take out, run over, run down, mow down, hunt, hunt down, track down,
            waste, body, slide on, swing on,
            slit, slash, rip, tear, blow, bust, crack, split, wring, break every bone in, maim, cripple,
            hospitalize, bleed, drill, mace, make suffer|bleed|scream|beg|cry, come|coming after|for, sic,
            put|lay hands on, chop, cut, kick, jack up, do something to""",
        "b": "attack, ambush, burn, blast, spray, level, ram, smash, destroy, hit, drag",
        "f": """
            torch, blow up, shoot up, bomb, firebomb, fire bomb, set fire to, set alight, set ablaze, raze,
            light up, storm, burn down, burn to the ground, drive into|through, plow into|through, detonate,
            raid
        """,
        "c": "find, catch, see, meet, get",
        "D": """
            die, dies, dead, ded, killed, shot, murdered, hanged, hung, lynched, stabbed, executed, bleed,
            bleed out, bleeding out, beheaded, beaten, buried, slaughtered, shot up, die slow, assassinated,
            exterminated, put down, taken out, smoked, whacked, hunted, strung up, raped, burned, end up,
            popped, clapped, dropped, ended, eliminated, death
        """,
        "G": """
            will, shall, gonna, gon, gunna, going to, goin to, about to, bout to, boutta, fixing to, fixin to,
            finna, want to, wanna, wants to, plan to, planning to, should, shouldve, ought to, need|needs to,
            has|have to, had to, got to, gotta, might, would, could, must, may, ready to, prepared to, hope
            to, love to, loves to,
            better, tryna, trying to, deserve|deserves to?, is getting, are getting, getting, gets, bound to,
            coming to, came to, willing to, dare to, time to, itching to, begging to, has|have|got it coming""",
        "C": """
            if, next time, unless, until, till, or else, the day, one more, the minute, the moment, the
            second, when, once, do that again, or, wait till|until, whoever, anyone who, the first, the next
        """,
        "X": """
            not, never, dont, doesnt, didnt, wouldnt, wont, shouldnt, cant, cannot, couldnt, aint, isnt,
            arent, stop, nobody, no one, no, without, none, nor, refuse to, instead of, hate to
        """,
        "Q": """
            said, says, saying, told, tells, telling, yelled, yelling, threatened, threatens, threatening,
            posted, posting, texted, texting, texts, wrote, writes, writing, screamed, screaming, shouted,
            shouting, claims, claimed, tweeted, quote, commented, heard, bragging, bragged, swears, keeps
        """,
        "H": "hope, hoping, wish, wishing, pray",
        "O": """
            know, found, find, learned, follow, following, followed, tracking, tracked, watching, got, have,
            figured out, looked up, stalking, following, memorized, remember, posted, leaked
        """,
        "A": """
            what|which car|truck|street|floor|apartment|gym|bar|church|house|school
            you|u|he|she|they|your|his|her, what time you|u|he|she|they
            leave|leaves|get|gets|finish|finishes|come|comes|go|goes,
            photos|pictures|photo|picture|pics of your|ur|his|her kids|house|wife|family|car|daughter|son|home|husband,
            live, lives, sleep, sleeps, stay at, stays, park, parks, work out, gym, address, schedule, shift,
            shifts, plate, plates, route, home address, commute, school, street, bedroom, daycare, church,
            address is, nice house, shift ends, parking spot, where
            you|u|he|she|they|your|his|her|their|officer be?
            live|lives|sleep|sleeps|park|parks|work|works|stay|stays|eat|eats|go|goes|kids|family|wife|mom|mother|drink|drinks|jog|jogs|run|runs|hang|hangs,
            home from work
        """,
        "M": """
            bringing, bring, brings, coming, come, waiting, wait, waits, show up, showing up, pull up, pulling
            up, see you, meet you, headed, heading, on my way, omw, driving, be there, be waiting, be at,
            arriving, walk in, walking in, visit, visiting, roll up, rolling up, carry, carrying, load,
            loading, loaded, grab, grabbing, grabbed, packing, aiming, planted, plant, hid, placed, put
        """,
        "o": """
            lacking, off guard,
            alone, slipping, off duty, off the clock, in the dark, dark alley, alley, without
            that|your|his|her|the|a badge|vest|gun|uniform|partner|shield|backup, out of uniform, when nobody
            is|s around|watching, parking garage, after dark, after work, gets off work, gets off shift, when
            you least expect, when no one is|s around|looking|watching, unarmed, asleep, in your sleep, while
            you sleep|sleeping, least expect
        """,
        "r": "sleep tight, regret, suffer, pay, be sorry, sorry, learn, find out, answer for",
        "E": "has, have, holding, owns",
    }
)

"""The kinds of words of English by which a text is weighed: `a|b` is a choice, `a?` may be missing, a word that ends
with `*` is every word that begins so. Everything is written as `plain` leaves a text.

Violence stands here because it must be recognised; nothing shows it.
"""

from __future__ import annotations

from content.words.vocabulary.kinds_english_calls import CALLS

KINDS = {
    "a way of speaking": """
        shoots hoops, die without you|u|this|coffee, had died without,
        bleeding money, death trap, under the bus, overkill, toy|water|nerf|bb gun, dead wrong, killing us with,
        could scream, killing us, throwing shade, killing me|it|us, kills me|it, killed it, beat cancer, blood
        drive|donation|bank|pressure|test|type, give|donate blood, watch your step|speed|head|mouth|language,
        hang|hanging flags|lights|posters|pictures|banners|decorations, hall of fame, history books, you|he|she
        will|ll be missed, be missed, will be missed, shot of the, frame it, heart of gold, kill it, kill|killing
        the deal|bill|mood|vibe|engine|lights|sound|noise, kill|killing the
        time|program|project|idea|proposal|budget|switch, kill time, kill for a|some|the, kill|murder a|this|that
        burger|beer|pizza|sandwich|steak|taco|plate|song|exam|interview, dressed to kill, road kill, buzz kill,
        die|dying|died|dead laughing|lol, die|dying of laughter|laughing|boredom|heat| embarrassment|thirst, dying
        to know|see|hear|try|get|go|meet, dying for a, to die for, die hard, dead
        tired|serious|last|end|wrong|right|weight|on|battery|zone|line|lift|heat, deadass, deadline, over my dead
        body, shoot|shot|send me a|an|your|it|over? message|email|text|dm|line|note, shoot|shooting|shot
        hoops|pool|baskets|photos|pics|video|film|the|for, shoot your shot, good|great|nice|long|cheap|money|big
        shot|shoot, shot at winning|redemption|the, photo|video shoot|shoots, give it|you a|another shot, worth a
        shot, flu shot|shots, booster shot, blow|blowing|blew up? my| your|our
        phone|mind|notifications|inbox|budget|dms, blowing|blows|blew|blow up? on tiktok|twitter|instagram|
        here|social, this|post|video|song|page|thread blowing|blows|blow|blew up, bomb
        burger|food|tacos|ass|dinner|coffee|party|sandwich|squad|cyclone|pizza|wings|bbq, da|the bomb, photo bomb,
        bath bomb, time bomb, on fire|🔥, straight fire, is|was|looks fire, fire|fires|fired
        him|them|her|the|that|this|all|everyone|chief|officer, fire
        sale|department|drill|truck|hydrant|station|fighter| fighters|marshal|pit|works|alarm|inspector, you are|re?
        fired, hit me up, hit the road|gym|books|spot|streets|nail, heart attack when|looking|at|from,
        gave|gives|giving me a heart attack, stab in the dark|back, stabbed|stab|stabbing us|me|them|him? in the
        back, knife in the back, jump the gun, gun for it, stick to your guns, smoking gun, bite the bullet, dodged
        a bullet, bullet point|points, silver bullet, take|took a bullet for, sweating bullets, break a leg, break
        the ice|news|law|record|rules|cycle|bank, breaking news|bad|point, break my|our|your heart, breaks my heart,
        burn|burned|burning calories|out|rubber|bridges|rate|notice, burn in hell, rot in hell|jail|prison, go to
        hell, sick burn, slow burn, roast|roasted|roasting, hang|hanging|hung
        out|with|around|on|tight|up|there|over, hang in there, beat the heat|traffic|odds|rush|clock|record|system,
        beat|beating|beats them|us|you|him at|by, drop|dropped by|off|the|in|it, choked|choke up, drowning in, drown
        in paperwork|debt|work, heads will|should|need|gonna to? roll, head over heels, crash course|diet|pad, cut
        the crap|budget|grass|ribbon|funding|overtime, cut it out, knock it off, knock|knocked on wood|out, knocked
        it out, slay|slayed|slays, crush|crushed|crushing it, murdered it|that|the, robbed of|us, highway robbery,
        daylight robbery, cry me a, i could|would strangle|kill|murder for|whoever|my, mom|smh, attack ad|ads, under
        fire, war on, warpath, lynch mob|pin, execute|executed|executing the|a|this|that
        warrant|plan|search|contract|policy|play, target practice, play stupid games, shoot the breeze, in the
        crosshairs of, killer instinct|deal|shot|app|smile|outfit|view|dance|job, breathtaking, took|take|takes my
        breath away, loaded question, out of breath, hold my|your breath, save my|your breath, hunt for|down?
        an|the? apartment|house|job|eggs|bargain, house|job|egg|treasure|scavenger hunt|hunting, killin it, it was
        lit, get|got lit, bust|busted my|your|their ass|butt|chops|stuffing, ambulance chaser|chasers, dead in the
        water, cold feet, no brainer, cutthroat, kill two birds, kill them with kindness, deadpan, bullet train,
        poison pill|ivy, firing squad|on|up, cop killer|killers, death
        penalty|row|tax|star|sentence|certificate|toll|metal, electric chair, line of duty, gun
        control|buyback|laws|law|rights|permit|license|safety, gun
        violence|reform|owner|owners|range|show|lobby|debate""",
    "i": "i, im, ive, we, weve, were gonna, me and, myself, us, my boys|guys|crew|brothers|homies|cousins",
    "me": "me",
    "my": "my, our",
    "you": "you, u, ya, yall, yalls, youre, youve, ure, youll, ur, your, yours, yourself, yo, ull",
    "they": """
        he, she, they, him, her, them, hes, shes, theyre, theyve, his, their, himself, herself, themselves, that
        guy|man|woman|dude|bitch|bastard|motherfucker|piece, em""",
    "somebody": """
        someone, somebody, anyone, anybody, a|some guy|man|men|woman|dude|person|stranger|kid|lady|people|guys, guy,
        dude, man, men, woman, lady, old man|lady|woman, stranger, person, people, teen, teenager, neighbor*,
        roommate*, coworker, classmate, student, victim, rider, driver, patient, suspect, intruder, friend, friends""",
    "everybody": "everyone, everybody, all of you|yall|them|us, every one|single|last, yall all, each of you, all",
    "nobody": "nobody, noone, no one, none of you|them",
    "family": """
        wife, husband, kids, daughter*, son, sons, children, mother, mom, moms, mama, father, dad, dads, brother*,
        sister*, family, families, grandma, grandpa, grandmother, grandfather, granny, girlfriend, boyfriend,
        fiance*, cousin*, uncle, aunt, niece, nephew, stepdad, stepson, ex, parents, loved ones""",
    "a child": "baby, toddler, infant, child, kid, year old, yr old, month old, little girl|boy|kid|one, newborn",
    "the police": """
        cop, cops, police*, officer*, ofc, pig, pigs, deputy, deputies, sheriff*, chief, sergeant*, sgt, sarge,
        lieutenant, lt, captain, capt, detective*, det, trooper*, fed, feds, popo, po po, five o, 5 0, swat, bacon,
        marshal*, patrolman, patrolmen, constable, badge, badges, badge number, squad, blue lives, boys in blue, law
        enforcement, jakes, fuzz, 👮, 🐷, k9, agent*, ice agents?, bluecoats, 🚓""",
    "an office": """
        judge*, mayor*, prosecutor*, commissioner*, councilman, councilwoman, senator, governor, politician*, jury,
        juror*, witness*, clerk, dispatcher*, guard, guards, meter maid, teacher*, principal, da, district attorney,
        state attorney, magistrate, bailiff, warden, secretary, receptionist, front desk, lawyer*, attorney*,
        landlord*, manager, boss, snitch*, rat, rats, informant*, reporter*, traitor*""",
    "a station": """
        station, precinct, headquarters, hq, substation, department, city hall, courthouse, courtroom, town hall,
        roll call, patrol car|cars, squad car|cars, police car|cars, cruiser*, academy, barracks, jail, tow lot,
        front door of, lobby, dispatch center, checkpoint*, traffic stop, parade, vigil, funeral, rally, march,
        block party, ceremony, coffee with a cop, shift change, evidence room, impound""",
    "a school": """
        school*, high school, middle school, elementary, campus, college, university, classroom*, class, cafeteria,
        daycare, preschool, kindergarten, homecoming, graduation, prom, high|middle""",
    "a crowd": """
        mall, church, mosque, synagogue, temple, concert, stadium, market, store, publix, walmart, gas station,
        club, bar, hotel, hospital, bus, train, metro*, airport, beach, park, pool, office, building, restaurant,
        theater, festival, fair, library, parking lot|garage""",
    "a home": """
        house*, home, apartment*, apt, condo, trailer, bedroom, bathroom, closet, basement, attic, kitchen, garage,
        backyard, yard, porch, door, doors, front door, back door, window*, driveway, balcony, stairs, roof,
        hallway, doorstep, crib, townhouse*, unit""",
    "a car": """
        car, cars, truck*, van, suv, motorcycle, bike, boat, vehicle*, jeep, pickup, sedan, whip, ride, charger""",
    "a road": """
        road, highway, hwy, interstate, freeway, exit, expressway, turnpike, intersection, street, st, ave, avenue,
        blvd, bridge, overpass, lane, sidewalk, corner, alley, i95, 95, 836, us1, canal, ditch, mile marker,
        crosswalk, palmetto, bus stop, tracks""",
    "what will be": """
        will, gonna, gon, gone be, ima, imma, ill, ill be, well be, going to, about to, finna, boutta, bout to, goin
        to, gunna, im going, were going, theyll, hell, shell, youll, ull, shall, planning to, plan to, tryna,
        fixing|fixin to, id, wont, coming for, going up to, gonna be, ready to, cant wait to?, getting ready, swear,
        i promise, vow, lemme, is|are getting, gets, were about, willing to, wanna, want to, imonna, gunna be""",
    "what should be": """
        should, should be, oughta, ought to, needs to, need to, need, needs, gotta, got to, have to, has to, must,
        deserve*, better, time to, oughtta, supposed to, lets, let us, begging|asking for, in for, earned, who
        wants|down|in|driving, whos in|driving|down|with|ready""",
    "would": "would, could, might, can, may, id like, id love, love to, like to",
    "a condition": """
        if, next time, next, unless, until, till, or else, or, the day, one more, once more, again, keep, keeps,
        when, whenever, whoever, the minute|moment|second, ever, try, try it|me|that, touch, come near, come to
        my|our, step on|foot, set foot, fuck around, mess with, fuck with, you have|got, by, unless you, last
        chance|warning, stop""",
    "not": """
        not, never, dont, doesnt, didnt, wont, wouldnt, cant, cannot, couldnt, aint, isnt, arent, wasnt, werent, no,
        without, neither, nor, shouldnt""",
    "what was": """
        was, were, had, did, got, happened, went, came, took, said that, been, used to, ended up, made, gave, told,
        let, saw, heard, tried, called, got away, found, left, knew, felt, stopped, pulled me over, became, when i
        was""",
    "a time gone by": """
        yesterday, last night|week|month|year|monday|tuesday|wednesday|thursday spring|fall|time, last
        friday|saturday|sunday|summer|winter| spring|fall|time, ago, years ago, days ago, back in, for
        years|decades|months, years, since, 197*, 198*, 199*, 200*, 201*, 20 years, decade*, recently, earlier this
        week|month|year, this morning, anniversary, still""",
    "now": """
        now, right now, rn, asap, hurry, quick, quickly, just, just now, currently, still, in progress, as we speak,
        this second|minute, immediately, urgent, urgently, emergency, minutes ago, mins ago, an hour ago, for
        ten|ten|five| twenty minutes, fast""",
    "a time to come": """
        tonight, tomorrow, soon, monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekend, next
        week|month|shift, noon, midnight, one day, someday, one of these days|nights, some night|day, any day, this
        friday|saturday|sunday|monday|weekend|week, at dawn, morning, 24|48|72 hours, hours, christmas, by the end,
        at the next, when it comes, new years|year, the time comes, 5am, at night, am, pm, any minute, wait on it,
        just wait, watch, just watch, wait and see, wait for it""",
    "what another said": """
        said, says, saying, told, tells, telling, yelled, yells, threatened, threatens, threatening, threat,
        threats, quote, quoted, chanted, chant*, claim*, allegedly, according to, tweeted, wrote, texted, reported,
        asked, testified, rapper, lyrics, verse""",
    "a question": """
        ?, why, how, how come, is it legal, is there, does, do you, did, are you, can i, may i, could i, what time""",
    "a request": """
        can we|you|someone|somebody|anyone|pio, could we|you|someone|somebody|anyone, may we|i, would you|someone|
        anyone, who can|do|handles|should|is, whos the, where do|can|should, what is the best|contact|number, whats
        the best|number|contact, is there someone|anyone|somebody, do you have someone|anyone|a, please, pls, plz,
        requesting, request*, looking for, seeking, hoping to|for, wed like, we would like|love, id like, would
        love, i need, we need, reach out, reach, dm me|us, email me|us, call me|us back?, contact, available,
        willing, any chance""",
    "killing": """
        fire on him|her|them|you, dragged behind, drag behind, goes down for, go down for, claymore, booby trap*,
        run off the road, lug nuts, leaking on, leave you|him|her|that leaking, shot in the street|head|back|face,
        should be|get shot|hanged|hung|killed|lynched, room next to, stab one, gets shot|stabbed|killed|burned,
        throw fire, end you, take care of that|the|him|her|them|this|you, deal with you|him|her|them permanently,
        put a? hole|holes in, hole in, holes, end of you|him|her|them, thin out, eliminat*, neutraliz*, waste
        him|her|them|you|that, rub out, feed to, fed to, throw off|from, push off|in front, set it? off, go postal,
        shooting spree, rampage, gets? handled|whacked|clipped|smoked|
        popped|dropped|domed|deleted|erased|got|bodied|stretched, spike, guillotine*, gallows, noose, good as dead,
        hog tie, on a platter, bloodbath, purge, cull, disappear, disappears, disappearing, go missing, vanish,
        never be found, never found, unfriend permanently, brake failure|line|lines, cut the brakes, tamper*,
        overdose you|him, venom, kill, kills, killin, killing, murder, murdering, murk, merk, slaughter*, massacre*,
        assassinate*, behead*, decapitat*, lynch*, strangl*, stab, stabs, stabbing, execute, execut*, exterminat*,
        unalive*, shoot, shoots, shootin, shooting, gun down, gun you|him|her|them down, snipe, snipes, sniping,
        disembowel*, dismember*, gut, hang, hanging, string up, string you|him|her|them up, slit, slits, slitting,
        put down, put you|him|her|them down, wipe out, wipe you|them out, finish off, finish you|him|her|them, take
        out, take you|him|her|them out, take down, drop you|him|her|them, off him|her|them|you, whack, ice
        him|her|them, smoke you|him|her|them|that|a|this, blast you|him|her|them, cap you|him|her|them|that|a|this,
        pop you|him|her|that|a|this, light you|him|them|up up?, spray, dump, dumping the, empty the|a clip|mag, open
        fire, pick off|them|you, picking off|them, end him|her| them|you, ending him|her|them|you, end
        his|her|their|your|a life|lives|career, bury, bury you|him|them|her, run over, run down, run
        you|him|her|them|over|down over?, mow down, plow through|into, drive through|into, skin you|him|alive,
        poison, poisoned, poisoning, drown you|him|them, hunt, hunting, hunt down, bag a, body you| him|them, merc,
        choke you|him|her|them|out, retire him|her|them|you permanently, put in the|a ground|grave|dirt|hospital,
        put you|him|her|them|this|that in|under|six, lay out, lay you|him|them, erase, get rid of, make disappear,
        make him|her|you|them disappear|vanish, shut up for good, snuff*, open season, cut
        his|her|your|their|you|him|them|up|down, 86, clip""",
    "hurting": """
        beat, beats, beating, beat up|down, hurt, hurts, hurting, smash*, stomp*, punch*, slap, break, breaks, snap,
        crush, kick, kicking, kick in, knock, knocks, knock out, crack, bust, bash*, fuck up, fuck you|him|them|her
        up, mess up, mess you|him|them|her up, jump, whoop, whip, hospitaliz*, cripple, maim, torture*, rape,
        raping, hit, hits, slash, rip, tear, pound, choke, choking, strangle, attack, attacks, assault, ambush*,
        cut, cutting, carve, chop, lay hands on, put hands on, put my|our|these hands on, jack up, catch
        you|him|her|them, catch, catchin, get you|him| her|them, deal with, handle you|him|her|them, drag, shove,
        throw, rough up, teach a lesson, teach you|him|her|them a? lesson, ram, run up on, square up, swing on,
        throw hands, these hands, pull up on, roll up on, slide on, do something to, do the same to""",
    "burning": """
        burn, burns, burnin, burning, burn down, burn it|this|that|them down, burn to the ground, torch, torches,
        torching, set fire to, set on fire, set it|this|that|them|you|him on fire, light it|this|that|them|you on
        fire, firebomb*, molotov*, gasoline, gas can|cans, match, matches, lighter, arson, toast, toasty, crispy,
        ashes, ash, up in flames|smoke, raze, petrol, lighter fluid, cocktails""",
    "a bomb": """
        bomb, bombs, bombing, bombed, pipe bomb|bombs, explosive*, explode*, detonat*, blow up, blow
        it|this|you|that|them|the up, blow sky high, sky high, device, ied, dynamite, c4, grenade*, tnt, go boom,
        goes boom, boom, kaboom, 💣, going off, go off, goes off, ticking, package, backpack, blown up, hear it
        for|from, timer, pressure cooker, anthrax, sarin, powder""",
    "a weapon": """
        barrels, both barrels, claymore, ar15s, arsenal, stash, rifle scope, full auto, crossbow, arrow, tire iron,
        screwdriver, pitchfork*, torches, earplugs, ambulance or, stretcher, wheelchair, limp, crutches, gun, guns,
        rifle*, shotgun*, pistol*, glock*, ar, ar15*, ar 15, ak, ak47, ak 47, knife, knives, machete*, bullet*,
        round, rounds, ammo*, clip, mag, magazine, loaded, armed, arms, weapon*, sniper*, 9mm, 40 cal, 45, 38,
        blade, axe, hatchet, bat, bats, baseball bat, crowbar, hammer, sword, noose, rope, ropes, chainsaw, brick*,
        nine, strap, strapped, draco, uzi, 12 gauge, gauge, semi auto|automatic, trigger, barrel, scope, crosshairs,
        armor piercing, hollow point|points, bulletproof, vest, 🔫, 🔪, 🗡, acid, shank, razor, silencer, revolver,
        firearm*, lead, slug, slugs, pipe, heat, blick*, blicky, stick, pole, iron, burner, chopper, extendo, drum""",
    "a gunshot": """
        shot, shots, gunshot*, gunfire, gun fire, shots fired, got shot, been shot, shot at, hail of, pop pop, bang
        bang, shooter, active shooter, gunman, gunmen, gunned down, drive by, shooting at, opened fire, firing at,
        shell casings""",
    "the body": """
        head, heads, throat*, neck*, face, faces, brain*, skull*, teeth, jaw, kneecap*, knees, legs, chest, spine,
        heart, eyes, dome, ribs, guts, bones, tongue, back of, temple, forehead, limbs, fingers, ass""",
    "blood": """
        blood, bloody, bleed, bleeds, bloodbath, bloodshed, 🩸, red, massacre, carnage, war, violence, revolution""",
    "death": """
        wills, will and testament, next of kin, mercy, last rites, ashes, urn, mourn, mourning, tombstone,
        headstone, autopsy, coroner, leaking, toast, dead, die, dies, dying, death, killed, murdered, corpse*,
        bodies, body, grave*, coffin*, casket*, body bag|bags, morgue, funeral*, cemetery, obituary, six feet, 6
        feet, under|in the ground, dirt nap, hearse, toe tag, rest in, rip, daisies, buried, deceased, hanged,
        lynched, executed, slaughtered, breathe another, breathing much, not breathe, alive, life, lives, lifeless,
        widow*, orphan*, fatherless, hell, maker, afterlife, ☠, 💀, ⚰, reaper, grim, ditch, shallow grave, shovel,
        dig, lime, swamp, everglades, gators, trunk""",
    "a last day": """
        last day|days|night|week|weekend|shift|breath|meal, last
        christmas|birthday|words|thing|mistake|warning|ride|time, final warning|day|days|hours|moments, days|hours
        are|r numbered, numbered, times up, time is up, your time, clock is ticking, ticking clock, tick tock, tic
        toc, tik tok tik, countdown, count your|the|his days, enjoy your|his|her|the last, enjoy it while, enjoy
        while, enjoys his|her last, make it to|home|out|through|back, makes it to|home|out, go home, goes home,
        going home, come home, comes home, coming home, leaves, leaving, leave alive, walk out, walks out, carried
        out|off, wheeled out, live to see, live long, live to tell, see tomorrow|christmas|daylight|sunrise, another
        day|sunrise|birthday|christmas, wake up, next birthday, retirement, stay home, for good, permanently,
        permanent, over for you|him|them, its over, done for, finished, marked, marked man, walking dead, dead man
        walking, living on borrowed, borrowed time, no survivors, spare""",
    "revenge": """
        revenge, payback, pay, pays, paying, owe*, regret*, sorry, eye for an eye, tooth for, took my|our|his, take
        one|two of yours, one of yours, one of ours, avenge*, vengeance, retaliat*, karma, answer for, make
        you|him|them|her pay|sorry|suffer|bleed|cry|beg, suffer, suffers, beg, wish you|he|she|they, rue,
        consequences, street justice, justice, our turn, my turn, your turn, turn, turns, youll see, see what
        happens, find out, lesson, settle, score, what you did, what he did, what they did, did to
        my|our|him|her|us, debt, forgive, forget, remember this, mark my words, mark this, get whats coming, whats
        coming, coming to you|him|her|them, be next, is next, are next, youre next, comes next""",
    "a warning": """
        lonely, sooner or later, enjoy the new, if i were you, i would be checking, check under, checking under,
        brakes, under your|his|her truck|car, not for the, count on it, do you know how easy, off the clock,
        begging, begging for mercy, you have been, consider this, dont say i, last time i, only so long, patience,
        watch your|ur|his|her|their back|six|step, watch out, look over your, looking over your|his|her|their, over
        your shoulder, your shoulder, sleep with, one eye open, eye open, sleep tight, sleep well, dont sleep, pray,
        prayers, better hope|pray|run|hide|watch|wear|move|quit, hope you, hope ya, hope your, careful, be careful,
        stay safe out, shame if, be a shame, pity if, accident happens, accidents happen, accidents, something
        happened|happens|happen, bad things, things happen, anything happened|happens, be a, would be so, so easy,
        too easy, easy target, target*, tell your|his|her wife|kids|family, say goodbye, say your, kiss your, hug
        your, tick, warned, warning, warn, good luck, have fun, nice family|kids|house|wife|car, pretty, cute,
        beautiful, on my|our|the|a list, hit list, my list, list, bounty, price on, reward, hire, hitman, paid,
        money to, run, hide, cant hide, off duty, without your|his|her|that|a vest|badge|gun|uniform, lackin,
        lacking, slippin, slipping, catch you|him|her|them|that|officer
        slipping|slippin|lacking|lackin|outside|alone, alone, on sight, onsight, on site, unmarked, in the dark,
        dark alley, on the streets, personally, myself, doing time, jail, scared of jail, aint scared, not scared,
        nothing to lose, dont care if, worth it, not joking, not playing, mean it, swear to god, swear on, i swear""",
    "where somebody is": """
        know where, know what, know who, know your, know which, know when, we know, i know, lives, live at, lives
        at, live on, lives on, your address, home address, address, addy, plates, your plate, license plate, drives,
        drive a, parks, park at, where you|he|she|they|your|his|her, what time you|he|she|they, gets out, gets
        off|out of?, gets home, get off shift|work, goes to school, go to school, work schedule, schedule, route,
        routine, every day|morning|night|saturday| sunday|week, badge number, kids school, same way, same time,
        found your|his|her|out, looked up, followed, following you, follow you|him|her|home, watching
        you|your|him|her, seen you|your|him|her, been watching, gym, outside your|his|her|their|the, in front of
        your|his|her|their, in the bushes, behind the, around the corner, zip code, dox*, doxx*, leaked, facebook,
        photo of, pictures of, pics of, floor, tracker, gps""",
    "who comes or waits": """
        coming, come, comin, comes for, visit, pay a visit, pay him|her|them|you a visit, waiting, wait, waits, wait
        for, wait outside, show up, showing up, pull up, pulling up, on my way, omw, headed, heading, bring,
        bringing, be there, be waiting, meet, meet me, meet you, see you, see him|her|them|ya, set up, come over,
        come see, walk in|into, walking in|into, go in, going in, go up, going up|there|over, driving to|over|there,
        roll up, stop by, swing by, kick your, kick in, knock on, door, find you|him|her|them, find, finds, track
        down, hunt, storm, pull on, on the way, at your door""",
    "a call to others": """
        arm yourselves, rise up, everybody grab, grab a|your, pick up, whos down, join, take up arms, fight back,
        war, militia, brothers, comrades, somebody do, someone do, do it, time we, hunt them, line them up, line up,
        lined up, against a|the wall, wall, first, string, fight fire with""",
    **CALLS,
}

"""The kinds of words of English that call for help, that newsrooms use and that speak of everyday life."""

from __future__ import annotations

CALLS = {
    "a call for help": """
        help, help me|us, send help, save me|us, somebody help, someone help, send
        someone|somebody|an|police|officers| help|cops|ambulance|units, sos, mayday, get here, come
        quick|now|fast|here, come to, get someone, need police| officers|help|an|cops, please come, pls come, call
        the|someone, someone call, call police, rescue*, hurry""",
    "the rescue": """
        911, 9 1 1, nine one one, dispatch, ambulance*, paramedic*, ems, medic*, narcan, cpr, first responders""",
    "a body that fails": """
        conscious, barely conscious, drugged, roofied, spiked, overdosed, naloxone, bluish, gasping, wheezing, cold
        to the touch, oxygen, swallowed, not responsive, faint, wont stop, cant stop the, delirious, confused, numb,
        breathing, breathe, breath, not breathing, isnt breathing, cant breathe, stopped breathing, turning blue,
        blue, purple, pulse, no pulse, unresponsive, unconscious, passed out, wont wake, wake up, not waking, wont
        respond, not responding, not answering me, not moving, isnt moving, collapsed, collapse, fainted, seizure*,
        seizing, convuls*, choking on, overdos*, od, oding, foam*, limp, stroke, slurring, chest pain|pains, chest,
        pains, heart attack, allergic, epipen, labor, contractions, water broke, diabetic, insulin, asthma, inhaler,
        dizzy, vomiting, drooping""",
    "an injury": """
        bleeding out, unconscious, man down, officer down, woman down, burned, burns, fell through, sinkhole,
        bleeding, bleedin, blood everywhere, lots of blood, so much blood, stabbed, injured, hurt bad|badly,
        wounded, broken leg|arm|bone, unresponsive, fell, fallen, fell down|off|from, down, on the
        ground|floor|sidewalk, mauled, mauling, bitten, electrocut*, impaled, crushed, ran over, got hit, hit by,
        been hit, struck by, trapped under, gash""",
    "a fire": """
        dorm, alarms, fumes, exploded, tanker, hazmat, smell of smoke, propane, fire, fires, flames, smoke, smoking,
        on fire, in flames, burning, burnt, caught fire, smell of|gas|smoke, smells like|of, smell, gas leak, gas
        smell, carbon monoxide, sparks, sparking, power line|lines, wires, wire down, transformer, explosion,
        chemical, leak, leaking""",
    "a crash": """
        crash, crashed, accident, wreck*, collision, pileup, flipped, rolled over, rollover, overturned, hit and
        run, head on, wrong way, swerving, drunk driver|driving|drivers, driving drunk, t boned, airbags, ejected,
        sinking, capsized, ran off the, into a tree|pole|wall|canal, hydroplan*, jackknifed, spun out, derailed""",
    "somebody trapped": """
        trapped, stuck, pinned, locked in|inside|out, locked me|us|her|him, barricaded, hiding, hidden, hide in,
        lockdown, in the closet|bathroom|trunk, under the bed|desk, held, holding me|us|her|him, hostage*, captive,
        cant get out, wont let me|us|her|him|go|leave, cant leave, chained, tied up, sealed, cant talk, whisper*, be
        quiet, water is|rising| up, flooding, flooded, submerged, no life jackets, floating""",
    "an intruder": """
        breaking in|into|down|the|my, break in|into, broke in|into, breaking, kicked in|down, kicking
        in|down|my|the, climbing, climbed, climb through, in my house|home|yard|backyard|garage|apartment|room,
        inside my|the house|home, outside my|the door|window|house|bedroom, at my door|window|house, in the|my
        house, peeking*, peeping, prowler, burglar*, robber*, robbing, robbed, intruder, burglary, someone|somebody
        is? in|inside|outside, trying to get|break|open, jiggling, picking the lock, ski mask, masked, carjack*,
        looting, mugged, mugging, knocking, banging on|at, pounding on, footsteps, downstairs""",
    "an attack": """
        beg him|her to, begging him|her to stop, knives, machete fight, stop hitting, through the wall, choked,
        beating, beating up, hitting, punching, attacking, stabbing, strangling, choking, shooting, fighting, fight,
        jumping, jumped, assaulting, assaulted, raping, raped, dragging, dragged, swinging, waving, wielding,
        pointing, pulled a|his| out, brandishing, threatening, chasing, chased, following me|us|her|my, followed
        me|us, stalking, abusing, abusive, hit me|us|her|him|my, hits me|us|her, slapped, kicking, is|are killing,
        gonna|going to? kill|hurt|shoot|stab me|us| her|him|my|himself|herself, kill me|us, shoot me|us, hurt me|us,
        killing his|her|him|my, domestic, screaming, screams, scream, yelling for, crying for, glass breaking,
        gunpoint, knifepoint, harassing, touching, grabbed me|her, pepper spray, fistfight, brawl, riot, mob""",
    "somebody taken": """
        kidnap*, abduct*, grabbed, snatched, took my|the|her|him|a, taken, forced into, dragged into, pulled into,
        into a van|car|truck|trunk, custody, amber alert, traffick*, passport, took her|him|them, wont give back,
        dont know where i, smuggl*""",
    "somebody lost": """
        missing, lost, wandered*, disappeared, cant find, cannot find, havent seen, hasnt come home, never came
        home|back, didnt come home, not home, last seen, gone, ran away, runaway, walked out|off|away, dementia,
        alzheimer*, autistic, autism, nonverbal, no shoes, barefoot, wearing,
        blue|red|white|black|pink|green|grey|yellow shirt|hoodie|dress|jacket|shorts|pants, anyone seen, seen
        him|her, vanished, unaccounted""",
    "drowning": """
        drown, drowning, drowned, underwater, under water, rip current, in the water|canal|pool|lake|ocean|river,
        swept, current""",
    "his own death": """
        point of waking|living|going|anything|life, point in living, waking up tomorrow, disappear forever, jumping,
        gonna do it, cant keep, keep fighting, written the letters, nothing left, no way out, drop her|him|the baby,
        suicid*, kill myself|himself|herself, killing myself|himself|herself, hang myself|himself, hurt
        myself|himself| herself, harm myself|himself|herself, shoot myself|himself, end my life, end his|her
        own|life, end it all, end it, end everything, ending it, take my life, wants to die, want to die, wanna die,
        dont want to|be live|be|exist|wake|here, dont wanna be|live, tired of living|life|existing|everything, no
        reason to|left, not worth living, nothing to live, better off without me|dead, without me, if i was gone, if
        i were gone, if i died|disappeared, nobody would notice|care|miss, no one would notice|care|miss, cant go
        on, cant do this anymore|any, cant take it|this anymore, cant live, goodbye, good bye, goodbye everyone,
        goodbyes, farewell, last night alive, my last, this is my last, be gone|my, ledge, jump off, jump from,
        about to jump, gonna jump, going to jump, to jump, edge of, railing, slit my|his|her, wrists, cutting
        myself|herself|himself, cut myself, note, suicide note, dont look for me, sorry everyone|mom|mama| for,
        forgive me, take care of my, tell my|mom|them, loves her|him|you, hopeless, give up on life""",
    "pills": """
        pills, pill, took a bunch|lot|whole|all|too, bottle of, swallowed, drank bleach|a, bleach, fentanyl,
        overdose, tylenol, meds, medication, xanax, sleeping pills, poison control, handful, razor blade, the blade""",
    "fear": """
        shaken, scared, afraid, terrified, frightened, panic, panicking, shaking, fear, crying, worried sick,
        frantic, desperate""",
    "a reporter": """
        reporter, journalist*, producer*, producing, correspondent*, editor*, anchor, photojournalist, freelance*,
        photographer, videographer, video journalist, cameraman, podcaster, columnist, stringer, newsroom,
        assignment desk, news desk, city desk, assignment editor, news director, news team, media outlet, news
        outlet, news station|organization|agency, student journalist|paper|newspaper|reporter, host, radio host,
        blogger, documentarian, filmmaker, writer, i write for, i write, we write, i cover, i host, i produce, i
        report, booker, researcher, bureau, investigative, our reporter, our crew""",
    "a paper or station": """
        herald, times, post, tribune, gazette, chronicle, journal, newspaper*, paper, magazine, abc, nbc, cbs, fox,
        cnn, msnbc, univision, telemundo, npr, wlrn, wplg, wsvn, wfor, wtvj, bbc, reuters, ap, associated press,
        afp, bloomberg, channel, local 10, tv, television, radio, station, broadcast*, newscast*, network, news,
        podcast*, morning show, show, program, documentary, docuseries, series, outlet, publication, website, blog,
        storyful, newsletter, edition, sunday edition, axios, politico, vice, wire""",
    "a story": """
        story, stories, article*, piece, segment, feature, profile, coverage, covering, report on, reporting on,
        writing about, working on, doing a, package, publish*, publication, publishing, print, air, airs, aired,
        airing, on air, live hit, live shot, live at, go live, live, newscast, broadcast, run tomorrow|tonight,
        running tomorrow|tonight, goes live|to, headline, our readers|viewers|listeners|audience, viewers, readers,
        listeners, audience, our 5|6|11|10|noon|evening""",
    "an interview": """
        panel, fact check, ask him|her|them, quote him|her|them, live interview, on our show|program|podcast|air,
        talk about|on, interview, interviews, interviewed, interviewing, phoner, zoom, on camera, on record, on the
        record, off the record, sit down, sitdown, q a, questions, guest, come on, appear, talk to us, speak to
        us|with us, speak with|to, talk with|to, walk me, ride along, ridealong, hop on, join us, chat with""",
    "a statement": """
        statement*, comment on|for|from|regarding|about, for comment, comment, quote*, response, confirm*, details,
        spokesperson, spokesman, spokeswoman, pio, public information, public affairs, information officer, media
        relations, press office|officer|release|releases|conference|inquiry|inquiries|contact, press
        line|credentials|pass|kit|area|request, press, presser, media
        inquir*|contact|request|line|advisory|alert|availability|kit|list|staging|day|credentials, briefing, news
        conference, embargo*, credential*, crews, media""",
    "footage": """
        footage, b roll, broll, bodycam, body cam|camera, dashcam, dash cam, video, clip, photo*, picture*, image*,
        mugshot*, mug shot, headshot, hi res, high res, raw, audio, recording, 911 call|audio|tape, records,
        documents, incident report, arrest report|affidavit, affidavit, file, files, foia, public record|records,
        copy of, camera crew, film crew, crew, embed, drone""",
    "leave to use something": """
        permission, use your|this|the|it, use on, license, licensing, credit, crediting, courtesy, rights, royalty,
        all platforms, platforms, with attribution, attribut*, is this yours, did you film|shoot|take, share this,
        repost, reuse, republish""",
    "a deadline": """
        deadline, on deadline, end of day, eod, by 3|4|5|6|noon|tonight|tomorrow, at 3|4|5|6|11|noon|10|7, before
        we|publish|air|press, 11pm, 5pm, 6pm, 4pm, airs at, today, as soon as, following up, follow up, third time,
        left two|a, my editor, cutoff, tape at""",
    "a laugh": "lol, lmao, lmfao, rofl, haha*, hahah*, 😂, 🤣, jk, just kidding, hilarious, funny, meme, lolol, 💀💀",
    "a sport or game": """
        game, games, gaming, team, teams, heat, celtics, knicks, dolphins, marlins, lakers, season, playoff*,
        score*, coach, football, basketball, baseball, soccer, hockey, softball, match, tournament, gta, grand theft
        auto, call of duty, cod, fortnite, xbox, ps5, playstation, level, boss fight, respawn*, headshot*,
        killstreak, movie, film, song, lyrics, rapper, album, netflix, show, episode, tv show, novel, book, series
        finale, play, stars, warzone, minecraft, halo, league, quarterback, defense, offense, lineup, championship,
        finals, cardio, workout, crossfit, leg day, verse, trailer, scene, character, villain, comedian, comedy""",
    "thanks": """
        thank, thanks, thankful, thank you, appreciate*, grateful, great job|work, good job|work, well done, bless,
        god bless, love this|the|these|you|our, congrat*, proud, amazing, awesome, wonderful, hero, heroes, salute,
        respect, kudos, happy retirement, stay safe, come home safe, rest in peace, rip, prayers for|to, praying
        for, tribute, memory, memorial, honor*, ❤, 🙏, 👏, 🥰, excited, fun, welcome""",
    "law and policy": """
        supervise, pension*, voters, voter, criminal justice, bail reform, law, laws, legal, illegal, policy,
        policies, reform, bill, budget, funding, defund, abolish, vote, voted, election, amendment, constitution*,
        rights, lawsuit, sue, sued, suing, lawyer up, court, trial, sentenced, convicted, charged, charges, charge,
        arrested, indicted, prison, internal affairs, complaint*, ia, accountab*, resign, fired, terminated,
        suspended, leave, paid leave, unarmed, justified, self defense, stand your ground, permit, license, penalty,
        punishment, murderer*, criminals, taxpayer*, taxes, union, contract, statistics, rate, rates, support,
        oppose, believe in, reporting a, investigation, verdict, jury, guilty, evidence, settlement, civil, hold
        accountable, hold you accountable""",
    "criticism of the police": """
        useless, corrupt, corruption, coward*, disgrace*, shame on, ashamed, bully, bullies, liar*, incompetent,
        lazy, pathetic, joke, clown*, racist*, thug*, brutality, abuse of, badge and, acab, fuck you, fuck 12, fuck
        the, worthless, trash, garbage, idiots, idiot, overpaid, suck, sucks, slow, late, crooked, dirty, gang,
        tyrants, thieves, stealing, steal""",
    "services and events": """
        apply, application, hiring, recruit*, explorer, register*, sign up, event, events, report online, file a
        report, non emergency, parking, ticket*, citation, fine, report number, hours, open, closed, office hours,
        volunteer*, toy drive, cookout, academy, permit, fingerprint*, background check, training, drill, exercise,
        simulation, class, workshop, tour, k9 demo, career, job, position, exam, orientation, donation*, tickets,
        gala, program, buyback, meeting, hoa, traffic, weather, speeding, potholes, noise, music, barking, homeless,
        race*, racing""",
    "hope": "hope, hopes, hoping, wish, wishes, pray, praying",
    "what was done": """
        killed my|a|an|him|her|them|in|by|himself, shot an|a|my|him|her|in|by|and, was shot, was killed, were
        killed, got killed, was murdered, murdered my|in|by, died, died in, passed away, stabbed him|my|her|a|in,
        beat him|her|my, robbed me|us|my, broke into, burned down, ran over my|a, attacked me|my, stole my, hurt my,
        crashed into my, shot and killed, killed by, victims of, victim was, was stabbed, was arrested, took
        you|them|45|an|over|forever|hours|two|three""",
}

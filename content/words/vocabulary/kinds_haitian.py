"""The kinds of words of Haitian Creole by which a text is weighed, written as `kinds_english` has those of English."""

from __future__ import annotations

KINDS = {
    "a way of speaking": """
        pri gaz la, lavi che a, taks yo, gaz la ap touye, ap touye m, ap fin touye m, mouri ri, mwen mouri ri, mouri
        ak|anba ri|grangou|swaf|somey|chale, manman|papa|madanm m ap|pral touye m, touye tan, chale ap|sa
        boule|touye, pa touye pwogram|lide|pwoje, blag bomb, kraze pis""",
    "i": "mwen, m, map, mpral, nou, n, nap, an nou, ann, annou, npral",
    "me": "pou m, m nan, ban m, ban mwen, sou mwen, mwen menm",
    "you": "ou, w, nou tout, ou menm, chen, kochon, salop, bann",
    "they": "li, l, yo, neg sa, misye, mesye, msye, moun sa yo, sa yo",
    "somebody": """
        yon moun, moun, yon neg, neg, yon gason, gason, yon fanm, fanm, fi, vwazen*, zanmi, granmoun, madanm lan,
        yon msye, yon mesye, etranje""",
    "everybody": "tout, tout moun, youn pa youn, yonn pa yonn, chak",
    "nobody": "pesonn, okenn moun, anyen",
    "family": """
        fre, se m, madanm, mari, pitit, pitit fi, pitit gason, manman, papa, fanmi, kouzen*, kouzin, tonton, matant,
        mennaj, grann, granpe, neve, nyes""",
    "a child": "timoun*, ti bebe, tibebe, bebe, ti gason, ti fi, tifi, tigason, pitit",
    "the police": """
        polisye*, polis, lapolis, chef, ofisye, ajan, sejan, lyetnan, kapiten, detektif, inifom, badj, kochon yo,
        cherif, 👮""",
    "an office": """
        jij, majistra, komise, temwen, avoka, direkte, pwofese, mayestro, denons*, denonse, rapote, espyon,
        politisyen""",
    "a station": """
        estasyon, stasyon, komisarya, biwo, tribinal, prizon, baz, lameri, machin polis, machin lapolis, pos""",
    "a school": "lekol, inivesite, kolej, kles, klas, jadendanfan",
    "a crowd": "maket, magazen, legliz, mache, otel, lopital, otobis, tren, pak, plaj, pisin, restoran, klib, boutik",
    "a home": "kay, lakay, apatman, chanm, twalet, pot, fenet, lakou, garaj, twa, balkon, kizin, mezon",
    "a car": "machin, kamyon, moto, bis, bato, bisiklet, van",
    "a road": "lari, wout, otowout, pon, kwen, kafou, 95, kannal, twotwa, granri",
    "what will be": """
        m ap, map, mwen ap, mwen pral, m pral, mpral, m a, nou pral, nap, n ap, n pral, nou ap, y ap, yo pral, l ap,
        w ap, li pral, pral, ap, mwen vle, m vle, nou vle, m semante, m sere, mwen sere, mwen pwomet, m pwomet,
        pwomet, pare, gen pou, tann mwen, annou, an nou, ann al""",
    "what should be": "fok, fo, dwe, ta dwe, merite, se pou, sipoze, bezwen yon",
    "would": "ta, ka, kapab, ta renmen",
    "a condition": """
        si, le, depi, pwochen fwa, pwochen, premye, kote, jis, tank, oubyen, sinon, anko, jou, chak fwa, nenpot
        moun, moun ki, si w, si nou, si yo, pito""",
    "not": "pa, pap, p ap, janm, pesonn, okenn, san",
    "what was": "te, tap, t ap, te konn, fin, te gen",
    "a time gone by": """
        197*, 198*, 199*, 200*, 201*, ye, ye swa, semen pase, mwa pase, ane pase, lane pase, gen de, gen twa, gen
        yon semen, lontan, avan, toujou, poko, deja""",
    "now": "kounye a, kounye, koulye a, tale, vit, prese, san pedi tan, ijan, ijans, fenk, fek, depeche, la a",
    "a time to come": """
        demen, denmen, aswe a, aswe, pita, byento, lendi, madi, mekredi, jedi, vandredi, samdi, dimanch, midi,
        minwi, semen pwochen, nwel, yon jou, 24 e, e, jodi a, swa, soley leve""",
    "what another said": "te di, li di, yo di, di m, menase, te menase, te ekri, selon, te rele, chante",
    "a question": "?, eske, kisa, ki sa, ki le, kile, poukisa, kijan, kouman, kote m ka, ki kote, konbyen",
    "a request": """
        ak kiyes, kiyes, kiles, ki moun m, m bezwen, mwen bezwen, nou bezwen, nou ta renmen|vle, mwen ta renmen|vle,
        m ta renmen|vle, tanpri, silvouple, souple, eske nou ka, eske m ka, eske mwen ka, eske yon moun, kontakte,
        kontak, pale ak, jwenn, rele nou, ekri nou, imel""",
    "killing": """
        pran pitit w|ou, pral pran, fren machin, anba te, rach, fann tet, voye w jwenn, ale jwenn gran, pa p
        sispann, pap sispann jiskaske, rad nwa, dey, egzekite, touye*, tiye*, masakre*, ansasinen, sasinen,
        asasinen, fizye, tire, tire sou, koupe tet|goj|kou, pann, pandye, trangle, pwazonnen, anpwazonnen, desann,
        fini ak|avek, elimine, disparet ou|w|li|yo, antere, ba w|ou|li|l|yo yon|plon|bal, voye nan peyi, pete tet,
        kase kou, rache, dechire, chase yo|polisye, lachas, vyole, pran plon|bal, manje plon, mitraye, lense, egoje,
        degoje, fann""",
    "hurting": """
        kraze, bat, frape, kase, pete, blese, koupe, atake, chire, bay kou, ba w kou, baton, manchet, defigire, fe
        soufri, fe l peye, fe yo peye, fe w peye, peye, dechouke, masisi, rale, chifonnen, kokobe, vide""",
    "burning": """
        boule, mete dife, met dife, dife, gaz, gazolin, molotov, sann, alimet, limen dife, flanm, benyen gaz,
        kawotchou""",
    "a bomb": "bonm*, bomb, eksplozif*, eksploze, sote, grenad, dinamit, pete, fe l sote, pake, valiz",
    "a weapon": """
        zam*, fizi*, pistole*, kouto*, manchet*, bal, katouch*, plon, revolve, baton, kod, galil, zouti, woch, hach,
        mato, chaje, ame, 🔫, 🔪, pwazon, rasoir, jilet, lam""",
    "a gunshot": """
        kout zam, kout fizi, kout bal, tire, yap tire, y ap tire, tire bal, rafal, bal ap, yon bal, pran bal""",
    "the body": "tet, figi, kou, goj, janm, bra, zo, bouch, dan, zye, je, do, ke, vant, lang, sevel, zantray",
    "blood": "san, senyen, koule, lage, revolisyon, masak",
    "death": """
        mouri, mo, lanmo, kadav*, tonm, simitye, sekey, antere, anba te, lanteman, anteman, vivan, viv anko, lavi,
        peyi san chapo, lanfe, antewe, vev, ofelen""",
    "a last day": """
        p ap we fen, pap we fen, a p ap we, p ap janm, fen semen, denye jou|fwa|swa|nwit|aveti|priye, jou
        w|ou|nou|yo konte, konte, pa p|pap|p ap we, ou p ap, w pap, pap we, pap rive, p ap rive, pap soti, p ap
        soti, di orevwa, orevwa, adye, fini pou, leve vivan, pap tounen, pesonn p ap, demen anko""",
    "revenge": """
        vanje*, revanj, peye, regret*, fe w peye, san ak, dan pou dan, je pou je, se tou pa, tou pa w|nou|yo, pou sa
        w fe, pou sa yo fe, repann, regle, dwet, bliye, jistis, ak san""",
    "a warning": """
        veye, veye do, veye ko|kow, siveye, domi ak, yon je, je louvri, pran prekosyon, atansyon, aksidan konn,
        avetisman, aveti, m aveti, konnen m ap, lapriye, kache, kouri, san inifom, san ves, pou kont ou|li, lis, sou
        lis, bel ti|kay, pare ko, prepare, domaj si, gade deye, ou pral we, w ap we, nou pral we, n ap we""",
    "where somebody is": """
        a ki le, nan pakin, fini travay, kote w|ou|li|l|nou|yo rete|domi|abite|travay|ye|pase|pakin, kote ou|w|li,
        rete, adres, ki le w|ou|li, ki machin, ki lekol, kondwi, konnen kote|ki|ki kote|kay, konn kote|ki|ki
        kote|kay, m konn, nou konn, nou konnen, m konnen, swiv ou|w|li, m we w|ou, chak maten, chak jou, plak, wout
        ou, foto kay|pitit|fanmi, devan lekol, devan kay""",
    "who comes or waits": """
        tann, ap tann, vini, vin, ale, pral lakay, rann ou|w|li|l vizit, vizit, antre, ap vini, pote, al, ann al,
        jwenn, jwenn ak, chache, cheche, kenbe, bare, rive, monte, desann lakay, frape pot""",
    "a call to others": """
        an nou, annou, ann, ann al, leve kanpe, pran zam, fok nou, ale jwenn, se pou nou, mesye yo, kanpe, sanble,
        dechoukaj""",
    "a call for help": """
        ede m|mwen|nou|l|li|yo, ede, anmwe*, sekou*, tanpri, voye, vin vit, vini vit, rele 911|lapolis|anbilans,
        sove, sovem, vini, vit""",
    "the rescue": "911, anbilans, ponpye, sekou, ijans, lopital",
    "a body that fails": """
        respire, pa respire, pa ka respire, reveye, pa reveye, pap reveye, p ap reveye, reponn, pa reponn, pap
        reponn, endispoze, pedi konesans, konesans, kriz, kriz ke, fe kriz, toufe, vin ble, pa bouje, p ap bouje,
        pap bouje, mal nan ke, doule, ap akouche, akouche, tansyon, opresyon, vomi, dozaj, tranble""",
    "an injury": """
        sou do l, pa ka bouje, do l, pye l, tonbe sou, senyen, blese, tonbe, anpil san, frape, kase, boule, mode,
        kouche ate, ate, pran yon bal, pran bal, machin frape, kraze""",
    "a fire": "dife, pran dife, boule, lafimen, sant gaz, gaz, eksplozyon, fil kouran, kouran, flanm, fimen",
    "a crash": """
        aksidan, aksidan machin, chavire, kolizyon, frape, kouri ale, nan mi, sou do, devire, koule, sou kote, chofe""",
    "somebody trapped": """
        bloke, kole, femen, femen m, kache, mare, otaj, pa ka soti, pa kite m, pap kite m, prizonye, anba dekonb,
        anndan, inonde, dlo ap""",
    "an intruder": """
        kase pot, kraze pot, ap kase, ap antre, antre lakay, antre nan, eseye antre, eseye louvri, vole, ap vole,
        lakay mwen, lakay nou, nan lakou, nan fenet, frape pot, kase fenet, mask, atake kay""",
    "an attack": """
        ap bat, bat mwen, bat m, ap frape, ap goumen, goumen, ap tire, yap tire, y ap tire, ap touye, ap swiv, swiv
        mwen|m, menase m|mwen|l, ap kriye, ap rele, rele anmwe, ap trangle, vyole, ap vyole, rale, atake, kout
        kouto, ap menase, pwente, move""",
    "somebody taken": """
        mare, nan yon kamyon, nan yon machin, kidnape*, anleve, pran pitit, vole pitit, mete l nan machin, rale l,
        fose, otaj, pran l""",
    "somebody lost": """
        pedi, disparet, pa jwenn, pa ka jwenn, pa tounen, poko tounen, poko rantre, pa rantre, denye fwa, chapo,
        rad, chemiz, tet li pa bon, jwenn li, nou we l""",
    "drowning": "neye, nwaye, ap neye, ap nwaye, nan dlo, nan kannal, nan pisin, lanme, dlo",
    "his own death": """
        k ap sote, ap sote, sou pon, pral lage tet, bouke ak tout, pa vle viv, pa ka viv, vle mouri, anvi mouri,
        touye tet, pann tet, pandye tet, tire tet, fini ak lavi, fini ak tout, bouke ak lavi|viv, bouke viv,
        padonnen m|mwen, padon tout, adye, orevwa tout, pran swen pitit, san mwen, vle sote, pral sote, sote sou,
        swisid*, lage ko""",
    "pills": "grenn, pilil, renmed, konprime, bwe, pwazon, klowoks, dwog, medikaman, twop",
    "fear": "pe, mwen pe, m pe, krent, ap tranble, ap kriye, panike, laperez, pe anpil",
    "a reporter": """
        jounalis, repote, pwodikte, pwodiktris, korespondan, fotograf, kameraman, redakte, prezantate, animate, mwen
        se jounalis, nou se jounalis, travay pou, travay nan, ekip nouvel, jounalism, medya""",
    "a paper or station": """
        radyo, televizyon, jounal, nouvel, emisyon, chanel, kanal, podkas, magazin, floridien, pwogram, medya,
        dokimante, tv, stasyon radyo, lapres, ajans""",
    "a story": """
        atik, repotaj, istwa, pibliye, emisyon, difize, an direk, ap ekri yon, ap fe yon, ap prepare, kouveti, sije,
        edisyon, onde, sou onn""",
    "an interview": """
        entevyou, entevyouve, kesyon, pale ak, pale avek, envite, envite yon, patisipe, pale sou, sou kamera, reponn
        kesyon""",
    "a statement": """
        deklarasyon, komante, kominike, potpawol, pot pawol, konferans, konferans pou lapres, konferans lapres,
        lapres, konfime, biwo lapres, vesyon, enfomasyon sou, akreditasyon, detay""",
    "footage": "videyo, imaj, foto, anrejistreman, odyo, rapo, dosye, dokiman, kopi, sekans, kamera",
    "leave to use something": "pemisyon, itilize, sevi ak, sevi avek, dwa, kredi, pataje, otorizasyon",
    "a deadline": "anvan, dat limit, avan 4|5|6|midi, jodi a, demen maten, a 5|6|4, 6 e, 5 e, dele",
    "a laugh": "lol, haha*, 😂, 🤣, ri, blag, kk, kkk, komik, m ri",
    "a sport or game": "foutbol, jwet, match, ekip, gol, chanpyona, fim, chante, mizik, jwe, bal la, seri, kanaval",
    "thanks": """
        mesi*, felisitasyon, bondye, beni, bon travay, bel travay, bel bagay, respe, konpliman, kontan, bravo,
        kontinye, bon moun, renmen nou, fyete, ❤, 🙏, 👏""",
    "law and policy": """
        lwa, pwose, tribinal, plent, pote plent, jistis, prizon, arete, vote, eleksyon, dwa, lajan taks, bidje, pedi
        travay, pedi djob, revoke, demisyone, avoka, jije, kondane, anket, reklamasyon""",
    "criticism of the police": """
        vole, pa vo anyen, parese, kowonpi, koripsyon, rasis, mante, manti, wont, sanwont, lach, lache, pa bon, pa
        itil anyen, inkapab, abize, abi""",
    "services and events": """
        louvri, femen, le biwo, aplike, vin polisye, enskri, fom, tike, amand, bagay, travay, klas, fomasyon,
        evenman, legliz, sevis, papye, lisans, pwogram timoun, bri, trafik, aplikasyon""",
    "hope": "swete, espere, ta swete",
    "what was done": """
        te touye, yo te touye, te mouri, te vole, te bat, te tire, te boule, te antre, te kraze, pran inedtan, te
        rele, te frape, li mouri, te pran, mouri an""",
}

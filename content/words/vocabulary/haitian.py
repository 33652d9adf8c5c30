"""The turns of Haitian Creole, as the package says. Slurs and violence stand here because they must be recognised."""

from __future__ import annotations

from content.words.vocabulary.reading import read

HAITIAN = read(
    {
        "z": "mouri ri, mouri ak grangou|swaf, ap touye m, mouri pou yon, touye tan",
        "F": "lol, haha, foutbol, jwet, match, fim, ekip, chanpyona, blag, kous",
        "R": """
            san ou|w|li|l|yo|nou koule, veye zo|ko w|ou|nou, veye kow, fe san ou|w|yo, jwenn kadav ou, pa
            dòmi|domi aswe a,
            jou w|ou|nou|l|yo konte, jou yo konte, jou w yo konte, lanmo pou, veye do w|ou|nou, siveye do w,
            di fanmi w|ou|nou orevwa|adye, di orevwa, ak san w|ou|nou|yo, san ap|pral koule, san gen?
            pou|pral|ap koule, w|ou ap|pral mouri, pap rive lakay, p ap rive lakay, nou ap|pral mouri,
            pa|pap we demen|soley|denmen, peye sa? ak lavi|san, ou|w se yon? mo|kadav, kadav w|ou|nou, ou pral
            we, sa m ap fe, sekey w|ou|nou, prepare sekey|simitye, pap viv anko|demen, ap jwenn kadav""",
        "I": "mwen, m, mw, nou, n, m te, mwen menm",
        "IG": """
            m ap, map, mwen ap, mwen pral, m pral, mpral, m a, ma, nou pral, n ap, nap, n pral, nou ap, m gen
            pou, mwen gen pou, mwen vle, m vle, nou vle, fok nou|n|m|yon|yo, fo n|nou|m|yo, annou, an n, se
            pou nou|yo|n|w, ta renmen, se pou yon moun, mwen ta
        """,
        "VY": "ba w|ou|li|l|yo|nou yon? bal|kout|kouto|manchet",
        "V": """
            touye, tiye, masakre, koupe tet|goj|kou|figi, ansasinen, fizye, vyole, trangle, pann, pandye, tire
            sou, tire, lense, ba yon? bal|kout|kouto, mete bal|yon bal, desann, fini avek|ak, sasinen,
            pwazonnen, senyen, vire tet, rache tet|zye
        """,
        "v": """
            kraze tet|figi|bouch|janm|pye|zo, kraze, bat, detwi, pete tet|zye|figi, kase
            tet|kou|pye|janm|bra|ren, blese, frape, rache, koupe, fe soufri|peye|kriye, vin
            cheche|jwenn|pran|chache, chache
        """,
        "b": "atake, anvayi",
        "f": "boule, mete dife, mete yon bonm|dife, mete bonm, bonbade, lage bonm|dife, sote, bay dife",
        "Y": "ou, w, li, l, yo, nou, ou menm, sou ou|w|li|yo|nou, tout nou",
        "m": "mwen, m",
        "N": "yon moun, nenpot moun, mari, vwazen, neg, mennaj, ansyen, moun",
        "K": "pitit, fanmi, madanm, manman, fre, se ou, timoun",
        "P": "polisye, polis, lapolis, chef, ofisye, ajan, sejan, jij, majistra, kochon, dirijan",
        "L": "estasyon, komisarya, biwo, kay, machin, lekol, baz, tribinal",
        "W": "zam, fizi, pistole, kouto, manchet, bonm, bal, gaz, revolve",
        "D": "mouri, mo, tonbe",
        "G": "pral, ap, gen pou, merite, ta dwe, dwe",
        "C": "si, le, depi, pwochen fwa, premye, kote",
        "X": "pa, pap, janm, pesonn, sispann, pa janm, okenn",
        "Q": "di, te di, di m, menase, menase m, rele, ekri, te menase",
        "O": "konnen, konn, jwenn, gen, m konnen, n konnen, swiv, ap swiv",
        "A": """
            kote pitit|madanm|fanmi|manman|timoun ou|w|li|yo,
            kote w|ou|li|l|yo|nou rete|domi|abite|travay|ye|pase, ki kote w|ou|li|yo
            rete|domi|abite|travay|ye, ki kote w|ou, lekol pitit, adres ou|w|li|yo, adres, ki le w|ou|li
            soti|antre|desann, wout ou|w
        """,
        "M": "tann, ap tann, vini, ap vini, pote, vin, paret",
        "o": "deyo, deyo a, nan fenwa, san inifom, nan lari, pou kont ou|w, aswe a, lannwit",
        "r": "peye, regret, regrete",
    }
)

"""The turns of Spanish, as the package says. Slurs and violence stand here because they must be recognised."""

from __future__ import annotations

from content.words.vocabulary.reading import read, with_whom_behind

_WRITTEN = read(
    {
        "z": """
            romperla, partirla, pegarla, matarlo a besos|abrazos, quemar grasa,
            al|el|la|los que lo|la|los? mato, que|quien|cuando|donde|como|ya|policia|gobierno
            me|te|lo|la|los|las|se? mato, mato a
            un|una|mi|su|nuestro, pegarle|pegarte|pegar un grito|susto|abrazo,
            me muero de, muero por, muerto|muerta|muertos de, matar el tiempo|hambre|antojo|gallo, mataria|matar
            por un|una, tiro libre, tiro al agua|blanco|aire, tiro con arco,
            a tiro de, de un tiro, me mata de|la, me esta matando, bala perdida, como bala, a prueba de, la
            bomba, que bomba, bombazo, quemar calorias|llanta, quema de, romper el hielo|record,
            en la corte|juzgado, nos vemos en, matar dos pajaros, cortar el pasto|cesped|pelo, pena de muerte,
            se me murio, disparen camisetas|esas|las camisetas
        """,
        "F": """
            jaja, jajaja, jajajaja, jeje, lol, partido, softbol, beisbol, futbol, torneo, juego, carrera,
            pelicula, cancion, simulacro, entrenamiento, golazo, equipo, campeonato
        """,
        "R": """
            voy|vamos por ti|usted|ustedes, no vas|va|van a llegar a viejo|viejos|casa|manana,
            los? accidentes pasan, tengo|tenemos|tienen
            ubicado|ubicada|ubicados|vigilado|vigilados|fichado|fichados, hacer|hago|hacemos
            pedazos|picadillo|mierda a|te|los, cuida|cuide|cuiden a? tus|sus|tu|su
            hijos|hijas|hija|hijo|familia|esposa oficial|sargento|jefe|policia|comisario|porque|los,
            en pedacitos, pan de muerto, ultimo dia|aviso|respiro, el proximo muerto|eres|seras|va, va a? haber
            muertos|plomo|sangre, con la vida, con las patas por, a tu|su|sus familia|hijos tambien,
            se lleva un|una plomazo|balazo|tiro|bala|machetazo|punalada, los mato a todos, los mato yo, lo mato yo,
            cuida|cuidate|cuidense|cuidese|cuidarse la|las|tu|su espalda|espaldas, dias estan? contados,
            tiene|tienes|tienen los dias contados, despidete|despidanse|despidase de tu|su|sus|tus
            familia|hijos|esposa|vida,
            muerte a, muerto|muertos en vida, hombre muerto, a|por? plomo, va|van a correr sangre, correra
            sangre, va a haber sangre|muertos, con tu|su|propia? sangre|vida, con sangre, ojo por ojo, no te vas
            a salvar, nadie te va a salvar,
            no va|van a quedar ni? uno|nadie vivo|vivos|en, ni uno vivo, amanecer muerto|muerta|muertos|en,
            aparecer muerto|muerta|en un|una, te|los|lo quiero ver muerto|muertos, quiero ver muerto|muertos, un
            balazo con tu,
            no vas|van|va a llegar vivo|vivos|a, no vas|van a ver el|la, avisados estan|quedan, ya te
            avise|advertimos, dale|denle plomo|piso|chicharron, tiene|tienes precio tu|su cabeza, precio por
            tu|su cabeza, reza|recen lo que sepas, prepara|preparen tu|su|sus|el funeral|ataud|ataudes|caja,
            bajo tierra, tres metros bajo, en una bolsa negra, a bala|balazos|machetazos|tiros|plomazos|pedradas
            limpia?, los|te|lo vamos a desaparecer, se muere|mueren todos|hoy|esta, van|vas|va a
            morir|morirse|morirte
        """,
        "I": "yo, nosotros, juro que, te juro, les juro",
        "IG": """
            voy a, vamos a, vamos, quiero, queremos, hay que, tenemos|tengo que, voy por, deberiamos,
            empezamos|empiezo|comenzamos|empezaremos a, debemos,
            pienso, pensamos, me dan ganas de, tengo ganas de, podria, quisiera, alguien tiene|deberia que?,
            alguien que, deberian, toca, ganas de
        """,
        "IV": """
            mato, matare, mataremos, matamos, reviento, reventamos, degollo, descuartizo, lincho, linchamos,
            ahorco, acuchillo, acribillo, quiebro, tumbo, pego|pegamos|meto|metemos|doy|damos|echo un?
            tiro|balazo|plomo|plomazo|navajazo|machetazo|bala|balazos|tiros, disparo, disparamos, asesino yo
        """,
        "If": "prendo|prendemos fuego, incendio, incendiamos",
        "Iv": """
            rompo, rompemos, quemo, quemare, quemamos, parto, partimos, golpeo, atropello, ahogo, corto,
            arranco, lleno de plomo|balas|agujeros
        """,
        "V": """
            dejar tieso|tiesos|seco|frio|muerto|muertos, sacar los|las|el|la ojos|tripas|corazon|higado,
            matar, asesinar, linchar, degollar, acribillar, descuartizar, violar, ahorcar, colgar, disparar,
            disparar a|le, apunalar, acuchillar, ejecutar, reventar, envenenar, desaparecer, fusilar,
            meter|pegar|dar|metan|peguen|den un|una|unos tiro|balazo|bala|plomazo|cuchillada|balazos|tiros,
            meter|pegar|dar plomo, llenar de plomo|balas, cortar el|la|las|los
            cuello|cabeza|garganta|manos|huevos, volar la|los cabeza|sesos|tapa, quitar la vida, quebrar,
            tumbar, bajar a? tiros|plomo, mandar al|pal otro|hoyo|cementerio|infierno, prender fuego, quemar
            vivo|vivos|viva, arrancar la|las|los cabeza|lengua|ojos, echar acido
        """,
        "VY": """
            darle|darles|darte piso|plomo|gas|cuello,
            pegarle|meterle|darle|pegarles|meterles un tiro|balazo|plomazo, pegarte|meterte un tiro|balazo,
            dispararle, dispararles, dispararte, acabarlos, cortarle el|la, cortarte el|la, volarte la|los,
            partirte la|el, romperte la|el|los, violarte, desaparecerte, asesinarte, asesinarlos
        """,
        "!V": """
            maten, matenlos, matenlo, linchenlo, linchenlos, disparenle, disparenles, quemenlos, cuelguenlos,
            cuelguen, fusilenlos, fusilen, acribillenlos
        """,
        "b": "quemar, atropellar, golpear, partir, romper, arrollar, acabar con, destruir, hacer pedazos",
        "v": """
            rajar, pegar, dar una paliza, madrear, atacar, emboscar, cazar, esperar afuera|con, hacer
            pagar|sufrir, caer a palos|golpes
        """,
        "f": "bombardear, incendiar, prender fuego a?, poner una bomba, poner bomba, volar, tirar una? bomba|molotov",
        "Y": """
            te, ti, tu, usted, ustedes, vos, os, tus, ese|esa|esos|esas
            perro|perra|perros|cerdo|cerdos|puerco|puercos|maldito|malditos|hijo|hijos|marrano|marranos|tipo
        """,
        "k": "los, lo, las, la, les, le",
        "m": "me, nos, mi, mis, nuestro, nuestra",
        "N": """
            alguien, hombre, mujer, vecino, vecina, ex, novio, esposo, marido, el, ella, ellos, papa,
            padrastro, tipo, estudiante, companero, mi ex, uno de ustedes, el que
        """,
        "K": "hijos, hijo, hija, familia, esposa, madre, hermano, hermana, mama",
        "P": """
            policia, policias, oficial, oficiales, sargento, jefe, comisario, agente, agentes, chota, tira,
            puerco, puercos, cerdo, cerdos, marrano, marranos, patrullero, patrulleros, sheriff, jura,
            capitan, detective, juez, alcalde, fiscal
        """,
        "L": """
            estacion, comisaria, cuartel, casa, edificio, patrulla, patrullas, escuela, corte, carro, carros,
            alcaldia, desfile, delegacion, oficina
        """,
        "W": """
            fierro, cuete,
            pistola, pistolas, arma, armas, rifle, cuchillo, machete, bomba, bala, balas, plomo, escopeta,
            cuerno, gasolina, navaja, molotov, granada, bate
        """,
        "B": "cabeza, cuello, cara, hocico, garganta, piernas, huesos, sesos, boca",
        "D": """
            morir, muerto, muertos, muerta, mueren, muere, sangrar, caer, morirse, morirte, pagarla, pagarlas,
            matado
        """,
        "G": "va a, van a, vas a, merece, merecen, deberia, deberian, tiene que, tienen que",
        "r": """
            arrepentir, arrepentirte, arrepentiras, arrepentiran, las vas|van a pagar, te vas a arrepentir, se
            van a arrepentir
        """,
        "C": "si, cuando, donde, la proxima, el que, el primero, al que, como, hasta que, o",
        "X": "no, nunca, jamas, nadie, dejen de, deja de, sin, ni, tampoco, contra",
        "Q": """
            dijo, dice, dijeron, dicen, amenazo, amenaza, amenazando, amenazaron, grito, gritando, escribio,
            publico, diciendo, mando un mensaje
        """,
        "O": """
            se, sabemos, conozco, conocemos, tenemos, tengo, ya se, ya sabemos, encontre, averigue, seguimos,
            siguiendo
        """,
        "A": """
            foto|fotos|video de tu|tus|su|sus hija|hijo|hijos|casa|familia|esposa|mujer,
            donde vives|viven|vive|duermes|duermen|trabaja|trabajas|estudia|estudian|paras|parquea, a que hora
            sales|salen|sale|llegas|entra, direccion, escuela van|va, que escuela, ruta, horario, placa
        """,
        "M": "esperar, esperando, espero, llevo, traigo, ir, voy con, llevar, vengo, estamos esperando",
        "o": """
            solo, sola, solos, sin uniforme, sin placa, sin pistola, sin chaleco, afuera, de civil, fuera de
            servicio, encuentre, agarre
        """,
    }
)
SPANISH = with_whom_behind(_WRITTEN, "Vvbf", "te los las lo la les le nos")

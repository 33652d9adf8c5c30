"""The kinds of words of Spanish by which a text is weighed, written as `kinds_english` has those of English."""

from __future__ import annotations

KINDS = {
    "a way of speaking": """
        presion con, me dispararon la presion, cae|caer auditoria|multa, dispararon los, me esta|estan? matando, me
        mata|matan, me va|van a matar si|cuando|por, mama|esposa|mujer|jefe me va a matar, matar el tiempo|hambre,
        mataria|matar por un|una, me muero de|por, muero de la? risa, muerto|muerta|muertos de
        risa|hambre|cansancio|calor|sueno|miedo, que bomba, estuvo|esta|es bomba, pasarla bomba, la bomba, a prueba
        de, tiro de gracia a, tiro libre, ni a tiros, a tiro de, salio|sale el tiro, tirar la toalla, romper el
        hielo|record, quemar calorias|llanta, se quema las pestanas, calor de muerte, pena de muerte|capital, en la
        corte|tribunal|juzgado, a muerte, mala|buena muerte, de mala muerte, romperla, pegar un|unos
        grito|gritos|susto|abrazo, se mueren|muere|muero por, dispararon|disparo el|los precio|precios,
        salvo|salvaron|salvaste la vida, dos pajaros, le dio duro, darle duro, como bala, bala perdida,
        echar|echando bala, disparar fotos, disparate, estan que arden, rueda de prensa, dispararon los precios,
        golpe de estado|suerte, de golpe, matar la idea|propuesta, maten el programa|la""",
    "i": "yo, nosotros, voy, vamos, nos, juro",
    "me": "me, mi, mis",
    "you": """
        te, tu, tus, ti, usted, ustedes, vos, os, contigo, le, les, su, sus, los, lo, la, las, vas, perro, perros,
        maldito, malditos, desgraciado*, cabron*, hijo de, hijos de, hijueputa*, rata, ratas""",
    "they": "el, ella, ellos, ellas, ese, esa, esos, esas, este, aquel, ese tipo|hombre|perro|maldito|desgraciado",
    "somebody": """
        alguien, hombre, hombres, tipo, tipos, mujer, senor, senora, muchacho*, muchacha*, persona, personas, gente,
        vecino*, vecina*, un|una muchacho|muchacha|chico|joven|desconocido, sujeto*, chico, joven, amigo*, amiga*,
        desconocido*, borracho""",
    "everybody": "todos, todas, cada uno, uno por uno, uno a uno, todo el mundo",
    "nobody": "nadie, ninguno, ni uno, ni un",
    "family": """
        esposa, esposo, marido, hija, hijas, hijos, madre, padre, hermano*, hermana*, familia*, abuela, abuelo,
        mama, papa, novia, novio, primo*, prima, tio, tia, sobrino*, sobrina*, exesposo, mi ex, mujer, padrastro,
        suegra, mi hijo""",
    "a child": "bebe, nino, nina, ninos, ninas, hijo, menor, anos, meses, criatura, chiquito, chiquita",
    "the police": """
        policia*, oficial*, sargento*, jefe, comisario, agente*, chota, tira, tombo*, paco, pacos, puerco*, cerdo*,
        marrano*, patrullero*, sheriff, jura, capitan*, detective*, teniente*, uniformado*, uniforme, placa, polis,
        poli, cuico*, gendarme*, botas, azules, perjuros, guardia*, operativo""",
    "an office": """
        juez*, jueza, alcalde*, fiscal, gobernador*, politico*, testigo*, jurado, maestro*, maestra, profesor*,
        director*, sapo, sapa, soplon*, chivato*, chiva, chismos*, delator*, abogado*, secretaria, periodista de
        mierda, traidor*, dueno""",
    "a station": """
        estacion, comisaria, cuartel, jefatura, delegacion, alcaldia, ayuntamiento, patrulla*, corte, juzgado*,
        tribunal, desfile, reten, oficina, oficinas, carcel, academia, precinto, edificio, departamento de, el de la
        puerta, funeral, marcha""",
    "a school": """
        escuela*, colegio*, secundaria, prepa, preparatoria, universidad, liceo, instituto, salon, aula, guarderia,
        kinder""",
    "a crowd": """
        mall, centro comercial, iglesia, mezquita, sinagoga, concierto, estadio, mercado, tienda, supermercado,
        gasolinera, bar, discoteca, hotel, hospital, bus, tren, metro, parque, playa, piscina, restaurante, banco,
        farmacia, estacionamiento""",
    "a home": """
        casa, casas, apartamento*, cuarto, bano, habitacion, closet, garaje, patio, puerta, ventana, balcon, techo,
        cocina, sala, escalera*, condominio, edificio, piso, departamento, trailer""",
    "a car": """
        carro*, auto, autos, camioneta*, moto, motocicleta, camion, van, vehiculo*, lancha, bote, bicicleta, coche""",
    "a road": """
        calle*, carretera, autopista, avenida, esquina, puente, semaforo, acera, interseccion, palmetto, 95, 836,
        salida, canal, paradero, parada, cuneta, zanja, via""",
    "what will be": """
        voy a, vamos a, va a, van a, vas a, ire, iremos, pienso, pensamos, quiero, queremos, ganas de, te voy, los
        voy, lo voy, le voy, la voy, los vamos, le vamos, lo vamos, la vamos, les vamos, te vamos, juro, te lo juro,
        prometo, sera, seran, veran, veras, toca, listo para, listos para, empiezo a, empezamos a, voy, vamos, ya
        voy, mando, doy, meto, pego, caigo""",
    "what should be": """
        hay que, hay q, deberia*, deberian, debe*, tiene que, tienen que, merece*, alguien que, que alguien, toca,
        hace falta, necesita*, habria que, ojala alguien, quien se, se lo busca|busco|buscan""",
    "would": "podria*, puede*, quisiera, gustaria, podrian, pueden",
    "a condition": """
        si, cuando, el que, al que, la proxima, proxima vez, proximo, o si no, hasta que, donde, el dia que, el
        primero que, otra vez, vuelve a, vuelven a, sigan, sigue, siga, un dia, como, atrevete, toquen, toca a,
        tocar a, mas vale, si no""",
    "not": "no, nunca, jamas, ni, tampoco, sin, nadie",
    "what was": """
        fue, fueron, era, estaba, habia, tuvo, hizo, dijo, llego, llegaron, tardaron, llame, paso, vi, vino, dieron,
        dispararon, disparo primero, mato, mataron, hirieron, robaron, quemaron, salio, ganaron, gano, dejaron,
        quedo, perdio""",
    "a time gone by": """
        197*, 198*, 199*, 200*, 201*, ayer, anoche, la semana pasada, el mes|ano pasado, hace
        un|una|dos|tres|anos|meses|dias|semanas|mucho, en 20*, antes, desde hace, ya paso, aniversario, siempre,
        pasado, todavia, cada noche|fin""",
    "now": """
        ahora, ahorita, ahora mismo, ya, rapido, urgente, urgentemente, apurense, acaba*, acaban de, acaba de, en
        este momento, minutos, emergencia""",
    "a time to come": """
        esta noche, manana, hoy, pronto, lunes, martes, miercoles, jueves, viernes, sabado, domingo, fin de semana,
        medianoche, mediodia, un dia de estos, cualquier dia, algun dia, navidad, ano nuevo, horas, madrugada, la
        noche, ya veran, ya veras, veremos, esperen, esperate""",
    "what another said": """
        dijo, dice, dijeron, dicen, amenazo, amenaza*, grito, gritaron, escribio, segun, publico que, supuesto*,
        cuentan, contaron, gritaban, cancion, letra""",
    "a question": "?, que hago, como, cuando, donde, por que, cual, cuanto, quien, es legal, hay que, puedo",
    "a request": """
        con quien, quien es, quien me, pueden, podrian, puede alguien, podria alguien, alguien me puede, nos
        dan|pueden|gustaria, me gustaria, quisiera*, quisieramos, necesito, necesitamos, por favor, favor de,
        solicito, solicitamos, solicitar, busco, buscamos, me comunican|comunico, contacto, contactar*, comunicar*,
        correo, telefono, disponible, hablar con, a donde, les escribo|escribimos, le escribo""",
    "killing": """
        saco los ojos, te saco, sale en bolsa|caja, salir en bolsa|caja, silla de ruedas, no llega a, no llegas a,
        no llegan a, fallan los frenos, frenos fallan, frenos, corto la|las|los, te corto, caceria, amarrar*, a
        punta de bombas|plomo|pistola|bala, la proxima bala, dejar en silla|muletas, me lo|los|la cargo, cargar
        a|los|las, se los va a cargar, los cargo, me cargo, llenar de agujeros|plomo|balas, agujero*, agujere*,
        llevar a varios|unos|algunos, llevarme a varios|unos|algunos, encargarme de, me encargo de, no vuelva a
        caminar|ver|hablar|respirar, volar los sesos, hacer falta, flores, desollar, despellejar, lapidar,
        crucificar, al paredon, paredon, poner a dormir, borrar del mapa, matar*, mata, mato, maten*, matalo*,
        matemos, asesin*, linch*, degoll*, acribill*, descuartiz*, ahorc*, cuelg*, colgar*, cuelguen*, fusil*,
        apunal*, acuchill*, ejecut*, revent*, envenen*, desaparec*, desaparecer*, dispar*, balear*, baleen, dar de
        baja, dar piso|plomo|bala, de|da|den piso|plomo|cuello, quebrar*, tumbar*, echar*, cazar*, cazamos, cacemos,
        violar*, estrangul*, decapit*, exterminar*, eliminar*, acabar con, acabo con, acabarlos, entierro,
        enterrar*, enterramos, quitar la vida, pegar un|unos|una, pego|pegamos un|una|dos,
        meto|meter|metemos|metemosle|metan|pongan un|una|dos|plomo, coladera, picar*, pico, pedacitos, pedazos,
        trocear, mandar al|pa, despach*, quemar vivo|vivos|viva, arroll*, llevar por delante, me lo echo, me los
        echo, pasar por las armas, caer a tiros|balazos|plomo, recibimos|recibo|reciben a tiros|balazos|plomo,
        atropell*, dejar tieso|seco|frio|frito, se muere|mueren|muera, te mueres, se mueren, se van a morir, vas a
        morir, van a morir""",
    "hurting": """
        golpear*, golpeo, golpiza, pegar*, pegarle*, romper*, rompo, partir*, parto, reventar*, batazo*, patada*,
        palo, palos, puno*, punetazo*, madrear*, madriza, cortar*, corto, arranc*, sacar los|la|las|el, rajar*,
        rajo, ahogar*, atacar*, atacamos, emboscar*, emboscada, machetazo*, pinchar*, dar una|un, darle una|su,
        darles, paliza, torturar*, agarrar*, agarro, agarre, caer a, caigo a, le caigo, les caigo, le caemos,
        caerle, hacer dano, hacer pagar, hacer sufrir, moler*, tabla, dar tabla""",
    "burning": """
        quem*, prender fuego, prendo fuego, prenderle*, prendan fuego, prendemos, fuego, incendiar*, incendi*, arde,
        arder*, ardan, gasolina, molotov*, cerillo*, fosforo*, cenizas, candela, encender, llamas, hoguera""",
    "a bomb": """
        bomba*, explosiv*, explotar*, explota, explote, exploten, estalla*, estallar*, volar*, vuelo, vuela, vuelen,
        dinamita, granada*, detona*, paquete, mochila, artefacto, por los aires""",
    "a weapon": """
        pistola*, arma, armas, armado*, rifle*, cuchillo*, machete*, bala, balas, balazo*, plomo, plomazo*,
        escopeta*, navaja*, bate, granada, fierro, cuete, cuerno, metralleta, fusil, municion*, cargador, cargada,
        cargado, soga, cuerda, hacha, martillo, tubo, piedra*, punal, revolver, r15, ar15, ak47, ak, glock, chaleco,
        acido, veneno, 🔫, 🔪, 💣""",
    "a gunshot": """
        tiro*, disparo*, balacera, tiroteo*, balazos, tirador, pistolero, disparando, baleado, balearon, plomera,
        detonaciones""",
    "the body": """
        cabeza*, cuello, cara, hocico, garganta, piernas, huesos, sesos, boca, dientes, ojos, pecho, frente, lengua,
        espalda, tripas, corazon, rodilla*, pescuezo, nuca, craneo""",
    "blood": "sangre, sangr*, derramar*, rios de, guerra, masacre, matanza, revolucion",
    "death": """
        muerto*, muerta*, muerte*, morir*, muere*, mueren, muera*, mueran, mueres, murio, tumba, entierro, ataud*,
        caja, cajon, cementerio, panteon, cadaver*, funeral*, velorio, velar, bajo tierra, metros bajo, hoyo, fosa,
        zanja, bolsa negra, bolsa, infierno, vida, vivo, vivos, viva, respirar mas, viuda, huerfan*, sin vida,
        moscas, sepultura, sepultar*, ultimo suspiro, tres metros""",
    "a last day": """
        ultimo dia|aviso|suspiro, ultima vez|noche|advertencia|navidad, dias contados, pocos dias, dias de vida, te
        quedan, les quedan, le quedan, quedan pocos|dos|unas, despidete, despidanse, despidase, no van a ver|llegar,
        no vas a ver|llegar, no va a ver|llegar, amanecer, amanece, amanezca*, llegar a viejo, llegar
        vivo|vivos|viva, salir vivo|vivos|viva, sale vivo, contados, se acabo, se les acabo, se te acabo, hasta
        aqui, amanecera, regresar a casa, volver a casa, nadie sale, no sale nadie, aparecer, aparezca*, aparecera*,
        rodar*, navidad""",
    "revenge": """
        venganza, vengar*, me las vas|van, la pagas, las vas|van a pagar, pagar*, pagan, pagaras, pagara*, paga,
        arrepentir*, arrepent*, ojo por ojo, diente por diente, les toca, le toca, te toca, ahora le|les|te|nos, nos
        toca, cobrar*, ajuste, cuentas, lamentar*, mi primo, mi hermano, mi hijo, uno de ustedes, uno de los suyos,
        con la vida, con sangre, sabran, sabras, van a saber, no se olvida, no olvidamos, se arrepentiran""",
    "a warning": """
        mientras pueda|puedas|puedan, disfrute a|de, disfruta a|de, se van a acordar, te vas a acordar, se va a
        acordar, llevo regalo|sorpresa, q se cuide, que se cuide, se cuide, se cuiden, preparate, proximas son,
        preparense cerdos, salude a, saludos a su|tu, disfruta*, disfrute*, un paso mas, atrevanse, cuidate*,
        cuidese*, cuidense, cuida*, cuide*, cuiden, la espalda, tu espalda, su espalda, un ojo abierto, ojo abierto,
        duerme*, duerman, dormir tranquilo|tranquila|tranquilos, mirate, mire por, accidente*, algo a, pasar algo,
        pase algo, puede pasar, seria una lastima|pena, que lastima, lastima si, usted decide, tu decides, sin
        uniforme, sin chaleco, sin placa, solo, sola, solos, de civil, fuera de servicio, afuera, advertid*,
        avisad*, aviso, advierto, te aviso, les aviso, reza*, recen, rezar, corre, corran, escondete, escondanse,
        nadie se sorprenda, no se sorprendan, preparense, prepare*, ya sabes, ya saben, bonito, bonita, linda,
        dolares al, recompensa, precio, por tu cabeza, lista, en mi lista, en la mira, bala con, tu nombre, su
        nombre, si son hombres, los espero, te espero, lo espero, maldito*, por mi madre""",
    "where somebody is": """
        donde vive, donde vives, donde viven, donde trabaja|trabajas|trabajan, donde duerme|duermes|duermen, donde
        estudia|estudian, donde paras, donde parquea|parqueas|parquean, que hora sale|sales|salen, a que hora, que
        escuela, direccion, domicilio, la direccion, tu casa, su casa, sus casas, placa de, ruta, horario, se donde,
        sabemos donde, sabemos a|que|quien|cuando, se a|que|quien, ya sabemos, te conozco, te tengo, te tenemos, los
        tenemos, te sigo, te estoy, siguiendo, siguiendote, vigil*, ubicad*, fichad*, te vi, te vimos, de tu|su
        hija|hijo|esposa|casa|familia, gimnasio, todos los dias, cada manana, calle donde, apartamento, vive en""",
    "who comes or waits": """
        esperar*, espero, esperando*, esperamos, afuera, voy pa, voy para, vamos pa, voy con, vengo, llego,
        llegamos, llevo, traigo, llevar, visita, visitar*, caer en, caemos, caer, le vamos a caer, caerle, entro,
        entrar*, entramos, encontrar*, encuentro, encuentre, busco, buscar*, buscarte, atrapar*, agarr*, paso por,
        pasar por, seguir*, cazar, toco|tocar la|tu|su, ir a, ire, en camino""",
    "a call to others": """
        quien se apunta, quien va, vamos todos, juntemonos, levantense, armense, a las armas, alguien que, salgan,
        pongan, busquenlo*, vayan, quien se, compartan""",
    "a call for help": """
        ayuda*, ayudenme*, ayudeme, auxilio, socorro, manden*, mande*, envien, vengan, venga, por favor, rescat*,
        salven*, llamen*, llama a|al, alguien que, alguien puede, necesito ayuda, necesitamos ayuda, urgente,
        apurense, sos""",
    "the rescue": "911, ambulancia*, paramedico*, bombero*, emergencias, rescate, patrulla",
    "a body that fails": """
        no llora, infarto, se asfixia, no tiene pulso, semiinconsciente, se esta poniendo, respira*, respirar, no
        respira, despierta, no despierta, reacciona*, desmay*, inconsciente*, convuls*, ataque al corazon, derrame,
        dolor en el pecho, pecho, se ahoga, atragant*, morado, morada, azul, pulso, sobredosis, desplom*, se puso,
        contesta, no contesta, mareada, mareado*, alergi*, parto, dar a luz, contracciones, asma, espuma, rompio
        fuente, presion, no se mueve, no responde, vomit*, diabetic*""",
    "an injury": """
        sangrando, desangr*, herid*, se cayo, cayo, caido, apunalado, apunalaron, apunalada, le dieron, golpeado,
        atropellad*, atropellaron, atropello, tirado*, tirada, en el suelo, en el piso, quemado, fractur*, mordio,
        mordido, mucha sangre, electrocut*, le cayo""",
    "a fire": """
        exploto, explotado, quemados, quemadas, tanque de gas, cilindro, inundando*, inundacion, incendio*, fuego,
        llamas, humo, se quema, quemando*, se esta quemando, huele*, olor, gas, fuga, explosion, cable*, chispas,
        cortocircuito, humareda""",
    "a crash": """
        choque*, chocaron, choco, accidente*, volco, volcado, volcad*, se volteo, volteado, contra via, contravia,
        sentido contrario, manejando, borracho, colision, se salio, se hundio, hundiendo, estrell*, se dio a la
        fuga, triple""",
    "somebody trapped": """
        atrapad*, encerrad*, escondid*, me escondi, secuestrad*, rehen*, no me deja, no nos deja, no me dejan, no
        puedo salir, atorad*, bajo el agua, inundad*, amarrad*, prensad*, no podemos salir, encerro""",
    "an intruder": """
        dentro de mi, alguien dentro, alguien adentro, debajo de la cama, hay alguien en, encapuchados, se metio,
        metiendo*, se metieron, estan entrando, entrando, entraron, intentando entrar, tratando de entrar, tratan
        de, forzando, forz*, rompiendo, rompieron, ladron*, ratero*, robando*, asalt*, en mi casa, a mi casa, en la
        casa, en mi patio, en mi ventana, en mi puerta, tumbando, tocando la puerta, golpeando la, encapuchad*,
        enmascarad*, saltaron, saqueando, brinc*""",
    "an attack": """
        pegando*, golpeando*, atacando*, disparando*, apunalando, peleando*, pelea, rina, ahorcando, amenazando*,
        apuntando, persiguiendo*, siguiendo*, me sigue|siguen, me esta|estan, me quiere matar, me va a matar, la va
        a matar, lo va a matar, va a matar a, matando a, gritos, gritando, grita*, violando, abusando, abus*,
        forcejeando, violencia, le pega|pegan, me pega|pegan, me pego, arrastrando, jalando, agrediendo, drogado,
        motin, disturbio""",
    "somebody taken": """
        cajuela, maletero, a golpes, subieron a un|una, secuestr*, raptaron, rapto, se llevaron, se llevo, se la
        llevo, se lo llevo, llevaron, subieron a, metieron a|en un, a la fuerza, no me la devuelve, trata de
        personas""",
    "somebody lost": """
        desaparec*, perdid*, no encuentro, no encontramos, no aparece, se perdio, no ha llegado|regresado|vuelto, no
        llego, no regreso, no regresa, se fue de, se salio de, alzheimer, demencia, autista, autismo, lo han visto,
        la han visto, alguien lo|la, vestia, vestido, camisa, ultima vez""",
    "drowning": "ahogando*, ahogo, ahoga, ahogad*, se ahoga, corriente, mar, en el agua, piscina, alberca, rio, lago",
    "his own death": """
        se tira, se lanza, se avienta, se despide, se va a tirar, no aguanto mas, escribi la carta, carta, no le veo
        sentido, ya no aguanto, desaparecer para siempre, suicid*, matarme, quitarme la, quitarse la, me mato, me
        voy a matar, ya no quiero, no quiero vivir|seguir, no quiero mas, no puedo mas, quiero morir|morirme,
        morirme, acabar con todo|mi, terminar con todo|mi, ahorcarme, colgarme, tirarme, se quiere
        tirar|matar|lanzar|aventar, se va a tirar|lanzar|matar|aventar, me tiro, lanzar*, aventar*, perdonenme,
        perdoneme, perdonen*, adios a|mundo|para, adios, me despido, cuiden a|de mi, cuida|cuidan a|de mi, sin mi,
        nadie me, cansado|cansada de vivir|todo|la, mi vida no, no tiene sentido, cortarme, las venas, carta de
        despedida, ultima noche""",
    "pills": "pastilla*, frasco, se tomo, me tome, veneno, cloro, fentanilo, sobredosis, medicina*, se trago",
    "fear": "miedo, asustad*, aterrad*, panico, temo, llorando, desesperad*, terror, tengo miedo, nerviosa",
    "a reporter": """
        periodista*, reportero*, reportera*, productor*, corresponsal*, camarograf*, fotografo*, fotoperiodista*,
        editor*, redaccion, redactor*, presentador*, conductor de|del, locutor*, soy de, somos de, escribo para,
        trabajo para|en, estudiante de periodismo, periodismo, comunicador*, noticiero*, columnista, jefe de
        redaccion, asignaciones, freelance""",
    "a paper or station": """
        noticiero*, noticia*, noticias, canal*, radio, emisora*, television, tv, diario*, periodico*, revista*,
        univision, telemundo, america teve, herald, agencia*, efe, cnn, medio, medios, podcast*, programa*, estacion
        de, cadena, portal, documental*, blog, nuevo herald, las americas, caracol""",
    "a story": """
        nota, notas, reportaje*, articulo*, historia, segmento, cobertura, cubriendo, cubrir, publicar*, publicamos,
        publicacion, edicion, transmitir*, transmision, en vivo, al aire, sale hoy, sale manana, especial sobre,
        reporte especial, emision, preparando un, haciendo un, escribiendo""",
    "an interview": """
        entrevista*, entrevistar*, declaraciones, preguntas, hablar con, conversar, invitado*, invitar*, en camara,
        on the record, llamada, participar, acompanar""",
    "a statement": """
        declaracion*, comunicado*, version, comentario*, confirmar*, confirman, confirme*, portavoz, vocero*,
        vocera, prensa, rueda de prensa, conferencia de prensa, acreditar*, acreditacion*, relaciones con los
        medios, relaciones publicas, oficina de prensa, boletin, informacion sobre, detalles, posicion, reaccion""",
    "footage": """
        video*, imagen*, imagenes, foto*, grabacion*, audio*, camara corporal, bodycam, toma*, tomas, expediente,
        reporte del, informe, copia, documentos, registros, mugshot, ficha""",
    "leave to use something": """
        permiso*, usar, utilizar*, citando, credito*, fuente, derechos, licencia, autorizacion, autorizan,
        compartir, publicar este|esta|el""",
    "a deadline": """
        cierre, cerramos, antes de las, antes de publicar|cerrar, a las, plazo, hoy, hasta las, a mas tardar,
        deadline""",
    "a laugh": "jaja*, jeje*, lol, 😂, 🤣, chiste, broma, jiji*, risa, meme, xd",
    "a sport or game": """
        partido, juego, juegos, futbol, beisbol, equipo, gol, golazo, temporada, campeonato, torneo, liga, heat,
        knicks, marlins, pelicula, serie, cancion, novela, videojuego*, gta, carrera, entrenador, jugador*, anoche
        el, ganaron, perdieron, capitulo, actor""",
    "thanks": """
        gracias, felicidades, felicit*, bendicion*, dios los|le|te|la, que dios, excelente, buen trabajo, orgullo*,
        agradec*, bravo, heroe*, bonito, que lindo, descanse, paz, respeto, admir*, los queremos, feliz, saludos, ❤,
        🙏, 👏""",
    "law and policy": """
        ley, leyes, legal, ilegal, politica*, presupuesto, demanda*, demandar*, abogado, corte, juicio, condena*,
        sentencia*, carcel, prision, asuntos internos, queja, denuncia*, denunciar*, reportar*, renuncie*, correr a,
        despid*, impuesto*, voto, votar*, eleccion*, derechos, abuso de autoridad, impunidad, justicia, arrestar*,
        arrestaron, pena, castig*, evidencia, investig*, criminales, delincuente*""",
    "criticism of the police": """
        inutil*, corrupt*, cobarde*, verguenza, ladrones, mentiros*, abusador*, payaso*, racista*, hijos de puta,
        hijo de puta, hdp, mierda, pendej*, basura, vago*, incompetente*, asco, no sirve|sirven, nadie los quiere,
        fuera el|la|todos, pesimo, lentos""",
    "services and events": """
        requisito*, inscrib*, inscripcion*, academia, horario*, abren, cierran, abierto, multa*, reporte, copia de,
        estacionamiento, licencia, permiso de, tramite*, cita, voluntari*, evento*, trafico, ruido, musica, clase*,
        trabajo, empleo, puesto, solicitud, numero, despachador, taller, donar, feria, limpieza""",
    "hope": "ojala, espero que, deseo",
    "what was done": """
        que mataron, lo mataron, la mataron, los mataron, mataron a, fue asesinado, murio, fallecio, me robaron, nos
        robaron, le dispararon, dispararon primero, hirieron, quemaron, fue herido, lo asesinaron, fue
        atropellado|atropellada, se quemo, entraron a robar, asaltaron, la policia disparo|mato, tardaron""",
}

"""How people write that somebody needs help now, as patterns: in Spanish and Haitian Creole.

Everything is written as `plain` leaves a text; no pattern looks beyond its sentence.
"""

from __future__ import annotations

DYING = (
    (
        r"\bno puedo mas\b[^!?\n]{0,40}\b(?:mato|adios|perdon|acabar|quitar)\b|\b(?:hoy|esta noche|manana) me "
        r"mato\b|\bme mato (?:hoy|esta noche)\b"
    ),
    r"\b(?:ya )?no (?:quiero|puedo) (?:vivir|seguir viviendo|mas con esta vida)\b",
    r"\bquiero morir(?:me)?\b(?! de)",
    (
        r"\b(?:me (?:voy a|quiero)|voy a|pienso|va a|quiere|quiero) (?:matarme|suicidarme|suicidarse|matarse|"
        r"quitarse la vida|quitarme la vida|quitar la vida|colgarme|ahorcarme)\b"
    ),
    r"\bme (?:quiero|voy a) (?:matar|quitar la vida|suicidar|colgar|tirar (?:del|de un))\b",
    (
        r"\bestarian mejor sin mi\b|\bse tomo (?:un )?(?:monton|frasco|todas)\b|\b(?:monton de|muchas|todas "
        r"las) pastillas\b"
    ),
    r"\b(?:m|mwen) pa (?:vle|ka) viv\b|\b(?:m|mwen) vle mouri\b",
    r"\b(?:touye|pann|pandye) tet (?:mwen|m|li|l)\b|\bvle touye tet\b",
    r"\b(?:anvi|ta renmen) mouri\b|\bbwe (?:anpil|yon pakèt|tout) (?:grenn|pilil|renmed)\b",
)

EVENTS = (
    (
        r"\btirad[oa]s? en (?:la|el) (?:acera|calle|piso|suelo|carretera|banqueta|parque|pasto)\b|\b(?:creo que|"
        r"parece que) esta muert[oa]\b"
    ),
    (
        r"\bno (?:puede|pueden) respirar\b|\bse (?:trago|ahoga|ahogo|enveneno|intoxico)\b|\bhay (?:un|una|"
        r"varios|muchos|dos|tres) (?:herid|muert|desmayad|inconscient)\w+\b|\b(?:nwaye|toufe)\b|"
        r"\btonbe\b[^.!?\n]{0,20}\bpa (?:ka|kapab)\b"
    ),
    (
        r"\b(?:frape|kraze) yon (?:ti )?(?:gason|fi|moun|timoun|granmoun|madanm|msye)\b|\bpa (?:ka|kapab) "
        r"(?:leve|bouje|mache|reveye)\b|\bp ap bouje\b"
    ),
    (
        r"\bno (?:respira|reacciona|despierta)\b|\b(?:esta|estan|estoy|se esta|se estan) (?:\w+ )?(?:sangrando|"
        r"desangrando|ahogando|convulsionando|muriendo|desmayando|asfixiando|inconsciente)\b(?! de )"
    ),
    r"\bse (?:desmayo|desplomo|cayo al|cayo del|esta muriendo)\b(?! de)",
    r"\b(?:manden?|llamen|necesit\w+|envien) (?:a )?(?:una |la )?(?:ambulancia|paramedicos)\b",
    r"\batropell(?:o|aron|ado|ada)\b[^.!?\n]{0,50}\b(?:tirad[oa]|ahora|ahorita|ayuda|calle|acaba)\b",
    (
        r"\b(?:pa|p) (?:ka )?respire\b|\b(?:ap|l ap|li ap|m ap|mwen ap) (?:senyen|toufe|nwaye|mouri la)\b|"
        r"\btonbe (?:nan|san)\b|\bap fe kriz\b"
    ),
    (
        r"\bacaban de (?:asaltar|robar|matar|disparar|atropellar|apunalar|secuestrar|chocar|balear)\b|\bque "
        r"(?:la|lo|los|me|nos) ayuden\b|\bse oyen (?:golpes|gritos)\b|\borden de (?:alejamiento|"
        r"restriccion)\b[^.!?\n]{0,40}\b(?:esta|aqui|puerta|afuera)\b|\b(?:ex|hombre|tipo|esposo|marido|"
        r"novio)\b[^.!?\n]{0,40}\ben mi (?:puerta|casa|ventana|patio)\b"
    ),
    (
        r"\bfenk (?:tire|touye|vole|blese|kidnape)\b|\b(?:ap )?eseye antre\b|\bmenase (?:m|mwen|nou) (?:ak|"
        r"avek)\b|\bkidnape\b"
    ),
    (
        r"\b(?:tirando|echando|pegando) (?:tiros|balazos|balas)\b|\ba la fuerza\b|\bme tiene encerrad[oa]\b|"
        r"\bno (?:me )?deja salir\b"
    ),
    r"\bmoun (?:k|ki) ap tire\b|\bap tire (?:devan|nan|sou)\b|\bbloke (?:anndan|andedan)\b|\bpran otaj\b",
    (
        r"\bse (?:me |nos )?(?:estan|esta) (?:metiendo|entrando|robando)\b|\bse (?:metieron|metio) (?:a|"
        r"en)\b[^.!?\n]{0,50}\b(?:escondid|ahora|ahorita|ayuda|estoy|aun|todavia)\w*\b"
    ),
    (
        r"\b(?:estan|esta) (?:robando|asaltando|disparando|golpeando|apunalando|atacando|pegando|peleando|"
        r"siguiendo|rompiendo)\b"
    ),
    (
        r"\b(?:hombre|tipo|senor|muchacho|alguien|sujeto|estudiante|vecino|ex|el)\b[^.!?\n]{0,20}\b(?:con un "
        r"(?:\w+ )?(?:cuchillo|machete|arma|rifle)|con una (?:pistola|escopeta|arma)|armado)\b|\btiene (?:un|"
        r"una|el|la) (?:arma|pistola|cuchillo|machete|rifle)\b"
    ),
    (
        r"\b(?:hay|se oyen|se escuchan?|escucho|oigo|oimos|escuche|escuchamos|acabo de (?:escuchar|oir)|oi) "
        r"(?:un |una |unos |muchos |como )?(?:\w+ )?(?:disparos|balacera|tiroteo|balazos|tiros|gritos)\b"
    ),
    r"\b(?:me|nos|la|lo) (?:esta|estan) (?:pegando|golpeando|siguiendo|disparando|amenazando|ahorcando|matando a)\b",
    r"\b(?:me|nos) (?:va|quiere|van|quieren) (?:a )?(?:matar|pegar|golpear|hacer dano)\b",
    (
        r"\b(?:amenazo|amenaza|dijo que|dice que|amenazando)\b[^.!?\n]{0,30}\b(?:matar(?:me|nos)?|disparar|"
        r"quemar|matarme)\b"
    ),
    (
        r"\b(?:se llevaron|secuestraron|raptaron|se robaron) a (?:un|una|mi)\b|\bno (?:me deja|nos deja) "
        r"salir\b|\bescondid[oa] en\b"
    ),
    r"\b(?:auxilio|socorro)\b",
    r"\bmanden? (?:a )?(?:alguien|ayuda|una patrulla|la policia|policias?)\b(?!.{0,80}antes)",
    r"\b(?:anmwe|anmwey|sekou)\b|\bvoye (?:lapolis|polis|moun|yon moun|anbilans|yon anbilans|sekou)\b",
    (
        r"\b(?:ap|l ap|li ap|y ap|yo ap) (?:bat (?:mwen|m|li|l|yon|yo)|touye (?:m|mwen)|kraze pot|antre "
        r"(?:lakay|nan)|vole nan|tire\b|swiv (?:m|mwen)|goumen ak)"
    ),
    (
        r"\b(?:pral|vle) touye (?:m|mwen)\b|\b(?:neg|moun|li|msye) (?:sa )?(?:\w+ )?(?:ak|gen) (?:yon )?(?:zam|"
        r"fizi|kouto|manchet|pistole)\b|\btande (?:\w+ ){0,2}(?:kout zam|tire|bal|kout fizi)\b|\bpran (?:yon "
        r")?(?:pitit|timoun|tifi)\b[^.!?\n]{0,30}\bmachin\b"
    ),
    (
        r"\b(?:ap bat mwen|bat mwen|bat m)\b[^.!?\n]{0,30}\b(?:pe|ede|kounye)\b|\bpa kite m (?:soti|ale)\b|\bm "
        r"kache\b|\bmwen kache\b|\bmenase\b[^.!?\n]{0,20}\btouye (?:m|mwen)\b"
    ),
    r"\b(?:abuel[oa]|nin[oa]|hij[oa]|mama|papa)\b[^.!?\n]{0,30}\bse perdio\b|\b(?:gwo )?dife (?:nan|sou|lakay)\b",
    (
        r"\b(?:casa|edificio|carro|apartamento|cocina|tienda|escuela)\b[^.!?\n]{0,30}\b(?:en llamas|quemando|"
        r"incendi\w+|fuego)\b|\bse esta (?:quemando|incendiando)\b|\bhay un incendio\b|\b(?:huele|"
        r"olor)\b[^.!?\n]{0,12}\b(?:gas|humo)\b|\bgente (?:adentro|atrapada)\b|\batrapad[oa]s?\b"
    ),
    (
        r"\b(?:hij[oa]|nin[oa]|herman[oa]|abuel[oa]|mama|papa|sobrin[oa])\b[^.!?\n]{0,25}\b(?:no aparece|"
        r"desaparecio|desaparecid[oa]|perdid[oa]|no (?:ha )?(?:llego|llegado|regres\w+))\b|\bno (?:encuentro|"
        r"encontramos) a mi\b|\b(?:nin[oa]|senor[a]?|hombre|mujer)\b[^.!?\n]{0,20}\bse (?:cayo|ahoga)\b"
    ),
    (
        r"\b(?:kay|machin|bilding|lekol|magazen)\b[^.!?\n]{0,20}\b(?:pran dife|ap boule)\b|\bdife (?:pran|nan "
        r"kay)\b|\bpran dife\b|\b(?:pitit|timoun|manman|papa|granmoun|se|fre|bebe)\b[^.!?\n]{0,20}\b(?:pedi|"
        r"disparet|pa janm tounen|pa tounen)\b|\baksidan\b[^.!?\n]{0,60}\b(?:grav|blese|kole|mouri|kounye)\b|"
        r"\bsant gaz\b"
    ),
    r"\bede (?:m|mwen|nou)\b[^.!?\n]{0,30}\b(?:tanpri|vit|kounye|pot|touye)?",
)

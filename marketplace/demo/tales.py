"""The demo's twelve stories, in both languages. The people are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tale:
    """One story: `maker` by name, `scene` of its cover, texts as (English, Spanish)."""

    slug: str
    maker: str
    scene: str
    alt: tuple[str, str]
    title: tuple[str, str]
    summary: tuple[str, str]
    text: tuple[tuple[str, str], ...]
    quote: tuple[str, str]
    steps: tuple[tuple[str, str, str, str], ...] = ()


TALES = (
    Tale(
        "a-collar-with-a-name-in-it", "Ana Quiroz Outerwear", "workshop-street",
        ("A workshop with a sawtooth roof and a jacaranda in bloom", "Un taller con techo de sierra y una jacaranda en flor"),
        ("A collar with a name in it", "Un cuello con nombre"),
        ("Eleven years of other people's samples, then a jacket of her own.",
         "Once años de muestras ajenas, y luego una chamarra propia."),
        (("Ana Quiroz learned to sew from patterns that were not hers to keep. Brands sent drawings on Monday and wanted a sample on Thursday; on Friday the paper went into the bin.",
          "Ana Quiroz aprendió a coser con moldes que no podía guardar. Las marcas mandaban dibujos el lunes y querían la muestra el jueves; el viernes, el papel iba a la basura."),
         ("In 2019 she kept one. It was a flight jacket, cut too wide for the brand and just right for her brother. Six people sew it now, on Wall Street in the Fashion District, and the label in the collar says who.",
          "En 2019 guardó uno. Era una chamarra de aviador, demasiado ancha para la marca y perfecta para su hermano. Hoy la cosen seis personas en Wall Street, en el distrito de la moda, y la etiqueta del cuello dice quiénes.")),
        ("A sample is a promise that somebody else keeps. I wanted to keep one.",
         "Una muestra es una promesa que cumple otro. Yo quería cumplir una."),
        (("Cut", "Corte", "Satin slides, so it is cut under paper, two layers at a time.", "El satín se mueve, por eso se corta bajo papel, de dos en dos capas."),
         ("Sew", "Costura", "The zip goes in before the lining, by hand where it meets the rib.", "El cierre va antes del forro, a mano donde toca el resorte."),
         ("Finish", "Acabado", "Every seam is pulled once, hard, before the jacket is hung.", "Cada costura se jala una vez, fuerte, antes de colgar la chamarra.")),
    ),
    Tale(
        "yarn-on-the-roof", "Telar Boyle", "dye-vats",
        ("Vats of dye in a row, yarn hanging above them", "Tinas de tinte en fila, con hilo colgado encima"),
        ("Yarn on the roof", "Hilo en la azotea"),
        ("Marisol Ibarra dyes when the wind is right and weaves when it is not.",
         "Marisol Ibarra tiñe cuando el viento ayuda y teje cuando no."),
        (("The looms came from Teotitlán del Valle in the back of a moving truck, in pieces, each beam numbered with a pencil. They stand in a front room on First Street with the window open.",
          "Los telares vinieron de Teotitlán del Valle en un camión de mudanza, en piezas, cada viga numerada con lápiz. Están en una sala de la calle Primera con la ventana abierta."),
         ("A blanket takes nine days. Neighbors know the color of the week from what hangs on the roof.",
          "Una cobija toma nueve días. Los vecinos saben el color de la semana por lo que cuelga en la azotea.")),
        ("If I can't say where a color came from, I don't use it.", "Si no puedo decir de dónde viene un color, no lo uso."),
        (("Wind", "Urdido", "Three hundred threads, counted aloud.", "Trescientos hilos, contados en voz alta."),
         ("Weave", "Tejido", "Two hands, two feet, nine days.", "Dos manos, dos pies, nueve días.")),
    ),
    Tale(
        "the-hem-is-free-for-life", "Sawtooth Denim", "cutting-table",
        ("A cutting table with denim and a long pair of shears", "Una mesa de corte con mezclilla y unas tijeras largas"),
        ("The hem is free for life", "El dobladillo es gratis de por vida"),
        ("Why a pair of jeans in the Arts District comes with a return address.",
         "Por qué unos jeans del Arts District traen dirección de regreso."),
        (("Deshawn Miller keeps a drawer of hems: the strips he cuts off when somebody's jeans come back. Each has a name and a date, because people grow, shrink, change shoes.",
          "Deshawn Miller guarda un cajón de dobladillos: las tiras que corta cuando regresan unos jeans. Cada una tiene nombre y fecha, porque la gente crece, encoge, cambia de zapatos."),
         ("The cloth is woven elsewhere, and the page of every pair says so. The cutting, the sewing and the rivets happen on Factory Place.",
          "La tela se teje en otro lugar, y la página de cada par lo dice. El corte, la costura y los remaches se hacen en Factory Place.")),
        ("I would rather mend your jeans than sell you new ones.", "Prefiero arreglar tus jeans que venderte otros."),
    ),
    Tale(
        "sunday-prints", "Vermont Square Shirts", "storefront",
        ("A small storefront with a striped awning", "Un local pequeño con toldo a rayas"),
        ("Sunday prints", "Estampados de domingo"),
        ("Gloria Okafor draws at the kitchen table and sells on Vermont Avenue.",
         "Gloria Okafor dibuja en la mesa de la cocina y vende en la avenida Vermont."),
        (("The first print was a mistake: coffee on a drawing of hibiscus. Her daughter liked the stain better than the flower.",
          "El primer estampado fue un error: café sobre un dibujo de hibisco. A su hija le gustó más la mancha que la flor."),
         ("Now every print starts with something spilled. She scans it, repeats it, and prints forty yards, never more.",
          "Ahora cada estampado empieza con algo derramado. Lo escanea, lo repite e imprime cuarenta yardas, nunca más.")),
        ("Nobody has ever asked me for a bigger run. They ask for the next one.", "Nadie me ha pedido un tiraje mayor. Me piden el siguiente."),
    ),
    Tale(
        "two-needles", "Highland Leather Co.", "sewing-machine",
        ("A sewing machine seen from the side, thread running through it", "Una máquina de coser de lado, con el hilo puesto"),
        ("Two needles", "Dos agujas"),
        ("A saddle stitch is slow on purpose.", "La costura de silla es lenta a propósito."),
        (("Tomás Rey was taught on horse tack by an uncle in Jalisco. A saddle stitch passes every hole twice, from both sides; when one thread breaks, the other holds.",
          "A Tomás Rey le enseñó un tío en Jalisco, con arreos de caballo. La costura de silla pasa dos veces por cada agujero, de los dos lados; si un hilo se rompe, el otro aguanta."),
         ("He makes nine bags a week on Figueroa Street and does not plan to make ten.",
          "Hace nueve bolsas por semana en la calle Figueroa y no piensa hacer diez.")),
        ("A machine is faster until the first thread breaks.", "La máquina es más rápida hasta que se rompe el primer hilo."),
    ),
    Tale(
        "deep-pockets", "San Pedro Slop Chest", "harbor",
        ("Cranes over the harbor at dusk", "Grúas sobre el puerto al atardecer"),
        ("Deep pockets", "Bolsas hondas"),
        ("What dock workers taught a designer about coats.", "Lo que los estibadores le enseñaron a una diseñadora sobre abrigos."),
        (("Nora Lindqvist showed her first coat to a crane operator. He put his hand in the pocket and asked where the rest of it was.",
          "Nora Lindqvist le enseñó su primer abrigo a un operador de grúa. Él metió la mano en la bolsa y preguntó dónde estaba el resto."),
         ("The pockets are eleven inches deep now. A thermos fits, upright.",
          "Ahora las bolsas tienen veintiocho centímetros de hondo. Cabe un termo, parado.")),
        ("Everything on it was asked for by somebody cold.", "Todo lo que tiene lo pidió alguien con frío."),
    ),
    Tale(
        "one-bench-four-generations", "Little Armenia Gold", "skyline",
        ("The skyline of the city behind hills", "Los edificios de la ciudad detrás de los cerros"),
        ("One bench, four generations", "Un banco, cuatro generaciones"),
        ("The bench crossed an ocean twice and fits through no door.", "El banco cruzó dos veces el océano y no cabe por ninguna puerta."),
        (("Anahit Sarkisian works at the bench her great-grandfather built in Aleppo. The shop on Fountain Avenue was rented because it had a loading gate.",
          "Anahit Sarkisian trabaja en el banco que su bisabuelo hizo en Alepo. El local de la avenida Fountain se rentó porque tenía portón de carga."),
         ("The silver is scrap from other benches, poured again. She stamps the day of the pour inside each ring.",
          "La plata son sobras de otros bancos, fundidas de nuevo. Dentro de cada anillo marca el día del vaciado.")),
        ("Gold remembers nothing. That is why we have to.", "El oro no recuerda nada. Por eso nos toca a nosotros."),
    ),
    Tale(
        "a-sole-you-can-replace", "Sole of Pacoima", "shoe-bench",
        ("A shoemaker's bench with lasts and a hammer", "Un banco de zapatero con hormas y un martillo"),
        ("A sole you can replace", "Una suela que se puede cambiar"),
        ("Beto Cárdenas stitches what others glue.", "Beto Cárdenas cose lo que otros pegan."),
        (("Glue fails in a hot trunk. Beto found out in August, with his own first pair, on the way to a wedding.",
          "El pegamento falla en una cajuela caliente. Beto lo supo en agosto, con su propio primer par, camino a una boda."),
         ("Since then every sole is stitched to a welt. Any cobbler in the valley can take it off and put on another.",
          "Desde entonces cada suela va cosida a una vira. Cualquier zapatero del valle puede quitarla y poner otra.")),
        ("A shoe should get to be old.", "Un zapato tiene derecho a llegar a viejo."),
        (("Last", "Montado", "The upper rests on the last for two days.", "El corte descansa dos días en la horma."),
         ("Stitch", "Costura", "Welt to sole, four stitches to the inch.", "Vira con suela, cuatro puntadas por pulgada.")),
    ),
    Tale(
        "sixty-at-a-time", "Echo Print Works", "screen-print",
        ("A screen and a squeegee over a T-shirt", "Una malla y un rasero sobre una playera"),
        ("Sixty at a time", "De sesenta en sesenta"),
        ("A print shop that stops when the screen gets tired.", "Un taller de serigrafía que para cuando la malla se cansa."),
        (("After sixty pulls the edges soften. Sam Ortega could wash the screen and go on. He stops, because the sixty-first shirt would be a copy of the sixtieth, and the first sixty are copies of nothing.",
          "Después de sesenta pasadas los bordes se ablandan. Sam Ortega podría lavar la malla y seguir. Para, porque la playera sesenta y uno sería copia de la sesenta, y las primeras sesenta no son copia de nada."),
         ("Cutting, sewing and printing happen in three rooms on Sunset, in that order, with the doors open.",
          "El corte, la costura y la impresión se hacen en tres cuartos en Sunset, en ese orden, con las puertas abiertas.")),
        ("Scarcity is a trick. Stopping is a craft.", "La escasez es un truco. Saber parar es un oficio."),
    ),
    Tale(
        "nine-dips", "Leimert Indigo", "river-bridge",
        ("A bridge over the river, arches in the evening light", "Un puente sobre el río, con arcos en la luz de la tarde"),
        ("Nine dips", "Nueve baños"),
        ("The vat in Leimert Park is older than some of its customers.", "La tina de Leimert Park es mayor que algunos de sus clientes."),
        (("Indigo is fed, like bread. Amara Johnson's vat has been fed since 2011 with madder, bran and lime, and has been asleep only once, in a heat wave.",
          "El índigo se alimenta, como el pan. La tina de Amara Johnson se alimenta desde 2011 con rubia, salvado y cal, y solo se durmió una vez, en una ola de calor."),
         ("One dip is sky. Nine dips are the color before the sun comes up over Crenshaw.",
          "Un baño es cielo. Nueve baños son el color antes de que salga el sol sobre Crenshaw.")),
        ("You don't dye with indigo. You ask it.", "Con índigo no se tiñe. Se le pide."),
    ),
    Tale(
        "what-the-badge-means", "Koreatown Tailors", "garment-rack",
        ("A rack of coats, each with a small green label", "Un perchero de abrigos, cada uno con una etiqueta verde"),
        ("What the badge means", "Qué significa la insignia"),
        ("Designed, assembled or manufactured: three claims, and how each is checked.",
         "Diseñado, ensamblado o fabricado: tres afirmaciones, y cómo se verifica cada una."),
        (("A piece may carry the LA Original badge when at least one of three things is true and proven. <b>Designed</b>: concept, pattern and sample were made in the City. <b>Assembled</b>: the last substantial step, for a coat sewing and finishing, was done here. <b>Manufactured</b>: every essential step was, and at least 60 % of the production cost arose here.",
          "Una pieza puede llevar la insignia LA Original cuando al menos una de tres cosas es cierta y está probada. <b>Diseñado</b>: el concepto, el patrón y la muestra se hicieron en la ciudad. <b>Ensamblado</b>: el último paso sustancial, en un abrigo la costura y el acabado, se hizo aquí. <b>Fabricado</b>: todos los pasos esenciales se hicieron aquí y al menos el 60 % del costo de producción surgió aquí."),
         ("One person evaluates, another decides, and neither may have a tie to the maker. When a certificate ends, the piece leaves the shop at that moment. Hana Seo of Koreatown Tailors keeps a copy of every ticket in a shoebox, \"in case you ask again.\"",
          "Una persona evalúa, otra decide, y ninguna puede tener lazos con el taller. Cuando un certificado termina, la pieza sale de la tienda en ese momento. Hana Seo, de Koreatown Tailors, guarda copia de cada boleta en una caja de zapatos, «por si vuelven a preguntar».")),
        ("A badge that can't be lost is worth nothing.", "Una insignia que no se puede perder no vale nada."),
    ),
    Tale(
        "sheep-above-the-city", "Sylmar Wool", "hillside",
        ("Hills above the valley with a winding road", "Cerros sobre el valle con un camino que serpentea"),
        ("Sheep above the city", "Ovejas sobre la ciudad"),
        ("Petra Novak's sweaters begin within sight of the freeway.", "Los suéteres de Petra Novak empiezan a la vista de la autopista."),
        (("Forty sheep graze the firebreaks above Sylmar in spring. The city pays the shepherd for the cleared slopes; Petra pays for the wool.",
          "En primavera, cuarenta ovejas pastan los cortafuegos arriba de Sylmar. La ciudad le paga al pastor por limpiar las laderas; Petra le paga por la lana."),
         ("It is coarse in the first year, she says, and so are most of us. After washing and two winters it is the softest thing in the drawer.",
          "El primer año es áspera, dice, como casi todos. Después de lavarla y de dos inviernos es lo más suave del cajón.")),
        ("My machines are from 1984. So am I.", "Mis máquinas son de 1984. Yo también."),
    ),
)  # fmt: skip

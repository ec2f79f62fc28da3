"""What some of the demo's stories tell at length: chapters, pictures of the work, years. The people are invented."""

from dataclasses import dataclass

Words = tuple[str, str]  # English, Spanish


@dataclass(frozen=True, slots=True)
class Chapter:
    heading: Words
    text: tuple[Words, ...]
    scene: str = ""
    alt: Words = ("", "")
    caption: Words = ("", "")


# By the story's slug; the opening stands below the title.
OPENINGS: dict[str, Words] = {
    "a-collar-with-a-name-in-it": (
        "For eleven years Ana Quiroz sewed what other people signed. Then she kept one pattern, and put a name in the collar: first her own, now those of everybody who sews it.",
        "Durante once años, Ana Quiroz cosió lo que otros firmaban. Luego guardó un molde y puso un nombre en el cuello: primero el suyo, ahora los de todas las personas que cosen.",
    ),
    "nine-dips": (
        "There is a vat on Degnan Boulevard that has to be fed twice a week. What comes out of it is blue, and never twice the same.",
        "En el bulevar Degnan hay una tina a la que hay que darle de comer dos veces por semana. Lo que sale de ella es azul, y nunca dos veces igual.",
    ),
    "yarn-on-the-roof": (
        "Two looms, one window, nine days: a blanket from Boyle Heights, from the wool to the last knot.",
        "Dos telares, una ventana, nueve días: una cobija de Boyle Heights, desde la lana hasta el último nudo.",
    ),
}

CHAPTERS: dict[str, tuple[Chapter, ...]] = {
    "a-collar-with-a-name-in-it": (
        Chapter(
            ("Monday's drawing", "El dibujo del lunes"),
            (
                (
                    "The sample room had one window and four machines. A drawing came in on Monday, a sample left on Thursday, and what Ana had learned in between belonged to nobody. She kept a notebook of collars: how far a point may stand from the neck, how a facing rolls when the cloth is cut off grain.",
                    "El taller de muestras tenía una ventana y cuatro máquinas. El lunes llegaba un dibujo, el jueves salía una muestra, y lo que Ana aprendía en medio no era de nadie. Llevaba un cuaderno de cuellos: cuánto puede separarse una punta del cuello, cómo se enrolla una vista cuando la tela se corta fuera de hilo.",
                ),
                (
                    "“You learn most from what comes back,” she says. Samples came back with pins in them. She read the pins.",
                    "«Se aprende más de lo que regresa», dice. Las muestras regresaban con alfileres. Ella leía los alfileres.",
                ),
            ),
        ),
        Chapter(
            ("The jacket that stayed", "La chamarra que se quedó"),
            (
                (
                    "In 2019 a brand turned a flight jacket down as too wide. Ana's brother put it on in the doorway and did not take it off. She cut six more that winter, in satin that a mill in Vernon was clearing out, and sold them to people who had seen his.",
                    "En 2019 una marca rechazó una chamarra de aviador por ancha. El hermano de Ana se la puso en la puerta y no se la quitó. Ese invierno cortó seis más, en un satín que una fábrica de Vernon estaba liquidando, y las vendió a gente que había visto la de él.",
                ),
                (
                    "The cloth still comes from outside the City, and the page of every jacket says so. What happens on Wall Street is the rest: the pattern, the cut, the sewing, the last pull on every seam.",
                    "La tela sigue viniendo de fuera de la ciudad, y la página de cada chamarra lo dice. Lo que pasa en Wall Street es lo demás: el patrón, el corte, la costura y el último jalón a cada costura.",
                ),
            ),
            "cutting-table",
            ("Cloth and long shears on the cutting table", "Tela y tijeras largas en la mesa de corte"),
            (
                "Two layers at a time, under paper, so that the satin does not slide.",
                "De dos en dos capas, bajo papel, para que el satín no se mueva.",
            ),
        ),
        Chapter(
            ("Six names", "Seis nombres"),
            (
                (
                    "Six people sew here now. Each signs the inside of the collar of what they finish, with thread, in a color they chose themselves. When a jacket comes back for a new zip, it goes to the person whose name is in it.",
                    "Hoy cosen aquí seis personas. Cada quien firma por dentro el cuello de lo que termina, con hilo, en un color que eligió. Cuando una chamarra regresa por un cierre nuevo, va con la persona cuyo nombre lleva.",
                ),
            ),
        ),
    ),
    "yarn-on-the-roof": (
        Chapter(
            ("Numbered with a pencil", "Numerados con lápiz"),
            (
                (
                    "The looms traveled two thousand miles as firewood: that is what the customs form said, because the man at the border had no line for looms. Marisol's father had numbered every beam. It took four days to put them up again and one evening to see that a beam was upside down.",
                    "Los telares viajaron más de tres mil kilómetros como leña: así decía la forma de la aduana, porque el señor de la frontera no tenía renglón para telares. El papá de Marisol había numerado cada viga. Tardaron cuatro días en armarlos y una tarde en ver que una viga estaba al revés.",
                ),
            ),
        ),
        Chapter(
            ("The color of the week", "El color de la semana"),
            (
                (
                    "Dye day depends on the wind. When it comes from the ocean the yarn dries by noon and the roof is red, or yellow, or the gray that walnut gives. Neighbors plan nothing by it, they say, but they look up.",
                    "El día de teñir depende del viento. Cuando viene del mar, el hilo se seca a mediodía y la azotea es roja, o amarilla, o del gris que da la nuez. Los vecinos no planean nada por eso, dicen, pero voltean para arriba.",
                ),
            ),
            "dye-vats",
            ("Vats of dye in a row, yarn hanging above them", "Tinas de tinte en fila, con hilo colgado encima"),
            (
                "Cochineal on Monday, marigold on Tuesday, walnut when it rains.",
                "Grana el lunes, cempasúchil el martes, nuez cuando llueve.",
            ),
        ),
        Chapter(
            ("Nine days", "Nueve días"),
            (
                (
                    "A blanket is nine days of two hands and two feet. Marisol counts aloud while she winds the warp, and stops the count if somebody at the door talks to her. Then she begins again.",
                    "Una cobija son nueve días de dos manos y dos pies. Marisol cuenta en voz alta mientras urde, y si alguien le habla en la puerta pierde la cuenta. Entonces vuelve a empezar.",
                ),
            ),
        ),
    ),
    "nine-dips": (
        Chapter(
            ("Bread and ash", "Pan y ceniza"),
            (
                (
                    "A vat is alive. It wants bran, lime and madder, it wants to be warm, and it does not like to be stirred on Sundays, though that may be Amara. The liquid is green until it meets the air. Then it turns, in front of you, from the edges in.",
                    "Una tina está viva. Quiere salvado, cal y rubia, quiere calor y no le gusta que la muevan los domingos, aunque tal vez eso sea cosa de Amara. El líquido es verde hasta que toca el aire. Entonces cambia, frente a ti, de la orilla hacia adentro.",
                ),
            ),
        ),
        Chapter(
            ("One dip, nine dips", "Un baño, nueve baños"),
            (
                (
                    "Between dips the cloth hangs for twenty minutes and breathes. The first dip is the sky at noon, the fourth a pair of old jeans, the ninth the color before sunrise. Nobody has asked for a tenth. Amara tried one: it is black, and then it washes back to nine.",
                    "Entre baño y baño la tela cuelga veinte minutos y respira. El primer baño es el cielo al mediodía; el cuarto, unos jeans viejos; el noveno, el color de antes de amanecer. Nadie ha pedido el décimo. Amara lo probó: es negro, y luego se lava hasta regresar al nueve.",
                ),
            ),
            "river-bridge",
            (
                "A bridge over the river, arches in the evening light",
                "Un puente sobre el río, con arcos en la luz de la tarde",
            ),
            ("The blue between the seventh dip and the eighth.", "El azul entre el séptimo baño y el octavo."),
        ),
        Chapter(
            ("Asleep in a heat wave", "Dormida en una ola de calor"),
            (
                (
                    "In September 2020 the shop reached a hundred and nine degrees and the vat went to sleep. Amara moved a cot in and fed it by the spoon. It took eleven days. “People ask for my secret,” she says. “I was there.”",
                    "En septiembre de 2020 el taller llegó a cuarenta y tres grados y la tina se durmió. Amara metió un catre y le dio de comer a cucharadas. Tardó once días. «La gente me pregunta por mi secreto», dice. «Estuve aquí».",
                ),
            ),
        ),
    ),
}

# Scenes beside the steps of a story, in the order of its steps.
STEP_SCENES: dict[str, tuple[tuple[str, Words], ...]] = {
    "a-collar-with-a-name-in-it": (
        ("cutting-table", ("Cloth and shears on the cutting table", "Tela y tijeras en la mesa de corte")),
        (
            "sewing-machine",
            ("A sewing machine with the thread running through it", "Una máquina de coser con el hilo puesto"),
        ),
        ("garment-rack", ("Finished jackets on a rack", "Chamarras terminadas en un perchero")),
    ),
    "a-sole-you-can-replace": (
        (
            "shoe-bench",
            ("A shoemaker's bench with lasts and a hammer", "Un banco de zapatero con hormas y un martillo"),
        ),
        ("storefront", ("The shop front with its striped awning", "El frente del taller con su toldo a rayas")),
    ),
}

# What happened when, by the maker's name: (year, English, Spanish).
YEARS: dict[str, tuple[tuple[int, str, str], ...]] = {
    "Ana Quiroz Outerwear": (
        (
            2008,
            "Ana starts in a sample room on Maple Avenue.",
            "Ana empieza en un taller de muestras de la avenida Maple.",
        ),
        (
            2019,
            "The flight jacket that a brand turned down stays.",
            "Se queda la chamarra de aviador que una marca rechazó.",
        ),
        (2021, "Two machines on Wall Street, then four.", "Dos máquinas en Wall Street, luego cuatro."),
        (2024, "Six people, six names in the collar.", "Seis personas, seis nombres en el cuello."),
    ),
    "Telar Boyle": (
        (1998, "The looms leave Teotitlán del Valle in pieces.", "Los telares salen de Teotitlán del Valle en piezas."),
        (2012, "Marisol weaves her first blanket alone.", "Marisol teje sola su primera cobija."),
        (
            2022,
            "The roof gets a rail, and the dye days a calendar.",
            "La azotea estrena barandal, y los días de teñir, calendario.",
        ),
    ),
    "Leimert Indigo": (
        (
            2011,
            "The vat is set, and has not been emptied since.",
            "Se prepara la tina, y no se ha vaciado desde entonces.",
        ),
        (2020, "It sleeps for eleven days, and wakes.", "Duerme once días, y despierta."),
        (
            2025,
            "The first class of four: open vat on first Saturdays.",
            "El primer grupo de cuatro: tina abierta los primeros sábados.",
        ),
    ),
}

"""The demo's makers: fictional businesses in real neighborhoods of Los Angeles. Any likeness is chance."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoMaker:
    """`pieces` names the kinds of piece this maker makes (see pieces.py); `scene` its workshop's picture."""

    name: str
    owner: str
    neighborhood: str
    line1: str
    zip_code: str
    city: str
    about: str
    about_es: str
    pieces: tuple[str, ...]
    alone: bool = False
    contractor: str = ""
    flat: str = "7.50"
    free_above: str = ""
    pickup: bool = False
    days: int = 3
    language: str = "en"
    extra: dict = field(default_factory=dict)


def _m(*args, **kwargs) -> DemoMaker:
    return DemoMaker(*args, **kwargs)


MAKERS = (
    _m(
        "Ana Quiroz Outerwear", "Ana Quiroz", "Downtown", "734 S Wall St", "90014", "Los Angeles",
        "Ana ran a sample room for eleven years before she put her own name in a collar. Six people sew here.",
        "Ana dirigió un taller de muestras once años antes de poner su nombre en un cuello. Aquí cosen seis personas.",
        ("jacket", "blouse", "coat"), flat="8.00", free_above="250.00", pickup=True, language="es",
    ),
    _m(
        "Telar Boyle", "Marisol Ibarra", "Boyle Heights", "2019 E 1st St", "90033", "Los Angeles",
        "Hand looms from Teotitlán, yarn dyed on the roof, blankets that outlive their sofa.",
        "Telares de Teotitlán, hilo teñido en la azotea, cobijas que duran más que el sillón.",
        ("blanket", "cushion", "scarf"), alone=True, days=10, language="es",
    ),
    _m(
        "Sawtooth Denim", "Deshawn Miller", "Arts District", "1306 Factory Pl", "90013", "Los Angeles",
        "Selvedge cut by hand in a building that once made tires. Hems are free for life.",
        "Mezclilla de orillo cortada a mano en un edificio que antes hacía llantas. El dobladillo es gratis de por vida.",
        ("jeans", "jacket", "apron"), flat="9.00", free_above="200.00", pickup=True, days=5,
    ),
    _m(
        "Pico Union Knits", "Lucía Herrera", "Pico-Union", "1710 W Pico Blvd", "90015", "Los Angeles",
        "Three knitting machines, one dog, sweaters for evenings when the desert wind turns.",
        "Tres máquinas de tejer, un perro y suéteres para las noches en que cambia el viento.",
        ("sweater", "beanie", "scarf"), alone=True, language="es",
    ),
    _m(
        "Vermont Square Shirts", "Gloria Okafor", "Vermont Square", "4815 S Vermont Ave", "90037", "Los Angeles",
        "Camp shirts and day dresses in prints that Gloria draws at her kitchen table.",
        "Camisas y vestidos con estampados que Gloria dibuja en la mesa de su cocina.",
        ("shirt", "dress", "skirt"), pickup=True,
    ),
    _m(
        "Highland Leather Co.", "Tomás Rey", "Highland Park", "5922 N Figueroa St", "90042", "Los Angeles",
        "Bags and belts in bridle leather, stitched two needles at a time.",
        "Bolsas y cinturones de cuero, cosidos con dos agujas a la vez.",
        ("crossbody", "tote", "belt"), alone=True, free_above="150.00", pickup=True, language="es",
    ),
    _m(
        "San Pedro Slop Chest", "Nora Lindqvist", "San Pedro", "383 W 7th St", "90731", "San Pedro",
        "Work clothes for people near water: duck canvas, brass, deep pockets.",
        "Ropa de trabajo para gente cerca del agua: lona, latón y bolsas hondas.",
        ("coat", "overalls", "tote"), flat="9.50", days=4,
    ),
    _m(
        "Venice Light", "Kai Nakamura", "Venice", "1320 Abbot Kinney Blvd", "90291", "Venice",
        "Linen for heat, cut wide. Nothing is dyed that does not have to be.",
        "Lino para el calor, de corte amplio. No se tiñe nada que no haga falta.",
        ("dress", "shirt", "skirt"), free_above="180.00",
    ),
    _m(
        "Little Armenia Gold", "Anahit Sarkisian", "East Hollywood", "4867 Fountain Ave", "90029", "Los Angeles",
        "Cast, set and polished at one bench by a family that has done it for four generations.",
        "Fundido, engastado y pulido en un solo banco por una familia de cuatro generaciones de joyeros.",
        ("earrings", "necklace", "ring"), alone=True, flat="5.00", days=7,
    ),
    _m(
        "Sole of Pacoima", "Beto Cárdenas", "Pacoima", "13400 Van Nuys Blvd", "91331", "Pacoima",
        "Boots and sneakers lasted by hand; soles are stitched, so they can be replaced.",
        "Botas y tenis montados a mano; la suela va cosida, así que se puede cambiar.",
        ("sneaker", "boot", "sandal"), flat="10.00", free_above="220.00", days=12, language="es",
    ),
    _m(
        "Playground Westlake", "Rosa Chun", "Westlake", "2416 W 7th St", "90057", "Los Angeles",
        "Children's clothes with knees that hold, sewn by mothers of the block.",
        "Ropa de niños con rodillas que aguantan, cosida por mamás de la cuadra.",
        ("kidtee", "overalls", "kiddress"), pickup=True,
    ),
    _m(
        "Echo Print Works", "Sam Ortega", "Echo Park", "1555 W Sunset Blvd", "90026", "Los Angeles",
        "T-shirts cut, sewn and screen printed under one roof, in runs of sixty.",
        "Playeras cortadas, cosidas y serigrafiadas bajo un mismo techo, en tirajes de sesenta.",
        ("tee", "hoodie", "tote"), free_above="90.00", pickup=True,
    ),
    _m(
        "Crenshaw Millinery", "Yvonne Baptiste", "Crenshaw", "4343 Crenshaw Blvd", "90008", "Los Angeles",
        "Caps and knitted hats, cut to your head. Yvonne measures you at the door.",
        "Gorras y gorros a tu medida. Yvonne te mide en la puerta.",
        ("cap", "beanie", "scarf"), alone=True, pickup=True, days=6,
    ),
    _m(
        "Alameda Cut & Sew", "Minh Tran", "Chinatown", "945 N Broadway", "90012", "Los Angeles",
        "Forty years of contract sewing, and now a label of their own.",
        "Cuarenta años cosiendo para otros, y ahora una marca propia.",
        ("tee", "shirt", "blouse"), flat="6.50", free_above="120.00",
    ),
    _m(
        "Atwater Apron", "June Castellanos", "Atwater Village", "3191 Glendale Blvd", "90039", "Los Angeles",
        "Aprons that chefs in eleven kitchens wear out and bring back to be mended.",
        "Mandiles que los cocineros de once restaurantes gastan y traen a remendar.",
        ("apron", "towel", "cushion"), alone=True, language="es",
    ),
    _m(
        "Reseda Athletic", "Daniela Fuentes", "Reseda", "7131 Canby Ave", "91335", "Reseda",
        "Sweats cut heavy, for people who learned to play on asphalt.",
        "Sudaderas de tela pesada, para gente que aprendió a jugar en el asfalto.",
        ("hoodie", "tee", "backpack"), flat="7.00", free_above="110.00", language="es",
    ),
    _m(
        "Leimert Indigo", "Amara Johnson", "Leimert Park", "4333 Degnan Blvd", "90008", "Los Angeles",
        "Cloth dipped nine times in a vat that has not been emptied since 2011.",
        "Tela sumergida nueve veces en una tina que no se ha vaciado desde 2011.",
        ("dress", "scarf", "jacket"), days=8, pickup=True,
    ),
    _m(
        "Frogtown Bags", "Eli Park", "Elysian Valley", "2930 Knox Ave", "90039", "Los Angeles",
        "Bike bags from sailcloth, made beside the river path.",
        "Bolsas para bici hechas de lona de vela, junto al camino del río.",
        ("crossbody", "tote", "backpack"), free_above="100.00",
    ),
    _m(
        "Sylmar Wool", "Petra Novak", "Sylmar", "13521 Hubbard St", "91342", "Sylmar",
        "Sweaters from sheep that graze above the city, knitted with no seams to rub.",
        "Suéteres de ovejas que pastan arriba de la ciudad, tejidos sin costuras que rocen.",
        ("sweater", "blanket", "beanie"), alone=True, days=9,
    ),
    _m(
        "Koreatown Tailors", "Hana Seo", "Koreatown", "3250 W Olympic Blvd", "90006", "Los Angeles",
        "Trousers and coats from a shop where the iron is never cold.",
        "Pantalones y abrigos de un taller donde la plancha nunca está fría.",
        ("coat", "trousers", "skirt"), free_above="300.00", days=6,
    ),
    _m(
        "Watts Sun Caps", "Jerome Banks", "Watts", "1727 E 103rd St", "90002", "Los Angeles",
        "Five-panel caps, sewn after school hours with teenagers who are paid for it.",
        "Gorras de cinco paneles, cosidas después de clase con jóvenes que cobran por ello.",
        ("cap", "kidtee", "tote"), flat="5.50", pickup=True,
    ),
    _m(
        "Cypress Silver", "Inés Lozano", "Cypress Park", "1820 N San Fernando Rd", "90065", "Los Angeles",
        "Silver poured from melted scrap, each piece stamped with the day.",
        "Plata fundida de sobrantes, cada pieza marcada con el día.",
        ("ring", "earrings", "necklace"), alone=True, flat="5.00", days=5, language="es",
    ),
    _m(
        "North Hollywood Stage", "Vic Amato", "North Hollywood", "5230 Lankershim Blvd", "91601", "North Hollywood",
        "Costume cutters between shows, who make the jackets they wish actors gave back.",
        "Cortadores de vestuario entre funciones, que hacen las chamarras que los actores nunca devuelven.",
        ("jacket", "blouse", "trousers"), flat="8.50",
    ),
    _m(
        "Wilmington Harbor Goods", "Teresa Maldonado", "Wilmington", "931 N Avalon Blvd", "90744", "Wilmington",
        "Quilts and cushions from shirting that factories leave behind.",
        "Colchas y cojines de la tela de camisa que dejan las fábricas.",
        ("cushion", "towel", "kiddress"), alone=True, pickup=True, language="es",
    ),
)  # fmt: skip

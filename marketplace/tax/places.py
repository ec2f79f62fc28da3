"""City names as people type them, and the incorporated city behind a postal name. Pure.

Postal names mislead: mail to Van Nuys, Venice or San Pedro goes to the City of Los Angeles, mail to East Los
Angeles or Marina del Rey to land of the county. The tables were reviewed against the City's own list of
neighborhoods and hold within Los Angeles County alone.
"""

import re
import unicodedata

LOS_ANGELES_COUNTY = "los angeles"
CITY_OF_LOS_ANGELES = "los angeles"

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SHORT_FIRST = {"n": "north", "s": "south", "e": "east", "w": "west", "mt": "mount", "ft": "fort", "saint": "st"}
_ALSO = {
    "la": "los angeles", "l a": "los angeles", "dtla": "los angeles", "weho": "west hollywood",
    "san buenaventura": "ventura", "el paso de robles": "paso robles", "city industry": "industry",
    "cty of cmmrce": "commerce", "san francisco ca": "san francisco", "la canada": "la canada flintridge",
    "flintridge": "la canada flintridge", "la canada flt": "la canada flintridge", "hollywood hills": "hollywood",
    "huntington pk": "huntington park", "hawaiian gdns": "hawaiian gardens", "manhattan bch": "manhattan beach",
    "santa fe spgs": "santa fe springs", "westlake vlg": "westlake village", "rch palos vrd": "rancho palos verdes",
    "pls vrds est": "palos verdes estates", "rllng hls est": "rolling hills estates", "lamirada": "la mirada",
}  # fmt: skip

_NEIGHBORHOODS = """
arleta, arts district, atwater village, bel air, beverly crest, beverly glen, beverly grove, boyle heights, brentwood,
broadway manchester, canoga park, carthay, central alameda, century city, chatsworth, chesterfield square,
cheviot hills, chinatown, cypress park, del rey, dodgertown, downtown, downtown los angeles, eagle rock, echo park,
el sereno, elysian park, elysian valley, encino, exposition park, fairfax, fashion district, glassell park, glassell,
gramercy park, granada hills, green meadows, hancock park, harbor city, harbor gateway, harvard heights,
harvard park, highland park, historic filipinotown, historic south central, hollywood, hyde park, jefferson park,
koreatown, lake balboa, lake view ter, lake view terrace, larchmont, leimert park, lincoln heights, lincoln hts,
little tokyo, los feliz, manchester square, mar vista, mid city, mid wilshire, mission hills, montecito heights,
mount washington, nevin, north hills, north hollywood, northridge, pacific palisades, pacific plsds, pacoima, palms,
panorama city, pico robertson, pico union, playa del rey, playa vista, porter ranch, rancho park, reseda, san pedro,
sawtelle, sepulveda, shadow hills, sherman oaks, sherman village, silver lake, silverlake, south los angeles,
south park, studio city, sun valley, sunland, sylmar, tarzana, toluca lake, tujunga, university park, valley glen,
valley village, valley vlg, van nuys, venice, vermont knolls, vermont square, vermont vista, watts, west adams,
west hills, west los angeles, west toluca lake, westchester, westlake, westwood, wilmington, windsor square,
winnetka, woodland hills, woodland hls
"""
_OF_SANTA_CLARITA = ("canyon country", "canyon cntry", "newhall", "saugus", "valencia")
_UNINCORPORATED = """
acton, agua dulce, altadena, athens, castaic, charter oak, del sur, east los angeles, east pasadena,
east rancho dominguez, florence, florence firestone, hacienda heights, hacienda hts, la crescenta, ladera heights,
lake hughes, lake los angeles, lennox, leona valley, littlerock, llano, marina del rey, marina dl rey, montrose,
pearblossom, quartz hill, rancho dominguez, rowland heights, rowland hghts, stevenson ranch, topanga, universal city,
val verde, valinda, valyermo, view park, walnut park, west athens, west carson, west rancho dominguez, westmont,
willowbrook, windsor hills
"""


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",")]


_IN_LOS_ANGELES_COUNTY: dict[str, str] = (
    dict.fromkeys(_names(_NEIGHBORHOODS), CITY_OF_LOS_ANGELES)
    | dict.fromkeys(_OF_SANTA_CLARITA, "santa clarita")
    | dict.fromkeys(_names(_UNINCORPORATED), "")
)


def normal(name: str) -> str:
    """`name` in small letters without accents, points and "City of", its first word written out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("'", "")
    words = _NO_LETTER.sub(" ", plain).split()
    if words[:2] == ["city", "of"] and len(words) > 2:
        words = words[2:]
    if len(words) > 1:
        words[0] = _SHORT_FIRST.get(words[0], words[0])
    joined = " ".join(words)
    return _ALSO.get(joined, joined)


def normal_county(name: str) -> str:
    """A county's name without the word County."""
    return normal(name.removesuffix(" County"))


def city_behind(name: str, county: str) -> str | None:
    """The normal name of the city that a typed or postal name stands for.

    Empty for places that belong to no city; None for nothing typed.
    """
    typed = normal(name)
    if not typed:
        return None
    if county != LOS_ANGELES_COUNTY:
        return typed
    return _IN_LOS_ANGELES_COUNTY.get(typed, typed)

"""Where the demo's materials come from: by what a piece is made of, and whether its origin says that it is imported."""

from .pieces import Kind

Mill = tuple[str, str]
MILLS: dict[str, dict[str, tuple[Mill, ...]]] = {
    "cotton": {
        "usa": (("Central Valley Cotton", "Fresno, CA"), ("Cone Works", "Greensboro, NC")),
        "both": (("Kojima Mill", "Okayama, Japan"), ("Telares del Valle", "Puebla, Mexico")),
    },
    "wool": {
        "usa": (("Shenandoah Wool", "Staunton, VA"), ("Ojai Valley Spinning", "Ojai, CA")),
        "both": (("Lanificio Cervo", "Biella, Italy"), ("Calder Mill", "Huddersfield, England")),
    },
    "linen": {"usa": (("Willamette Flax", "Salem, OR"),)},
    "cowhide": {
        "usa": (("Chattahoochee Tannery", "Columbus, GA"), ("Trinity Hides", "Fort Worth, TX")),
        "both": (("Curtidos del Bajío", "León, Mexico"), ("Conceria dell'Arno", "Pisa, Italy")),
    },
    "silver": {"usa": (("Inland Refiners", "Riverside, CA"),)},
}


def mills_of(kind: Kind) -> tuple[Mill, ...]:
    """Those of the fiber that is named first."""
    fibre = kind.fibre.lower()
    first = min((name for name in MILLS if name in fibre), key=fibre.index)
    return MILLS[first][kind.origin]

"""A sample for the color words that makers use most, in English and Spanish; an unknown word has none."""

from marketplace.core.words import fold

_SAMPLES = {
    "#17131f": "black negro negra", "#f6f5f1": "white blanco blanca", "#8b8f98": "gray grey gris heather",
    "#3b3d44": "charcoal carbon grafito", "#2b2f63": "navy marino", "#2f5296": "blue azul cobalt cobalto",
    "#39406f": "indigo denim mezclilla", "#8fbbe0": "sky celeste", "#1f7a80": "teal turquoise turquesa",
    "#4a7a4c": "green verde", "#25452f": "forest bosque", "#6b6f3a": "olive olivo oliva", "#9caf88": "sage salvia",
    "#c2372c": "red rojo roja", "#6e1f2f": "burgundy wine vino borgona maroon", "#b3523b": "rust oxido terracotta clay",
    "#dd7a2e": "orange naranja anaranjado", "#ecb93b": "yellow amarillo amarilla mustard mostaza marigold",
    "#c9a24b": "gold dorado oro", "#b9bcc2": "silver plateado plata", "#e08aa8": "pink rosa rose rosado",
    "#74509f": "purple morado morada lavender lavanda jacaranda", "#7a4a2b": "brown cafe marron chocolate",
    "#c19a6b": "tan camel camello khaki caqui", "#e2d4b5": "beige sand arena natural bone hueso oat",
    "#f3ead3": "cream crema ivory marfil ecru",
}  # fmt: skip
_BY_WORD = {word: sample for sample, words in _SAMPLES.items() for word in words.split()}


def sample_of(color: str) -> str:
    """The sample of the last known word: "Washed Black" is black, "azul marino" is navy."""
    words = fold(color).replace("-", " ").replace("/", " ").split()
    return next((_BY_WORD[word] for word in reversed(words) if word in _BY_WORD), "")

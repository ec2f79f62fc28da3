"""The demo's pieces: what each kind is called, what it is made of, what it costs, in which colors it comes."""

from dataclasses import dataclass

COLORS = {
    "Navy": "#2b2f63", "Olive": "#5c5f3a", "Black": "#17131f", "Bone": "#e8e0d0", "Rust": "#a8492a",
    "Jacaranda": "#7a63b8", "Sage": "#9caf88", "Indigo": "#33416e", "Clay": "#b5654a", "Marigold": "#e2a32b",
    "Rose": "#d9879a", "Sky": "#8fb7d6", "Charcoal": "#3b3b42", "Cream": "#f1e6cf", "Red": "#b3262e",
    "Forest": "#2f5741", "Sand": "#cbb592", "Teal": "#1f6f78", "Silver": "#c3c7cc", "Gold": "#c9a24a",
    "Tan": "#b0814f", "Oxblood": "#6b2027",
}  # fmt: skip
LETTERS = ("XS", "S", "M", "L", "XL")
WAIST = ("28", "30", "32", "34", "36")
SHOES = ("7", "8", "9", "10", "11")
KIDS = ("2T", "4T", "6", "8")
ONE = ("",)


@dataclass(frozen=True, slots=True)
class Kind:
    """`titles` are (English, Spanish) names; prices in whole dollars; `drawing` is what the picture shows.

    `categories` are where its pieces are filed in turn, as the shop's address has it ("women/jackets").
    """

    drawing: str
    product_kind: str
    categories: tuple[str, ...]
    sizes: tuple[str, ...]
    price: tuple[int, int]
    fibre: str
    care: str
    colors: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    words: str
    words_es: str
    origin: str = "usa"


WASH = "Machine wash cold, hang dry."
KINDS = {
    "jacket": Kind(
        "chore-jacket", "garment", ("women/jackets", "men/jackets"), LETTERS, (148, 268), "100% cotton", WASH,
        ("Navy", "Olive", "Black", "Rust", "Indigo"),
        (("Flight jacket, satin", "Chamarra de aviador, satín"), ("Chore jacket, canvas", "Chamarra de trabajo, lona"),
         ("Trucker jacket, denim", "Chamarra de mezclilla"), ("Vat-dyed jacket", "Chamarra teñida en tina"),
         ("Stage jacket", "Chamarra de escenario"), ("Yard jacket", "Chamarra de patio")),
        "Boxy through the body, with two inside pockets and a zip that runs.",
        "De corte recto, con dos bolsas interiores y un cierre que corre bien.", "both",
    ),
    "coat": Kind(
        "coat", "garment", ("women/jackets", "men/jackets"), LETTERS, (228, 420), "80% wool, 20% nylon", "Dry clean.",
        ("Charcoal", "Navy", "Sand", "Forest"),
        (("Harbor coat", "Abrigo de puerto"), ("Overcoat, single breasted", "Abrigo recto"),
         ("Duster, boiled wool", "Guardapolvo de lana cocida"), ("Pea coat, short", "Chaquetón corto"),
         ("Raglan coat", "Abrigo raglán")),
        "Half lined, so that it hangs light. The collar stands up by itself.",
        "Con medio forro, para que caiga ligero. El cuello se sostiene solo.", "both",
    ),
    "blouse": Kind(
        "blouse", "garment", ("women/tops",), LETTERS, (88, 148), "100% cotton", WASH,
        ("Bone", "Rose", "Sage", "Sky"),
        (("Cutter's blouse", "Blusa de cortadora"), ("Tie-neck blouse", "Blusa de lazo"),
         ("Stage blouse", "Blusa de escenario"), ("Sunday blouse", "Blusa de domingo")),
        "Gathered at the yoke, with a cuff that rolls and stays.",
        "Fruncida en el canesú, con un puño que se dobla y se queda.",
    ),
    "backpack": Kind(
        "backpack", "bag", ("bags/backpacks",), ONE, (118, 188), "100% cotton canvas, cowhide trim", "Spot clean.",
        ("Olive", "Navy", "Rust"),
        (("Roll-top backpack", "Mochila enrollable"), ("Court backpack", "Mochila de cancha")),
        "A roll top, a sleeve for a laptop, straps that do not slip.",
        "Tapa enrollable, funda para la computadora y correas que no se resbalan.",
    ),
    "sandal": Kind(
        "sandal", "footwear", ("shoes/sandals",), SHOES, (98, 148), "Cowhide, rubber", "Wipe with a damp cloth.",
        ("Tan", "Black"),
        (("Huarache, open", "Huarache abierto"), ("Yard sandal", "Sandalia de patio")),
        "Woven straps over a sole of tire rubber.",
        "Correas tejidas sobre suela de llanta.",
    ),
    "towel": Kind(
        "towel", "home_textile", ("home/kitchen",), ONE, (24, 48), "100% cotton", WASH,
        ("Sage", "Sky", "Clay"),
        (("Kitchen towel", "Toalla de cocina"), ("Beach towel", "Toalla de playa")),
        "Waffle weave that drinks and dries.",
        "Tejido de gofre que absorbe y se seca.",
    ),
    "jeans": Kind(
        "jeans", "garment", ("men/jeans", "women/jeans"), WAIST, (138, 198), "98% cotton, 2% elastane", "Wash cold, inside out.",
        ("Indigo", "Black", "Bone"),
        (("Straight jeans, selvedge", "Jeans rectos de orillo"), ("Wide jeans", "Jeans anchos"),
         ("Tapered jeans", "Jeans entallados"), ("Carpenter jeans", "Jeans de carpintero")),
        "Fourteen-ounce denim with a hem you may send back to be shortened.",
        "Mezclilla de catorce onzas; el dobladillo se ajusta gratis.", "both",
    ),
    "trousers": Kind(
        "trousers", "garment", ("men/pants", "women/pants"), WAIST, (128, 188), "100% wool", "Dry clean.",
        ("Charcoal", "Navy", "Sand"),
        (("Pleated trousers", "Pantalón de pinzas"), ("Stage trousers", "Pantalón de escenario"),
         ("Flat-front trousers", "Pantalón liso"), ("Cropped trousers", "Pantalón corto al tobillo")),
        "High rise, a long fly, and pockets that do not gape.",
        "Tiro alto, bragueta larga y bolsas que no se abren.",
    ),
    "dress": Kind(
        "dress", "garment", ("women/dresses",), LETTERS, (118, 218), "100% linen", WASH,
        ("Marigold", "Rose", "Sage", "Indigo", "Bone"),
        (("Day dress", "Vestido de día"), ("Apron dress", "Vestido mandil"), ("Wide linen dress", "Vestido amplio de lino"),
         ("Nine-dip dress", "Vestido de nueve baños"), ("Wrap dress", "Vestido cruzado")),
        "Cut wide and belted with itself. It has pockets.",
        "De corte amplio, con cinto de la misma tela. Tiene bolsas.",
    ),
    "skirt": Kind(
        "skirt", "garment", ("women/skirts",), LETTERS, (78, 138), "55% linen, 45% cotton", WASH,
        ("Clay", "Navy", "Sage"),
        (("Circle skirt", "Falda circular"), ("Bias skirt", "Falda al bies"), ("Walking skirt", "Falda para caminar")),
        "Cut on the bias, so that it moves when you do.",
        "Cortada al bies, para que se mueva contigo.",
    ),
    "shirt": Kind(
        "shirt", "garment", ("men/shirts", "women/tops"), LETTERS, (78, 128), "100% cotton", WASH,
        ("Sky", "Marigold", "Bone", "Teal", "Rose"),
        (("Camp shirt", "Camisa de verano"), ("Band-collar shirt", "Camisa de cuello mao"),
         ("Work shirt, chambray", "Camisa de trabajo"), ("Big Sunday shirt", "Camisa amplia de domingo"),
         ("Guayabera", "Guayabera")),
        "Seven buttons of corozo nut and a yoke that lets you reach.",
        "Siete botones de corozo y un canesú que deja alcanzar.",
    ),
    "tee": Kind(
        "tee", "printed_garment", ("men/tees", "women/tops"), LETTERS, (32, 52), "100% cotton", WASH,
        ("Bone", "Black", "Sky", "Clay", "Forest"),
        (("Heavy tee", "Playera gruesa"), ("River tee", "Playera del río"), ("Jacaranda tee", "Playera jacaranda"),
         ("Boxy tee", "Playera recta"), ("Asphalt tee", "Playera asfalto")),
        "Eight-ounce jersey that does not twist in the wash.",
        "Jersey de ocho onzas que no se tuerce al lavar.",
    ),
    "hoodie": Kind(
        "hoodie", "printed_garment", ("men/tees", "women/tops"), LETTERS, (88, 128), "100% cotton", WASH,
        ("Charcoal", "Jacaranda", "Forest", "Marigold"),
        (("Press hoodie", "Sudadera de imprenta"), ("Court hoodie", "Sudadera de cancha"),
         ("Zip hoodie", "Sudadera con cierre")),
        "Fleece of sixteen ounces with a hood that covers the ears.",
        "Felpa de dieciséis onzas, con capucha que cubre las orejas.",
    ),
    "sweater": Kind(
        "sweater", "knitwear", ("women/knitwear", "men/knitwear"), LETTERS, (128, 228), "100% wool", "Hand wash, dry flat.",
        ("Cream", "Rust", "Forest", "Charcoal"),
        (("Crew sweater", "Suéter de cuello redondo"), ("Shepherd's cardigan", "Cárdigan de pastor"),
         ("Ribbed sweater", "Suéter acanalado"), ("Roll-neck sweater", "Suéter de cuello alto")),
        "Knitted in the round, with no side seams to rub.",
        "Tejido en redondo, sin costuras que rocen.",
    ),
    "beanie": Kind(
        "beanie", "knitwear", ("accessories/hats",), ONE, (28, 44), "100% wool", "Hand wash, dry flat.",
        ("Marigold", "Charcoal", "Teal"),
        (("Night beanie", "Gorro de noche"), ("Ribbed beanie", "Gorro acanalado"), ("Watch beanie", "Gorro de guardia")),
        "Two layers over the ears, one above.",
        "Doble capa sobre las orejas, una arriba.",
    ),
    "scarf": Kind(
        "scarf", "home_textile", ("accessories/scarves",), ONE, (48, 98), "70% wool, 30% cotton", "Hand wash, dry flat.",
        ("Indigo", "Clay", "Sage"),
        (("Loom scarf", "Bufanda de telar"), ("Indigo scarf", "Bufanda de índigo"), ("Evening scarf", "Bufanda de noche")),
        "Woven narrow, finished with a hand-tied fringe.",
        "Tejida angosta, con flecos anudados a mano.",
    ),
    "cap": Kind(
        "cap", "hat", ("accessories/hats",), ONE, (34, 48), "100% cotton", "Spot clean.",
        ("Forest", "Red", "Navy", "Sand"),
        (("Five-panel cap", "Gorra de cinco paneles"), ("Sun cap", "Gorra de sol"), ("Yard cap", "Gorra de patio")),
        "Five panels, a short bill, a strap of leather.",
        "Cinco paneles, visera corta y correa de cuero.",
    ),
    "tote": Kind(
        "tote", "bag", ("bags/totes",), ONE, (48, 98), "100% cotton canvas", "Spot clean.",
        ("Bone", "Olive", "Navy"),
        (("Market tote", "Bolsa de mercado"), ("Deck tote", "Bolsa de cubierta"), ("Print tote", "Bolsa impresa"),
         ("Sailcloth tote", "Bolsa de vela"), ("School tote", "Bolsa de escuela")),
        "Handles long enough for the shoulder, sewn through the bottom.",
        "Asas largas para el hombro, cosidas hasta el fondo.",
    ),
    "crossbody": Kind(
        "crossbody", "bag", ("bags/crossbody",), ONE, (88, 168), "Cowhide, cotton lining", "Wipe with a damp cloth.",
        ("Tan", "Black", "Oxblood"),
        (("Saddle bag, small", "Bolsa de silla, chica"), ("River path bag", "Bolsa del camino del río"),
         ("Courier bag", "Bolsa de mensajero")),
        "One strap, one pocket, one brass catch that clicks.",
        "Una correa, una bolsa y un broche de latón que hace clic.",
    ),
    "belt": Kind(
        "belt", "other", ("accessories/belts",), ("30", "34", "38"), (58, 78), "Cowhide", "Oil twice a year.",
        ("Tan", "Black"),
        (("Bridle belt", "Cinturón de brida"), ("Plain belt", "Cinturón liso")),
        "One length of leather, edges burnished by hand.",
        "Una sola tira de cuero, con los bordes bruñidos a mano.",
    ),
    "earrings": Kind(
        "earrings", "jewellery", ("jewelry/earrings",), ONE, (68, 188), "Recycled silver, 14k gold plate", "Keep dry.",
        ("Gold", "Silver"),
        (("Hoop earrings", "Arracadas"), ("Drop earrings", "Aretes colgantes"), ("Seed earrings", "Aretes semilla")),
        "Light enough to forget. Posts of solid silver.",
        "Tan ligeros que se olvidan. Poste de plata maciza.",
    ),
    "necklace": Kind(
        "necklace", "jewellery", ("jewelry/necklaces",), ONE, (98, 240), "Recycled silver, 14k gold plate", "Keep dry.",
        ("Gold", "Silver"),
        (("Chain with a drop", "Cadena con gota"), ("Coin necklace", "Collar de moneda"), ("Day chain", "Cadena de diario")),
        "Eighteen inches, with two more to let out.",
        "De cuarenta y cinco centímetros, con cinco más para alargar.",
    ),
    "ring": Kind(
        "ring", "jewellery", ("jewelry/rings",), ("6", "7", "8", "9"), (88, 220), "Recycled silver", "Keep dry.",
        ("Silver", "Gold"),
        (("Poured ring", "Anillo vaciado"), ("Signet ring", "Anillo de sello"), ("Thin band", "Argolla delgada")),
        "Poured in sand, filed by hand, stamped with the day.",
        "Vaciado en arena, limado a mano, marcado con el día.",
    ),
    "sneaker": Kind(
        "sneaker", "footwear", ("shoes/sneakers",), SHOES, (148, 198), "Cowhide, rubber", "Wipe with a damp cloth.",
        ("Bone", "Black", "Forest"),
        (("Court sneaker", "Tenis de cancha"), ("Low sneaker", "Tenis bajo"), ("Runner", "Tenis para correr")),
        "Lasted by hand over a cupsole that is stitched, not only glued.",
        "Montados a mano sobre una suela cosida, no solo pegada.", "both",
    ),
    "boot": Kind(
        "boot", "footwear", ("shoes/boots",), SHOES, (228, 298), "Cowhide, rubber", "Oil twice a year.",
        ("Tan", "Black", "Oxblood"),
        (("Chelsea boot", "Botín chelsea"), ("Work boot", "Bota de trabajo"), ("Riding boot", "Bota de montar")),
        "A welted sole, so a cobbler can replace it.",
        "Suela con vira, para que un zapatero la pueda cambiar.", "both",
    ),
    "apron": Kind(
        "apron", "garment", ("home/kitchen",), ONE, (68, 98), "100% cotton canvas", WASH,
        ("Indigo", "Clay", "Black"),
        (("Line apron", "Mandil de línea"), ("Cross-back apron", "Mandil cruzado"), ("Shop apron", "Mandil de taller"),
         ("Half apron", "Mandil corto")),
        "Cross-back straps, two pockets, a loop for a towel.",
        "Tirantes cruzados, dos bolsas y una presilla para el trapo.",
    ),
    "cushion": Kind(
        "cushion", "home_textile", ("home/cushions",), ONE, (48, 88), "100% cotton, feather fill", "Cover: machine wash cold.",
        ("Rust", "Sage", "Marigold"),
        (("Loom cushion", "Cojín de telar"), ("Patchwork cushion", "Cojín de retazos"), ("Bench cushion", "Cojín de banca")),
        "Cover and inner are sewn apart; the cover has a zip.",
        "La funda y el relleno van por separado; la funda tiene cierre.",
    ),
    "blanket": Kind(
        "blanket", "home_textile", ("home/blankets",), ONE, (148, 288), "100% wool", "Dry clean.",
        ("Clay", "Indigo", "Cream"),
        (("Loom blanket", "Cobija de telar"), ("Patchwork quilt", "Colcha de retazos"), ("Hill blanket", "Cobija del cerro")),
        "Fifty by seventy inches, heavy enough to stay put.",
        "De ciento veinte por ciento ochenta, con peso para no moverse.",
    ),
    "kidtee": Kind(
        "tee", "printed_garment", ("kids/tops",), KIDS, (22, 32), "100% cotton", WASH,
        ("Marigold", "Sky", "Rose"),
        (("Kids' tee", "Playera de niños"), ("Kids' striped tee", "Playera a rayas de niños")),
        "The same jersey as ours, smaller.",
        "El mismo jersey que el nuestro, más chico.",
    ),
    "kiddress": Kind(
        "dress", "garment", ("kids/dresses",), KIDS, (42, 58), "100% cotton", WASH,
        ("Rose", "Marigold", "Sky"),
        (("Recess dress", "Vestido de recreo"), ("Shirting dress", "Vestido de camisa")),
        "A hem with four centimeters to let down next year.",
        "Con cuatro centímetros de dobladillo para el año que viene.",
    ),
    "overalls": Kind(
        "overalls", "garment", ("kids/overalls", "men/pants"), KIDS, (62, 128), "100% cotton", WASH,
        ("Indigo", "Olive", "Clay"),
        (("Block overalls", "Overol de la cuadra"), ("Dock overalls", "Overol de muelle")),
        "Double knees, brass buttons, pockets deep enough for a lunch.",
        "Rodillas dobles, botones de latón y bolsas donde cabe el lunch.",
    ),
}  # fmt: skip

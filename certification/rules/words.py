"""The words of the criteria: claims, kinds of product and kinds of production step."""

from enum import StrEnum


class Claim(StrEnum):
    """What a maker says was done in Los Angeles."""

    DESIGNED = "designed"
    ASSEMBLED = "assembled"
    MANUFACTURED = "manufactured"


class ProductKind(StrEnum):
    """Decides which steps are essential; the values are those of the catalogue."""

    GARMENT = "garment"
    KNITWEAR = "knitwear"
    PRINTED_GARMENT = "printed_garment"
    FOOTWEAR = "footwear"
    BAG = "bag"
    JEWELLERY = "jewellery"
    HAT = "hat"
    HOME_TEXTILE = "home_textile"
    OTHER = "other"


class StepKind(StrEnum):
    """One thing that is done to make a product, in the order in which it usually happens."""

    CONCEPT = "concept"
    PATTERN = "pattern"
    SAMPLE = "sample"
    MATERIAL = "material"
    KNITTING = "knitting"
    DYEING = "dyeing"
    CUTTING = "cutting"
    PRINTING = "printing"
    SEWING = "sewing"
    LASTING = "lasting"
    CASTING = "casting"
    ASSEMBLING = "assembling"
    FINISHING = "finishing"
    PRESSING = "pressing"
    LABELLING = "labelling"
    FOLDING = "folding"
    PACKING = "packing"

"""What is said of files, cells, changes and pictures: what was seen, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "empty": _("The file is empty. Export it again and choose that file."),
    "too_large": _("The file is larger than 50 MB. Export fewer pieces at a time."),
    "workbook": _("This is a workbook of a spreadsheet program. Save it as “CSV UTF-8” there, and choose that file."),
    "zero_bytes": _("The file holds zero bytes, so it is no text. Export it again as CSV."),
    "encoding": _("The file's letters can't be read. Save it as “CSV UTF-8” and choose that file."),
    "unreadable_row": _(
        "The file can't be read from row %(row)s on: a quotation mark is opened and not closed, or stands within a "
        "text without being doubled. Mend it there, or export the file again."
    ),
    "unknown_headings": _(
        "The first row does not name the columns of Shopify, Etsy or Square. Export the products there again, and "
        "leave the first row as it is."
    ),
    "no_rows": _("There is no piece below the first row. Export the products again."),
    "too_many_rows": _("The file has more than %(most)s rows. Export fewer pieces at a time."),
    "too_many_pieces": _("The file holds more than %(most)s pieces. Export fewer at a time."),
}  # fmt: skip

ERROR, WARNING, NOTE = "error", "warning", "note"
MESSAGES = {
    "read_as": (NOTE, _("The file is not in UTF-8, so it was read as %(encoding)s. Check that accents look right.")),
    "columns_twice": (WARNING, _("These columns stand there twice, and the first one counts: %(names)s.")),
    "unused_columns": (NOTE, _("These columns are not used: %(names)s.")),
    "no_handle": (ERROR, _("This row has no handle. Give all rows of a piece the same one.")),
    "no_token": (ERROR, _("This row has no token. Export the item library from Square again.")),
    "no_title": (ERROR, _("The piece has no name. Write one here.")),
    "handle_twice": (ERROR, _("Another piece, “%(title)s”, has the same handle. Give each piece a handle of its own.")),
    "twice": (ERROR, _("A row above has the same name or SKU. Give each piece a SKU of its own.")),
    "rows_apart": (WARNING, _("The rows of “%(handle)s” stand apart in the file. They are taken as one piece.")),
    "archived": (NOTE, _("It is archived there, so it is left out. Make it active there to bring it here.")),
    "too_long": (ERROR, _("This has %(length)s letters; at most %(most)s fit. Shorten it.")),
    "ragged": (
        ERROR,
        _("This row has more cells than there are columns. A text with a comma needs quotation marks around it."),
    ),
    "price_missing": (ERROR, _("The price is missing. Write it in dollars, such as 48.00.")),
    "price_unreadable": (ERROR, _("“%(value)s” is no price. Write it in dollars, such as 48.00.")),
    "price_comma": (ERROR, _("“%(value)s” can be read in two ways. Write cents after a period, such as 48.00.")),
    "price_cents": (ERROR, _("“%(value)s” has fractions of a cent. Write two digits after the period.")),
    "price_range": (ERROR, _("“%(value)s” is not between $1 and $100,000. Correct the price.")),
    "currency": (ERROR, _("Prices here are US dollars, and the file says “%(value)s”. Write the price in dollars.")),
    "stock_unreadable": (ERROR, _("“%(value)s” is no whole number of pieces. Write how many there are, such as 5.")),
    "stock_range": (ERROR, _("“%(value)s” is more than 100,000 pieces. Correct the number.")),
    "stock_missing": (WARNING, _("The file does not say how many there are: it starts with 0. Set it in the piece.")),
    "stock_in_one": (
        WARNING,
        _("Etsy gives one number for all sizes and colors (%(stock)s). New ones start with 0; set them in the piece."),
    ),
    "stock_held": (
        WARNING,
        _("%(held)s pieces of “%(variant)s” are in orders already, so the stock becomes %(held)s and not %(stock)s."),
    ),
    "oversold": (WARNING, _("The number is below zero (%(stock)s), so it is taken as 0.")),
    "option_alone": (NOTE, _("“%(name)s” is “%(value)s” everywhere, so it is not kept as a choice.")),
    "option_as_size": (WARNING, _("“%(name)s” is neither size nor color. It is taken as the size.")),
    "third_option": (
        ERROR,
        _(
            "A piece here has sizes and colors, and “%(name)s” comes on top. Make one piece for each “%(name)s”: give "
            "their rows a handle and a name of their own."
        ),
    ),
    "variant_twice": (ERROR, _("“%(variant)s” stands in row %(first)s already. Remove one of the two rows.")),
    "too_many_variants": (ERROR, _("The piece has %(count)s variants; at most %(most)s fit. Make two pieces of it.")),
    "variants_stay": (
        NOTE, _("“%(names)s” is here and not in the file. It stays; take it out in the piece if it is gone."),
    ),
    "picture_address": (WARNING, _("“%(value)s” is no address of a picture, so it is left out. Add it in the piece.")),
    "too_many_pictures": (WARNING, _("A piece takes %(most)s pictures; the rest is left out.")),
    "us_claim": (
        WARNING,
        _(
            "The text says “%(words)s”. Unless everything was made in the United States, the piece is held once it is "
            "published. Write “Made in Los Angeles of imported fabric”, or name the country of each part."
        ),
    ),
    "name_certified": (
        WARNING,
        _("The piece is certified under its old name. A new name ends the certificate until it has been looked at."),
    ),
    "same_name": (WARNING, _("You have a piece of this name already. This one comes as another draft beside it.")),
    "taken": (ERROR, _("Another row of this file is the same piece of your shop. Bring each piece once.")),
    "refused": (ERROR, _("It was not saved: %(words)s")),
    "no_member": (ERROR, _("Who started this import works for the business no more. Upload the file again.")),
}  # fmt: skip

PICTURE_ERRORS = {
    "no_member": MESSAGES["no_member"][1],
    "address": _("The address can't be read. Correct it in the file, or add the picture in the piece."),
    "not_public": _("The address does not lead to a public server. Add the picture in the piece."),
    "unreachable": _("The server did not answer. Try again later."),
    "too_slow": _("The server took longer than 20 seconds. Try again later."),
    "too_large": _("The picture is larger than 15 MB. Add a smaller one in the piece."),
    "redirects": _("The address leads on and on. Add the picture in the piece."),
    "answer": _("The server has no picture at this address. Correct it in the file, or add the picture in the piece."),
}

CHANGES = {
    "title": _("Name"), "description": _("Description"), "weight": _("Weight"), "price": _("Price"),
    "stock": _("In stock"), "variant": _("New variant"), "pictures": _("New pictures"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the report."""

    level: str
    row: int
    column: str
    words: str


def line_of_finding(finding: dict[str, Any]) -> Line:
    """A stored finding in the reader's language."""
    level, words = MESSAGES[finding["code"]]
    params = finding["params"]
    said = str(words) % params
    if params.get("more"):
        said += " " + _g("And %(more)s more.") % params
    return Line(level, finding["row"], finding["column"], said)


def picture_words(error: str) -> str:
    """Why a picture is not here: the words of a code, or what the service said."""
    return str(PICTURE_ERRORS.get(error, error))


def refusal_words(code: str, params: dict[str, Any]) -> str:
    """Why a whole file was refused."""
    return str(REFUSALS[code]) % params

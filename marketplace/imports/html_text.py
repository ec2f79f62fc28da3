"""Descriptions from elsewhere are web pages: what is kept of them is their words, in paragraphs."""

from html import escape
from html.parser import HTMLParser

_SILENT = {
    "script", "style", "head", "title", "iframe", "object", "embed", "template", "noscript", "svg", "math", "select",
    "textarea",
}  # fmt: skip
_PARAGRAPHS = {
    "p", "div", "ul", "ol", "dl", "table", "section", "article", "header", "footer", "blockquote", "pre", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "figure",
}  # fmt: skip
_LINES = {"br", "li", "tr", "dt", "dd"}


class _Words(HTMLParser):
    """Gathers words, and breaks between them: "\\n" for a new line, "\\n\\n" for a new paragraph."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, bool]] = []  # text, and whether it stood in the source
        self.silent: list[str] = []
        self.has_markup = False

    def handle_starttag(self, tag, attrs):
        self.has_markup = True
        if tag in _SILENT and tag != "embed":
            self.silent.append(tag)
        elif not self.silent:
            self.parts.append((_break(tag) + ("– " if tag == "li" else ""), False))

    def handle_startendtag(self, tag, attrs):
        self.has_markup = True
        if not self.silent:
            self.parts.append((_break(tag), False))

    def handle_endtag(self, tag):
        if tag in self.silent:
            while self.silent.pop() != tag:
                continue
        elif not self.silent and tag in _PARAGRAPHS:
            self.parts.append(("\n\n", False))

    def handle_data(self, data):
        if not self.silent:
            self.parts.append((data, True))

    def words(self) -> str:
        """Where there is markup, a line end of the source is a space."""
        return "".join(
            text.replace("\n", " ") if self.has_markup and is_source else text for text, is_source in self.parts
        )


def plain_text(source: str) -> str:
    """The words of a description in paragraphs, apart by an empty line; no tag, script or attribute is left.

    A text without any tag keeps its own lines.
    """
    parser = _Words()
    parser.feed(source)
    parser.close()
    paragraphs: list[list[str]] = [[]]
    for line in parser.words().split("\n"):
        tidy = " ".join(line.split())
        if tidy.strip("– "):
            paragraphs[-1].append(tidy)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


def as_html(text: str) -> str:
    """Paragraphs as a shop elsewhere takes them; `plain_text` gives them back."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def _break(tag: str) -> str:
    return "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""

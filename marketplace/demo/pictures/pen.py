"""Small drawing helpers that return SVG text; coordinates are those of a 1200 x 1500 sheet."""

INK = "#0b0720"
SHADE = "#120c22"


def rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """`first` with `share` (0 to 1) of `second` in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def dark(color: str, share: float = 0.5) -> str:
    return mix(color, SHADE, share)


def light(color: str, share: float = 0.25) -> str:
    return mix(color, "#ffffff", share)


def brightness(color: str) -> float:
    return sum(rgb(color)) / 765


def mirrored(start: tuple, segments: list[tuple], middle: float = 600) -> str:
    """A closed path from its right half, top to bottom: a segment is one point (line) or three (curve)."""

    def other(point):
        return 2 * middle - point[0], point[1]

    def text(point):
        return f"{point[0]:.1f},{point[1]:.1f}"

    path, points = f"M{text(start)}", [start]
    for segment in segments:
        path += f"L{text(segment[0])}" if len(segment) == 1 else "C" + " ".join(map(text, segment))
        points.append(segment[-1])
    for index in range(len(segments) - 1, -1, -1):
        segment, end = segments[index], other(points[index])
        if len(segment) == 1:
            path += f"L{text(end)}"
        else:
            path += f"C{text(other(segment[1]))} {text(other(segment[0]))} {text(end)}"
    return path + "Z"


def both(drawing: str) -> str:
    """A detail and its mirror image."""
    return f'<g>{drawing}</g><g transform="translate(1200 0) scale(-1 1)">{drawing}</g>'


def stitch(path: str, color: str, width: float = 3, dash: str = "9 6", opacity: float = 0.8) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-dasharray="{dash}"'
        f' stroke-opacity="{opacity}" stroke-linecap="round"/>'
    )


def line(path: str, color: str, width: float = 4, opacity: float = 0.7, fill: str = "none") -> str:
    return (
        f'<path d="{path}" fill="{fill}" stroke="{color}" stroke-width="{width}" stroke-opacity="{opacity}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def soft(
    path: str, color: str, width: float, opacity: float, *, spread: float = 27, steps: int = 6, move: str = ""
) -> str:
    """A stroke with soft edges, built of ever thinner ones: a blur filter takes ten times as long."""
    share = 1 - (1 - opacity) ** (1 / steps)
    widths = (width + spread * (1 - 2 * index / (steps - 1)) for index in range(steps))
    strokes = "".join(f'<path d="{path}" stroke-width="{max(size, 2):.0f}"/>' for size in widths)
    place = f' transform="translate({move})"' if move else ""
    return f'<g fill="none" stroke="{color}" stroke-opacity="{share:.4f}" stroke-linecap="round"{place}>{strokes}</g>'


def soft_shadow(path: str, down: int = 14) -> str:
    """The shadow of a flap on what lies below it."""
    return f'<path d="{path}" fill="{INK}" fill-opacity=".16" transform="translate(0 {down})"/>' + soft(
        path, INK, 26, 0.22, spread=24, move=f"0 {down}"
    )


def area(path: str, color: str, opacity: float = 1) -> str:
    return f'<path d="{path}" fill="{color}" fill-opacity="{opacity}"/>'


def dot(x: float, y: float, radius: float, color: str, edge: str = "none", width: float = 2) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}" stroke="{edge}" stroke-width="{width}"/>'


def neck_label(x: float, y: float, width: float = 76, height: float = 38) -> str:
    """A woven label with seams at both ends."""
    letters = (
        f"M{width * 0.27:.0f} {height * 0.28:.0f}v{height * 0.44:.0f}h{width * 0.14:.0f}"
        f"M{width * 0.56:.0f} {height * 0.72:.0f}l{width * 0.1:.0f}-{height * 0.44:.0f}l{width * 0.1:.0f} {height * 0.44:.0f}"
    )
    return (
        f'<g transform="translate({x} {y})"><rect width="{width}" height="{height}" fill="#f4f1ea"/>'
        f'<path d="M6 4v{height - 8}M{width - 6} 4v{height - 8}" stroke="#17131f" stroke-width="2" stroke-dasharray="4 3"/>'
        f'<path d="{letters}" fill="none" stroke="#17131f" stroke-width="4"/></g>'
    )


def ribs(xs, top: float, length: float, color: str, opacity: float = 0.3, width: float = 3) -> str:
    """Upright ribs of a knitted edge."""
    return line("".join(f"M{x} {top}v{length}" for x in xs), color, width, opacity)

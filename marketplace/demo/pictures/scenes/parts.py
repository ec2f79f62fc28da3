"""Pieces of posters on a 1600 x 1000 sheet, as SVG text."""

import random


def rect(x: float, y: float, width: float, height: float, color: str, radius: float = 0) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{color}"/>'


def shape(path: str, color: str, opacity: float = 1) -> str:
    return f'<path d="{path}" fill="{color}" fill-opacity="{opacity}"/>'


def stroke(path: str, color: str, width: float = 6, opacity: float = 1, dash: str = "none") -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-opacity="{opacity}"'
        f' stroke-dasharray="{dash}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def disc(x: float, y: float, radius: float, color: str, opacity: float = 1) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}" fill-opacity="{opacity}"/>'


def sky(top: str, bottom: str, name: str = "sky", middle: str = "") -> str:
    stop = f'<stop offset=".55" stop-color="{middle}"/>' if middle else ""
    return (
        f'<defs><linearGradient id="{name}" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="{top}"/>{stop}'
        f'<stop offset="1" stop-color="{bottom}"/></linearGradient></defs><rect width="1600" height="1000" fill="url(#{name})"/>'
    )


def tree(x: float, ground: float, height: float, colors: tuple[str, ...], seed: int, spread: float = 200) -> str:
    """A jacaranda, or another tree in other colors: a forked trunk under a cloud of discs."""
    chance = random.Random(seed)
    top = ground - height
    out = stroke(
        f"M{x} {ground}C{x + 10} {ground - height * 0.3:.0f} {x - 20} {ground - height * 0.45:.0f} {x - 40} {top + height * 0.2:.0f}"
        f"M{x + 4} {ground - height * 0.35:.0f}C{x + 30} {ground - height * 0.5:.0f} {x + 70} {top + height * 0.3:.0f} {x + 80} {top + height * 0.15:.0f}",
        "#4b3330", height / 16,
    )  # fmt: skip
    for _ in range(150):
        across, up = chance.gauss(0, 0.42), chance.gauss(0, 0.36)
        if abs(across) > 1 or abs(up) > 1:
            continue
        out += disc(
            round(x + 10 + across * spread), round(top + height * 0.16 + up * spread * 0.72), chance.randint(16, 40),
            chance.choice(colors),
        )  # fmt: skip
    return out


JACARANDA = ("#7b62b8", "#8f78cc", "#6a52a6", "#a491dc")
FICUS = ("#2f6b4f", "#3c7d5c", "#27594a", "#579471")


def windows(
    x: float, y: float, columns: int, rows: int, step: tuple[int, int], color: str, size: tuple[int, int]
) -> str:
    return "".join(
        rect(x + column * step[0], y + row * step[1], size[0], size[1], color)
        for column in range(columns)
        for row in range(rows)
    )


def awning(x: float, y: float, width: float, depth: float, first: str, second: str, stripes: int = 9) -> str:
    """Striped cloth with a scalloped edge."""
    step = width / stripes
    out = ""
    for index in range(stripes):
        left = x + index * step
        color = first if index % 2 == 0 else second
        out += shape(f"M{left:.1f} {y}h{step:.1f}v{depth}a{step / 2:.1f} {step / 2.6:.1f} 0 0 1 -{step:.1f} 0Z", color)
    return out


def cone(x: float, base: float, color: str, scale: float = 1) -> str:
    """A cone of thread."""
    w, t, h = 60 * scale, 26 * scale, 210 * scale
    out = shape(f"M{x - w} {base}L{x - t} {base - h}H{x + t}L{x + w} {base}Z", color)
    out += shape(f"M{x + t} {base - h}L{x + w} {base}H{x + w * 0.3}L{x + t * 0.3} {base - h}Z", "#1b1030", 0.16)
    for index in range(9):
        y = base - h + (index + 1) * h / 10
        half = t + (w - t) * (index + 1) / 10
        out += stroke(f"M{x - half:.0f} {y:.0f}L{x + half:.0f} {y + 8 * scale:.0f}", "#1b1030", 3 * scale, 0.2)
    return (
        out
        + rect(x - t * 0.5, base - h - 26 * scale, t, 28 * scale, "#efe2c8")
        + rect(x - w * 1.1, base - 8, w * 2.2, 12 * scale, "#efe2c8")
    )


def figure(x: float, floor: float, height: float, shirt: str, skin: str, hair: str, apron: str = "") -> str:
    """A person at work, seen from the front, without a face."""
    k = height / 400
    out = shape(
        f"M{x - 90 * k:.0f} {floor}C{x - 100 * k:.0f} {floor - 170 * k:.0f} {x - 80 * k:.0f} {floor - 250 * k:.0f} {x} {floor - 256 * k:.0f}"
        f"C{x + 80 * k:.0f} {floor - 250 * k:.0f} {x + 100 * k:.0f} {floor - 170 * k:.0f} {x + 90 * k:.0f} {floor}Z",
        shirt,
    )
    if apron:
        out += shape(
            f"M{x - 46 * k:.0f} {floor - 190 * k:.0f}H{x + 46 * k:.0f}L{x + 60 * k:.0f} {floor}H{x - 60 * k:.0f}Z",
            apron,
        )
        out += stroke(
            f"M{x - 44 * k:.0f} {floor - 190 * k:.0f}L{x - 26 * k:.0f} {floor - 250 * k:.0f}"
            f"M{x + 44 * k:.0f} {floor - 190 * k:.0f}L{x + 26 * k:.0f} {floor - 250 * k:.0f}", apron, 9 * k,
        )  # fmt: skip
    out += rect(x - 22 * k, floor - 290 * k, 44 * k, 50 * k, skin)
    out += f'<ellipse cx="{x}" cy="{floor - 326 * k:.0f}" rx="{52 * k:.0f}" ry="{60 * k:.0f}" fill="{skin}"/>'
    out += shape(
        f"M{x - 58 * k:.0f} {floor - 320 * k:.0f}C{x - 66 * k:.0f} {floor - 410 * k:.0f} {x + 66 * k:.0f} {floor - 410 * k:.0f} {x + 58 * k:.0f} {floor - 320 * k:.0f}"
        f"C{x + 40 * k:.0f} {floor - 352 * k:.0f} {x - 20 * k:.0f} {floor - 366 * k:.0f} {x - 58 * k:.0f} {floor - 320 * k:.0f}Z",
        hair,
    )
    return out


def hung(x: float, rail: float, color: str, length: float, kind: str = "coat") -> str:
    """A piece of clothing on a hanger, seen nearly from the side."""
    half = 62 if kind == "coat" else 50
    out = stroke(
        f"M{x} {rail}v-8a14 14 0 1 1 14 -12M{x} {rail + 4}L{x - half + 8} {rail + 50}M{x} {rail + 4}L{x + half - 8} {rail + 50}",
        "#3b3440",
        5,
    )
    flare = 1.32 if kind == "dress" else 1.06
    body = (
        f"M{x - half} {rail + 44}C{x - 20} {rail + 22} {x + 20} {rail + 22} {x + half} {rail + 44}"
        f"C{x + half + 6} {rail + length * 0.5:.0f} {x + half * flare:.0f} {rail + length * 0.8:.0f} {x + half * flare:.0f} {rail + length}"
        f"H{x - half * flare:.0f}C{x - half * flare:.0f} {rail + length * 0.8:.0f} {x - half - 6} {rail + length * 0.5:.0f} {x - half} {rail + 44}Z"
    )
    out += shape(body, color)
    out += shape(
        f"M{x + 10} {rail + 34}C{x + 40} {rail + 34} {x + half} {rail + 40} {x + half} {rail + 44}"
        f"C{x + half + 6} {rail + length * 0.5:.0f} {x + half * flare:.0f} {rail + length * 0.8:.0f} {x + half * flare:.0f} {rail + length}H{x + 20}Z",
        "#1b1030", 0.14,
    )  # fmt: skip
    return out + stroke(f"M{x} {rail + 40}V{rail + length - 10}", "#1b1030", 3, 0.25)

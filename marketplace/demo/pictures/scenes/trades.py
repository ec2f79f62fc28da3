"""Work: sewing, pleating, cutting, dyeing, printing, shoemaking."""

import math

from .parts import awning, cone, disc, figure, hung, rect, shape, sky, stroke, windows

_THREADS = ("#bc0e64", "#f0a63c", "#0d7a5f", "#2f5296", "#7b62b8", "#f4efe6", "#c63a2f")


def _room(wall: str, floor: str, rail: str = "") -> str:
    out = rect(0, 0, 1600, 1000, wall) + rect(0, 800, 1600, 200, floor)
    return out + (rect(0, 786, 1600, 14, rail) if rail else "")


def _panes(x: float, y: float, columns: int, rows: int, outside: str) -> str:
    """A workshop window of steel and glass, sunlight on the floor is left to the scene."""
    width, height = columns * 120, rows * 110
    out = rect(x, y, width, height, outside) + shape(
        f"M{x} {y + height}L{x + width * 0.7:.0f} {y}H{x + width}L{x + width * 0.3:.0f} {y + height}Z", "#ffffff", 0.25
    )
    grid = "".join(f"M{x + column * 120} {y}v{height}" for column in range(columns + 1))
    grid += "".join(f"M{x} {y + row * 110}h{width}" for row in range(rows + 1))
    return out + stroke(grid, "#3b3440", 10)


def sewing_machine() -> str:
    out = _room("#f2d7c7", "#8a4a3c") + _panes(90, 90, 4, 4, "#a9d3dc") + _panes(1010, 90, 4, 4, "#a9d3dc")
    out += (
        rect(120, 720, 1360, 60, "#d9a066")
        + rect(120, 772, 1360, 16, "#a9714c")
        + rect(200, 780, 44, 220, "#3b3440")
        + rect(1356, 780, 44, 220, "#3b3440")
    )
    out += shape(
        "M500 720V640H1080V470C1080 430 1060 420 1020 420H640C580 420 540 430 520 470L500 540H570V600H620V540H900C920 540 930 556 930 580V640H1120V720Z",
        "#14594a",
    )
    out += (
        shape("M500 640H1120V720H500Z", "#0e463a")
        + disc(1120, 520, 66, "#1f2b33")
        + disc(1120, 520, 44, "#3b4a55")
        + disc(1120, 520, 12, "#c9c6c0")
    )
    out += (
        rect(592, 596, 14, 70, "#c9c6c0")
        + rect(570, 660, 60, 12, "#c9c6c0")
        + stroke("M760 420V370M760 370C690 380 640 470 604 600", "#bc0e64", 4)
    )
    out += cone(760, 420, "#bc0e64", 0.46) + stroke("M660 470h180", "#f0c35a", 10) + disc(880, 476, 16, "#f0c35a")
    out += shape(
        "M180 720C260 640 420 690 560 668C700 690 900 660 1010 690C1200 660 1300 730 1420 722L1440 770C1300 800 1100 760 900 790C600 770 380 800 190 770Z",
        "#2f5296",
    )
    out += stroke("M200 740C400 700 560 690 604 674C800 700 1100 690 1410 742", "#f0a63c", 5, dash="14 10")
    return out + cone(330, 716, "#f0a63c", 0.6) + cone(1290, 716, "#0d7a5f", 0.6)


def sunray_pleat() -> str:
    """A fan of pleats like a rising sun over the table."""
    out = rect(0, 0, 1600, 1000, "#f4b63e")
    for fold in range(40):
        start, end = math.pi + math.pi * fold / 40, math.pi + math.pi * (fold + 1) / 40
        for low, high, color, reach in ((0, 0.5, "#7d3f98", 654), (0.5, 1, "#a76bc4", 634)):
            first, last = start + (end - start) * low, start + (end - start) * high
            out += shape(
                f"M{800 + 120 * math.cos(first):.1f},{760 + 120 * math.sin(first):.1f}"
                f"L{800 + reach * math.cos(first):.1f},{760 + reach * math.sin(first):.1f}"
                f"L{800 + reach * math.cos(last):.1f},{760 + reach * math.sin(last):.1f}"
                f"L{800 + 120 * math.cos(last):.1f},{760 + 120 * math.sin(last):.1f}Z", color,
            )  # fmt: skip
    out += shape("M680 760a120 120 0 01240 0z", "#f7e3c4") + stroke(
        "M700 760a100 100 0 01200 0", "#7d3f98", 5, dash="14 9"
    )
    out += rect(0, 760, 1600, 240, "#2b1c3d") + rect(0, 760, 1600, 22, "#4a3362")
    out += "".join(stroke(f"M{x} 782v{34 if x % 200 == 0 else 18}", "#f4b63e", 4) for x in range(0, 1600, 40))
    out += (
        cone(150, 758, "#d8437f", 0.8)
        + cone(280, 758, "#f7e3c4", 0.66)
        + cone(1330, 758, "#1d8a78", 0.66)
        + cone(1460, 758, "#d8437f", 0.8)
    )
    out += '<g transform="translate(560 890) rotate(-8)" fill="none" stroke="#f7e3c4" stroke-width="14"><circle cy="-34" r="34"/>'
    return (
        out
        + '<circle cy="44" r="34"/><path d="M30 -20L420 40M30 30L420 -34" stroke-width="20" stroke-linecap="round"/></g>'
    )


def garment_rack() -> str:
    out = _room("#d9e3dc", "#c58f68", "#b9c9bf") + _panes(1120, 110, 3, 4, "#f6d9a8")
    out += disc(180, 230, 90, "#f6c9b4", 0.7) + stroke("M120 900V260H1080V900M60 900H180M1020 900H1140", "#3b3440", 16)
    pieces = (("#2b2f63", 420, "coat"), ("#c63a2f", 500, "dress"), ("#f4efe6", 360, "shirt"), ("#4a5a3c", 440, "coat"),
              ("#d9a514", 500, "dress"), ("#8a4a24", 460, "coat"), ("#d8437f", 380, "shirt"))  # fmt: skip
    for index, (color, length, kind) in enumerate(pieces):
        out += hung(210 + index * 130, 290, color, length, kind)
    out += figure(1330, 960, 520, "#7b62b8", "#8d5a3b", "#241a22", "#f4efe6")
    return (
        out
        + rect(1180, 840, 330, 26, "#8a5a3c")
        + rect(1200, 866, 20, 134, "#6b4a3a")
        + rect(1470, 866, 20, 134, "#6b4a3a")
        + rect(1210, 806, 120, 34, "#2f5296", 6)
        + rect(1340, 796, 110, 44, "#f0a63c", 6)
    )


def cutting_table() -> str:
    """Pattern pieces chalked on cloth, from above."""
    out = rect(0, 0, 1600, 1000, "#d9a066") + "".join(stroke(f"M0 {y}H1600", "#c58f54", 3) for y in range(60, 1000, 90))
    out += shape("M80 120C420 90 1100 150 1540 110L1520 880C1100 910 460 860 100 890Z", "#2f4672") + shape(
        "M80 120C420 90 1100 150 1540 110L1538 160C1100 200 460 150 82 176Z", "#ffffff", 0.08
    )
    chalk = "#e9eef6"
    pieces = (
        "M220 300C300 260 380 260 430 310C450 420 440 560 470 740H200C220 560 190 420 220 300Z",
        "M560 300C640 250 720 270 760 330C770 450 750 600 770 740H540C560 600 530 430 560 300Z",
        "M860 330C920 240 1040 240 1100 330L1060 560H900Z", "M890 640H1090V760H890Z",
        "M1190 290C1290 270 1380 300 1420 350L1390 520H1210Z", "M1200 600C1280 570 1360 570 1430 600L1410 690C1350 670 1270 670 1210 690Z",
    )  # fmt: skip
    out += "".join(shape(path, "#f0e3c8", 0.95) + stroke(path, chalk, 5, dash="16 10") for path in pieces)
    out += stroke("M330 360V680M650 370V690M980 320V520M1300 340V490", "#8a6a3c", 5) + "".join(
        disc(x, y, 9, "#bc0e64") for x, y in ((250, 330), (410, 700), (590, 340), (730, 700), (980, 270), (1300, 300))
    )
    out += '<g transform="translate(1140 820) rotate(-24)"><path d="M0 0L330 -46M0 0L330 46" stroke="#c9c6c0" stroke-width="30" stroke-linecap="round"/>'
    out += '<circle r="16" fill="#5b5d6b"/><g fill="none" stroke="#bc0e64" stroke-width="26"><ellipse cx="-110" cy="-56" rx="78" ry="46"/><ellipse cx="-110" cy="56" rx="78" ry="46"/></g></g>'
    out += (
        '<g transform="translate(120 930) rotate(-3)">'
        + rect(0, 0, 900, 44, "#f0c35a")
        + "".join(stroke(f"M{x} 0v{24 if x % 100 == 0 else 14}", "#3b3440", 4) for x in range(20, 900, 20))
        + "</g>"
    )
    return out + disc(1450, 900, 60, "#f4efe6") + disc(1450, 900, 40, "#d8437f") + disc(1450, 900, 10, "#f4efe6")


def thread_cones() -> str:
    """A wall of thread."""
    out = rect(0, 0, 1600, 1000, "#f3e6d6")
    for row, base in enumerate((320, 630, 940)):
        out += rect(0, base, 1600, 24, "#b98a5a") + rect(0, base + 24, 1600, 10, "#8a6236")
        for column in range(11):
            color = _THREADS[(column * 3 + row * 2) % 7] if (column + row) % 5 else "#e0b5c8"
            out += cone(80 + column * 146, base - 2, color, 1.0 if (column + row) % 3 else 0.86)
    return out


def dye_vats() -> str:
    """Cloth hung to drip above the vats."""
    out = _room("#cfe0e2", "#9a8f86", "#b7c9cb") + _panes(60, 80, 3, 3, "#fbe3b8") + _panes(1180, 80, 3, 3, "#fbe3b8")
    out += stroke("M440 140H1160M440 140V60M1160 140V60", "#3b3440", 14)
    for index, color in enumerate(("#2f3f7a", "#4e6bb0", "#8fb0dc", "#c63a2f", "#e58a5b")):
        x = 470 + index * 140
        out += shape(
            f"M{x} 140H{x + 104}V{560 + index % 2 * 40}C{x + 70} {590 + index % 2 * 30} {x + 30} {530 + index % 2 * 40} {x} {566 + index % 2 * 36}Z",
            color,
        )
        out += shape(
            f"M{x + 66} 140H{x + 104}V{560 + index % 2 * 40}L{x + 74} {560 + index % 2 * 40}Z", "#1b1030", 0.14
        )
        out += stroke(f"M{x + 52} {600 + index % 2 * 36}v22", color, 8)
    for x, liquid in ((250, "#2f3f7a"), (640, "#bc0e64"), (1030, "#d9a514")):
        out += (
            shape(f"M{x} 700H{x + 320}L{x + 296} 960H{x + 24}Z", "#7a8790")
            + f'<ellipse cx="{x + 160}" cy="700" rx="160" ry="42" fill="#5b6770"/><ellipse cx="{x + 160}" cy="706" rx="140" ry="32" fill="{liquid}"/>'
        )
        out += stroke(f"M{x + 60} 700c40-14 90 10 130-4", "#ffffff", 5, 0.5) + stroke(
            f"M{x + 14} 800H{x + 306}M{x + 22} 890H{x + 298}", "#5b6770", 8
        )
    return out + figure(1440, 1004, 480, "#0d7a5f", "#6b4430", "#171020", "#2b3350")


def shoe_bench() -> str:
    """Lasts on a shelf, a boot on the bench."""
    out = _room("#e8cfae", "#7a4a36") + rect(80, 130, 1440, 20, "#8a5a3c") + rect(80, 330, 1440, 20, "#8a5a3c")
    for row, base in enumerate((130, 330)):
        for column in range(9):
            x = 130 + column * 156
            color = ("#c98f54", "#b5763d", "#d9a86a")[(column + row) % 3]
            out += shape(
                f"M{x} {base}C{x - 8} {base - 60} {x + 10} {base - 96} {x + 44} {base - 96}C{x + 60} {base - 60} {x + 100} {base - 50} {x + 118} {base - 22}C{x + 122} {base - 8} {x + 118} {base} {x + 110} {base}Z",
                color,
            )
            out += disc(x + 34, base - 76, 6, "#7a4a2b")
    out += (
        rect(120, 720, 1360, 56, "#b98a5a")
        + rect(120, 770, 1360, 16, "#8a6236")
        + rect(220, 786, 50, 214, "#6b4a3a")
        + rect(1330, 786, 50, 214, "#6b4a3a")
    )
    out += shape(
        "M560 420C620 408 700 408 760 420C766 500 770 560 778 610C840 650 930 670 980 700C1006 714 1010 716 1008 720H552C548 620 548 520 560 420Z",
        "#8a3f24",
    )
    out += (
        shape("M620 420C618 500 626 560 640 600H720C730 540 730 480 716 418Z", "#4c2216")
        + rect(548, 704, 462, 18, "#2a221d")
        + stroke("M560 706H1000", "#e0b984", 4, dash="10 7")
    )
    out += stroke("M776 616C720 640 660 652 560 650M778 628C724 652 664 664 560 662", "#e0b984", 3, dash="8 6")
    out += (
        '<g transform="translate(1180 660) rotate(28)">'
        + rect(-14, -180, 28, 230, "#d9a066", 10)
        + rect(-74, -210, 150, 52, "#5b5d6b", 8)
        + "</g>"
    )
    out += (
        shape("M220 718C260 640 420 640 470 718Z", "#c9765f")
        + disc(340, 690, 26, "#e8cfae")
        + rect(1270, 640, 90, 80, "#14594a", 6)
    )
    return out + stroke("M1290 640V560M1314 640V540M1340 640V570", "#3b3440", 9)


def screen_print() -> str:
    """A carousel of tees under wet ink."""
    out = (
        sky("#f6d5c9", "#f6d5c9")
        + rect(0, 820, 1600, 180, "#5b4a6b")
        + _panes(110, 80, 3, 3, "#a9d3dc")
        + windows(1180, 120, 3, 2, (110, 120), "#f0a63c", (80, 80))
    )
    out += awning(1140, 380, 380, 46, "#2f5296", "#fbf3e2", 9)
    out += (
        rect(740, 640, 120, 300, "#3b3440")
        + rect(660, 930, 280, 30, "#2a2230")
        + '<ellipse cx="800" cy="640" rx="560" ry="60" fill="#6f5d80"/>'
    )
    for x, scale, ink in ((300, 0.8, "#d8437f"), (800, 1.12, "#f0a63c"), (1300, 0.8, "#0d7a5f")):
        y, w, h = 690 - 60 * scale, 170 * scale, 240 * scale
        out += shape(
            f"M{x - w * 0.5:.0f} {y - h:.0f}L{x - w:.0f} {y - h * 0.72:.0f}L{x - w * 0.78:.0f} {y - h * 0.5:.0f}L{x - w * 0.62:.0f} {y - h * 0.56:.0f}V{y + 60:.0f}H{x + w * 0.62:.0f}V{y - h * 0.56:.0f}L{x + w * 0.78:.0f} {y - h * 0.5:.0f}L{x + w:.0f} {y - h * 0.72:.0f}L{x + w * 0.5:.0f} {y - h:.0f}C{x + w * 0.2:.0f} {y - h * 0.88:.0f} {x - w * 0.2:.0f} {y - h * 0.88:.0f} {x - w * 0.5:.0f} {y - h:.0f}Z",
            "#fbf8f0",
        )
        out += disc(x, round(y - h * 0.34), 62 * scale, ink)
        out += "".join(
            rect(x - 78 * scale, y - h * 0.34 + (16 + i * 18) * scale, 156 * scale, 7 * scale, "#fbf8f0")
            for i in range(3)
        )
    out += (
        '<g transform="translate(800 330) rotate(-4)">'
        + stroke("M-250 0H250V210H-250Z", "#b98a5a", 30)
        + rect(-235, 15, 470, 180, "#f0e3c8")
        + disc(0, 105, 62, "#f0a63c", 0.55)
        + rect(-190, 30, 380, 34, "#3b3440", 8)
        + rect(-190, 60, 380, 14, "#d9a066")
        + "</g>"
    )
    return out + figure(120, 1004, 460, "#2f5296", "#c98f67", "#2a1a14", "#bc0e64")

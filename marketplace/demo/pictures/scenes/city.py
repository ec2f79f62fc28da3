"""Places: a workshop's street, the skyline, the river, a market, hills, the harbor, a shop at night."""

import math
import random

from .parts import FICUS, JACARANDA, awning, disc, figure, rect, shape, sky, stroke, tree, windows


def workshop_street() -> str:
    """Sawtooth roofs, a jacaranda in bloom, wires, the marine layer."""
    out = sky("#8fb7cf", "#f3e6d6") + shape("M0 560C300 500 500 540 760 520S1300 560 1600 500V900H0Z", "#b9cbd2")
    for x in range(240, 1300, 180):
        out += shape(f"M{x} 470L{x + 180} 360V470Z", "#c9765f") + shape(f"M{x + 140} 396v74h26v-90z", "#9fd0d6")
    out += (
        rect(240, 470, 1080, 390, "#efb79f") + rect(240, 470, 1080, 26, "#c9765f") + rect(330, 600, 270, 260, "#2b3350")
    )
    out += "".join(stroke(f"M334 {y}h262", "#46507a", 5) for y in range(616, 860, 22))
    for x in (680, 870):
        out += rect(x, 600, 150, 130, "#f8dc8a") + stroke(f"M{x + 75} 600v130M{x} 665h150", "#7a3b2c", 8)
        out += stroke(f"M{x} 600h150v130h-150z", "#7a3b2c", 10)
    out += rect(1090, 610, 130, 250, "#046242") + disc(1196, 742, 8, "#f8dc8a")
    out += awning(630, 556, 450, 40, "#046242", "#f7f4ec", 11)
    out += rect(0, 860, 1600, 140, "#5b5d6b") + rect(0, 860, 1600, 30, "#c9c6bf")
    out += stroke("M0 950h240M360 950h240M720 950h240M1080 950h240M1440 950h160", "#f4c34a", 8)
    out += tree(1430, 876, 520, JACARANDA, 12)
    chance = random.Random(3)
    out += "".join(
        f'<ellipse cx="{chance.randint(1240, 1590)}" cy="{chance.randint(866, 890)}" rx="7" ry="4" fill="#8f78cc"/>'
        for _ in range(50)
    )
    out += stroke("M120 250V880M60 300H180M76 340H164", "#3b3440", 14)
    return out + stroke(
        "M0 286C40 300 60 300 60 300C600 420 1100 400 1600 260M180 300C700 430 1100 420 1600 290", "#3b3440", 4
    )


def skyline() -> str:
    """Downtown before the mountains, the sun low."""
    out = sky("#3b2f6b", "#f7c861", middle="#d8587a") + disc(1130, 560, 150, "#ffe2a0")
    out += "".join(rect(960, 590 + i * 26, 360, 5 + i * 3, "#ee8a5b") for i in range(5))
    out += shape("M0 690L220 600 380 640 560 560 760 640 980 600 1240 660 1600 590V1000H0Z", "#7a2f66")
    out += shape("M0 770L300 700 620 760 900 710 1300 770 1600 720V1000H0Z", "#4c2456")
    chance, x = random.Random(4), 0
    while x < 1600:
        width, center = chance.randint(44, 104), abs(x - 640) / 640
        height = round(chance.randint(60, 150) + max(0.0, 1 - center) * chance.randint(120, 330))
        out += rect(x, 880 - height, width, height + 120, "#2a1840")
        for y in range(880 - height + 18, 866, 30):
            for at in range(x + 10, x + width - 12, 22):
                if chance.random() < 0.4:
                    out += rect(at, y, 10, 14, "#f7c861")
        x += width + chance.randint(0, 8)
    out += shape("M700 480l34-90 34 90z", "#2a1840") + rect(700, 470, 68, 440, "#2a1840")
    out += rect(0, 930, 1600, 70, "#160d26")
    return out + stroke("M0 330C500 420 1100 420 1600 300M0 352C500 446 1100 446 1600 324", "#160d26", 4)


def river_bridge() -> str:
    """Arches over the concrete river."""
    out = sky("#f2b880", "#fbe7cf", middle="#f6d3a8") + disc(420, 300, 96, "#fff4d6")
    out += shape("M0 520C260 440 520 500 800 470S1340 500 1600 430V760H0Z", "#c8a0a0", 0.7)
    out += windows(1120, 300, 5, 9, (64, 28), "#a87f8c", (44, 20)) + rect(700, 380, 90, 160, "#a87f8c")
    out += shape("M0 720H1600L1360 1000H240Z", "#d9cbb6") + shape(
        "M0 720L240 1000H0ZM1600 720L1360 1000H1600Z", "#bfae9a"
    )
    out += shape("M520 720H1080L980 1000H620Z", "#7fb0b3") + stroke(
        "M640 800h180M700 860h240M660 930h150", "#cfe6e2", 6
    )
    for start in range(-60, 1600, 330):
        out += stroke(f"M{start} 640C{start + 60} 330 {start + 270} 330 {start + 330} 640", "#f4efe6", 34)
        out += stroke(f"M{start} 646C{start + 60} 344 {start + 270} 344 {start + 330} 646", "#a9998c", 8, 0.5)
        for part in range(1, 7):
            share = part / 7
            y = 640 - 232 * 4 * share * (1 - share)
            out += stroke(f"M{start + 330 * share:.0f} {y:.0f}V640", "#f4efe6", 7)
    out += rect(0, 632, 1600, 44, "#f4efe6") + rect(0, 668, 1600, 12, "#a9998c")
    for x in range(-60, 1700, 330):
        out += shape(f"M{x - 26} 676H{x + 26}L{x + 40} 800H{x - 40}Z", "#e3d9cb")
    return (
        out
        + stroke("M0 616H1600", "#3b3440", 5, 0.6)
        + rect(860, 586, 120, 40, "#bc0e64", 8)
        + rect(1010, 590, 90, 36, "#2f5296", 8)
    )


def market() -> str:
    """Stalls under awnings, cloth by the yard, paper banners."""
    out = sky("#7cc0d8", "#dff0ea") + rect(0, 300, 1600, 560, "#f0c35a") + rect(0, 300, 1600, 22, "#c9893a")
    out += windows(120, 350, 6, 1, (240, 0), "#5a6ea8", (130, 110)) + rect(0, 860, 1600, 140, "#b79a86")
    for index, (x, first, cloth) in enumerate(
        ((60, "#bc0e64", "#2f5296"), (580, "#0d7a5f", "#d8437f"), (1100, "#2f5296", "#e58a2b"))
    ):
        out += rect(x + 20, 520, 14, 350, "#6b4a3a") + rect(x + 406, 520, 14, 350, "#6b4a3a")
        out += awning(x, 500, 440, 70, first, "#fbf3e2")
        out += rect(x + 30, 740, 380, 130, "#8a5a3c") + rect(x + 30, 740, 380, 18, "#a9714c")
        for bolt in range(7):
            color = ("#d8437f", "#f4efe6", cloth, "#f0a63c", "#7b62b8", "#3c9a86", "#c63a2f")[(bolt + index) % 7]
            out += rect(x + 44 + bolt * 52, 640 + (bolt % 3) * 12, 42, 102 - (bolt % 3) * 12, color, 8)
            out += rect(x + 44 + bolt * 52, 668 + (bolt % 3) * 12, 42, 8, "#1b1030")
        out += figure(x + 220, 744, 250, cloth, ("#8d5a3b", "#c98f67", "#6b4430")[index], "#241a22", "#f4efe6")
    for row, y in enumerate((120, 210)):
        out += stroke(f"M0 {y}C400 {y + 80} 1200 {y + 80} 1600 {y}", "#3b3440", 3)
        for step in range(16):
            at = 50 + step * 100
            sag = y + 60 * math.sin(math.pi * at / 1600)
            color = ("#bc0e64", "#f0a63c", "#0d7a5f", "#2f5296", "#7b62b8")[(step + row) % 5]
            out += shape(f"M{at - 34} {sag:.0f}h68v60l-17 16-17-16-17 16-17-16z", color)
            out += (
                disc(at, round(sag + 30), 9, "#fbf3e2")
                + disc(at - 18, round(sag + 46), 5, "#fbf3e2")
                + disc(at + 18, round(sag + 46), 5, "#fbf3e2")
            )
    return out


def hillside() -> str:
    """Houses up a hill, stairs between them."""
    out = sky("#f6c9b4", "#fdf1df") + disc(1240, 240, 110, "#f58f6c")
    out += shape("M0 520C300 380 620 460 900 340S1400 300 1600 220V1000H0Z", "#9db59a")
    out += shape("M0 700C320 560 700 660 1000 520S1460 480 1600 420V1000H0Z", "#6f9478") + shape(
        "M0 860C400 760 900 840 1600 680V1000H0Z", "#48705c"
    )
    houses = (
        (160, 560, "#f4efe6", "#c9765f"), (420, 520, "#e7a38b", "#7a3b2c"), (700, 500, "#c3d9e6", "#2f5296"),
        (980, 420, "#f0c35a", "#8a5a2b"), (1250, 360, "#d3cbe6", "#5b4a92"), (300, 720, "#f3d9c6", "#bc0e64"),
        (640, 700, "#f4efe6", "#0d7a5f"), (1010, 620, "#e9b9c6", "#7a2f66"), (1330, 540, "#f4efe6", "#c9765f"),
    )  # fmt: skip
    for index, (x, y, walls, roof) in enumerate(houses):
        out += rect(x, y, 190, 130, walls) + shape(f"M{x - 20} {y}L{x + 95} {y - 70}L{x + 210} {y}Z", roof)
        out += rect(x + 24, y + 34, 50, 46, "#5a6ea8") + rect(x + 114, y + 48, 46, 82, roof)
        out += tree(x + 236, y + 140, 150, JACARANDA if index % 3 == 1 else FICUS, index, 64)
    for step in range(11):
        out += rect(860 - step * 9, 900 - step * 34, 130, 14, "#f4efe6") + rect(
            860 - step * 9, 914 - step * 34, 130, 20, "#bfae9a"
        )
    return out


def harbor() -> str:
    """Cranes and containers of San Pedro, morning."""
    out = (
        sky("#bcd9e4", "#fbe9d7")
        + disc(300, 330, 84, "#fff6df")
        + shape("M0 560C400 500 900 540 1600 480V700H0Z", "#9fb8c4")
    )
    out += rect(0, 690, 1600, 310, "#4f8a9c") + stroke(
        "M60 760h300M480 820h420M200 900h360M980 780h340M1100 900h420", "#a7d0d4", 6
    )
    for x, scale in ((720, 1.0), (1080, 1.12), (1420, 0.94)):
        top = 690 - 500 * scale
        out += stroke(
            f"M{x - 70} 690L{x - 46} {top}M{x + 70} 690L{x + 46} {top}M{x - 62} {690 - 170 * scale:.0f}H{x + 62}",
            "#c63a2f",
            18,
        )
        out += stroke(
            f"M{x + 90} {top + 20}H{x - 330}M{x} {top - 90}L{x - 320} {top + 12}M{x} {top - 90}L{x + 90} {top + 16}M{x} {top - 90}V{top + 20}",
            "#c63a2f",
            12,
        )
        out += stroke(f"M{x - 250} {top + 24}V{top + 190 * scale:.0f}", "#3b3440", 5) + rect(
            x - 290, top + 190 * scale, 80, 44, "#f0a63c"
        )
    out += shape("M120 700H900L840 800H200Z", "#2b3350") + rect(120, 690, 780, 14, "#f4efe6")
    colors = ("#bc0e64", "#f0a63c", "#0d7a5f", "#2f5296", "#c9765f", "#f4efe6", "#7b62b8")
    for row in range(3):
        for column in range(8 - row):
            out += rect(170 + column * 84 + row * 30, 646 - row * 46, 78, 42, colors[(column + row * 3) % 7])
    return out + rect(790, 590, 70, 100, "#f4efe6") + windows(800, 604, 2, 2, (28, 30), "#2b3350", (20, 18))


def storefront() -> str:
    """A shop window at night, dresses in the light."""
    out = sky("#1c1738", "#3d2a5c") + "".join(
        disc(x, y, 3, "#f7e3c4") for x, y in ((120, 80), (420, 140), (760, 60), (1080, 130), (1450, 90))
    )
    out += (
        rect(120, 200, 1360, 660, "#2e5b57") + rect(120, 200, 1360, 40, "#1f4340") + rect(200, 380, 760, 410, "#fbe3a6")
    )
    out += (
        rect(1060, 380, 300, 480, "#fbe3a6")
        + stroke("M1210 380V860M1060 380h300v480", "#1f4340", 14)
        + stroke("M200 380h760v410h-760z", "#1f4340", 16)
    )
    out += awning(170, 300, 820, 70, "#bc0e64", "#fbf3e2", 15) + awning(1030, 300, 360, 70, "#bc0e64", "#fbf3e2", 7)
    for x, color in ((330, "#c63a2f"), (580, "#2f5296"), (830, "#7b62b8")):
        out += disc(x, 470, 26, "#8a5a3c") + rect(x - 9, 490, 18, 40, "#8a5a3c")
        out += shape(f"M{x - 52} 520H{x + 52}L{x + 34} 610L{x + 96} 740H{x - 96}L{x - 34} 610Z", color)
        out += shape(f"M{x} 520H{x + 52}L{x + 34} 610L{x + 96} 740H{x + 20}Z", "#1b1030", 0.16) + rect(
            x - 5, 740, 10, 46, "#8a5a3c"
        )
    out += stroke("M200 420h760", "#e0b55c", 4) + "".join(disc(240 + i * 80, 436, 10, "#ffffff") for i in range(10))
    out += (
        rect(0, 860, 1600, 140, "#26203f")
        + shape("M200 860H960L1100 1000H80Z", "#fbe3a6", 0.22)
        + shape("M1060 860h300l60 140h-420z", "#fbe3a6", 0.22)
    )
    return out + figure(1500, 1004, 380, "#d9a514", "#6b4430", "#171020") + tree(60, 870, 420, JACARANDA, 31, 150)

"""Tote, crossbody bag, backpack."""

from ..cloth import cloth, panel
from ..pen import INK, both, dark, dot, light, line, mirrored, mix, soft_shadow, stitch


def tote(main: str, accent: str) -> str:
    edge = dark(main, 0.45)
    body = mirrored(
        (600, 560),
        [
            ((760, 560), (860, 556), (900, 552)),
            ((916, 800), (924, 1050), (920, 1270)),
            ((820, 1290), (700, 1294), (600, 1294)),
        ],
    )
    back, front = (
        "M440 600C430 330 470 210 600 210C730 210 770 330 760 600",
        "M470 640C470 420 500 300 600 300C700 300 730 420 730 640",
    )
    folds = (
        "M900 552C840 700 820 900 860 1200M300 552C370 720 360 900 330 1180M640 1290C660 1180 720 1100 800 1050"
        "M480 600C520 700 500 760 450 840"
    )
    over = line(front, edge, 44, 0.9) + line(front, light(main, 0.12), 38, 1)
    over += stitch("M452 590h36v70h-36zM712 590h36v70h-36z", edge) + stitch("M304 580C400 590 800 590 896 580", edge)
    over += f'<g fill="none" stroke="{accent}" stroke-width="16" opacity=".9"><circle cx="600" cy="930" r="120"/>'
    over += '<path d="M430 1050h340M470 1086h260M520 1122h160"/></g>'
    return cloth(body, main, "canvas", folds=folds, under=line(back, edge, 44, 1) + line(back, main, 38, 1), over=over)


def crossbody(main: str, accent: str) -> str:
    edge, thread = dark(main), light(main, 0.5)
    body = mirrored(
        (600, 700),
        [
            ((740, 700), (830, 698), (880, 690)),
            ((910, 820), (918, 980), (900, 1120)),
            ((860, 1180), (720, 1190), (600, 1190)),
        ],
    )
    strap = "M330 760C250 560 300 240 600 230C900 240 950 560 870 760"
    under = line(strap, edge, 34, 1) + line(strap, main, 28, 1) + stitch(strap, thread, 3, "12 8", 0.7)
    flap = mirrored(
        (600, 690),
        [
            ((740, 690), (840, 690), (888, 686)),
            ((912, 800), (900, 900), (860, 950)),
            ((780, 1000), (690, 1020), (600, 1020)),
        ],
    )
    over = soft_shadow(flap)
    over += panel(flap, mix(main, "#ffffff", 0.06))
    over += stitch(
        "M326 708C330 800 350 880 376 920C440 974 520 994 600 994C680 994 760 974 824 920C850 880 870 800 874 708",
        thread,
        4,
    )
    over += f'<rect x="560" y="960" width="80" height="110" rx="10" fill="{accent}" stroke="{dark(accent)}" stroke-width="4"/>'
    over += dot(600, 1016, 16, light(accent, 0.4), dark(accent), 4)
    ring = line("M862 724c30-6 44 40 14 52", accent, 12, 1)
    over += both(ring) + stitch("M336 1110C420 1166 780 1166 864 1110", thread, 4)
    return cloth(
        body,
        main,
        "leather",
        folds="M840 760C860 880 850 1000 830 1100M360 760C340 880 350 1000 370 1100",
        under=under,
        over=over,
    )


def backpack(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 330),
        [
            ((760, 330), (850, 400), (866, 560)),
            ((890, 760), (900, 1000), (890, 1180)),
            ((850, 1240), (720, 1250), (600, 1250)),
        ],
    )
    handle = "M540 340C530 240 560 210 600 210C640 210 670 240 660 340"
    under = line(handle, edge, 32, 1) + line(handle, accent, 26, 1)
    under += line("M866 620C960 700 960 1000 890 1120M334 620C240 700 240 1000 310 1120", dark(main, 0.3), 40, 1)
    flap = mirrored(
        (600, 320),
        [
            ((770, 320), (862, 400), (876, 560)),
            ((880, 660), (860, 720), (820, 740)),
            ((740, 764), (680, 768), (600, 768)),
        ],
    )
    pocket = mirrored(
        (600, 860),
        [
            ((700, 860), (770, 858), (800, 850)),
            ((812, 960), (812, 1080), (800, 1170)),
            ((740, 1190), (670, 1194), (600, 1194)),
        ],
    )
    over = panel(pocket, mix(main, INK, 0.06)) + stitch("M412 880C480 890 720 890 788 880", edge)
    over += soft_shadow(flap) + panel(flap, mix(main, "#ffffff", 0.05))
    over += stitch("M344 560C344 640 360 700 400 716C520 744 680 744 800 716C840 700 856 640 856 560", edge)
    buckle = line("M700 640V900", accent, 40, 1) + line("M700 640V900", dark(accent), 3, 0.4)
    buckle += line("M676 800h48v56h-48z", "#c9973a", 10, 1)
    over += both(buckle)
    return cloth(
        body,
        main,
        "canvas",
        folds="M800 480C850 640 840 900 850 1160M400 480C350 640 360 900 350 1160",
        under=under,
        over=over,
    )

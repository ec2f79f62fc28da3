"""Jackets and coats."""

from ..cloth import cloth, panel
from ..pen import INK, area, both, dark, dot, light, line, mirrored, mix, ribs, stitch


def bomber(main: str, accent: str) -> str:
    edge, teeth, bright_rib = dark(main), "#c9c6c0", light(accent)
    body = mirrored(
        (600, 300),
        [((650, 300), (700, 296), (716, 276)), ((800, 300), (872, 330), (910, 392)),
         ((986, 560), (1030, 780), (1040, 1010)), ((1000, 1044), (950, 1052), (912, 1044)),
         ((892, 880), (866, 740), (850, 640)), ((872, 800), (880, 960), (862, 1090)),
         ((862, 1120), (858, 1150), (850, 1180)), ((760, 1196), (690, 1198), (600, 1198))],
    )  # fmt: skip
    folds = (
        "M850 640C810 760 820 900 850 1060M350 640C396 760 384 900 350 1060M930 520C890 640 960 760 940 900"
        "M270 520C310 640 240 760 260 900M720 420C700 560 760 640 740 800M470 420C500 560 440 700 470 860"
    )
    collar = area("M484 276C500 250 700 250 716 276L700 330C660 352 540 352 500 330Z", accent)
    collar += "".join(line(f"M{x} 268l{(x - 600) * -0.06:.0f} 66", bright_rib, 2, 0.5) for x in range(500, 704, 12))
    hem = area("M346 1110C430 1126 770 1126 854 1110L850 1182C770 1200 430 1200 350 1182Z", accent)
    hem += ribs(range(358, 850, 12), 1118, 70, bright_rib, 0.5, 2)
    cuff = area("M904 974C940 984 1000 972 1038 950L1042 1016C1000 1048 950 1056 910 1046Z", accent)
    cuff += "".join(line(f"M{914 + i * 13} {976 - i * 1.6:.0f}v64", bright_rib, 2, 0.5) for i in range(10))
    seams = line("M908 392C870 480 852 560 850 640", edge, 3, 0.5) + line("M716 720L660 850", edge, 5, 0.8)
    seams += stitch("M734 726L678 856", edge)
    zipper = line("M600 336V1190", teeth, 13, 1) + stitch("M600 336V1190", "#55515a", 9, "3 5", 1)
    zipper += f'<rect x="590" y="346" width="20" height="52" rx="4" fill="{teeth}"/>'
    lining = area("M490 280C540 250 660 250 710 280L690 330H510Z", "#d9662b")
    return cloth(body, main, "satin", folds=folds, under=lining, over=collar + hem + both(cuff + seams) + zipper)


def chore_jacket(main: str, accent: str) -> str:
    edge, seam = dark(main), light(main, 0.45)
    body = mirrored(
        (600, 280),
        [((650, 280), (690, 276), (716, 266)), ((800, 290), (876, 320), (912, 384)),
         ((980, 560), (1026, 800), (1034, 1030)), ((1000, 1056), (950, 1062), (914, 1052)),
         ((894, 880), (870, 740), (852, 640)), ((866, 820), (870, 1000), (872, 1210)),
         ((780, 1226), (690, 1228), (600, 1228))],
    )  # fmt: skip
    folds = (
        "M852 640C800 740 800 900 836 1080M348 640C400 760 400 900 366 1100M930 520C890 640 960 760 940 900"
        "M270 520C310 640 240 760 260 900M700 1040C720 1120 700 1180 690 1220"
    )
    collar = panel("M600 330L500 270C470 290 452 330 448 372L540 420Z", mix(main, INK, 0.06))
    collar += panel("M600 330L700 270C730 290 748 330 752 372L660 420Z", mix(main, INK, 0.06))
    collar += stitch("M466 366L536 404L588 334M734 366L664 404L612 334", seam)
    neck = area("M500 270C540 244 660 244 700 270L600 332Z", mix(main, INK, 0.55))
    pocket = panel("M664 860H834L828 1090C780 1102 720 1102 672 1090Z", mix(main, INK, 0.05))
    pocket += stitch("M676 872H822M680 1078C724 1088 776 1088 818 1078", seam)
    chest = panel("M384 520H520L516 680C480 690 424 690 390 680Z", mix(main, INK, 0.05))
    chest += stitch("M394 532H510M398 668C430 676 476 676 508 668", seam)
    cuffs = stitch("M1022 960C990 984 950 992 908 986", seam) + line("M912 384C874 480 854 560 852 640", edge, 3, 0.5)
    cuffs += stitch("M924 392C888 480 868 560 866 630", seam)
    front = line("M600 420V1226", edge, 4, 0.7) + stitch("M622 424V1216M336 1196C440 1212 760 1212 864 1196", seam)
    buttons = "".join(dot(600, y, 15, accent, edge) for y in (470, 620, 770, 920, 1070))
    return cloth(
        body, main, "twill", folds=folds, under=neck, over=both(pocket + cuffs) + chest + front + collar + buttons
    )


def coat(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 210),
        [((650, 210), (690, 206), (716, 196)), ((800, 220), (866, 250), (900, 310)),
         ((966, 480), (1010, 720), (1022, 960)), ((990, 986), (940, 992), (904, 982)),
         ((884, 820), (860, 680), (842, 580)), ((860, 800), (884, 1080), (902, 1330)),
         ((800, 1350), (700, 1352), (600, 1352))],
    )  # fmt: skip
    folds = (
        "M842 580C800 700 800 900 850 1200M358 580C400 700 400 900 350 1200M700 800C720 1000 740 1200 730 1340"
        "M500 820C480 1000 460 1200 470 1340M920 460C880 580 950 700 930 840M280 460C320 580 250 700 270 840"
    )
    neck = area("M484 196C530 170 670 170 716 196L610 480Z", mix(main, INK, 0.58))
    left = panel("M484 196C460 240 440 290 424 350L500 400L470 440L620 660L640 600Z", mix(main, INK, 0.05))
    right = panel("M716 196C740 240 760 290 776 350L700 400L730 440L620 660L596 560Z", mix(main, "#ffffff", 0.04))
    pocket = line("M700 860L820 830L828 870L708 902Z", edge, 3, 0.6, mix(main, INK, 0.07)) + stitch(
        "M712 894L822 864", edge
    )
    sleeves = line("M900 310C862 400 844 480 842 580", edge, 3, 0.5) + stitch("M1010 900C976 922 936 926 900 920", edge)
    front = line("M620 660V1350", edge, 4, 0.7) + stitch("M300 1316C420 1334 780 1334 900 1316", edge)
    buttons = "".join(dot(x, y, 20, accent, edge, 3) for y in (720, 870, 1020) for x in (560, 690))
    return cloth(
        body, main, "twill", folds=folds, under=neck, over=both(pocket + sleeves) + front + right + left + buttons
    )

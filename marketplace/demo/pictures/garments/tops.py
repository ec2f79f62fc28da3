"""What one wears above: tee, shirt, blouse, hoodie, sweater."""

from ..cloth import cloth, panel
from ..pen import INK, area, both, dark, dot, light, line, mirrored, mix, neck_label, ribs, stitch


def tee(main: str, accent: str) -> str:
    edge, collar = dark(main), "M484 286C500 345 550 372 600 372C650 372 700 345 716 286"
    body = mirrored(
        (600, 372),
        [((650, 372), (700, 345), (716, 286)), ((790, 310), (850, 330), (890, 362)),
         ((960, 440), (1000, 560), (1030, 668)), ((980, 700), (930, 720), (884, 728)),
         ((870, 680), (856, 640), (846, 612)), ((842, 780), (846, 980), (852, 1196)),
         ((770, 1212), (690, 1214), (600, 1214))],
    )  # fmt: skip
    folds = (
        "M846 612C800 690 770 820 790 1010M354 612C410 720 420 860 396 1080M690 360C640 520 560 560 500 700"
        "M860 430C850 520 850 560 846 612M640 1210C650 1100 700 1000 760 900"
    )
    print_ = (
        f'<g opacity=".94"><circle cx="600" cy="640" r="104" fill="{accent}"/>'
        f'<path d="M480 690h240M500 716h200M530 742h140" stroke="{main}" stroke-width="10"/></g>'
    )
    seams = both(
        stitch("M1016 652C970 682 930 700 886 708", edge) + line("M890 362C858 440 846 520 846 612", edge, 3, 0.45)
    )
    seams += stitch("M354 1190C440 1206 520 1206 600 1206C690 1206 770 1204 846 1190", edge)
    under = area(
        "M484 286C520 262 680 262 716 286C700 345 650 372 600 372C550 372 500 345 484 286Z", mix(main, INK, 0.5)
    )
    neck = line(collar, edge, 22, 0.35) + line(collar, light(main), 3, 0.5)
    return cloth(body, main, "jersey", folds=folds, under=under + neck_label(562, 296), over=neck + seams + print_)


def shirt(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 300),
        [((650, 300), (690, 290), (712, 270)), ((800, 296), (866, 326), (900, 384)),
         ((966, 560), (1008, 800), (1018, 1010)), ((986, 1034), (944, 1040), (908, 1032)),
         ((888, 880), (866, 740), (846, 630)), ((856, 820), (862, 980), (866, 1140)),
         ((830, 1200), (790, 1220), (740, 1180)), ((690, 1212), (650, 1228), (600, 1228))],
    )  # fmt: skip
    folds = (
        "M846 630C800 740 800 880 830 1060M354 630C400 740 400 880 370 1060M920 520C880 640 950 760 930 900"
        "M280 520C320 640 250 760 270 900M680 480C660 640 720 760 700 940M480 500C520 640 470 760 490 960"
    )
    stripes = "".join(f"M{x} 240V1300" for x in range(200, 1040, 34))
    inside = f'<path d="{stripes}" stroke="{accent}" stroke-opacity=".38" stroke-width="7"/>'
    neck = area("M492 272C540 240 660 240 708 272L600 360Z", mix(main, INK, 0.5)) + neck_label(564, 262, 72, 34)
    collar = panel("M600 356L496 262C470 284 456 320 450 352L540 420Z", mix(main, "#ffffff", 0.08))
    collar += panel("M600 356L704 262C730 284 744 320 750 352L660 420Z", mix(main, "#ffffff", 0.08))
    placket = panel("M574 380H626V1226H574Z", mix(main, "#ffffff", 0.05)) + stitch(
        "M582 390V1220M618 390V1220", edge, 2
    )
    buttons = "".join(dot(600, y, 10, "#f4f1ea", edge) for y in range(450, 1180, 118))
    pocket = panel("M684 540H800V660L742 700L684 660Z", mix(main, "#ffffff", 0.04)) + stitch("M692 560H792", edge)
    cuffs = line("M904 950C940 962 986 954 1014 940M900 384C866 470 848 550 846 630", edge, 3, 0.5)
    cuffs += stitch("M908 1016C942 1024 980 1018 1014 1000", edge)
    return cloth(
        body, main, "canvas", folds=folds, under=neck, inside=inside,
        over=both(cuffs) + placket + pocket + collar + buttons,
    )  # fmt: skip


def blouse(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 400),
        [((640, 390), (676, 340), (690, 290)), ((770, 300), (850, 330), (896, 400)),
         ((990, 520), (1040, 640), (1050, 740)), ((1010, 800), (950, 810), (904, 790)),
         ((890, 720), (866, 670), (846, 630)), ((850, 800), (880, 980), (900, 1120)),
         ((800, 1150), (700, 1156), (600, 1156))],
    )  # fmt: skip
    folds = (
        "M846 630C800 740 820 900 860 1100M354 630C400 740 380 900 340 1100M700 470C680 660 720 900 730 1140"
        "M500 470C520 660 480 900 470 1140M900 440C900 560 980 640 980 760M300 440C300 560 220 640 220 760"
        "M600 560C600 760 596 960 590 1140"
    )
    dots = "".join(
        dot(x + (40 if row % 2 else 0), 330 + row * 70, 9, accent) for row in range(13) for x in range(120, 1100, 80)
    )
    neck = area(
        "M510 290C540 272 660 272 690 290C676 340 640 390 600 400C560 390 524 340 510 290Z", mix(main, INK, 0.5)
    )
    ties = line("M600 404C580 470 560 520 536 590M600 404C622 470 640 530 652 610", mix(main, INK, 0.15), 16, 1)
    ties += panel("M600 392C560 360 510 372 500 410C510 440 560 440 600 412Z", main)
    ties += panel("M600 392C640 360 690 372 700 410C690 440 640 440 600 412Z", main) + dot(600, 402, 18, main, edge)
    edges = line("M896 400C860 470 848 560 846 630", edge, 3, 0.4)
    edges += line("M1046 716C1006 770 952 782 902 764", edge, 6, 0.45)
    hem = stitch("M312 1104C430 1136 770 1136 888 1104", edge)
    return cloth(
        body, main, "jersey", folds=folds, under=neck + neck_label(566, 290, 68, 32),
        inside=f'<g opacity=".9">{dots}</g>', over=both(edges) + hem + ties,
    )  # fmt: skip


def hoodie(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 400),
        [((640, 400), (680, 370), (706, 318)), ((800, 340), (868, 376), (898, 430)),
         ((960, 600), (1000, 800), (1020, 1040)), ((980, 1064), (930, 1070), (896, 1064)),
         ((876, 900), (862, 760), (848, 660)), ((852, 840), (856, 980), (852, 1120)),
         ((860, 1160), (860, 1200), (852, 1238)), ((760, 1256), (690, 1258), (600, 1258))],
    )  # fmt: skip
    folds = (
        "M848 660C800 760 780 900 800 1090M352 660C400 780 400 900 380 1090M700 500C640 560 600 640 520 700"
        "M930 640C900 760 930 860 960 980M270 640C300 760 270 860 240 980"
    )
    hood = mirrored((600, 150), [((720, 150), (780, 230), (770, 330)), ((750, 420), (680, 470), (600, 520))])
    hole = mirrored((600, 214), [((676, 214), (716, 270), (704, 336)), ((680, 400), (640, 430), (600, 446))])
    over = panel(hood, main) + area(hole, mix(main, INK, 0.6)) + stitch(hole, edge)
    over += line("M560 436C548 520 560 560 552 640M640 436C652 520 642 580 650 660", accent, 9, 1)
    over += line("M552 640v26M650 660v26", edge, 11, 0.9)
    pocket = "M450 900C480 880 720 880 750 900L800 1080C740 1096 460 1096 400 1080Z"
    over += line(pocket, edge, 3, 0.6, mix(main, INK, 0.06)) + stitch("M458 908L410 1072M742 908L790 1072", edge)
    over += area("M346 1180C430 1196 770 1196 854 1180V1240C770 1260 430 1260 346 1240Z", mix(main, INK, 0.14))
    over += ribs(range(360, 850, 14), 1190, 58, edge, 0.25)
    cuff = "".join(line(f"M{902 + i * 13} 1012l2 46", edge, 3, 0.3) for i in range(9))
    over += both(cuff + line("M892 1010C930 1016 980 1010 1016 988", edge, 3, 0.5))
    return cloth(body, main, "jersey", folds=folds, over=over)


def sweater(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 340),
        [((646, 340), (690, 322), (706, 284)), ((796, 304), (868, 340), (904, 400)),
         ((974, 580), (1020, 800), (1032, 1030)), ((1000, 1060), (944, 1068), (906, 1058)),
         ((886, 900), (864, 760), (848, 650)), ((858, 840), (862, 980), (858, 1130)),
         ((858, 1160), (856, 1190), (848, 1216)), ((760, 1232), (690, 1234), (600, 1234))],
    )  # fmt: skip
    folds = (
        "M848 650C806 760 806 900 836 1080M352 650C394 760 394 900 364 1080M930 540C890 660 960 780 940 920"
        "M270 540C310 660 240 780 260 920"
    )
    bands = "".join(f"M140 {y}H1060" for y in (560, 592, 720))
    inside = f'<path d="{bands}" stroke="{accent}" stroke-width="16" stroke-opacity=".92"/>'
    inside += stitch("M140 640H1060M140 668H1060", accent, 12, "16 18", 0.92)
    collar = "M494 284C510 342 552 364 600 364C648 364 690 342 706 284"
    over = line(collar, mix(main, INK, 0.12), 40, 1) + line(collar, edge, 3, 0.35)
    over += "".join(
        line(f"M{x} {300 + 66 * (1 - ((x - 600) / 110) ** 2):.0f}v-34", edge, 2, 0.28) for x in range(506, 700, 12)
    )
    over += area("M344 1130C430 1146 770 1146 856 1130L848 1218C770 1236 430 1236 352 1218Z", mix(main, INK, 0.1))
    over += ribs(range(356, 850, 13), 1140, 84, edge, 0.28)
    cuff = area("M896 980C936 992 996 980 1030 960L1034 1032C1000 1060 944 1068 906 1058Z", mix(main, INK, 0.1))
    cuff += "".join(line(f"M{908 + i * 13} {986 - i * 1.6:.0f}v66", edge, 3, 0.28) for i in range(10))
    over += both(cuff + line("M904 400C868 490 850 570 848 650", edge, 3, 0.45))
    under = area(
        "M494 284C530 264 670 264 706 284C690 336 648 356 600 356C552 356 510 336 494 284Z", mix(main, INK, 0.55)
    )
    return cloth(body, main, "knit", folds=folds, inside=inside, under=under + neck_label(562, 288, 76, 36), over=over)

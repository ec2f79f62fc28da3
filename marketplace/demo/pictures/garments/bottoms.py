"""Dress, skirt, jeans, trousers, overalls."""

from ..cloth import cloth, panel
from ..pen import INK, area, both, dark, dot, light, line, mirrored, mix, soft, stitch

_LEGS = [
    ((680, 250), (760, 250), (806, 244)), ((836, 420), (850, 560), (852, 700)),
    ((850, 900), (842, 1100), (838, 1336)), ((780, 1350), (710, 1350), (652, 1340)),
    ((648, 1100), (640, 900), (626, 720)), ((620, 690), (610, 680), (600, 676)),
]  # fmt: skip


def dress(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 430),
        [((650, 430), (690, 380), (700, 250)), ((716, 246), (736, 246), (750, 252)),
         ((756, 360), (770, 420), (800, 470)), ((790, 560), (766, 620), (760, 680)),
         ((800, 860), (900, 1080), (960, 1300)), ((860, 1346), (740, 1356), (600, 1356))],
    )  # fmt: skip
    folds = (
        "M620 690C640 900 700 1100 720 1350M560 690C540 900 480 1120 470 1350M700 700C760 900 830 1100 860 1320"
        "M500 700C440 900 370 1100 340 1320M600 690C600 900 596 1150 590 1350M770 470C740 560 700 600 660 650"
    )
    waist = area("M440 664C520 684 680 684 760 664L764 708C680 728 520 728 436 708Z", mix(main, INK, 0.16))
    seams = stitch("M440 672C520 692 680 692 760 672M436 702C520 722 680 722 764 702", edge)
    seams += stitch("M246 1286C360 1330 480 1340 600 1340C720 1340 850 1330 954 1286", edge)
    buttons = "".join(dot(600, y, 11, accent, edge) for y in range(474, 660, 58)) + line("M600 430V664", edge, 3, 0.5)
    return cloth(body, main, "canvas", folds=folds, over=waist + seams + buttons)


def skirt(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 330),
        [((680, 330), (740, 328), (780, 320)), ((786, 350), (790, 380), (794, 400)),
         ((850, 640), (930, 960), (980, 1240)), ((860, 1290), (730, 1300), (600, 1300))],
    )  # fmt: skip

    def pleat(x: int, end: int) -> str:
        near = 600 + (x - 600) * 0.42
        return f"M{near:.0f} 410C{600 + (x - 600) * 0.6:.0f} 700 {600 + (x - 600) * 0.85:.0f} 1000 {x} {end}"

    folds = "".join(pleat(x, 1290) for x in (290, 400, 520, 640, 760, 880))
    band = area("M420 320C500 334 700 334 780 320L794 404C700 420 500 420 406 404Z", mix(main, INK, 0.14))
    seams = stitch("M408 394C500 410 700 410 792 394M420 330C500 344 700 344 780 330", edge)
    pleats = "".join(line(pleat(x, 1292), edge, 3, 0.45) for x in (330, 450, 570, 690, 810, 900))
    return cloth(body, main, "twill", folds=folds, over=band + seams + pleats + dot(742, 362, 12, accent, edge))


def jeans(main: str, accent: str) -> str:
    edge, pale = mix(main, INK, 0.55), light(main, 0.4)
    body = mirrored((600, 250), _LEGS)
    folds = (
        "M640 600C700 640 760 640 840 620M560 600C500 640 440 640 360 620M730 900C760 960 700 1020 760 1090"
        "M470 900C440 960 500 1020 440 1090M700 1240C760 1260 800 1250 830 1270"
    )
    fade = soft(
        "M738 560C780 800 770 1000 748 1180M462 560C420 800 430 1000 452 1180", pale, 76, 0.42, spread=72, steps=14
    )
    band = area("M394 244C500 254 700 254 806 244L814 306C700 318 500 318 386 306Z", mix(main, INK, 0.18))
    band += stitch("M392 254C500 264 700 264 808 254M386 298C500 310 700 310 814 298", accent, 4)
    side = stitch("M690 312C700 380 760 420 826 424M696 312C708 372 762 410 824 412", accent, 4)
    side += (
        f'<rect x="704" y="236" width="22" height="86" fill="{mix(main, INK, 0.12)}" stroke="{edge}" stroke-width="2"/>'
    )
    side += stitch("M640 1316H836", accent, 4) + stitch("M846 440C846 800 836 1100 830 1330", accent, opacity=0.6)
    fly = line("M600 312V676", edge, 4, 0.7)
    fly += stitch("M612 320V520C612 580 606 600 600 610M650 320V520C650 590 626 620 604 636", accent, 4)
    fly += dot(600, 279, 17, "#b06a32", "#5e3414", 3)
    legs = line("M626 720C620 900 640 1100 650 1330M574 720C580 900 560 1100 550 1330", edge, 3, 0.5)
    return cloth(body, main, "twill", folds=folds, inside=fade, over=band + both(side) + fly + legs)


def trousers(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 250),
        [((680, 250), (750, 250), (790, 244)), ((836, 420), (880, 560), (890, 720)),
         ((900, 900), (904, 1100), (902, 1330)), ((830, 1346), (740, 1346), (668, 1336)),
         ((650, 1100), (640, 900), (622, 740)), ((616, 710), (608, 700), (600, 696))],
    )  # fmt: skip
    folds = (
        "M720 330C740 600 790 900 790 1320M480 330C460 600 410 900 410 1320M640 640C700 680 780 680 870 650"
        "M560 640C500 680 420 680 330 650"
    )
    band = area("M410 244C500 254 700 254 790 244L800 312C700 324 500 324 400 312Z", mix(main, INK, 0.12))
    band += stitch("M406 304C500 316 700 316 794 304", edge)
    side = line("M700 316C706 420 716 520 726 620", edge, 4, 0.55) + line(
        "M664 318C668 380 674 430 680 480", edge, 3, 0.5
    )
    side += line("M808 336L864 520", edge, 4, 0.6) + stitch("M820 340L874 518", edge)
    side += stitch("M672 1310C740 1318 830 1318 900 1304", edge)
    fly = line("M600 316V696", edge, 4, 0.6) + stitch("M644 320V520C644 580 626 610 606 624", edge)
    fly += dot(600, 281, 14, accent, edge)
    return cloth(body, main, "twill", folds=folds, over=band + both(side) + fly)


def overalls(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 420),
        [((640, 420), (690, 418), (720, 410)), ((730, 480), (740, 540), (790, 620)),
         ((812, 640), (824, 660), (828, 690)), ((850, 860), (862, 1040), (868, 1236)),
         ((800, 1256), (720, 1256), (664, 1246)), ((652, 1100), (640, 1000), (622, 920)),
         ((616, 900), (608, 894), (600, 890))],
    )  # fmt: skip
    folds = (
        "M640 840C700 880 770 880 850 860M560 840C500 880 430 880 350 860M740 980C770 1040 720 1100 770 1160"
        "M460 980C430 1040 480 1100 430 1160"
    )
    strap = "M512 470C500 380 520 280 610 190"
    straps = both(line(strap, mix(main, INK, 0.12), 50, 1) + stitch(strap, accent, 3))
    pocket = panel("M512 500H688L682 620C640 650 560 650 518 620Z", mix(main, INK, 0.06))
    pocket += stitch("M520 512H680M526 610C570 636 630 636 674 610", accent, 4)
    band = area("M410 640C500 660 700 660 790 640L806 700C700 720 500 720 394 700Z", mix(main, INK, 0.14))
    band += stitch("M408 650C500 670 700 670 792 650M398 692C500 712 700 712 802 692", accent, 4)
    side = stitch("M690 714C700 780 750 820 834 826", accent, 4)
    side += stitch("M676 1150C740 1160 800 1160 862 1146", accent, 4)
    side += area("M660 1160C740 1172 800 1172 866 1158L868 1238C800 1256 720 1256 664 1246Z", light(main, 0.28))
    side += dot(690, 466, 20, "#c9973a", "#5e3414", 3) + line("M664 440h52v44h-52z", "#c9973a", 7, 1)
    middle = (
        line("M600 712V890", edge, 4, 0.6)
        + dot(812, 676, 12, "#c9973a", "#5e3414")
        + dot(388, 676, 12, "#c9973a", "#5e3414")
    )
    return cloth(body, main, "twill", folds=folds, under=straps, over=band + pocket + both(side) + middle)

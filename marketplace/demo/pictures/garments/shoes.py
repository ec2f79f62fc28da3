"""Sneakers, boots, sandals."""

from ..cloth import cloth, panel
from ..pen import INK, area, dark, dot, light, line, mix, stitch


def sneaker(main: str, accent: str) -> str:
    edge = dark(main)
    upper = (
        "M250 640C290 616 350 620 400 650C440 676 480 690 520 680C560 720 620 760 700 790C790 820 900 826 960 880"
        "C990 910 996 950 990 990H250C236 900 236 740 250 640Z"
    )
    folds = "M700 800C660 850 640 900 650 980M820 830C790 880 790 930 800 985M320 660C310 760 320 860 310 980"
    sole = area("M236 984H1000C1016 1030 1006 1070 970 1082H280C244 1070 230 1030 236 984Z", accent)
    sole += line("M244 1034H1004", dark(accent, 0.35), 5, 0.7) + line("M236 986H1000", edge, 4, 0.4)
    sole += stitch("M250 1000H992", dark(accent, 0.3), 3)
    toe = panel(
        "M830 832C900 836 950 866 974 900C990 930 994 960 990 988H846C820 940 816 880 830 832Z", light(main, 0.12)
    )
    heel = panel(
        "M250 640C276 624 306 620 330 624C330 740 336 860 340 988H250C236 900 236 740 250 640Z", mix(main, INK, 0.16)
    )
    tongue = area("M420 650C450 590 500 580 540 610L560 700L470 690Z", light(main, 0.18))
    laces = "".join(
        line(f"M{500 + i * 46} {706 + i * 22}L{560 + i * 46} {650 + i * 24}", "#fbfbf8", 15, 1)
        + dot(500 + i * 46, 706 + i * 22, 8, "#fbfbf8", edge)
        for i in range(6)
    )
    stripe = line("M400 980C450 900 520 840 640 830M470 984C510 920 570 880 670 872", accent, 16, 0.95)
    back = f'<g transform="translate(96 -96)">{area(upper, mix(main, INK, 0.3))}{sole}</g>'
    return cloth(upper, main, "canvas", folds=folds, under=back + tongue, over=stripe + toe + heel + sole + laces)


def boot(main: str, accent: str) -> str:
    edge = dark(main, 0.55)
    upper = (
        "M420 380C480 366 570 366 630 380C636 520 640 660 646 760C700 830 800 860 880 900C930 930 940 990 930 1030"
        "H420C404 980 410 900 424 820C436 700 424 520 420 380Z"
    )
    parts = area("M414 1024H934C940 1050 938 1074 930 1090H620L600 1074H560L548 1120H412Z", accent)
    parts += stitch("M416 1030H932", "#e0b984", 5, "10 6", 1)
    parts += area("M486 380C480 480 486 600 500 690L590 690C604 600 604 480 580 376Z", mix(main, INK, 0.5))
    parts += "".join(line(f"M492 {y}h100", mix(main, INK, 0.7), 3, 0.5) for y in range(396, 690, 14))
    parts += stitch(
        "M646 770C580 800 520 830 430 830M646 786C590 816 520 846 428 846M760 850C740 900 736 960 744 1020", edge
    )
    parts += line("M432 372C420 330 440 320 452 372M604 372C612 326 632 330 622 374", edge, 14, 1)
    back = f'<g transform="translate(90 -70)">{area(upper, mix(main, INK, 0.32))}{parts}</g>'
    folds = "M640 740C600 790 540 800 440 790M660 770C640 830 560 850 450 860M860 900C820 930 800 980 810 1020"
    return cloth(upper, main, "leather", folds=folds, under=back, over=parts)


def sandal(main: str, accent: str) -> str:
    """A pair from above: footbeds in the accent, straps in the main color."""
    edge, bed_edge = dark(main), dark(accent)
    bed = "M600 380C690 380 740 470 730 600C720 720 700 800 712 920C724 1060 690 1160 600 1160C510 1160 476 1060 488 920C500 800 480 720 470 600C460 470 510 380 600 380Z"
    straps = panel("M458 560C520 500 680 500 742 560L738 680C660 620 540 620 462 680Z", main)
    straps += panel("M486 840C540 800 660 800 714 840L710 930C650 894 550 894 490 930Z", main)
    straps += stitch("M470 574C530 520 670 520 730 574M494 850C550 814 650 814 706 850", light(main, 0.5), 4)
    straps += line("M690 838h44v52h-44z", "#c9973a", 9, 1) + line("M462 680C540 620 660 620 738 680", edge, 3, 0.5)
    sole = f'<path d="{bed}" fill="none" stroke="{dark(accent, 0.7)}" stroke-width="34"/>'
    one = cloth(
        bed,
        accent,
        "leather",
        folds="M560 700C540 800 560 900 550 1040",
        under=sole,
        over=stitch(bed, bed_edge, 4, "10 8", 0.5) + straps,
    )
    other = one.split("</defs>", 1)[1]
    return f'<g transform="translate(-170 0) rotate(-5 600 770)">{one}</g><g transform="translate(170 0) rotate(5 600 770)">{other}</g>'

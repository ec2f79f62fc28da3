"""Cap, beanie, scarf, apron, belt."""

from ..cloth import cloth, panel
from ..pen import INK, area, both, dark, dot, light, line, mirrored, mix, ribs, soft_shadow, stitch


def cap(main: str, accent: str) -> str:
    edge = dark(main)
    crown = mirrored((600, 430), [((800, 430), (900, 590), (904, 800)), ((830, 770), (720, 756), (600, 756))])
    brim = mirrored(
        (600, 748),
        [
            ((740, 748), (850, 766), (912, 806)),
            ((960, 860), (976, 920), (960, 968)),
            ((860, 906), (730, 890), (600, 890)),
        ],
    )
    folds = "M800 520C840 620 850 700 850 780M400 520C360 620 350 700 350 780"
    over = soft_shadow(brim, 16)
    over += panel(brim, mix(main, INK, 0.12))
    for row in range(4):
        left, right, low = 262 + row * 8, 938 - row * 8, 940 - row * 22
        top, middle = 880 - row * 22, 868 - row * 22
        over += stitch(
            f"M{left} {low}C{380 + row * 4} {top} 500 {middle} 600 {middle}C700 {middle} {820 - row * 4} {top} {right} {low}",
            edge, opacity=0.6,
        )  # fmt: skip
    over += line("M600 430C596 540 596 650 600 748", edge, 3, 0.6)
    over += both(line("M616 432C720 520 770 640 776 762", edge, 3, 0.5) + dot(720, 540, 9, edge))
    over += f'<ellipse cx="600" cy="432" rx="26" ry="12" fill="{edge}"/>'
    over += f'<rect x="512" y="590" width="176" height="104" fill="{accent}"/>' + stitch("M520 598h160v88h-160z", edge)
    over += '<path d="M552 618v48h30M612 666l18-48 18 48" fill="none" stroke="#17131f" stroke-width="12"/>'
    return cloth(crown, main, "twill", folds=folds, over=over)


def beanie(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 400),
        [((760, 400), (860, 540), (880, 780)), ((890, 800), (894, 820), (896, 850)),
         ((898, 900), (896, 960), (890, 1000)), ((800, 1030), (700, 1036), (600, 1036))],
    )  # fmt: skip
    wales = "".join(
        f"M600 404C{600 + reach * 0.5:.0f} 470 {600 + reach:.0f} 620 {600 + reach} 800"
        for reach in range(-260, 261, 40)
    )
    fold = mirrored(
        (600, 816),
        [
            ((720, 816), (820, 806), (884, 786)),
            ((904, 850), (904, 940), (892, 1002)),
            ((800, 1030), (700, 1036), (600, 1036)),
        ],
    )
    over = (
        line(wales, edge, 5, 0.26)
        + panel(fold, mix(main, "#ffffff", 0.06))
        + ribs(range(326, 890, 22), 830, 180, edge, 0.24, 5)
    )
    over += f'<g transform="translate(700 880)"><rect width="110" height="76" fill="{accent}"/>'
    over += (
        stitch("M8 8h94v60h-94z", "#17131f", 2)
        + '<path d="M32 22v32h18M66 54l11-32 11 32" fill="none" stroke="#17131f" stroke-width="7"/></g>'
    )
    folds = "M780 500C820 600 830 700 830 790M420 500C380 600 370 700 370 790"
    return cloth(body, main, "knit", folds=folds, over=over)


def scarf(main: str, accent: str) -> str:
    edge = dark(main)
    body = (
        "M470 240C540 214 660 214 730 240C760 360 770 480 760 600C790 840 800 1040 812 1220L640 1236"
        "C630 1040 610 840 590 660C570 860 550 960 540 1090L396 1076C410 860 430 700 440 600C430 480 440 360 470 240Z"
    )
    folds = (
        "M520 240C530 400 500 560 470 760M600 230C600 400 600 520 590 660M680 236C700 420 690 640 720 900"
        "M590 660C640 620 700 600 760 600M590 660C540 620 490 604 440 600"
    )
    fringe = "".join(line(f"M{646 + i * 14} {1232 - i}l{(i % 3 - 1) * 5} 84", main, 6, 1) for i in range(13))
    fringe += "".join(line(f"M{402 + i * 13} {1074 + i}l{(i % 3 - 1) * 5} 84", main, 6, 1) for i in range(11))
    bands = "M620 1110L830 1090M616 1050L830 1030M380 980L560 994M384 920L566 934"
    inside = f'<path d="{bands}" fill="none" stroke="{accent}" stroke-width="26"/>'
    knot = "M436 560C540 610 660 610 764 560L770 650C660 690 540 690 430 650Z"
    over = area(knot, mix(main, INK, 0.1)) + f'<path d="{knot}" fill="url(#tx)"/>'
    over += line("M436 560C540 610 660 610 764 560M430 650C540 690 660 690 770 650", edge, 3, 0.5)
    return cloth(body, main, "rib", folds=folds, under=fringe, inside=inside, over=over)


def apron(main: str, accent: str) -> str:
    edge, seam = dark(main), light(main, 0.5)
    body = mirrored(
        (600, 400),
        [((650, 400), (700, 398), (740, 390)), ((744, 480), (760, 560), (860, 640)),
         ((880, 800), (886, 1000), (880, 1240)), ((780, 1262), (690, 1264), (600, 1264))],
    )  # fmt: skip
    folds = (
        "M700 440C690 640 740 900 720 1240M500 440C510 640 460 900 480 1240M820 720C800 900 830 1060 810 1220"
        "M380 720C400 900 370 1060 390 1220"
    )
    loop = line("M474 410C450 260 540 180 600 180C660 180 750 260 726 410", accent, 34, 1)
    loop += line("M474 410C450 260 540 180 600 180C660 180 750 260 726 410", dark(accent), 3, 0.5)
    ties = line("M856 650C960 690 1010 740 1030 860M344 650C240 690 190 740 170 860", main, 22, 1)
    pocket = panel("M440 820H760V1040C700 1062 500 1062 440 1040Z", mix(main, INK, 0.06))
    pocket += stitch("M450 834H750M600 834V1046M450 1032C520 1050 680 1050 750 1032", seam)
    chest = panel("M540 480H660V590L600 614L540 590Z", mix(main, INK, 0.06)) + stitch("M548 492H652", seam)
    seams = stitch("M468 412C540 420 660 420 732 412M326 1226C440 1250 760 1250 874 1226", seam)
    metal = both(dot(730, 420, 14, "#c9973a", edge) + dot(846, 652, 14, "#c9973a", edge))
    return cloth(body, main, "canvas", folds=folds, under=loop + ties, over=pocket + chest + seams + metal)


def belt(main: str, accent: str) -> str:
    edge = dark(main, 0.55)
    body = (
        "M600 420C860 420 980 580 980 760C980 960 820 1090 600 1090C380 1090 220 960 220 760C220 580 340 420 600 420Z"
        "M600 520C400 520 310 630 310 760C310 900 420 1000 600 1000C780 1000 890 900 890 760C890 630 800 520 600 520Z"
    )
    thread = "#e9cfa4"
    over = stitch(
        "M600 436C850 436 964 590 964 760C964 950 812 1074 600 1074C388 1074 236 950 236 760C236 590 350 436 600 436Z",
        thread,
        4,
    )
    over += stitch(
        "M600 506C392 506 296 620 296 760C296 908 412 1014 600 1014C788 1014 904 908 904 760C904 620 808 506 600 506Z",
        thread,
        4,
    )
    over += f'<path d="M640 1000C760 990 860 1010 960 1090L920 1176C830 1100 740 1084 640 1090Z" fill="{main}" stroke="{edge}" stroke-width="3"/>'
    over += "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="9" ry="7" fill="{edge}"/>' for x, y in ((760, 1046), (820, 1066), (878, 1096))
    )
    frame = 'x="520" y="976" width="150" height="140" rx="22" fill="none"'
    over += f'<rect {frame} stroke="{mix(accent, "#2a1606", 0.5)}" stroke-width="28"/><rect {frame} stroke="{accent}" stroke-width="22"/>'
    over += line("M528 986h120", mix(accent, "#fff6d8", 0.8), 6, 1) + line("M526 1046H690", accent, 14, 1)
    return cloth(body, main, "leather", folds="M300 560C360 500 440 470 560 460", over=over, rule="evenodd")

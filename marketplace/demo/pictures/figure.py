"""A drawn person who stands still: body, head, hair and plain clothes, seen from the front or from behind."""

from dataclasses import dataclass

from .pen import INK, area, both, brightness, dark, light, line, mirrored, mix, soft

SKINS = ("#e9bd9a", "#b5774e", "#d39a72", "#7d4a2f", "#f1cdb0", "#96603f", "#5b3726")
_HAIRS = ("#1f1715", "#3a2418", "#17131a", "#5a3822", "#2a1d1a")
_SHAPES = {
    "woman": ("bob", "bun", "long", "curls", "tail"),
    "man": ("crop", "curls", "short", "crop", "waves"),
    "child": ("crop", "bob", "waves", "tail"),
}
_PLAIN = {"tee": ("#f3f0ea", "#d8d5cf", "#3a3a44"), "trousers": ("#35343d", "#4b4640", "#2f3a4c", "#cfc4b0")}
_WARM = "#3d130c"
HEAD = 1.06
FLOOR, CHILD_FLOOR = 2090, 1730


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands there; `shape` is that of the hair, `width` how wide the body is beside what sheets draw."""

    skin: str
    hair: str
    shape: str
    tee: str
    trousers: str
    width: float
    child: bool

    @property
    def floor(self) -> int:
        return CHILD_FLOOR if self.child else FLOOR


def person(who: str, seed: int) -> Person:
    """Looks take turns by the piece's number."""
    shapes, skin = _SHAPES[who], SKINS[seed * 3 % len(SKINS)]
    hair = _HAIRS[seed % len(_HAIRS)] if brightness(skin) > 0.5 else _HAIRS[2]
    return Person(
        skin=skin, hair=hair, shape=shapes[seed // 2 % len(shapes)],
        tee=_PLAIN["tee"][seed % 2], trousers=_PLAIN["trousers"][seed % 4], width=0.92 if who == "man" else 0.87,
        child=who == "child",
    )  # fmt: skip


def lights() -> str:
    """Light from the left over skin and plain clothes; to stand once in every drawing."""
    return (
        f'<defs><linearGradient id="fg" x1="0" x2="1"><stop offset="0" stop-color="{INK}" stop-opacity=".16"/>'
        '<stop offset=".3" stop-color="#fff" stop-opacity=".1"/>'
        f'<stop offset=".62" stop-color="{INK}" stop-opacity=".03"/>'
        f'<stop offset="1" stop-color="{INK}" stop-opacity=".3"/></linearGradient>'
        f'<linearGradient id="sk" x1="0" x2="1"><stop offset="0" stop-color="{_WARM}" stop-opacity=".2"/>'
        '<stop offset=".3" stop-color="#fff" stop-opacity=".1"/>'
        f'<stop offset=".6" stop-color="{_WARM}" stop-opacity=".04"/>'
        f'<stop offset="1" stop-color="{_WARM}" stop-opacity=".42"/></linearGradient>'
        f'<linearGradient id="sa" x1="0" x2="1"><stop offset=".45" stop-color="{_WARM}" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{_WARM}" stop-opacity=".36"/></linearGradient></defs>'
    )


def shaded(path: str, color: str) -> str:
    return f'<path d="{path}" fill="{color}"/><path d="{path}" fill="url(#fg)"/>'


def skin(path: str, of: Person, light: str = "sk") -> str:
    return f'<path d="{path}" fill="{of.skin}"/><path d="{path}" fill="url(#{light})"/>'


def _deep(of: Person, share: float = 0.5) -> str:
    """A shadow on skin is warm."""
    return mix(of.skin, _WARM, share)


def torso(of: Person) -> str:
    body = mirrored(
        (600, 296),
        [((660, 286), (700, 290), (760, 300)), ((830, 318), (866, 346), (872, 400)), ((850, 440), (812, 480), (800, 540)),
         ((780, 640), (764, 720), (766, 800)), ((780, 900), (826, 960), (830, 1080)), ((760, 1140), (680, 1150), (600, 1150))],
    )  # fmt: skip
    return area(body, of.skin)


def arms(of: Person) -> str:
    """Both arms hanging, the hands a little away from the hips."""
    arm = (
        "M760 330C850 320 900 356 910 430C930 520 996 660 1004 780C1012 870 1010 960 1006 1056H946"
        "C930 980 902 900 888 800C878 720 850 640 806 520L740 400Z"
    )
    return both(skin(arm, of, "sa") + _hand(of))


def forearms(of: Person) -> str:
    """What short sleeves leave free."""
    arm = "M836 600H962C984 660 1000 720 1004 780C1012 870 1010 960 1006 1056H946C930 980 902 900 888 800C876 730 856 660 836 600Z"
    return both(skin(arm, of, "sa") + _hand(of))


def hands(of: Person) -> str:
    """What long sleeves leave free."""
    return both(skin("M944 990H1006V1060H942Z", of) + _hand(of))


def grip(of: Person, x: float) -> str:
    """The fingers of a hand that carries something, closed around its handle at `x`."""
    fist = "M-40 -30C-34 -44 26 -48 38 -32C48 -10 46 30 34 46C16 62 -22 60 -34 46C-46 30 -48 -10 -40 -30Z"
    fingers = line("M-38 -4H38M-36 20H36", _deep(of), 4, 0.4)
    return f'<g transform="translate({x - 4:.0f} 1160)">{skin(fist, of) + fingers}</g>'


def legs(of: Person) -> str:
    """Bare legs in plain shoes."""
    ankle = of.floor - 70
    knee = (1120 + ankle) / 2
    leg = (
        f"M832 1060C834 1220 806 {knee - 90:.0f} 786 {knee:.0f}C796 {knee + 130:.0f} 770 {ankle - 160:.0f} 746 {ankle}H674"
        f"C656 {ankle - 160:.0f} 634 {knee + 130:.0f} 646 {knee:.0f}C634 {knee - 140:.0f} 606 1220 600 1130Z"
    )
    bend = line(f"M690 {knee - 8:.0f}q28 18 58 2", _deep(of), 5, 0.3)
    return both(skin(leg, of) + bend) + _shoes(of)


def _shoes(of: Person) -> str:
    low, color = of.floor, "#f2efe9"
    upper = (
        f"M668 {low - 104}C664 {low - 70} 640 {low - 40} 642 {low - 12}H786C790 {low - 40} 760 {low - 70} 752 {low - 104}"
        f"C724 {low - 94} 696 {low - 94} 668 {low - 104}Z"
    )
    sole = f"M640 {low - 20}H788V{low - 6}C788 {low + 4} 780 {low + 6} 770 {low + 6}H658C648 {low + 6} 640 {low + 4} 640 {low - 6}Z"
    laces = line(f"M692 {low - 78}h40M688 {low - 62}h50", dark(color, 0.45), 6, 0.5)
    return both(shaded(upper, color) + laces + area(sole, mix(color, INK, 0.5)))


def plain_trousers(of: Person, length: float | None = None) -> str:
    """Neutral trousers under a top; a short pair where `length` says at what height they end."""
    end = length or of.floor - 84
    outer, inner = (830, 622) if length else (792, 650)
    path = mirrored(
        (600, 790),
        [((680, 792), (730, 792), (772, 788)), ((800, 900), (840, 980), (842, 1090)), ((842, 1300), (outer, end - 200), (outer, end)),
         ((740, end + 8), (700, end + 8), (inner, end)), ((640, end - 200), (606, 1320), (600, 1200))],
    )  # fmt: skip
    creases = soft("M640 1180C700 1190 760 1180 830 1140M560 1180C500 1190 440 1180 370 1140", INK, 12, 0.2, spread=16)
    seam = line("M600 800V1200M636 800V960C636 1010 620 1030 602 1040", dark(of.trousers), 4, 0.5)
    return shaded(path, of.trousers) + creases + seam


def plain_tee(of: Person, *, low: bool = False) -> str:
    """A neutral tee, close to the body; `low` leaves neck and collarbones bare."""
    neck = (600, 470) if low else (600, 372)
    bow = ((668, 470), (700, 400), (716, 288)) if low else ((650, 372), (690, 346), (704, 278))
    path = mirrored(
        neck,
        [bow, ((780, 300), (872, 326), (902, 390)), ((934, 470), (960, 560), (978, 640)), ((940, 668), (890, 684), (850, 686)),
         ((836, 640), (822, 600), (812, 560)), ((792, 660), (782, 740), (786, 820)), ((806, 920), (836, 980), (838, 1070)),
         ((760, 1090), (690, 1092), (600, 1092))],
    )  # fmt: skip
    edge = dark(of.tee, 0.35)
    seams = both(line("M902 390C868 440 834 500 814 560M974 624C936 652 892 666 848 668", edge, 4, 0.4))
    folds = soft(
        "M812 560C770 640 720 700 640 720M388 560C430 640 480 700 560 720M786 820C720 860 660 870 600 866",
        INK,
        8,
        0.1,
        spread=26,
    )
    return shaded(path, of.tee) + folds + seams


def neck(of: Person, cover: str = "") -> str:
    """Neck and the slopes beside it, over a garment whose opening `cover` then bounds it."""
    path = "M534 130V236C532 262 506 276 440 300V520H760V300C694 276 668 262 666 236V130Z"
    shadow = "M534 150V196C560 236 620 262 666 236V150Z"
    bones = line("M548 336q-40 -16 -84 -6M652 336q40 -16 84 -6M588 352q12 10 24 0", _deep(of), 6, 0.26)
    drawn = skin(path, of) + area(shadow, _deep(of, 0.6), 0.4) + bones
    if not cover:
        return drawn
    return f'<defs><clipPath id="ng"><path d="M300 -200H900V240H300ZM{cover[1:]}"/></clipPath></defs><g clip-path="url(#ng)">{drawn}</g>'


def back_hair(of: Person, *, hat: bool = False) -> str:
    """What of the hair lies behind neck and shoulders; a `hat` holds it close to the head."""
    paths = {"bob": _HELD, "long": _HELD} if hat else {"bob": _BOB, "long": _LONG, "tail": _TAIL}
    path = paths.get(of.shape)
    return _grown(of, shaded(path, of.hair)) if path else ""


def head(of: Person, *, behind: bool = False, hat: bool = False) -> str:
    """The head alone; `hat` leaves away what a hat would press down."""
    ears = "".join(skin(f"M{x - 16} 46a17 32 0 0 1 34 0a17 34 0 0 1 -34 6Z", of) for x in (500, 698))
    face = skin(_FACE, of) + area("M690 -10C704 70 676 168 600 205C650 150 668 70 690 -10Z", _deep(of), 0.2)
    if behind:
        parting = line("M560 -90C530 -20 530 80 560 150M640 -90C670 -20 670 80 640 150", light(of.hair, 0.3), 5, 0.25)
        return _grown(of, ears + shaded(_NAPE, of.hair)) + back_hair(of) + _grown(of, parting)
    top = _sides(of) if hat else _hair(of)
    return _grown(of, ears + face + _features(of) + top)


def _grown(of: Person, drawing: str) -> str:
    """A child's head is larger beside its body."""
    scale = 1.28 if of.child else HEAD
    return f'<g transform="translate(600 214) scale({scale}) translate(-600 -214)">{drawing}</g>'


def _hand(of: Person) -> str:
    palm = (
        "M944 1046C938 1080 934 1110 938 1140C940 1180 952 1216 968 1226C984 1236 1004 1228 1010 1204"
        "C1018 1170 1020 1110 1008 1046Z"
    )
    thumb = "M946 1076C926 1096 916 1130 920 1166C926 1184 944 1180 946 1164C950 1140 958 1120 962 1100Z"
    fingers = line("M962 1150C964 1180 970 1204 976 1220M984 1146C988 1180 990 1206 990 1222", _deep(of), 4, 0.4)
    return skin(thumb, of) + skin(palm, of) + fingers


def _features(of: Person) -> str:
    """Closed eyes, the shadow of the nose, a mouth: as on a poster."""
    deep = _deep(of, 0.7)
    eyes = line("M538 50q18 14 38 4M624 54q20 10 38 -4", deep, 6, 0.8)
    brows = line("M530 16q22 -14 48 -4M622 12q26 -10 48 4", of.hair, 8, 0.75)
    nose = line("M604 40C608 70 616 90 618 100C614 110 604 112 594 110", deep, 5, 0.4)
    mouth = line("M574 150q26 12 52 0", mix(of.skin, "#8a2f35", 0.62), 8, 0.8)
    return eyes + brows + nose + mouth


def _sides(of: Person) -> str:
    if of.shape == "curls":
        return "".join(
            f'<circle cx="{x}" cy="{y}" r="30" fill="{of.hair}"/>'
            for x, y in ((500, 20), (494, 60), (700, 20), (706, 60))
        )
    return area(
        "M498 84C488 34 490 -10 504 -44L524 -34C512 0 508 40 504 80ZM702 84C712 34 710 -10 696 -44L676 -34C688 0 692 40 696 80Z",
        of.hair,
    )


def _hair(of: Person) -> str:
    shine = line("M536 -84C560 -108 600 -116 634 -108", light(of.hair, 0.35), 10, 0.28)
    if of.shape == "curls":
        ring = ((492, 26), (484, -24), (500, -78), (540, -116), (596, -132), (652, -120), (698, -82), (716, -28), (708, 26),
                (540, -62), (596, -76), (654, -64))  # fmt: skip
        return "".join(f'<circle cx="{x}" cy="{y}" r="40" fill="{of.hair}"/>' for x, y in ring) + shine
    return shaded(_TOPS[of.shape], of.hair) + shine


_FACE = "M500 40C498 -60 545 -106 600 -106C655 -106 702 -60 700 40C700 120 656 205 600 205C544 205 500 120 500 40Z"
_NAPE = "M494 50C484 -74 540 -130 600 -130C660 -130 716 -74 706 50C704 120 676 176 646 196C616 206 584 206 554 196C524 176 496 120 494 50Z"
_HELD = "M508 -20C486 60 462 140 452 216C500 240 700 240 748 216C738 140 714 60 692 -20Z"
_BOB = "M482 0C466 -124 540 -146 600 -146C660 -146 734 -124 718 0C738 80 766 150 752 222C700 244 500 244 448 222C434 150 462 80 482 0Z"
_LONG = "M482 0C466 -124 540 -146 600 -146C660 -146 734 -124 718 0C740 100 790 240 770 400C690 430 510 430 430 400C410 240 460 100 482 0Z"
_TAIL = "M660 -116C752 -116 806 -30 786 80C776 160 800 230 760 310C724 240 730 120 700 40Z"
_TOPS = {
    "crop": "M494 44C480 -84 540 -134 606 -132C676 -130 720 -76 706 44C700 4 694 -24 676 -42C622 -26 560 -34 530 -48C510 -26 502 0 494 44Z",
    "short": "M496 30C488 -74 544 -122 602 -122C660 -122 712 -76 704 30C700 0 694 -30 676 -52C630 -66 570 -66 526 -52C506 -30 502 0 496 30Z",
    "waves": "M490 40C468 -60 520 -150 600 -146C640 -160 740 -120 710 40C704 0 704 -30 688 -44C664 -30 650 -62 616 -58C580 -20 540 -30 522 -40C504 -20 500 10 490 40Z",
    "bob": "M486 60C474 -84 536 -136 600 -136C664 -136 726 -84 714 60C706 20 700 -20 680 -46C620 -30 560 -44 548 -58C522 -24 498 0 486 60Z",
    "long": "M488 90C470 -84 536 -136 600 -136C664 -136 730 -84 712 90C706 20 690 -40 604 -98C514 -40 496 20 488 90Z",
    "tail": "M494 40C480 -84 540 -134 602 -132C668 -130 720 -76 706 40C698 0 690 -36 660 -60C600 -40 540 -30 520 -40C504 -20 500 0 494 40Z",
    "bun": "M540 -180a62 56 0 0 1 120 0a62 56 0 0 1 -30 60C690 -104 714 -50 704 36C698 0 690 -40 650 -66C610 -78 580 -78 550 -66C510 -40 502 0 496 36C486 -50 510 -104 570 -120a62 56 0 0 1 -30 -60Z",
}  # fmt: skip

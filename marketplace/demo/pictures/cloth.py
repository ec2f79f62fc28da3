"""Turns a silhouette into cloth: color, light from the left, folds, texture, an edge."""

from .pen import INK, brightness, dark, soft

TEXTURES = {
    "jersey": (
        '<pattern id="tx" width="7" height="9" patternUnits="userSpaceOnUse"><path d="M0 0l3.5 5L7 0M0 9l3.5 5L7 9"'
        ' fill="none" stroke="#000" stroke-opacity=".07" stroke-width="1.4"/></pattern>'
    ),
    "rib": (
        '<pattern id="tx" width="14" height="14" patternUnits="userSpaceOnUse"><path d="M4 0v14" stroke="#000"'
        ' stroke-opacity=".16" stroke-width="4"/><path d="M10 0v14" stroke="#fff" stroke-opacity=".13"'
        ' stroke-width="3"/></pattern>'
    ),
    "knit": (
        '<pattern id="tx" width="22" height="18" patternUnits="userSpaceOnUse"><path d="M1 2q5 4 10 14q5-10 10-14"'
        ' fill="none" stroke="#000" stroke-opacity=".17" stroke-width="3.4"/><path d="M4 0q4 5 7 11q3-6 7-11"'
        ' fill="none" stroke="#fff" stroke-opacity=".12" stroke-width="2.4"/></pattern>'
    ),
    "twill": (  # slanted lines without patternTransform, which is slow
        '<pattern id="tx" width="9" height="6" patternUnits="userSpaceOnUse"><path d="M-2 1L11 -5M-2 7L11 1M-2 13L11 7"'
        ' stroke="#fff" stroke-opacity=".16" stroke-width="1.7"/><path d="M-2 4L11 -2M-2 10L11 4" stroke="#000"'
        ' stroke-opacity=".17" stroke-width="1.7"/></pattern>'
    ),
    "canvas": (
        '<pattern id="tx" width="10" height="10" patternUnits="userSpaceOnUse"><path d="M0 2.5h5M5 7.5h5"'
        ' stroke="#000" stroke-opacity=".11" stroke-width="2.6"/><path d="M2.5 5v5M7.5 0v5" stroke="#fff"'
        ' stroke-opacity=".17" stroke-width="2.6"/></pattern>'
    ),
    "satin": (
        '<pattern id="tx" width="60" height="6" patternUnits="userSpaceOnUse"><path d="M0 3h60" stroke="#fff"'
        ' stroke-opacity=".05" stroke-width="2"/></pattern>'
    ),
    "leather": (
        '<pattern id="tx" width="22" height="18" patternUnits="userSpaceOnUse"><path d="M2 5q4-4 8 0t8 1M6 13q5-3 9 1"'
        ' fill="none" stroke="#000" stroke-opacity=".10" stroke-width="1.6"/></pattern>'
    ),
    "waffle": (
        '<pattern id="tx" width="26" height="26" patternUnits="userSpaceOnUse"><path d="M0 2h26M2 0v26" stroke="#fff"'
        ' stroke-opacity=".2" stroke-width="4"/><path d="M4 24h22M24 4v22" stroke="#000" stroke-opacity=".13"'
        ' stroke-width="4"/></pattern>'
    ),
}


def gradients(bright: bool) -> str:
    """Light from the upper left: across and down."""
    middle = 0.16 if bright else 0.12
    return (
        f'<linearGradient id="sd" x1="0" x2="1"><stop offset="0" stop-color="{INK}" stop-opacity=".3"/>'
        f'<stop offset=".22" stop-color="{INK}" stop-opacity=".03"/>'
        f'<stop offset=".42" stop-color="#fff" stop-opacity="{middle}"/>'
        f'<stop offset=".74" stop-color="{INK}" stop-opacity=".04"/>'
        f'<stop offset="1" stop-color="{INK}" stop-opacity=".34"/></linearGradient>'
        '<linearGradient id="sv" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".1"/>'
        '<stop offset=".5" stop-color="#fff" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{INK}" stop-opacity=".2"/></linearGradient>'
    )


def cloth(
    silhouette: str,
    color: str,
    texture: str = "jersey",
    *,
    folds: str = "",
    under: str = "",
    inside: str = "",
    over: str = "",
    rule: str = "nonzero",
) -> str:
    """A garment's body. `folds` is path data; `under` lies behind, `inside` is clipped to the body, `over` on top."""
    bright = brightness(color) > 0.35
    fold_dark, fold_light = (0.2, 0.22) if bright else (0.34, 0.14)
    path = f'<path d="{silhouette}" fill-rule="{rule}"'
    wrinkles = ""
    if folds:
        wrinkles = soft(folds, INK, 36, fold_dark, spread=34) + soft(
            folds, "#ffffff", 30, fold_light, spread=28, move="-26 -6"
        )
    return (
        f'<defs>{TEXTURES[texture]}<clipPath id="cl"><path d="{silhouette}" clip-rule="{rule}"/></clipPath>'
        f"{gradients(bright)}</defs>{under}"
        f'{path} fill="{color}"/><g clip-path="url(#cl)">{path} fill="url(#sd)"/>{path} fill="url(#sv)"/>'
        f'{wrinkles}{inside}{path} fill="url(#tx)"/></g>'
        f'{path} fill="none" stroke="{dark(color, 0.55)}" stroke-opacity=".5" stroke-width="2.5"'
        f' stroke-linejoin="round"/>{over}'
    )


def panel(path: str, color: str, *, textured: bool = True) -> str:
    """A second piece of the same cloth, such as a pocket or a hood; after `cloth`, whose texture it uses."""
    texture = f'<path d="{path}" fill="url(#tx)"/>' if textured else ""
    edge = f'<path d="{path}" fill="none" stroke="{dark(color)}" stroke-width="3" stroke-opacity=".55"/>'
    return f'<path d="{path}" fill="{color}"/><path d="{path}" fill="url(#sv)"/>{texture}{edge}'

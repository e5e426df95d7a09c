"""The body, what it touches and what it cannot do, in words."""

from uncramp.figure.joints import LENGTHS, Handle, angle
from uncramp.figure.strains import Strain, StrainKind
from uncramp.model.figure import (
    Contact,
    Easing,
    Limb,
    Muscle,
    Play,
    Pose,
    Scenery,
    Support,
    Touch,
    View,
)
from uncramp.model.language import tr


def place_name(where: str, view: View) -> str:
    """Return a joint or limb in words: "near knee", or from the front "working knee"."""
    side, _, part = where.rpartition("_")
    shown = {
        "head": tr("head"),
        "shoulders": tr("shoulders"),
        "back": tr("back"),
        "hips": tr("hips"),
        "elbow": tr("elbow"),
        "hand": tr("hand"),
        "knee": tr("knee"),
        "foot": tr("foot"),
        "toes": tr("toes"),
        "arm": tr("arm"),
        "leg": tr("leg"),
    }[part]
    if not side:
        return shown
    near = side == "working"
    if view.in_profile:
        whose = tr("near {part}") if near else tr("far {part}")
    else:
        whose = tr("working {part}") if near else tr("other {part}")
    return whose.format(part=shown)


def handle_name(handle: Handle, view: View) -> str:
    """Return a handle in words, as a title: "Near hand"."""
    return _title(place_name(handle.value, view))


def limb_name(limb: Limb, view: View) -> str:
    """Return a hand or foot in words, as a title."""
    return _title(place_name(limb.value, view))


def angle_name(name: str) -> str:
    """Return an angle or length of a pose in words: "hip", without its side."""
    return {
        "trunk": tr("trunk lean"),
        "head": tr("head tilt"),
        "twist": tr("twist"),
        "lift": tr("jump height"),
        "breath": tr("breath, from empty (0) to full (1)"),
        "bend": tr("back bend"),
        "neck": tr("neck"),
        "x": tr("forward"),
        "y": tr("up"),
        "focus": tr("highlight, from the first muscle (-1) to the last (1)"),
        "effort": tr("strength of the highlight"),
        "leg.effort": tr("strength of the highlight"),
        "leg.hip": tr("hip"),
        "leg.knee": tr("knee"),
        "leg.ankle": tr("ankle"),
        "leg.abduction": tr("leg to the side"),
        "leg.shift": tr("foot ahead of its position"),
        "leg.lift": tr("foot above its position"),
        "leg.toes": tr("toes"),
        "arm.shoulder": tr("shoulder"),
        "arm.elbow": tr("elbow"),
        "arm.abduction": tr("arm to the side"),
        "arm.touch": tr("hand at its position"),
        "arm.shift": tr("hand ahead of its position"),
        "arm.lift": tr("hand above its position"),
    }[name.removeprefix("working_").removeprefix("other_")]


def angle_words(pose: Pose, names: tuple[str, ...]) -> str:
    """Return angles with their values: "hip 20°, knee 35°"."""
    parts = []
    for name in names:
        value = angle(pose, name)
        if name.rpartition(".")[2] not in LENGTHS:
            parts.append(f"{angle_name(name)} {value:.0f}°")
    return ", ".join(parts)


def limited_words(strain: Strain, view: View) -> str:
    """Return what stopped a drag, in words."""
    if strain.kind is StrainKind.JOINT:
        return _whose(strain.where, view, tr("The {joint} bends no further."))
    if strain.kind is StrainKind.FLOOR:
        return tr("The floor is in the way.")
    if strain.kind is StrainKind.WALL:
        return tr("The wall is in the way.")
    part = place_name(strain.where, view)
    if strain.where in set(Limb):
        return tr("The {part} stays where it touches.").format(part=part)
    one, several = tr("The {part} goes no further."), tr("The {part} go no further.")
    return (several if _is_plural(strain.where) else one).format(part=part)


def strain_words(strain: Strain, view: View) -> str:
    """Return what no body can do, and when, in words."""
    at = tr("at {time} s").format(time=f"{strain.at_s:.1f}")
    if strain.kind is StrainKind.JOINT:
        said = _whose(strain.where, view, tr("The {joint} bends too far"))
    else:
        one, several = {
            StrainKind.PIN: (
                tr("The {part} does not reach what it touches"),
                tr("The {part} do not reach what they touch"),
            ),
            StrainKind.FLOOR: (
                tr("The {part} sinks into the floor"),
                tr("The {part} sink into the floor"),
            ),
            StrainKind.WALL: (
                tr("The {part} goes into the wall"),
                tr("The {part} go into the wall"),
            ),
            StrainKind.TRUNK: (
                tr("The {part} goes through the trunk"),
                tr("The {part} go through the trunk"),
            ),
            StrainKind.HEAD: (
                tr("The {part} goes through the head"),
                tr("The {part} go through the head"),
            ),
            StrainKind.JUMP: (
                tr("The {part} jumps from one place to another"),
                tr("The {part} jump from one place to another"),
            ),
        }[strain.kind]
        said = several if _is_plural(strain.where) else one
        said = said.format(part=place_name(strain.where, view))
    return f"{said} {at}."


def _is_plural(where: str) -> bool:
    return where.rpartition("_")[2] in {"shoulders", "hips", "toes"}


def _whose(name: str, view: View, sentence: str) -> str:
    owner = name.partition(".")[0] if "." in name else ""
    joint = angle_name(name)
    if owner:
        side = place_name(owner, view).partition(" ")[0]
        joint = f"{side} {joint}"
    return sentence.format(joint=joint)


def touch_name(touched: tuple[Touch, Contact] | None) -> str:
    """Return what a hand or foot touches, and how."""
    if touched is None:
        return tr("Free")
    touch, contact = touched
    part = {
        Contact.SOLE: tr("flat"),
        Contact.BALL: tr("ball of the foot"),
        Contact.HEEL: tr("heel"),
        Contact.FINGERTIPS: tr("fingertips"),
        Contact.FOREARM: tr("forearm"),
    }.get(contact, "")
    where = {
        Touch.FLOOR: tr("On the floor"),
        Touch.WALL: tr("On the wall"),
        Touch.SEAT: tr("On the seat"),
        Touch.STEP: tr("On the step"),
        Touch.BALL: tr("On the ball"),
        Touch.RAIL: tr("On the rail"),
        Touch.ANKLE: tr("Holds the ankle"),
        Touch.SHIN: tr("On the shin"),
        Touch.KNEE: tr("On the knee"),
        Touch.THIGH: tr("On the thigh"),
        Touch.HIP: tr("On the hip"),
        Touch.LOW_BACK: tr("On the low back"),
        Touch.CHEST: tr("On the chest"),
        Touch.BELLY: tr("On the belly"),
        Touch.CALF: tr("On the calf"),
        Touch.TOES: tr("Holds the toes"),
        Touch.LEG: tr("Along the leg"),
        Touch.HAMSTRING: tr("Behind the thigh"),
        Touch.TOWEL: tr("Holds the towel"),
        Touch.HANDS: tr("In the other hand"),
    }[touch]
    return tr("{where}, {part}").format(where=where, part=part) if part else where


def scenery_name(kind: Scenery) -> str:
    """Return a thing around the runner in words."""
    return {
        Scenery.WALL: tr("Wall ahead"),
        Scenery.WALL_BESIDE: tr("Wall beside"),
        Scenery.CHAIR: tr("Chair ahead"),
        Scenery.OWN_CHAIR: tr("Chair to sit on"),
        Scenery.MAT: tr("Mat"),
        Scenery.BED: tr("Bed"),
        Scenery.PILLOW: tr("Pillow"),
        Scenery.CUSHION: tr("Cushion"),
        Scenery.ROLLER: tr("Roller"),
        Scenery.TOWEL: tr("Towel"),
        Scenery.HEAT_PACK: tr("Warm pack"),
        Scenery.COLD_PACK: tr("Cold pack"),
        Scenery.STEP: tr("Step"),
        Scenery.RAIL: tr("Rail"),
        Scenery.BALL: tr("Ball"),
    }[kind]


def muscle_name(muscle: Muscle) -> str:
    """Return a muscle that can glow in words."""
    return {
        Muscle.GASTROCNEMIUS: tr("Upper calf"),
        Muscle.SOLEUS: tr("Lower calf"),
        Muscle.HAMSTRINGS: tr("Back of the thigh"),
        Muscle.QUADRICEPS: tr("Front of the thigh"),
        Muscle.HIP_FLEXORS: tr("Hip flexors"),
        Muscle.GLUTES: tr("Glutes"),
        Muscle.ADDUCTORS: tr("Inner thigh"),
        Muscle.ABDUCTORS: tr("Outer hip"),
        Muscle.OBLIQUES: tr("Waist"),
        Muscle.SHOULDERS: tr("Shoulders"),
        Muscle.ABDOMINALS: tr("Belly"),
        Muscle.PLANTAR: tr("Sole"),
    }[muscle]


def view_name(view: View) -> str:
    """Return from where the runner is seen, in words."""
    return {
        View.SIDE: tr("From the side"),
        View.FRONT: tr("From the front"),
        View.BACK: tr("From behind"),
        View.ABOVE: tr("Lying, from above"),
    }[view]


def support_name(support: Support | None) -> str:
    """Return what carries the body, in words."""
    if support is None:
        return tr("The feet")
    return {
        Support.HIP: tr("Seat, back or belly"),
        Support.SHOULDERS: tr("Shoulder blades"),
        Support.ELBOWS: tr("Forearms"),
    }[support]


def play_name(play: Play) -> str:
    """Return what happens at the end of the drawing, in words."""
    return {Play.LOOP: tr("Start again"), Play.ONCE: tr("Stay in the last pose")}[play]


def easing_name(easing: Easing) -> str:
    """Return how the body moves on, in words."""
    return {
        Easing.EASE: tr("Easing in and out"),
        Easing.SMOOTH: tr("Flowing, without a stop"),
        Easing.LINEAR: tr("At a steady speed"),
    }[easing]


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]

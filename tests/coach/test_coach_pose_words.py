"""Every part of the body, and everything around it, has words."""

import itertools

from uncramp.coach.workshop import pose_words
from uncramp.figure.furnishing import FOOT_TOUCHES, HAND_TOUCHES
from uncramp.figure.joints import Handle, names
from uncramp.figure.strains import Strain, StrainKind
from uncramp.model.figure import (
    Easing,
    Limb,
    Muscle,
    Play,
    Pose,
    Scenery,
    Support,
    View,
)


def test_everything_has_a_name_of_its_own() -> None:
    for view in View:
        shown = [pose_words.handle_name(handle, view) for handle in Handle]
        assert len(set(shown)) == len(Handle)
        assert all(name[0].isupper() for name in shown)
    for found in (
        [pose_words.touch_name(one) for one in (None, *FOOT_TOUCHES)],
        [pose_words.touch_name(one) for one in (None, *HAND_TOUCHES)],
        [pose_words.scenery_name(kind) for kind in Scenery],
        [pose_words.muscle_name(muscle) for muscle in Muscle],
        [pose_words.view_name(view) for view in View],
        [pose_words.support_name(one) for one in (None, *Support)],
        [pose_words.play_name(play) for play in Play],
        [pose_words.easing_name(easing) for easing in Easing],
    ):
        assert len(set(found)) == len(found), found
    assert all(pose_words.angle_name(name) for name in names())
    assert pose_words.limb_name(Limb.OTHER_HAND, View.SIDE) == "Far hand"


def test_what_is_wrong_is_said_in_one_sentence() -> None:
    places = [handle.value for handle in Handle]
    for kind, view in itertools.product(StrainKind, View):
        for where in names() if kind is StrainKind.JOINT else places:
            told = pose_words.strain_words(Strain(kind, where, 1.0, 1.24), view)
            assert told.endswith("at 1.2 s.")
            assert "{" not in told
            assert pose_words.limited_words(Strain(kind, where, 0.0), view).endswith(".")
    sinks = Strain(StrainKind.FLOOR, "other_foot", 0.1, 1.2)
    assert (
        pose_words.strain_words(sinks, View.SIDE) == "The far foot sinks into the floor at 1.2 s."
    )
    hips = pose_words.strain_words(Strain(StrainKind.FLOOR, "hips", 0.1, 2.0), View.SIDE)
    assert hips == "The hips sink into the floor at 2.0 s."
    bends = Strain(StrainKind.JOINT, "working_leg.knee", 4.0, 0.0)
    assert pose_words.strain_words(bends, View.SIDE) == "The near knee bends too far at 0.0 s."


def test_angles_are_told_in_degrees_and_lengths_are_left_out() -> None:
    told = pose_words.angle_words(Pose(), ("trunk", "lift", "working_arm.elbow"))
    assert told == "trunk lean 0°, elbow 10°"

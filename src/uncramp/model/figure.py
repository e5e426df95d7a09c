"""How an exercise is drawn: joint angles at key frames, and what touches what.

Lengths are shares of the runner's height, angles are degrees. x points where the runner faces,
y up from the ground that the runner is on (floor, mat or mattress); the working side is the one
nearer to the viewer in the side view.

Angles follow the exercise catalogue: trunk lean forward is positive; hip flexion, knee flexion,
dorsiflexion and shoulder flexion are positive; the shoulder is measured against the trunk
(0 along it, 90 ahead, 180 overhead). Seen from the side the thigh then hangs at `hip - trunk`
from the vertical, the shank at `hip - trunk - knee`, and the foot is pitched by
`hip - trunk - knee + ankle`, which is 0 for a flat foot.
"""

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """From where the runner is seen."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    ABOVE = "above"
    """Lying on the side, as one looks down on the bed; drawn as the side view."""

    @property
    def in_profile(self) -> bool:
        """Whether the runner's side is seen."""
        return self in (View.SIDE, View.ABOVE)


class Play(StrEnum):
    """What happens when the last key frame is reached."""

    LOOP = "loop"
    """Back to the first key frame, without a jump."""
    ONCE = "once"
    """The last pose is held."""


class Easing(StrEnum):
    """How the body moves from a key frame to the next one."""

    EASE = "ease"
    """Starts and ends at rest, as a body with weight does."""
    SMOOTH = "smooth"
    """Passes through the key frame without stopping (gaits, swings)."""
    LINEAR = "linear"
    """At constant speed."""


class Limb(StrEnum):
    """A hand or foot that can touch something."""

    WORKING_FOOT = "working_foot"
    OTHER_FOOT = "other_foot"
    WORKING_HAND = "working_hand"
    OTHER_HAND = "other_hand"

    @property
    def is_foot(self) -> bool:
        """Whether the limb is a foot."""
        return self in (Limb.WORKING_FOOT, Limb.OTHER_FOOT)

    @property
    def is_working(self) -> bool:
        """Whether the limb belongs to the working side."""
        return self in (Limb.WORKING_FOOT, Limb.WORKING_HAND)


class Contact(StrEnum):
    """Which part of the hand or foot touches."""

    SOLE = "sole"
    """The foot lies flat."""
    BALL = "ball"
    """The ball of the foot stays in place; the heel may rise and the toes bend."""
    HEEL = "heel"
    """The heel rests, the toes point up."""
    ANKLE = "ankle"
    """The ankle rests, the foot hangs free."""
    PALM = "palm"
    FINGERTIPS = "fingertips"
    GRIP = "grip"
    """The hand closes around what it holds."""
    FOREARM = "forearm"
    """Elbow and forearm lie flat."""


class Touch(StrEnum):
    """What a hand or foot touches."""

    FLOOR = "floor"
    WALL = "wall"
    SEAT = "seat"
    STEP = "step"
    """The foot stands on its edge; the heel may sink below."""
    BALL = "ball"
    """The foot lies on it; it rolls along as the foot shifts."""
    RAIL = "rail"
    ANKLE = "ankle"
    SHIN = "shin"
    KNEE = "knee"
    THIGH = "thigh"
    HIP = "hip"
    LOW_BACK = "low_back"
    CHEST = "chest"
    BELLY = "belly"
    CALF = "calf"
    """The side of the calf that is seen."""
    TOES = "toes"
    LEG = "leg"
    """The front of a leg, from the hip (0) over the knee (0.5) to the ankle (1)."""
    HAMSTRING = "hamstring"
    """The thigh from behind."""
    TOWEL = "towel"
    """The end of a towel."""
    HANDS = "hands"
    """Both hands meet in front of the breastbone."""

    @property
    def is_body(self) -> bool:
        """Whether it is a part of the runner's own body."""
        return self not in (
            Touch.FLOOR,
            Touch.WALL,
            Touch.SEAT,
            Touch.STEP,
            Touch.BALL,
            Touch.RAIL,
            Touch.TOWEL,
        )


class Scenery(StrEnum):
    """A thing that is drawn with the runner."""

    WALL = "wall"
    """Before the runner."""
    WALL_BESIDE = "wall_beside"
    """Alongside the runner: behind him in the side view."""
    CHAIR = "chair"
    """Before the runner, its back at the far end."""
    OWN_CHAIR = "own_chair"
    """On which the runner sits, its back behind him."""
    MAT = "mat"
    BED = "bed"
    PILLOW = "pillow"
    CUSHION = "cushion"
    """Under the legs."""
    ROLLER = "roller"
    """Turns under a leg and travels half as far as the leg does."""
    TOWEL = "towel"
    """Around the ball of a foot."""
    HEAT_PACK = "heat_pack"
    """Around a calf, over cloth."""
    COLD_PACK = "cold_pack"
    """Around a calf, wrapped."""
    STEP = "step"
    """The lowest one of a stair that goes up ahead."""
    RAIL = "rail"
    """A handrail that goes up with the stair, on the far side."""
    BALL = "ball"
    """Under the working foot."""


class Muscle(StrEnum):
    """A muscle that can glow."""

    GASTROCNEMIUS = "gastrocnemius"
    SOLEUS = "soleus"
    HAMSTRINGS = "hamstrings"
    QUADRICEPS = "quadriceps"
    HIP_FLEXORS = "hip_flexors"
    GLUTES = "glutes"
    ADDUCTORS = "adductors"
    ABDUCTORS = "abductors"
    OBLIQUES = "obliques"
    SHOULDERS = "shoulders"
    ABDOMINALS = "abdominals"
    PLANTAR = "plantar"
    """The short muscles of the sole."""


class Support(StrEnum):
    """What carries a body that is not on its feet."""

    HIP = "hip"
    """The seat, the back or the front of the pelvis; the place is that of the hip joint."""
    SHOULDERS = "shoulders"
    """The shoulder blades; the place is that of the middle between the shoulder joints."""
    ELBOWS = "elbows"
    """The forearms; the place is that of the elbow."""


@dataclass(frozen=True, slots=True)
class LegPose:
    """Angles of one leg in degrees.

    Attributes:
        hip: flexion +, extension −.
        knee: flexion, 0 is straight.
        ankle: dorsiflexion +, plantarflexion −; of no effect while the foot is pinned flat.
        abduction: away from the middle +; front and back view.
        shift: how far a pinned foot stands ahead of its pin's place; share of height.
        lift: how far a pinned foot is raised above what it is pinned to; share of height.
        toes: bent up against the sole +.
        effort: how much of their glow the muscles of this leg show, 0 to 1.
    """

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    abduction: float = 0.0
    shift: float = 0.0
    lift: float = 0.0
    toes: float = 0.0
    effort: float = 1.0


@dataclass(frozen=True, slots=True)
class ArmPose:
    """Angles of one arm in degrees.

    Attributes:
        shoulder: flexion against the trunk +, behind it −.
        elbow: flexion, 0 is straight.
        abduction: away from the body +.
        touch: 1 when a pinned hand is at what it touches, 0 when it follows the angles.
        shift: how far a pinned hand is ahead of its pin's place; share of height.
        lift: how far a pinned hand is above its pin's place; share of height.
    """

    shoulder: float = 0.0
    elbow: float = 10.0
    abduction: float = 0.0
    touch: float = 1.0
    shift: float = 0.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """The whole body.

    Attributes:
        trunk: lean from the vertical, forward +.
        head: nod of the face against the horizon, downward +.
        twist: turn of the shoulders against the pelvis toward the working side.
        lift: height of the lowest sole above the floor when no foot is pinned (flight).
        breath: how far the chest is filled, 0 to 1; where no key frame gives it, a runner who
            does not hurry breathes by himself.
        bend: how far the chest leans ahead of the pelvis (a round back), arched −; the pelvis
            then leans by `trunk` and the chest by `trunk + bend`.
        neck: how far the head is pushed forward beyond what trunk and nod ask for; back −.
        x: how far a body that is not on its feet is ahead of its root; share of height.
        y: how far it is above it; share of height.
        focus: which of the glowing muscles is meant: -1 the first one alone, 0 all, 1 the last.
        effort: how much of their glow all muscles show, 0 to 1: it grows with a stretch.
    """

    trunk: float = 0.0
    head: float = 0.0
    twist: float = 0.0
    lift: float = 0.0
    breath: float = 0.0
    bend: float = 0.0
    neck: float = 0.0
    x: float = 0.0
    y: float = 0.0
    focus: float = 0.0
    effort: float = 1.0
    working_leg: LegPose = LegPose()
    other_leg: LegPose = LegPose()
    working_arm: ArmPose = ArmPose()
    other_arm: ArmPose = ArmPose()


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A pose at a time in the cycle, and how the body goes on from it."""

    at_s: float
    pose: Pose
    easing: Easing = Easing.EASE


@dataclass(frozen=True, slots=True)
class Pin:
    """A hand or foot that touches something; inverse kinematics keeps it there.

    One pinned foot carries the body: its joint angles place the pelvis. It is the one that is
    neither shifted nor lifted, the first of them when both stand. The other pinned limbs are
    bent until they reach their places.

    Attributes:
        limb: what touches.
        touch: what is touched.
        contact: with which part.
        x: where, ahead of the origin; of no effect on the wall and on the body.
        y: how high on the wall or the seat; how far down a part of the body (0 to 1).
        of: whose ankle, shin, knee or thigh is touched; the limb's own side when None.
    """

    limb: Limb
    touch: Touch
    contact: Contact
    x: float = 0.0
    y: float = 0.0
    of: Limb | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """What holds a body that is not on its feet: sitting, lying, on forearms.

    Attributes:
        support: what carries it.
        x: where; share of height.
        y: how high above the ground it lies on; share of height.
    """

    support: Support
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """A thing in the scene.

    Attributes:
        kind: what it is.
        x: the wall's face, the front edge of the seat, the edge of the step, where the rail
            begins or the ball lies, or the middle of the mat, bed, pillow, cushion or roller;
            share of height.
        height: of the seat, step or rail above the floor, of a thing itself when one lies on
            it, the roller's diameter; share of height. Mat and bed reach down from the ground.
        width: of the seat, mat, bed, tread, rail or ball along x; of a towel from hand to foot;
            share of height.
        limb: which leg a roller, cushion, towel or pack is at; a roller or cushion is under both
            when None.
    """

    kind: Scenery
    x: float = 0.0
    height: float = 0.0
    width: float = 0.0
    limb: Limb | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing of one exercise.

    Attributes:
        view: from where the runner is seen.
        play: repeat, or move into the pose and hold it.
        cycle_s: seconds of one repetition of the drawing; with `Play.ONCE` the time at which
            the last pose is reached. The caller may scale time to another tempo.
        keys: at least one, in order of time, the first at 0.
        pins: at most one for each hand and foot.
        scenery: what is drawn around the runner.
        glow: the muscles that are shown at work or stretched.
        glow_both: whether they glow in both legs instead of in the working one.
        alternate: the other side moves as the working side half a cycle earlier (gaits); the
            angles given for the other side are then not used.
        stride: how far the floor passes under the runner in one cycle; share of height.
        telling_s: when the drawing tells most, for pictures that stand still; None: at the key
            frame that lies farthest from the first one.
        root: what carries the body when its feet do not.
        barefoot: whether the runner has taken off shoes and socks.
        across: whether one looks across the resting side at the working one: the near limbs,
            which the poses call working, are then those of the resting side.
    """

    view: View
    play: Play = Play.LOOP
    cycle_s: float = 4.0
    keys: tuple[KeyFrame, ...] = (KeyFrame(0.0, Pose()),)
    pins: tuple[Pin, ...] = ()
    scenery: tuple[Placement, ...] = ()
    glow: tuple[Muscle, ...] = ()
    glow_both: bool = False
    alternate: bool = False
    stride: float = 0.0
    telling_s: float | None = None
    root: Root | None = None
    barefoot: bool = False
    across: bool = False

"""The session that a routine becomes while it is written: its length, its bar, its figure."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from uncramp.coach.times import clock
from uncramp.coach.wording import needs
from uncramp.model.body import Side
from uncramp.model.language import tr, trn
from uncramp.model.routine import Routine
from uncramp.routines.library import Library, Looks
from uncramp.session.timeline import SegmentKind, Timeline
from uncramp.ui.figure.exercise_view import ExerciseView
from uncramp.ui.painted import SegmentBar
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import label

_FIGURE_PX = 120


class EditorPreview(QWidget):
    """Total, bar and moving figure.

    Signals:
        pointed: which segment of the timeline was clicked in the bar.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._total = label("heading")
        self._facts = label("soft", wrap=True)
        self._bar = SegmentBar()
        self._bar.pointed.connect(self._bar_pointed)
        self._moment = label("soft", wrap=True)
        self._figure = ExerciseView(theme)
        self._figure.setMinimumHeight(_FIGURE_PX)
        total = QHBoxLayout()
        total.addWidget(self._total)
        total.addWidget(self._facts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(total)
        column.addWidget(self._bar)
        column.addWidget(self._moment)
        column.addWidget(self._figure, 1)
        self.show_figure(True)
        self.set_theme(theme)

    def hasHeightForWidth(self) -> bool:
        """Not: the wrapped lines would ask for the figure's whole height too."""
        return False

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._figure.set_theme(theme)
        self._bar.set_theme(theme)

    def show_figure(self, shown: bool) -> None:
        """Leave the figure's room to others, or take it."""
        self._figure.setVisible(shown)
        # With the figure it takes its share of the room, however large it would like to be.
        policy = QSizePolicy.Policy.Ignored if shown else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def show_routine(
        self, routine: Routine, timeline: Timeline, library: Library, number: int | None
    ) -> None:
        """Show the whole, with the step of that number marked."""
        used = [library.exercises[step.exercise] for step in routine.steps]
        count = trn("{n} step", "{n} steps", len(used)).format(n=len(used))
        self._total.setText(clock(timeline.total_ms))
        self._total.show()
        self._facts.setText(" · ".join((count, needs(used))))
        self._moment.setText("")
        segments = timeline.segments[1:]  # the first one is the way to the place
        self._bar.set_segments(
            [segment.duration_ms for segment in segments],
            [segment.kind is SegmentKind.WORK for segment in segments],
        )
        found = [at for at, one in enumerate(segments) if one.step == number]
        if found:
            self._bar.set_position(found[0], 0.0)

    def show_nothing(self, why: str) -> None:
        """Tell why there is no length to show."""
        self._total.hide()
        self._facts.setText(why)
        self._moment.setText("")
        self._bar.set_segments((), ())

    def show_exercise(self, looks: Looks | None, side: Side = Side.NONE) -> None:
        """Let an exercise move; None shows nothing."""
        if looks is None:
            self._figure.show_nothing()
            return
        self._figure.set_looks(looks, side)
        self._figure.run()

    def tell_moment(self, index: int, at_ms: int, words: str) -> None:
        """Tell what happens in a segment of the timeline, and mark it in the bar."""
        self._moment.setText(tr("{time}  {words}").format(time=clock(at_ms), words=words))
        self._bar.set_position(index - 1, 0.0)

    def _bar_pointed(self, index: int) -> None:
        self.pointed.emit(index + 1)

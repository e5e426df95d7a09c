"""The settings' room in the window: the page, and what is changed on it."""

from uncramp.model.errors import EnvironmentFault
from uncramp.ui.frame import Frame
from uncramp.ui.session.stage import Stage
from uncramp.ui.settings.page import SettingsPage


class SettingsRoom(SettingsPage):
    """Keeps what is chosen, and tells how it went."""

    def __init__(self, frame: Frame, stage: Stage) -> None:
        super().__init__(frame.coach.settings, frame.coach.places.data)
        self._frame = frame
        self.setting_changed.connect(self.change)
        self.safety_requested.connect(frame.safety_requested)
        self.sound_test_requested.connect(stage.try_sound)
        stage.sound_tried.connect(self.tell)

    def change(self, key: str, value: object) -> None:
        """Keep a choice; where it cannot be written, it holds until the program ends."""
        told = ""
        try:
            self._frame.coach.change_setting(key, value)
        except EnvironmentFault as fault:
            told = str(fault)
        self.tell(told)
        self._frame.setting_changed.emit(key, value)

"""The editor's changes, their history, and the file that they end in."""

from pathlib import Path

import pytest
import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.workshop.editing import RoutineEditor
from uncramp.coach.workshop.own_files import free_id
from uncramp.coach.workshop.written_file import ChangedMeanwhileError
from uncramp.model.errors import EnvironmentFault

BEDTIME = {"seconds": 10, "sets": 3, "alternate": True, "switch_s": 0}


def built_bedtime(coach: Coach) -> RoutineEditor:
    """Return the steps of the shipped bedtime routine, made from nothing."""
    editor = RoutineEditor.new(coach)
    editor.set_value("name", "My bedtime")
    editor.set_value("moment", "bedtime")
    for number, exercise in enumerate(("wall_calf_static", "chair_hamstring")):
        editor.add(exercise, (number,))
        for key, value in BEDTIME.items():
            editor.set_step((number,), key, value)
    return editor


def test_the_shipped_bedtime_routine_can_be_made_from_nothing(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    assert editor.problems == ()
    assert editor.routine is not None
    assert editor.timeline is not None
    shipped = loaded_coach.library.routines["bedtime_trial"]
    wanted = loaded_coach.timeline(shipped)
    assert editor.timeline.segments == wanted.segments
    assert editor.timeline.total_ms == wanted.total_ms == 126_000
    path = editor.save()
    assert not editor.is_changed
    assert loaded_coach.reload_if_changed()
    assert loaded_coach.library.routines["my_bedtime"].name.default == "My bedtime"
    assert loaded_coach.library.routine_files["my_bedtime"] == path
    assert loaded_coach.problems == ()


def test_a_shipped_routine_is_copied_not_changed(loaded_coach: Coach) -> None:
    before = (loaded_coach.places.routines / "bedtime_trial.routine.toml").read_bytes()
    editor = RoutineEditor.of(loaded_coach, "bedtime_trial")
    assert editor.file is None
    editor.set_step((0,), "sets", 2)
    path = editor.save()
    assert path.is_relative_to(loaded_coach.places.data)
    assert (loaded_coach.places.routines / "bedtime_trial.routine.toml").read_bytes() == before
    text = path.read_text("utf-8")
    assert "# Ten seconds of stretch and ten of rest" in text
    data = tomli.loads(text)
    assert "ref" not in data
    assert data["sources"] == ['Based on "Bedtime calf and hamstring".']
    assert data["name"] == "Bedtime calf and hamstring (my copy)"
    loaded_coach.reload_if_changed()
    assert loaded_coach.library.routines["bedtime_trial"].built_in
    again = RoutineEditor.of(loaded_coach, data["id"])
    assert again.file == path
    assert not again.is_changed


def test_undo_goes_back_step_by_step_and_redo_forth(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    done = [editor.text]
    while editor.can_undo:
        editor.undo()
        done.append(editor.text)
    assert editor.steps == ()
    assert not editor.is_changed
    forth = [editor.text]
    while editor.can_redo:
        editor.redo()
        forth.append(editor.text)
    assert forth == done[::-1]
    editor.undo()
    editor.set_value("summary", "Something else.")
    assert not editor.can_redo


def test_turning_one_dial_is_one_change(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    before = editor.text
    for seconds in range(11, 31):
        editor.set_step((0,), "seconds", seconds)
    editor.undo()
    assert editor.text == before


def test_a_group_of_rounds_that_is_emptied_goes(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    editor.group(0, 1, 3)
    assert [step.place for step in editor.steps] == [(0,), (0, 0), (0, 1)]
    assert editor.steps[0].rounds == 3
    editor.move((0, 0), (0,))
    assert [step.place for step in editor.steps] == [(0,), (1,), (1, 0)]
    editor.move((1, 0), (0,))
    assert [step.exercise for step in editor.steps] == ["chair_hamstring", "wall_calf_static"]
    editor.group(0, 0)
    editor.remove((0, 0))
    assert [step.exercise for step in editor.steps] == ["wall_calf_static"]
    editor.group(0, 0)
    editor.ungroup(0)
    editor.copy((0,))
    assert [step.exercise for step in editor.steps] == ["wall_calf_static"] * 2


def test_rounds_are_in_the_total_and_every_step_is_found(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    assert editor.timeline is not None
    once = editor.timeline
    editor.add("easy_jog", (2,))
    editor.set_step((2,), "seconds", 20)
    editor.group(0, 1, 3)
    assert editor.problems == ()
    assert editor.timeline is not None
    assert editor.timeline.work_ms == 3 * once.work_ms + 20_000
    places = [editor.place_of_step(number) for number in range(editor.timeline.steps)]
    assert places == [(0, 0), (0, 1)] * 3 + [(1,)]
    assert [editor.number_of(place) for place in ((0,), (0, 0), (0, 1), (1,))] == [0, 0, 1, 6]
    assert editor.number_of((9,)) is None


def test_problems_are_those_of_the_check_and_know_their_step(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    editor.set_value("moment", "before_run")
    editor.set_step((1,), "seconds", 45)
    assert editor.routine is None
    (problem,) = editor.problems
    assert "too long before a run" in problem.message
    assert editor.place_of(problem) == (1,)
    assert editor.steps[1].problems == (problem,)
    path = editor.save()
    loaded_coach.reload_if_changed()
    (told,) = loaded_coach.problems
    assert (told.line, told.column, told.message) == (
        *(problem.line, problem.column),
        problem.message,
    )
    assert RoutineEditor.of_file(loaded_coach, path).steps[1].problems[0].message == told.message


def test_repetitions_and_seconds_change_into_each_other(loaded_coach: Coach) -> None:
    editor = RoutineEditor.new(loaded_coach)
    editor.add("calf_raise", (0,))
    assert "seconds" not in editor.steps[0].values
    editor.set_dose((0,), repetitions=False)
    assert "repetitions" not in editor.steps[0].values
    seconds = editor.steps[0].values["seconds"]
    editor.set_dose((0,), repetitions=True)
    assert editor.steps[0].values["repetitions"] * 6 == seconds
    assert "seconds" not in editor.steps[0].values
    assert editor.problems == ()


def test_what_another_program_wrote_meanwhile_is_not_lost(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    path = editor.save()
    path.write_text("# mine\n", "utf-8")
    editor.set_step((0,), "seconds", 12)
    with pytest.raises(ChangedMeanwhileError):
        editor.save()
    assert path.read_text("utf-8") == "# mine\n"
    assert editor.is_changed
    editor.save(over_changes=True)
    assert path.read_text("utf-8") == editor.text


def test_a_new_routine_never_takes_the_file_of_another(loaded_coach: Coach) -> None:
    first = built_bedtime(loaded_coach).save()
    kept = first.read_bytes()
    second = built_bedtime(loaded_coach).save()
    assert first != second
    assert first.read_bytes() == kept
    loaded_coach.reload_if_changed()
    assert {"my_bedtime", "my_bedtime_2"} <= set(loaded_coach.library.routines)


@pytest.mark.parametrize(
    ("text", "said"), [(b"id = ", "cannot be opened"), (b"\xff\xfe", "UTF-16"), (None, "No such")]
)
def test_a_file_that_is_no_toml_is_not_opened(
    loaded_coach: Coach, tmp_path: Path, text: bytes | None, said: str
) -> None:
    file = tmp_path / "a.routine.toml"
    if text is not None:
        file.write_bytes(text)
    with pytest.raises(EnvironmentFault, match=f"(?i){said}"):
        RoutineEditor.of_file(loaded_coach, file)


def test_a_folder_that_cannot_be_written_loses_nothing(loaded_coach: Coach) -> None:
    editor = built_bedtime(loaded_coach)
    loaded_coach.places.data.mkdir(exist_ok=True)
    (loaded_coach.places.data / "routines").write_text("in the way", "utf-8")
    with pytest.raises(EnvironmentFault, match="Nothing was changed"):
        editor.save()
    assert editor.is_changed
    assert len(editor.steps) == 2


def test_ids_are_made_from_names_in_any_script() -> None:
    taken = {"abend", "my_routine"}
    assert free_id("Été à la mer!", taken, "x") == "ete_a_la_mer"
    assert free_id("Abend", taken, "x") == "abend_2"
    for name in ("Ωραίο", "مساء", "🦵", "42", ""):
        assert free_id(name, taken, "my_routine") == "my_routine_2"
    assert len(free_id("a" * 500, taken, "x")) <= 64

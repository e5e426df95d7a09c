"""The editor of exercises without its face: its changes, history, file and picture."""

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.workshop.exercise_editing import ExerciseEditor, key_frame_of
from uncramp.coach.workshop.written_file import ChangedMeanwhileError
from uncramp.figure.frames import with_copy, with_pose
from uncramp.figure.joints import with_angle
from uncramp.figure.strains import StrainKind
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def finished(coach: Coach, name: str = "Heel drop") -> ExerciseEditor:
    editor = ExerciseEditor.new(coach)
    editor.set_value("name", name)
    editor.set_value("feel", "A pull in the calf.")
    editor.add_item("cues", "Slowly")
    return editor


def reloaded(coach: Coach, exercise_id: str) -> Exercise:
    assert coach.reload_if_changed()
    assert coach.problems == ()
    return coach.library.exercises[exercise_id]


def test_a_new_exercise_says_what_it_still_needs(loaded_coach: Coach) -> None:
    editor = ExerciseEditor.new(loaded_coach)
    assert editor.exercise is None
    assert {editor.place_of(problem) for problem in editor.problems} == {("cues",), ("feel",)}
    assert editor.warnings() == ()
    assert not editor.is_changed
    editor = finished(loaded_coach)
    assert editor.problems == ()
    assert editor.exercise is not None
    assert editor.exercise.id == "heel_drop"


def test_a_new_exercise_is_saved_and_read_by_the_library(loaded_coach: Coach) -> None:
    editor = finished(loaded_coach)
    pose = with_angle(editor.figure.keys[0].pose, "trunk", 12.0)
    editor.set_figure(with_pose(with_copy(editor.figure, 0), 1, pose))
    path = editor.save()
    assert path == loaded_coach.places.data / "routines" / "exercises" / "heel_drop.toml"
    assert not editor.is_changed
    exercise = reloaded(loaded_coach, "heel_drop")
    assert exercise.figure.keys[1].pose.trunk == 12.0
    assert (path.parent / "exercise.schema.json").exists()
    again = ExerciseEditor.of(loaded_coach, "heel_drop")
    assert (again.file, again.text) == (path, editor.text)


def test_a_shipped_exercise_is_copied_not_changed(loaded_coach: Coach) -> None:
    shipped = loaded_coach.places.routines / "exercises" / "squat.toml"
    before = shipped.read_bytes()
    editor = ExerciseEditor.of(loaded_coach, "squat")
    assert editor.file is None
    editor.set_item("cues", 0, "Sit back")
    path = editor.save()
    assert shipped.read_bytes() == before
    data = tomli.loads(path.read_text("utf-8"))
    assert data["name"] == "Squat (my copy)"
    assert "ref" not in data
    assert data["sources"] == ['Based on "Squat".']
    assert data["cues"][0] == "Sit back"
    made = reloaded(loaded_coach, data["id"])
    assert made.figure == loaded_coach.library.exercises["squat"].figure


def test_one_that_cannot_be_used_yet_is_opened_again(loaded_coach: Coach) -> None:
    editor = ExerciseEditor.new(loaded_coach, "Half done")
    path = editor.save()
    assert loaded_coach.reload_if_changed()
    assert "half_done" not in loaded_coach.library.exercises
    again = ExerciseEditor.of(loaded_coach, "half_done")
    assert (again.file, again.text) == (path, editor.text)


def test_no_other_file_is_ever_written_over(loaded_coach: Coach) -> None:
    folder = loaded_coach.places.data / "routines" / "exercises"
    folder.mkdir(parents=True)
    for name in ("heel_drop.toml", "heel_drop_2.svg", "heel_drop_3.png"):
        (folder / name).write_text("mine", "utf-8")
    editor = finished(loaded_coach)
    assert editor.save() == folder / "heel_drop_4.toml"
    assert tomli.loads(editor.text)["id"] == "heel_drop_4"
    assert {
        path.read_text("utf-8") for path in folder.glob("heel_drop*") if "_4" not in path.name
    } == {"mine"}


def test_what_another_program_wrote_meanwhile_is_asked_for(loaded_coach: Coach) -> None:
    editor = finished(loaded_coach)
    path = editor.save()
    path.write_text(editor.text + "# from elsewhere\n", "utf-8")
    editor.set_value("feel", "Nothing sharp.")
    with pytest.raises(ChangedMeanwhileError):
        editor.save()
    assert "elsewhere" in path.read_text("utf-8")
    editor.save(over_changes=True)
    assert path.read_text("utf-8") == editor.text


def test_undo_goes_back_step_by_step_and_redo_forth(loaded_coach: Coach) -> None:
    editor = finished(loaded_coach)
    editor.add_item("mistakes", "Bouncing")
    editor.move_item("cues", 0, 0)
    for lean in (3.0, 5.0, 8.0):  # one drag
        pose = with_angle(editor.figure.keys[0].pose, "trunk", lean)
        editor.set_figure(with_pose(editor.figure, 0, pose), ("pose", 0, "shoulders"))
    last = editor.text
    editor.undo()
    assert editor.figure.keys[0].pose.trunk == 0.0
    while editor.can_undo:
        editor.undo()
    assert not editor.is_changed
    while editor.can_redo:
        editor.redo()
    assert editor.text == last


def test_lists_are_added_to_changed_and_put_in_order(loaded_coach: Coach) -> None:
    editor = ExerciseEditor.of(loaded_coach, "wall_calf_pump")
    cues = list(editor.items_of("cues"))
    editor.move_item("cues", 2, 0)
    editor.remove_item("cues", 1)
    editor.add_item("cues", "Smile")
    assert list(editor.items_of("cues")) == [cues[2], cues[1], cues[3], "Smile"]
    editor.set_items("props", ["mat", "wall"])
    assert editor.exercise is not None
    assert [str(prop) for prop in editor.exercise.props] == ["mat", "wall"]
    editor.set_dose("sets", 3)
    editor.set_dose("seconds", None)
    assert editor.values["dose"] == {"sets": 3}


def test_a_problem_leads_to_its_field(loaded_coach: Coach) -> None:
    editor = finished(loaded_coach)
    for key, value in (("kind", "dance"), ("cycle_s", 0.001), ("gate", "x" * 400)):
        editor.set_value(key, value)
        assert [editor.place_of(one)[0] for one in editor.problems] == [key], key
        editor.undo()
    text = editor.text.replace("at_s = 0", "at_s = 0\ntrunk = 500")
    wrong = ExerciseEditor(loaded_coach, text, None)
    assert [key_frame_of(wrong.place_of(one)) for one in wrong.problems] == [0]


def test_what_no_body_can_do_is_told(loaded_coach: Coach) -> None:
    editor = ExerciseEditor.of(loaded_coach, "wall_calf_pump")
    assert editor.warnings() == ()
    pose = with_angle(editor.figure.keys[1].pose, "trunk", -20.0)
    editor.set_figure(with_pose(editor.figure, 1, pose))
    assert {one.kind for one in editor.warnings()} >= {StrainKind.PIN}


@pytest.mark.parametrize(("ending", "content"), [(".svg", SVG), (".PNG", png())])
def test_a_picture_stands_in_and_goes_along(
    loaded_coach: Coach, tmp_path: Path, ending: str, content: bytes
) -> None:
    source = tmp_path / f"drawing{ending}"
    source.write_bytes(content)
    editor = finished(loaded_coach)
    editor.choose_picture(source)
    assert editor.picture == content
    editor.set_value("name", "Wave")
    path = editor.save()
    name = f"wave{ending.lower()}"
    assert path.with_name(name).read_bytes() == content
    assert reloaded(loaded_coach, "wave").picture == name
    assert loaded_coach.library.picture("wave") == path.with_name(name)
    copied = ExerciseEditor.copy_of(loaded_coach, "wave")
    assert copied.picture == content
    made = copied.save()
    assert made.with_name(f"wave_my_copy{ending.lower()}").read_bytes() == content
    editor.remove_picture()
    assert editor.picture is None
    editor.undo()
    assert editor.picture == content


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", SVG, "neither"),
        ("a.svg", b"", "not an SVG"),
        ("a.svg", b"<html/>", "not an SVG"),
        ("a.svg", SVG[:40], "not an SVG"),
        ("a.png", SVG, "not a PNG"),
        ("a.png", png()[:20], "not a PNG"),
        ("a.png", png(5000, 1), "too large"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (2 << 20), "too large"),
    ],
)
def test_what_is_no_picture_is_refused_with_one_sentence(
    loaded_coach: Coach, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    editor = finished(loaded_coach)
    before = editor.text
    with pytest.raises(EnvironmentFault, match=told) as fault:
        editor.choose_picture(source)
    assert str(fault.value).count("\n") == 0
    assert editor.text == before
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        editor.choose_picture(tmp_path / "nowhere.svg")


def test_a_folder_that_cannot_be_written_loses_nothing(loaded_coach: Coach) -> None:
    folder = loaded_coach.places.data / "routines"
    folder.mkdir(parents=True)
    (folder / "exercises").write_text("a file in the way", "utf-8")
    editor = finished(loaded_coach)
    with pytest.raises(EnvironmentFault):
        editor.save()
    assert editor.is_changed
    assert editor.file is None


def test_a_broken_figure_of_a_file_can_be_drawn_anew(loaded_coach: Coach) -> None:
    text = finished(loaded_coach).text.replace('view = "side"', 'view = "sideways"')
    editor = ExerciseEditor(loaded_coach, text, None)
    assert editor.exercise is None
    editor.set_figure(replace(editor.figure, cycle_s=5.0))
    assert editor.problems == ()

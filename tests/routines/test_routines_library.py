"""The user's files lie on top of the shipped ones, and a bad file hides nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Kind
from uncramp.model.moment import Moment
from uncramp.model.problem import Severity
from uncramp.routines import library as library_module
from uncramp.routines.check import check_paths
from uncramp.routines.folders import MAX_FILES
from uncramp.routines.library import load_library
from uncramp.routines.template import is_possible_id, new_routine_text

Write = Callable[..., Path]


def routine(identity: str, exercise: str = "calf_hold", more: str = "", head: str = "") -> str:
    return (
        f'format = 1\nid = "{identity}"\nname = "Name of {identity}"\nsummary = "S."\n'
        f'moment = "morning"\n{head}[[steps]]\nexercise = "{exercise}"\nseconds = 20\n{more}'
    )


def exercise(identity: str, kind: str = "hold") -> str:
    return (
        f'format = 1\nid = "{identity}"\nname = "E"\nkind = "{kind}"\nsides = "each"\n'
        'cues = ["Go"]\nfeel = "Easy."\n'
    )


@pytest.fixture
def own(user: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = user / "routines" / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_folder_of_the_user_there_are_the_shipped_ones(
    built_in: Path, tmp_path: Path
) -> None:
    library, problems = load_library(built_in, tmp_path / "none")
    assert sorted(library.exercises) == ["calf_hold", "leg_swing", "squat", "thigh_hold"]
    assert problems == ()


def test_missing_shipped_files_are_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="install it again"):
        load_library(tmp_path / "none", None)


def test_the_library_cannot_be_changed(built_in: Path) -> None:
    library, _ = load_library(built_in, None)
    with pytest.raises(TypeError):
        library.exercises["x"] = library.exercises["squat"]  # type: ignore[index]


def test_the_users_routine_and_exercise_replace_the_shipped_ones(
    built_in: Path, user: Path, own: Write
) -> None:
    (built_in / "a.routine.toml").write_text(routine("a", "squat"))
    own("whatever.routine.toml", routine("a", "plank"))
    own("exercises/plank.toml", exercise("plank"))
    own("exercises/squat.toml", exercise("squat", "still"))
    library, problems = load_library(built_in, user)
    assert problems == ()
    assert library.routines["a"].steps[0].exercise == "plank"
    assert not library.routines["a"].built_in
    assert library.exercises["squat"].kind is Kind.STILL
    assert load_library(built_in, None)[0].routines["a"].built_in


def test_a_broken_replacement_leaves_the_shipped_one(
    built_in: Path, user: Path, own: Write
) -> None:
    (built_in / "a.routine.toml").write_text(routine("a", "squat"))
    for broken in (routine("a", "nobody"), routine("a").replace("seconds", "secnds"), "id = "):
        own("a.routine.toml", broken)
        library, problems = load_library(built_in, user)
        assert len(problems) == 1
        assert library.routines["a"].steps[0].exercise == "squat"


def test_an_id_given_twice_names_both_files(built_in: Path, user: Path, own: Write) -> None:
    first = own("one.routine.toml", routine("a"))
    own("two.routine.toml", routine("a", "squat"))
    own("exercises/three.toml", exercise("e"))
    own("exercises/four.toml", exercise("e"))
    library, problems = load_library(built_in, user)
    assert [(Path(p.file).name, p.line, p.column) for p in problems] == [
        ("three.toml", 2, 6),
        ("two.routine.toml", 2, 6),
    ]
    assert problems[1].message == f'the id "a" is already taken by {first}'
    assert library.routines["a"].steps[0].exercise == "calf_hold"


def test_an_exercise_can_be_meant_by_its_name_or_number(
    built_in: Path, user: Path, own: Write
) -> None:
    plank = exercise("front_support").replace('"E"', '"Plank on elbows"')
    own("exercises/plank.toml", plank + 'ref = "E77"\n')
    for meant in ("Plank on elbows", "plank on elbow", "E77", "e77", "front support"):
        own("a.routine.toml", routine("a", meant))
        _, problems = load_library(built_in, user)
        assert [p.message for p in problems] == [
            f'step 1: unknown exercise "{meant}" (did you mean "front_support"?)'
        ]


def test_the_users_exercise_cannot_break_a_rule_of_a_shipped_routine(
    built_in: Path, user: Path, own: Write
) -> None:
    shipped = routine("a", "squat").replace("morning", "before_run").replace("= 20", "= 45")
    (built_in / "a.routine.toml").write_text(shipped)
    (built_in / "b.routine.toml").write_text(routine("b", "squat"))
    assert load_library(built_in, user)[1] == ()
    own("exercises/squat.toml", exercise("squat", "hold"))
    library, problems = load_library(built_in, user)
    assert list(library.routines) == ["b"]
    assert [(Path(p.file).name, p.line) for p in problems] == [("a.routine.toml", 8)]
    assert "a hold of 45 s" in problems[0].message


def test_a_routine_says_when_its_exercise_is_refused(
    built_in: Path, user: Path, own: Write
) -> None:
    broken = own("exercises/e.toml", exercise("plank").replace("kind", "kin"))
    own("a.routine.toml", routine("a", "plank"))
    own("b.routine.toml", routine("b"))
    library, problems = load_library(built_in, user)
    assert list(library.routines) == ["b"]
    assert [p.message for p in problems if "a.routine" in p.file] == [
        f'step 1: the exercise "plank" cannot be used, see {broken}'
    ]


def test_files_with_other_names_are_pointed_out(built_in: Path, user: Path, own: Write) -> None:
    own("stray.toml", exercise("stray"))
    own(".hidden.toml", "")
    own("notes.txt", "not ours")
    _, problems = load_library(built_in, user)
    assert [(Path(p.file).name, p.severity) for p in problems] == [("stray.toml", Severity.WARNING)]
    assert "must end in .routine.toml" in problems[0].message


def test_a_folder_of_thousands_of_files_is_cut_off(
    built_in: Path, user: Path, own: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MAX_FILES", 20)
    for number in range(23):
        own(f"r{number:04}.routine.toml", "")
    _, problems = load_library(built_in, user)
    said = [p.message for p in problems if p.line == 0]
    assert said == ["has 23 files; only the first 20 are read"]


def test_a_thousand_routines_of_ones_own_and_their_exercises_are_read() -> None:
    assert MAX_FILES >= 1_000


def test_routines_are_found_by_id_number_and_name(built_in: Path, user: Path, own: Write) -> None:
    (built_in / "a.routine.toml").write_text(routine("quick", head='ref = "R02"\n'))
    own(
        "b.routine.toml",
        routine("other").replace('"Name of other"', '{ default = "My own", de = "Mein eigenes" }'),
    )
    library, _ = load_library(built_in, user)
    for name in ("quick", "r02", "R02", "Name of quick", " name of QUICK "):
        found = library.find_routine(name)
        assert found is not None, name
        assert found.id == "quick"
    german = library.find_routine("mein eigenes")
    assert german is not None
    assert german.id == "other"
    assert library.find_routine("") is None
    assert library.find_routine("quic") is None
    assert library.closest("quic") == "quick"
    assert library.closest("my onw") == "other"
    assert library.closest("R03") == "quick"
    assert library.closest("x" * 10_000) is None


def test_shipped_routines_come_first_and_in_the_catalogues_order(
    built_in: Path, user: Path, own: Write
) -> None:
    (built_in / "a.routine.toml").write_text(routine("last", head='ref = "R20"\n'))
    (built_in / "b.routine.toml").write_text(routine("first", head='ref = "R01"\n'))
    own("c.routine.toml", routine("another"))
    library, _ = load_library(built_in, user)
    assert list(library.routines) == ["first", "last", "another"]


def test_check_takes_files_and_folders(built_in: Path, user: Path, own: Write) -> None:
    library, _ = load_library(built_in, None)
    good = own("good.routine.toml", routine("good", "plank"))
    plank = own("exercises/plank.toml", exercise("plank"))
    bad = own("bad.routine.toml", routine("bad", "nobody"))
    assert check_paths([plank, good], library) == ()
    assert check_paths([good], library)[0].message == 'step 1: unknown exercise "plank"'
    for paths in ([bad], [user], [user / "routines"], [bad, user, user / "routines", bad]):
        assert [p.message for p in check_paths(paths, library)] == [
            'step 1: unknown exercise "nobody"'
        ]
    assert check_paths([user / "routines" / "exercises"], library) == ()
    assert check_paths([user / "no.toml"], library)[0].message == (
        "cannot be read: no such file or directory"
    )
    assert "no routine" in check_paths([built_in.parent], library)[0].message


def test_check_follows_a_link_that_was_named(
    built_in: Path, user: Path, own: Write, tmp_path: Path
) -> None:
    library, _ = load_library(built_in, None)
    good = own("good.routine.toml", routine("good"))
    link = tmp_path / "link.routine.toml"
    try:
        link.symlink_to(good)
    except OSError:
        pytest.skip("links need rights here")
    assert check_paths([link], library) == ()


@pytest.mark.parametrize(
    "name", ["My calves", 'Say "ah" \\ oh', "\n\t\0", "Ünïcödé 🦵", "x" * 200, "# [steps]"]
)
def test_a_new_routine_passes_the_check(shipped: Path, tmp_path: Path, name: str) -> None:
    library, _ = load_library(shipped, None)
    path = tmp_path / "new.routine.toml"
    path.write_text(new_routine_text("new_one", name), encoding="utf-8")
    assert check_paths([path], library) == ()
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "#:schema ./routine.schema.json"
    (tmp_path / "routines").mkdir()
    path.rename(tmp_path / "routines" / path.name)
    loaded, _ = load_library(shipped, tmp_path)
    shown = "".join(ch for ch in name if ch.isprintable()).strip()[:60]
    assert str(loaded.routines["new_one"].name) == (shown or "new_one")


def test_a_new_routine_names_every_moment() -> None:
    lines = new_routine_text("new_one", "N").splitlines()
    assert f"# {', '.join(Moment)}" in lines


def test_a_new_routine_needs_a_possible_id() -> None:
    assert is_possible_id("calf_2")
    for bad in ("", "A", "2x", "../x", "x\n", "x" * 65, "ä"):
        assert not is_possible_id(bad)
        with pytest.raises(ValueError, match=f"^{re.escape(bad)}$"):
            new_routine_text(bad, "Name")

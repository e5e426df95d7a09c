"""A routine goes from one data folder to another and back, exactly; nothing is overwritten."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.whole_file import write_own
from uncramp.coach.workshop.handoff import Standing, exported, look_at, take
from uncramp.model.body import CrampSite
from uncramp.model.errors import EnvironmentFault
from uncramp.routines.parcel import Parcel, pack

NAMES = ["Calm evening", "Ωραίο βράδυ", "مساء الخير", "🦵 calf 🌙"]
ROUTINE = """\
# From the practice.
format = 1
id = "{id}"
name = "{name}"
summary = "{name}."
moment = "bedtime"

# Slowly.
[[steps]]
exercise = "heel_wave"
seconds = 20

[[steps]]
exercise = "wall_calf_static"
seconds = 30
"""
EXERCISE = """\
format = 1
id = "heel_wave"
name = "{name}"
kind = "oscillate"
sides = "each"
cues = ["Slowly"]
feel = "Easy."
picture = "heel_wave.svg"
"""
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def coach_of(tmp_path: Path) -> Iterator[Callable[[str], Coach]]:
    made: list[Coach] = []

    def make(name: str) -> Coach:
        made.append(Coach(find_places(tmp_path / name)))
        return made[-1]

    yield make
    for coach in made:
        coach.close()


def written(coach: Coach, name: str = "Calm evening", routine_id: str = "calm") -> Coach:
    """Give a user a routine with an exercise and a picture of his own."""
    folder = coach.places.data / "routines"
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    text = ROUTINE.format(id=routine_id, name=name)
    (folder / "whatever.routine.toml").write_text(text, "utf-8")
    (folder / "exercises" / "heel_wave.toml").write_text(EXERCISE.format(name=name), "utf-8")
    (folder / "exercises" / "heel_wave.svg").write_bytes(PICTURE)
    coach.reload_if_changed()
    assert coach.problems == ()
    return coach


def parcel_file(folder: Path, data: bytes) -> Path:
    path = folder / "from the physio.uncramp"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_export_import_export_gives_the_same_bytes(
    coach_of: Callable[[str], Coach], tmp_path: Path, name: str
) -> None:
    physio, runner = written(coach_of("physio"), name), coach_of("runner")
    data = exported(physio, "calm")
    offer = look_at(runner, parcel_file(tmp_path, data))
    assert offer.can_be_taken
    assert not offer.has_conflict
    assert offer.routine is not None
    assert (offer.routine.name, offer.routine.standing) == (name, Standing.NEW)
    assert [one.name for one in offer.exercises] == [name]
    calf = runner.library.exercises["wall_calf_static"].name.default
    assert offer.steps == ((name, "20 s each side"), (calf, "30 s each side"))
    assert not (runner.places.data / "routines").exists()
    paths = take(runner, offer, keep_both=True)
    assert all(path.is_relative_to(runner.places.data / "routines") for path in paths)
    assert runner.reload_if_changed()
    assert runner.problems == ()
    assert exported(runner, "calm") == data
    again = look_at(runner, parcel_file(tmp_path, data))
    assert again.routine is not None
    assert again.routine.standing is Standing.SAME
    assert take(runner, again, keep_both=False) == ()


def test_an_exercise_for_a_cramp_elsewhere_goes_along_too(
    coach_of: Callable[[str], Coach], tmp_path: Path
) -> None:
    def relief(coach: Coach, name: str) -> Coach:
        written(coach, name)
        text = ROUTINE.format(id="calm", name=name)
        text = text.replace('"bedtime"', '"cramp"\nrelieves = ["calf", "quad"]')
        text = text.replace('"heel_wave"', '"toe_pull"\ninstead = { quad = "heel_wave" }')
        (coach.places.data / "routines" / "whatever.routine.toml").write_text(text, "utf-8")
        coach.reload_if_changed()
        assert coach.problems == ()
        return coach

    physio, runner = relief(coach_of("physio"), "Hers"), relief(coach_of("runner"), "His")
    offer = look_at(runner, parcel_file(tmp_path, exported(physio, "calm")))
    assert [one.id for one in offer.exercises] == ["heel_wave"]
    assert offer.steps == (("Toe pull", "20 s"), ("Wall calf hold", "30 s"))
    take(runner, offer, keep_both=True)
    runner.reload_if_changed()
    assert runner.problems == ()
    step = runner.library.routines["calm_2"].for_site(CrampSite.QUAD).steps[0]
    assert runner.library.exercises[step.exercise].name.default == "Hers"


def test_a_shipped_routine_can_be_handed_over_too(
    coach_of: Callable[[str], Coach], tmp_path: Path
) -> None:
    runner = coach_of("runner")
    offer = look_at(runner, parcel_file(tmp_path, exported(runner, "cooldown_short")))
    assert offer.routine is not None
    assert offer.routine.standing is Standing.SHIPPED
    take(runner, offer, keep_both=True)
    runner.reload_if_changed()
    assert runner.library.routines["cooldown_short"].built_in
    assert "cooldown_short_2" in runner.library.routines


def test_both_are_kept_under_two_names(coach_of: Callable[[str], Coach], tmp_path: Path) -> None:
    physio, runner = written(coach_of("physio"), "Hers"), written(coach_of("runner"), "His")
    offer = look_at(runner, parcel_file(tmp_path, exported(physio, "calm")))
    assert offer.has_conflict
    take(runner, offer, keep_both=True)
    runner.reload_if_changed()
    assert runner.problems == ()
    assert runner.library.routines["calm"].name.default == "His"
    new = runner.library.routines["calm_2"]
    assert new.name.default == "Hers"
    assert new.steps[0].exercise == "heel_wave_2"
    assert runner.library.exercises["heel_wave_2"].name.default == "Hers"
    text = runner.library.routine_files["calm_2"].read_text("utf-8")
    assert "# From the practice." in text


def test_the_new_one_takes_the_place_when_that_is_wanted(
    coach_of: Callable[[str], Coach], tmp_path: Path
) -> None:
    physio, runner = written(coach_of("physio"), "Hers"), written(coach_of("runner"), "His")
    offer = look_at(runner, parcel_file(tmp_path, exported(physio, "calm")))
    take(runner, offer, keep_both=False)
    runner.reload_if_changed()
    assert runner.problems == ()
    assert runner.library.routines["calm"].name.default == "Hers"
    assert exported(runner, "calm") == exported(physio, "calm")


def test_what_is_broken_is_shown_with_its_place_and_cannot_be_taken(
    coach_of: Callable[[str], Coach], tmp_path: Path
) -> None:
    runner = coach_of("runner")
    text = ROUTINE.format(id="calm", name="A").replace("seconds = 30", "secnds = 30")
    offer = look_at(runner, parcel_file(tmp_path, pack(Parcel(text.encode()))))
    assert not offer.can_be_taken
    told = "\n".join(map(str, offer.problems))
    assert 'unknown exercise "heel_wave"' in told
    assert 'did you mean "seconds"' in told
    assert "routine.toml:15:1:" in told
    with pytest.raises(ValueError, match="cannot be taken"):
        take(runner, offer, keep_both=True)


def test_single_files_can_be_opened_too(coach_of: Callable[[str], Coach], tmp_path: Path) -> None:
    physio, runner = written(coach_of("physio")), coach_of("runner")
    exercise = physio.library.exercise_files["heel_wave"]
    offer = look_at(runner, exercise)
    assert [one.id for one in offer.exercises] == ["heel_wave"]
    assert offer.routine is None
    assert any("picture" in problem.message for problem in offer.problems)
    take(runner, offer, keep_both=True)
    runner.reload_if_changed()
    routine = look_at(runner, physio.library.routine_files["calm"])
    assert routine.can_be_taken
    take(runner, routine, keep_both=True)
    runner.reload_if_changed()
    assert "calm" in runner.library.routines


def test_a_full_disk_leaves_everything_as_it_was(
    coach_of: Callable[[str], Coach], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    physio, runner = written(coach_of("physio"), "Hers"), written(coach_of("runner"), "His")
    offer = look_at(runner, parcel_file(tmp_path, exported(physio, "calm")))
    folder = runner.places.data / "routines"
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}

    def write(path: Path, content: bytes) -> None:
        if content == offer.parcel.routine:
            raise EnvironmentFault("no room")
        write_own(path, content)

    monkeypatch.setattr("uncramp.coach.workshop.handoff.write_own", write)
    with pytest.raises(EnvironmentFault, match="no room"):
        take(runner, offer, keep_both=False)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))} == before


@pytest.mark.parametrize("name", ["a.uncramp", "a.routine.toml", "a.toml", "a.txt"])
def test_files_that_are_none_are_told(
    coach_of: Callable[[str], Coach], tmp_path: Path, name: str
) -> None:
    runner = coach_of("runner")
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        look_at(runner, tmp_path / name)
    (tmp_path / name).mkdir()
    with pytest.raises(EnvironmentFault, match="folder"):
        look_at(runner, tmp_path / name)
    for content in (b"", b"\xff\xfe\x00", b"PK\x03\x04", b"id = ", b"\x00" * 1000):
        file = tmp_path / f"b{name[1:]}"
        file.write_bytes(content)
        offer = look_at(runner, file)
        assert not offer.can_be_taken
        assert content == b"" or offer.problems


def test_the_id_of_a_text_decides_not_the_name_of_its_file(
    coach_of: Callable[[str], Coach], tmp_path: Path
) -> None:
    runner = coach_of("runner")
    other = EXERCISE.format(name="A").replace('"heel_wave"', '"other"').replace("picture", "#")
    routine = ROUTINE.format(id="calm", name="A").replace("heel_wave", "other").encode()
    offer = look_at(
        runner, parcel_file(tmp_path, pack(Parcel(routine, {"heel_wave": other.encode()})))
    )
    assert offer.can_be_taken
    take(runner, offer, keep_both=True)
    runner.reload_if_changed()
    assert runner.library.exercise_files["other"].name == "other.toml"
    assert tomli.loads(runner.library.exercise_files["other"].read_text())["id"] == "other"

"""A parcel gives back what was packed, exactly; and a hostile one gives nothing else."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.routines.parcel import MAX_ENTRIES, PICTURE_LIMIT, Parcel, pack, unpack
from uncramp.routines.source import SIZE_LIMIT

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
PARCEL = Parcel(
    "name = 'Ωραίο مساء 🦵'\r\n".encode(), {"calf": b"a"}, {"wave.svg": b"<svg/>", "b.png": b"\x89"}
)


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
    return stream.getvalue()


@given(
    st.builds(
        Parcel,
        st.binary(min_size=1, max_size=50),
        st.dictionaries(IDS, st.binary(max_size=50), max_size=5),
        st.dictionaries(IDS.map("{}.png".format), st.binary(max_size=50), max_size=5),
    )
)
def test_what_was_packed_comes_out_and_packs_to_the_same_bytes(parcel: Parcel) -> None:
    data = pack(parcel)
    opened, problems = unpack(data, "a.uncramp")
    assert problems == ()
    assert opened == parcel
    assert pack(opened) == data


def test_the_order_of_things_does_not_matter() -> None:
    turned = Parcel(PARCEL.routine, PARCEL.exercises, dict(reversed(list(PARCEL.pictures.items()))))
    assert pack(turned) == pack(PARCEL)


def test_a_parcel_packed_by_another_program_opens_too() -> None:
    data = archive(
        ("routine.toml", PARCEL.routine), ("exercises/calf.toml", b"a"), method=zipfile.ZIP_DEFLATED
    )
    opened, problems = unpack(data, "a.uncramp")
    assert opened == Parcel(PARCEL.routine, {"calf": b"a"})
    assert problems == ()


@pytest.mark.parametrize(
    "name",
    [
        "../routine.toml",
        "/etc/passwd",
        "exercises/../../a.toml",
        "exercises/A.toml",
        "exercises/a.py",
        "exercises\\a.toml",
        "exercises/deep/a.toml",
        "C:a.toml",
        "exercises/" + "a" * 70 + ".toml",
        "exercises/a.svgz",
        "exercises/a.toml\x1b[2J",
    ],
)
def test_what_does_not_belong_into_it_is_left_out_and_told(name: str) -> None:
    opened, problems = unpack(archive(("routine.toml", b"a"), (name, b"b")), "a.uncramp")
    assert opened == Parcel(b"a")
    (problem,) = problems
    assert "does not belong" in problem.message
    assert problem.message.isprintable()


def test_what_is_given_twice_counts_once() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archive(("routine.toml", b"a"), ("routine.toml", b"b"))
    opened, problems = unpack(data, "a.uncramp")
    assert opened == Parcel(b"a")
    assert len(problems) == 1


def test_a_bomb_is_not_unpacked() -> None:
    zeros = bytes(200 * 1024 * 1024)
    data = archive(("routine.toml", b"a"), ("exercises/a.svg", zeros), method=zipfile.ZIP_DEFLATED)
    opened, (problem,) = unpack(data, "a.uncramp")
    assert opened == Parcel(b"a")
    assert "too large" in problem.message
    lying = bytearray(data)
    for at in range(len(lying) - 4):
        if lying[at : at + 4] == len(zeros).to_bytes(4, "little"):
            lying[at : at + 4] = (10).to_bytes(4, "little")
    opened, problems = unpack(bytes(lying), "a.uncramp")
    assert opened is None or len(opened.pictures.get("a.svg", b"")) <= PICTURE_LIMIT
    assert opened is not None or problems


@pytest.mark.parametrize("limit", [SIZE_LIMIT, SIZE_LIMIT + 1])
def test_texts_are_as_bounded_as_files(limit: int) -> None:
    opened, problems = unpack(
        archive(("routine.toml", b"#" * limit), ("exercises/a.toml", b"")), "a.uncramp"
    )
    assert opened is not None
    assert bool(problems) == (limit > SIZE_LIMIT)
    assert len(opened.routine) == (0 if problems else limit)


def test_a_parcel_with_too_much_or_nothing_in_it_is_none() -> None:
    many = archive(*((f"exercises/a{number}.toml", b"") for number in range(MAX_ENTRIES + 1)))
    for data in (many, archive(), archive(("readme.txt", b"a"))):
        opened, problems = unpack(data, "a.uncramp")
        assert opened is None
        assert problems


@given(st.binary(max_size=200) | st.integers(0, 2_000).map(lambda n: pack(PARCEL)[:n]))
def test_any_bytes_at_all_give_a_parcel_or_a_problem(data: bytes) -> None:
    opened, problems = unpack(data, "a.uncramp")
    assert opened is not None or problems


@given(st.data())
def test_a_parcel_spoilt_in_one_byte_never_does_harm(data: st.DataObject) -> None:
    packed = bytearray(pack(PARCEL))
    packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    opened, problems = unpack(bytes(packed), "a.uncramp")
    assert opened is not None or problems

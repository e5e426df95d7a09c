"""What anybody might write into the journal, as strategies of hypothesis."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Relief, Run, Terrain

ids = st.uuids().map(str)
# The journal keeps thousandths of a second, and the offset of the place in minutes.
instants = st.builds(
    lambda wall, minutes: wall.replace(
        microsecond=wall.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(minutes=minutes))
    ),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
scales = st.none() | st.integers(0, 10)
flags = st.none() | st.booleans()


def cramps(words: st.SearchStrategy[str]) -> st.SearchStrategy[Cramp]:
    """Return cramps with any `words` where a text is free."""
    return st.builds(
        Cramp,
        id=ids,
        at=instants,
        context=st.sampled_from(CrampContext),
        muscle=st.sampled_from(CrampMuscle),
        side=st.sampled_from(Side),
        seconds=st.none() | st.integers(0, 3600),
        pain=scales,
        disturbance=scales,
        relief=st.lists(st.sampled_from(Relief), unique=True).map(tuple),
        soreness=scales,
        notes=words,
        session=words,
        noted=st.none() | instants,
    )


def runs(words: st.SearchStrategy[str]) -> st.SearchStrategy[Run]:
    """Return runs with any `words` where a text is free."""
    return st.builds(
        Run,
        id=ids,
        started=instants,
        seconds=st.integers(0, 100_000),
        metres=st.none() | st.floats(0, 1e6),
        effort=scales,
        terrain=st.none() | st.sampled_from(Terrain),
        temperature_c=st.none() | st.floats(-50, 60),
        humid=flags,
        fast_start=flags,
        electrolytes=flags,
        cramp=flags,
        notes=words,
        source=words,
    )

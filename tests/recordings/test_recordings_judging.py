"""What is a run, what is doubtful, and what is none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from uncramp.model.recording import Clock, Recording, Sport
from uncramp.model.world_records import RECORDS, is_beyond_records, record_s
from uncramp.recordings.judging import Verdict, judged, settled
from uncramp.recordings.service_dates import UnsureDateError, instant_in_words
from uncramp.recordings.sports import called

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
RUN = Recording(NOW - timedelta(days=3), Clock.UTC, 1800.0, 1800.0, metres=5400.0, sport=Sport.RUN)
AT = datetime(2026, 5, 24, 16, 27, 40, tzinfo=UTC)


def verdict(recording: Recording, **changes: object) -> Verdict:
    return judged(settled(replace(recording, **changes)), NOW).verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metres", "seconds", "expected"),
    [
        (5_000, 760, Verdict.RUN),  # slower than 12:35.36
        (5_000, 735, Verdict.DOUBTFUL),
        (900_000, 1_800, Verdict.DOUBTFUL),
        (1_000_000, 1_795, Verdict.DOUBTFUL),
        (99, 120, Verdict.OTHER),
        (300, 59, Verdict.OTHER),
        (None, 1_800, Verdict.RUN),
        (5_000, 8 * 86_400, Verdict.IMPOSSIBLE),
        (5_000, 0.4, Verdict.IMPOSSIBLE),
    ],
)
def test_what_calls_itself_a_run_must_be_possible(
    metres: float | None, seconds: float, expected: Verdict
) -> None:
    changes = {"metres": metres, "timer_s": seconds, "elapsed_s": seconds}
    assert verdict(RUN, **changes) is expected


@pytest.mark.parametrize(
    ("metres", "seconds", "span", "expected"),
    [
        (5_400, 1_800, 1_800, Verdict.RUN),
        (21_100, 3_836, 3_840, Verdict.DOUBTFUL),  # 19.8 km/h: a ride
        (12_500, 1_988, 1_988, Verdict.DOUBTFUL),  # 2:39 a kilometre
        (10_000, 6_000, 6_000, Verdict.DOUBTFUL),  # 10:00 a kilometre: a walk
        (8_000, 4_600, 7_416, Verdict.DOUBTFUL),  # 15:27 a kilometre with its stops
        (10_000, 3_600, 5_400, Verdict.RUN),  # a run with half an hour in a café
        (None, 1_800, 1_800, Verdict.DOUBTFUL),
    ],
)
def test_without_a_sport_the_pace_decides(
    metres: float | None, seconds: float, span: float, expected: Verdict
) -> None:
    changes = {"metres": metres, "timer_s": seconds, "elapsed_s": span}
    assert verdict(RUN, sport=Sport.UNKNOWN, **changes) is expected


def test_another_sport_and_the_future_are_no_runs() -> None:
    assert verdict(RUN, sport=Sport.OTHER) is Verdict.OTHER
    assert verdict(RUN, started=NOW + timedelta(days=2)) is Verdict.IMPOSSIBLE
    assert verdict(RUN, doubt="has jumps") is Verdict.DOUBTFUL


@pytest.mark.parametrize(
    ("timer", "elapsed", "expected"),
    [
        (1_800, 1_500, (1_500, 1_800)),  # the wrong way round
        (1_800, 1_798, (1_800, 1_800)),  # the last lap ends after its last point
        (1_700, 1_800, (1_700, 1_800)),
        (1_800, 0, (1_800, 1_800)),
    ],
)
def test_nobody_runs_longer_than_from_first_to_last(
    timer: float, elapsed: float, expected: tuple[float, float]
) -> None:
    found = settled(replace(RUN, timer_s=timer, elapsed_s=elapsed))
    assert (found.timer_s, found.elapsed_s) == expected


def test_an_unknown_distance_is_not_zero() -> None:
    assert settled(replace(RUN, metres=0.0)).metres is None
    assert settled(replace(RUN, metres=40.0, indoor=True)).metres is None
    assert settled(replace(RUN, metres=40.0)).metres == 40


def test_records_are_met_and_even_between() -> None:
    for metres, seconds in RECORDS:
        assert record_s(metres) == pytest.approx(seconds)
    times = [record_s(metres) for metres in range(10, 2_000_000, 997)]
    assert times == sorted(times)
    assert not is_beyond_records(None, 1)
    assert not is_beyond_records(5_000, 755)
    assert is_beyond_records(5_000, 735)


@pytest.mark.parametrize(
    "name",
    [
        "Running",
        "running",
        "RUNNING",
        "Run",
        "9",
        "Laufen",
        "Lauf",
        "Traillauf",
        "course à pied",
        "Course à pied",
        "Correr",
        "Carrera",
        "Corsa",
        "Corrida",
        "Hardlopen",
        "Löpning",
        "Løb",
        "Løping",
        "Juoksu",
        "Bieg",
        "Běh",
        "Futás",
        "Koşu",
        "Бег",
        "跑步",
        "ランニング",
        "달리기",
        "Outdoor Running",
        "OUTDOOR_RUNNING",
        "running_outdoor",
        "Running (outdoor)",
        "ultra_run",
        "Trail",
        "street running",
        "Track Running",
        "track_run",
        "Treadmill",
        "jog",
        "Jogging",
        "VirtualRun",
        "TrailRun",
        "tapis de course",
    ],
)
def test_runs_are_understood_in_many_languages(name: str) -> None:
    assert called(name).sport is Sport.RUN


@pytest.mark.parametrize(
    "name",
    [
        "1",
        "Ride",
        "VirtualRide",
        "Biking",
        "cycling",
        "e-bike ride",
        "Radfahrt",
        "Fahrrad",
        "vélo",
        "Ciclismo",
        "Fietsen",
        "骑行",
        "サイクリング",
        "Walk",
        "walking",
        "Hiking",
        "Wandern",
        "Spaziergang",
        "marche",
        "Caminata",
        "Camminata",
        "Wandelen",
        "Swim",
        "Schwimmen",
        "natation",
        "cross_country_skiing",
        "Skilanglauf",
        "rowing",
        "transition",
    ],
)
def test_other_sports_are_understood(name: str) -> None:
    assert called(name).sport is Sport.OTHER


@pytest.mark.parametrize("name", ["", "Other", "unknown", "Workout", "generic", "xyz", "走", "77"])
def test_other_words_say_nothing(name: str) -> None:
    assert called(name).sport is Sport.UNKNOWN


def test_a_word_tells_the_ground_too() -> None:
    assert called("treadmill_running").indoor is True
    assert called("Running").indoor is None
    assert called("trail_running").terrain == "trail"


@pytest.mark.parametrize(
    "text",
    [
        "May 24, 2026, 4:27:40 PM", "24 May 2026, 16:27:40", "24.05.2026, 16:27:40",
        "24 mai 2026 à 16:27:40", "24 may 2026, 16:27:40", "24 mag 2026, 16:27:40",
        "24 de mai. de 2026, 16:27:40", "24 mei 2026 16:27:40", "24 maj 2026 kl. 16:27:40",
        "24.5.2026 klo 16.27.40", "24 мая 2026 г., 16:27:40", "2026年5月24日 16:27:40",
        "2026年5月24日 下午4:27:40", "2026. 5. 24. 오후 4:27:40", "2026/05/24 16:27:40",
        "24 may 2026, 4:27:40 p.\xa0m.", "24 May 2026 16:27:40",
    ],
)  # fmt: skip
def test_dates_are_read_in_the_languages_of_services(text: str) -> None:
    assert instant_in_words(text) == AT


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("4 juil. 2026 à 06:00:00", 7), ("5 août 2026 à 06:00:00", 8),
        ("6 févr. 2026 à 06:00:00", 2), ("7 déc. 2026 à 06:00:00", 12),
        ("3 ene 2026, 6:00:00", 1), ("3 gen 2026, 06:00:00", 1), ("3 lug 2026, 06:00:00", 7),
        ("9 ott 2026, 06:00:00", 10), ("3 mrt. 2026, 06:00:00", 3),
        ("3 de fev. de 2026, 06:00:00", 2), ("3 Okt. 2026, 06:00:00", 10),
    ],
)  # fmt: skip
def test_months_have_their_names(text: str, month: int) -> None:
    found = instant_in_words(text)
    assert found is not None
    assert found.month == month


@pytest.mark.parametrize(
    "text",
    [
        "", "never", "24 foo 2026 16:27", "99 mai 2026 16:27:40", "24 mai 2026",
        "24 mai 26 16:27", "2026-13-01 10:00:00", f"2026-{'9' * 20}-01 10:00:00",
        f"{'9' * 5000}-05-01 10:00:00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert instant_in_words(text) is None


def test_a_date_that_can_be_two_days_is_not_guessed() -> None:
    with pytest.raises(UnsureDateError):
        instant_in_words("1/3/2026 6:00")

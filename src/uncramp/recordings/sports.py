"""What files and services call a run, and what is none, in their users' languages."""

import re
from dataclasses import dataclass

from uncramp.model.diary import Terrain
from uncramp.model.recording import Sport

_RUN_WORDS = (
    "run runs running runner jog jogs jogging ultrarun ultramarathon marathon parkrun trailrun "
    "trailrunning virtualrun treadmillrun indoorrun treadmill footing "
    "lauf laufen läufe traillauf dauerlauf geländelauf waldlauf berglauf laufband joggen "
    "course courir carrera correr corriendo trote corsa correre corrida córrer cursa cinta esteira "
    "hardlopen hardloop hardloopsessie rennen loopband löpning löpa löppass löptur löpband "
    "terränglöpning løb løbe løbetur løbetræning løbebånd løping løpetur løpe løp tredemølle "
    "juoksu juokseminen juoksulenkki polkujuoksu juoksumatto hölkkä bieg bieganie biegi bieżnia "
    "běh běhání beh behanie futás kocogás koşu koşusu бег бега пробежка біг пробіжка бягане "
    "alergare trčanje lari berlari jooks bėgimas skriešana τρέξιμο ריצה الجري جري chạy วิ่ง "
    "lasterketa"
)
_RUNS = frozenset(_RUN_WORDS.split())
_RUNS_WITHIN = ("跑", "ランニング", "ジョギング", "マラソン", "달리기", "러닝", "조깅")
_OTHER_WORDS = "rad bici rower ski sci row sup gym car jazda gå geh golf yoga kolo"
_OTHERS = frozenset(_OTHER_WORDS.split())
_OTHER_BEGINNINGS = (
    "cycl bike biki ride ridi radf radt radl fahrrad rennrad mountainbik vélo velo cyclis cicli "
    "pedal sender bicicl fiets wielr cykel cykl sykl sykk pyörä kerékp bisikl вело езда ποδηλ "
    "gravel walk wander gehen spazier hike hiki march randonn camin cammin passegg escurs wandel "
    "gåtur promenad vandring gange kävel vaellu spacer wędr chůze turist gyalog séta túra yürü "
    "ходьб прогул поход plimb berjalan jalan "
    "swim schwimm natat natac nuot zwem simn svøm uinti pływ plav úszás yüz плав "
    "skii skil skit langlauf snow esqu hiihto narty rude remo ramer rowing canot kayak kajak canoe "
    "paddl surf sail segel skat patin ellip crosstrain pilates strength kraft muscul weight "
    "climb klett escal tennis soccer footba fussb fußb basket motor driv flight flying transition "
    "horse reite"
)
_OTHER_STEMS = tuple(_OTHER_BEGINNINGS.split())
_OTHERS_WITHIN = (
    "骑", "騎", "徒步", "步行", "健走", "散步", "游泳", "滑雪", "サイクリング", "ライド", "自転車",
    "ウォーキング", "ハイキング", "水泳", "스키", "자전거", "라이딩", "걷기", "하이킹", "수영",
)  # fmt: skip
_NUMBERS = {"9": Sport.RUN, "1": Sport.OTHER, "4": Sport.OTHER, "10": Sport.OTHER}
"""Strava's numbers in GPX: run, ride, hike, walk."""
_INDOOR_WORDS = (
    "treadmill indoor virtual virtuel virtuell virtueller virtuale laufband tapis roulant cinta "
    "esteira loopband löpband løbebånd tredemølle juoksumatto bieżnia"
)
_INDOOR = frozenset(_INDOOR_WORDS.split())
_INDOOR_WITHIN = ("跑步机", "トレッドミル", "트레드밀", "室内")
_TERRAIN = {"trail": Terrain.TRAIL, "track": Terrain.TRACK, "street": Terrain.ROAD}
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Called:
    """What the name of a sport means.

    Attributes:
        sport: UNKNOWN for no name, and for a name that nobody here knows.
        indoor: True on a treadmill; None when not said.
        terrain: None when not said.
    """

    sport: Sport = Sport.UNKNOWN
    indoor: bool | None = None
    terrain: Terrain | None = None


def called(name: str) -> Called:
    """Return what the name of a sport means, in whatever language and spelling."""
    plain = name.strip()
    if plain in _NUMBERS:
        return Called(_NUMBERS[plain])
    words = _WORD.findall(_CAMEL.sub(" ", plain).casefold())
    text = " ".join(words)
    runs = any(word in _RUNS for word in words) or any(part in text for part in _RUNS_WITHIN)
    others = any(map(_is_other, words)) or any(part in text for part in _OTHERS_WITHIN)
    indoor = any(word in _INDOOR for word in words) or any(part in text for part in _INDOOR_WITHIN)
    terrain = next((_TERRAIN[word] for word in words if word in _TERRAIN), None)
    if runs and not others:
        return Called(Sport.RUN, indoor or None, terrain)
    if others and not runs:
        return Called(Sport.OTHER)
    # "Trail" alone is what Strava calls a run on trails in French.
    return Called(Sport.RUN, None, terrain) if words == ["trail"] else Called()


def _is_other(word: str) -> bool:
    return word in _OTHERS or word.startswith(_OTHER_STEMS)

"""The command line's words."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from uncramp import __version__
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr

FASTEST = 1000.0
MOST_WEEKS = 5_200
_MUSCLES = tuple(muscle.value for muscle in CrampMuscle)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for; prints help or a usage error and exits where that is the answer.

    Raises:
        SystemExit: 0 after help, 1 for words that are not known.
    """
    return _parser().parse_args(list(arguments))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]  # exits as its base does
        self.print_usage()
        # 1: the user's input; argparse itself would say 2, which here means the environment.
        self.exit(1, f"uncramp: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="uncramp",
        description=tr(
            "A coach for runners who get leg cramps. Without a command, the window opens."
        ),
    )
    parser.add_argument("--version", action="version", version=f"Uncramp {__version__}")
    parser.add_argument(
        "--hidden", action="store_true", help=tr("start without showing the window, for reminders")
    )
    _add_data(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    start = _command(commands, "start", tr("open the window straight into a session"))
    start.add_argument("routine", metavar="ROUTINE", help=_routine_help())

    cramp = _command(commands, "cramp", tr("help with a cramp you have right now"))
    cramp.add_argument(
        "muscle",
        nargs="?",
        type=str.casefold,
        choices=_MUSCLES,
        metavar="MUSCLE",
        help=", ".join(_MUSCLES),
    )
    cramp.add_argument("--side", choices=("left", "right"), help=tr("the leg that cramps"))
    cramp.add_argument("--mute", action="store_true", help=tr("no sound, in the terminal"))

    opened = _command(commands, "open", tr("open the window and show what a file offers"))
    opened.add_argument(
        "file",
        nargs="?",
        type=_path,
        metavar="FILE",
        help=tr("{parcel}; or a recording of runs").format(parcel=_parcel_help()),
    )

    play = _command(commands, "play", tr("guide a session here in the terminal"))
    play.add_argument("routine", metavar="ROUTINE", help=_routine_help())
    play.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="N",
        help=tr("run N times as fast, to preview a routine"),
    )
    play.add_argument("--mute", action="store_true", help=tr("no sound"))
    play.add_argument(
        "--log", type=_path, metavar="FILE", help=tr("write each cue as a line of JSON")
    )

    routines = _command(commands, "routines", tr("list, show, check, create and share routines"))
    actions = routines.add_subparsers(
        dest="action", metavar="ACTION", required=True, parser_class=_Parser
    )
    listing = _command(actions, "list", tr("all routines, the built-in ones and your own"))
    _add_json(listing)
    show = _command(actions, "show", tr("the steps of one routine"))
    show.add_argument("routine", metavar="ROUTINE", help=_routine_help())
    _add_json(show)
    check = _command(actions, "check", tr("list every problem in files or folders"))
    check.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar="PATH",
        help=tr("default: the routines in your data folder"),
    )
    _add_json(check)
    new = _command(actions, "new", tr("create a routine of your own in your data folder"))
    new.add_argument("id", metavar="ID", help=tr("its short name, for example my_evening"))
    _add_json(new)

    add = _command(actions, "add", tr("look at a routine that somebody gave you, and add it"))
    add.add_argument("file", type=_path, metavar="FILE", help=_parcel_help())
    add.add_argument("--yes", action="store_true", help=tr("take it without asking"))
    add.add_argument(
        "--replace",
        action="store_true",
        help=tr("replace what you have under the same name"),
    )
    _add_json(add)
    export = _command(actions, "export", tr("save a routine as one file to share"))
    export.add_argument("routine", metavar="ROUTINE", help=_routine_help())
    export.add_argument("out", nargs="?", type=_path, metavar="OUT.uncramp")
    export.add_argument("--replace", action="store_true", help=tr("overwrite an existing file"))

    figures = _command(commands, "figures", tr("draw the exercises as a picture"))
    drawings = figures.add_subparsers(
        dest="action", metavar="ACTION", required=True, parser_class=_Parser
    )
    sheet = _command(drawings, "sheet", tr("all exercises on one page"))
    sheet.add_argument("out", type=_path, metavar="OUT.png")
    one = _command(drawings, "show", tr("one exercise"))
    one.add_argument("exercise", metavar="EXERCISE")
    one.add_argument("out", type=_path, metavar="OUT.png")
    for drawing in (sheet, one):
        drawing.add_argument(
            "--theme",
            choices=("light", "dark", "night"),
            default="light",
            help=tr("the colours to draw in"),
        )

    _add_diary(commands)

    seen = _command(commands, "insights", tr("what your record says, and what it cannot say yet"))
    seen.add_argument(
        "--weeks",
        type=_weeks,
        metavar="N",
        help=tr("show only the last N weeks (default: all); comparisons do not change"),
    )
    _add_json(seen)

    page = _command(commands, "report", tr("one page for a physiotherapist or a doctor"))
    page.add_argument("out", type=_path, metavar="OUT", help=tr("a .pdf or .html file"))
    page.add_argument(
        "--weeks", type=_weeks, metavar="N", help=tr("cover only the last N weeks (default: all)")
    )
    page.add_argument(
        "--name", default="", metavar="NAME", help=tr("printed on the page, and not stored")
    )
    page.add_argument(
        "--without-notes",
        action="store_true",
        help=tr("leave out what you wrote in your own words"),
    )
    page.add_argument("--replace", action="store_true", help=tr("overwrite an existing file"))

    menu = _command(
        commands, "menu", tr("add Uncramp to this desktop's menu and let it open its files")
    )
    menu.add_argument("--remove", action="store_true", help=tr("remove it again"))

    doctor = _command(
        commands, "doctor", tr("what works here, what does not, and what to do about it")
    )
    _add_json(doctor)
    return parser


def _add_diary(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """Take the words of the diary: noting, writing out, reading again."""
    log = _command(commands, "log", tr("record a night, a cramp, a session or a run"))
    kinds = log.add_subparsers(dest="action", metavar="WHAT", required=True, parser_class=_Parser)
    cramp = _command(kinds, "cramp", tr("a cramp"))
    cramp.add_argument("muscle", nargs="?", choices=_MUSCLES, default="calf", metavar="MUSCLE")
    cramp.add_argument("--side", choices=("left", "right"), default="")
    cramp.add_argument(
        "--context",
        choices=("night", "run", "after-run", "rest"),
        help=tr("default: night from 22:00 to 7:00 or if the time is unknown, otherwise rest"),
    )
    cramp.add_argument("--lasted", metavar="M:SS", help=tr("minutes, or minutes and seconds"))
    cramp.add_argument("--pain", type=_scale, metavar="0-10")
    clear = _command(kinds, "no-cramp", tr("a night without a cramp"))
    clear.add_argument(
        "--evening",
        metavar="DATE",
        help=tr("the day on which the night began (default: last night)"),
    )
    run = _command(kinds, "run", tr("a run"))
    run.add_argument("distance", type=_distance, metavar="DISTANCE", help=tr("in km"))
    run.add_argument("time", metavar="[H:]M:SS")
    run.add_argument("--miles", action="store_true", help=tr("the distance is in miles"))
    run.add_argument("--effort", type=_scale, metavar="0-10")
    run.add_argument("--terrain", choices=("road", "trail", "hills", "track", "treadmill"))
    run.add_argument("--fast-start", action="store_true", help=tr("the start felt too fast"))
    run.add_argument("--salts", action="store_true", help=tr("you took something with salts"))
    run.add_argument("--cramp", action=argparse.BooleanOptionalAction, default=None)
    session = _command(kinds, "session", tr("a routine that you did without the program"))
    session.add_argument("routine", metavar="ROUTINE", help=_routine_help())
    much = session.add_mutually_exclusive_group()
    much.add_argument(
        "--minutes",
        metavar="M[:SS]",
        help=tr("the minutes done, from its beginning (default: all of it)"),
    )
    much.add_argument(
        "--part",
        action="append",
        metavar="EXERCISE",
        help=tr("only this exercise was done; may be repeated"),
    )
    for kind in (cramp, run, session):
        kind.add_argument(
            "--at",
            metavar="TIME",
            help=tr('"23:40", "2026-11-21 23:40", or just a day if the time is unknown'),
        )
    for kind in (cramp, run):
        kind.add_argument("--notes", default="", type=_words, metavar="TEXT")

    out = _command(commands, "export", tr("export the whole journal to files"))
    out.add_argument("out", type=_path, metavar="OUT", help=tr("a .json or .zip file, or a folder"))
    out.add_argument(
        "--format", choices=("csv", "json"), help=tr("default: chosen by the ending of OUT")
    )
    out.add_argument("--replace", action="store_true", help=tr("overwrite existing files"))
    back = _command(
        commands, "import", tr("import runs, a record kept in a spreadsheet, or an Uncramp export")
    )
    back.add_argument(
        "path",
        type=_path,
        nargs="*",
        metavar="PATH",
        help=tr("FIT, TCX, GPX, folders, exports; tables (CSV); or what `export` wrote"),
    )
    back.add_argument(
        "--template",
        type=_path,
        metavar="FOLDER",
        help=tr("save blank tables to fill in: nights, cramps, sessions and runs"),
    )
    back.add_argument("--undo", action="store_true", help=tr("undo the last import"))
    back.add_argument("--yes", action="store_true", help=tr("take it without asking"))
    back.add_argument(
        "--as-runs",
        action="store_true",
        help=tr(
            "also import recordings that are doubtful or labelled as another sport: they were runs"
        ),
    )
    back.add_argument(
        "--replace", action="store_true", help=tr("also replace entries in the journal that differ")
    )
    _add_json(back)


def _path(text: str) -> Path:
    """Refuse an empty path, as of a variable that is not set: it would mean the current folder."""
    if not text:
        raise argparse.ArgumentTypeError(tr("the path is empty"))
    return Path(text)


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, what: str) -> "_Parser":
    made = commands.add_parser(name, help=what, description=what[:1].upper() + what[1:] + ".")
    _add_data(made, again=True)
    return made


def _add_data(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """Take --data before and after the command; a later one must not undo the earlier."""
    parser.add_argument(
        "--data",
        type=_path,
        metavar="DIR",
        default=argparse.SUPPRESS if again else None,
        help=tr("use another data folder (or set the variable UNCRAMP_DATA_DIR)"),
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("print JSON for other programs"))


def _routine_help() -> str:
    return tr('id, number or name: prerun_quick, R02, "Quick 5"')


def _parcel_help() -> str:
    return tr("a .uncramp file, or a routine or exercise as .toml")


def _scale(text: str) -> int:
    if text not in {str(number) for number in range(11)}:
        raise argparse.ArgumentTypeError(tr("{0} is not a number from 0 to 10").format(text))
    return int(text)


def _words(text: str) -> str:
    """Take free words; bytes that are no letters become question marks, as nothing keeps them."""
    return text.encode("utf-8", "replace").decode()


def _weeks(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(
            tr("{0} is not a number of weeks from 1 to {1}").format(text, MOST_WEEKS)
        )
    return int(text)


def _distance(text: str) -> float:
    try:
        distance = float(text.replace(",", "."))
    except ValueError:
        distance = 0.0
    if not 0 < distance <= 1_000:
        raise argparse.ArgumentTypeError(tr("{0} is not a distance up to 1000").format(text))
    return distance


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(tr("{0} is not a speed from 0.1 to 1000").format(text))
    return speed

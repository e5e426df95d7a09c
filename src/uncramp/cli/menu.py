"""`uncramp menu`: the entry in the desktop's menu."""

import argparse

from uncramp.coach.coach import Coach
from uncramp.coach.desktop import menu
from uncramp.model.language import tr


def put_into_menu(coach: Coach, arguments: argparse.Namespace) -> int:
    """Put Uncramp into the menu of this desktop, or take it out again."""
    home = menu.data_home()
    if arguments.remove:
        for path in menu.leave(home):
            print(tr("Removed: {path}").format(path=path))
        return 0
    for path in menu.enter(coach.places, home):
        print(tr("Saved: {path}").format(path=path))
    print(tr("Uncramp is in the menu, and .uncramp files open with it."))
    return 0

"""`uncramp doctor`: print what works and what does not."""

import argparse
import json
from dataclasses import asdict

from uncramp.coach.coach import Coach
from uncramp.coach.doctor import Health, examine
from uncramp.model.language import tr

_MARK = {Health.WORKS: "ok", Health.LESS: "--", Health.FILES: "!!", Health.FAILS: "!!"}


def doctor(coach: Coach, arguments: argparse.Namespace) -> int:
    """Examine everything; 0 when the program can do its work, else 1 or 2."""
    findings = []
    for finding in examine(coach):
        findings.append(finding)
        if not arguments.json:
            print(f"{_MARK[finding.health]}  {finding.subject}: {finding.told}", flush=True)
            if finding.remedy and finding.health is not Health.WORKS:
                print(f"    -> {finding.remedy}")
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    healths = {finding.health for finding in findings}
    if not arguments.json and healths == {Health.WORKS}:
        print(tr("Everything works."))
    if Health.FAILS in healths:
        return 2
    return 1 if Health.FILES in healths else 0

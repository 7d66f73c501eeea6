"""Each floor alone: runs the Rust side and adds the machine."""

import json
import subprocess

from . import machine
from .setting import say


def stages(setting):
    corpus = setting.corpus(setting.size)
    command = setting.stages("--rounds", str(setting.rounds), str(corpus))
    before = machine.machine()
    say(f"measuring the floors: {setting.rounds} rounds")
    said = subprocess.run(command, stdout=subprocess.PIPE, cwd=setting.root, check=True)
    measured = json.loads(said.stdout)
    named = {"bench": "stages", "machine": before, "versions": machine.versions(setting)}
    return named | measured

"""What it takes to start: help, and one conversation from the first byte to its verdict."""

from . import machine, measure

ONE = "corpora/roleplay/01-rent-withdrawal.txt"
# A start takes milliseconds, and the system counts in fours of them: many runs, and the mean.
TIMES = 40


def start(setting):
    before = machine.machine()
    conversation = setting.root / ONE
    commands = {
        "--help": [str(setting.liyan), "--help"],
        "check, one conversation": [str(setting.liyan), "check", str(conversation)],
        "check, as JSON Lines": setting.check(conversation),
    }
    runs = measure.interleave(commands, max(TIMES if setting.rounds > 1 else 1, setting.rounds))
    return {
        "bench": "start",
        "machine": before,
        "versions": machine.versions(setting),
        "times": len(next(iter(runs.values()))),
        "commands": {
            name: {
                "cpu_ms": 1000 * sum(run.cpu for run in taken) / len(taken),
                "wall_ms": 1000 * measure.median([run.wall for run in taken]),
                "peak_mb": measure.peak_mb(taken),
            }
            for name, taken in runs.items()
        },
    }

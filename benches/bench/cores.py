"""How liyan scales: with threads, and with the size of its input."""

import os

from . import machine, measure
from .setting import say

SIZES = (1, 4, 16)


def cores(setting):
    before = machine.machine()
    threads = [count for count in (1, 2, 4, 8, 16) if count <= (os.cpu_count() or 1)]
    corpora = {times: setting.corpus(setting.size * times / SIZES[-1]) for times in SIZES}
    middle = corpora[SIZES[1]]
    say(f"measuring threads {threads}: {setting.rounds} rounds")
    commands = {count: setting.check(middle, "--threads", str(count)) for count in threads}
    by_threads = measure.interleave(commands, setting.rounds)
    say(f"measuring sizes {SIZES}: {setting.rounds} rounds")
    commands = {times: setting.check(corpora[times], "--threads", "1") for times in SIZES}
    by_size = measure.interleave(commands, setting.rounds)

    def row(runs, corpus, first):
        size = corpus.stat().st_size
        return {"bytes": size, **measure.summary(runs, size), "against_first": first}

    return {
        "bench": "cores",
        "machine": before,
        "versions": machine.versions(setting),
        "rounds": setting.rounds,
        "threads": [
            {
                "threads": count,
                **row(runs, middle, measure.ratios(by_threads[1], runs, "wall")),
                "cpu_against_first": measure.ratios(runs, by_threads[1]),
            }
            for count, runs in by_threads.items()
        ],
        "sizes": [
            {"times": times, **row(runs, corpora[times], per_byte(times, by_size, corpora))}
            for times, runs in by_size.items()
        ],
    }


def per_byte(times, by_size, corpora):
    """CPU per byte against that of the smallest corpus."""
    less = corpora[SIZES[0]].stat().st_size / corpora[times].stat().st_size
    ratios = measure.ratios(by_size[times], by_size[SIZES[0]])
    return {name: ratio * less for name, ratio in ratios.items()}

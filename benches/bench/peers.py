"""liyan beside programs that do its phrase work: the whole check of liyan, and of the
others only what they can: find the phrases and print them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

from . import machine, measure
from .setting import say

NEED = {
    "plain": ["jieba", "pyahocorasick"],
    "fast": ["orjson", "rjieba", "ahocorasick_rs"],
}
OLDEST_RG = 14


def peers(setting):
    corpus = setting.corpus(setting.size)
    phrases = write_phrases(setting)
    commands = {"liyan": setting.check(corpus, "--threads", "1")}
    versions = machine.versions(setting)
    left_out = []

    if rg := ripgrep(left_out):
        versions["ripgrep"] = machine.told(rg, "--version").removeprefix("ripgrep ")
        commands["rg"] = [rg, "-j1", "-o", "-F", "-f", str(phrases), str(corpus)]
    for name, packages in NEED.items():
        if python := environment(setting, name, packages, left_out, versions):
            program = setting.root / "benches" / "peers" / f"{name}.py"
            commands[name] = [python, str(program), str(phrases), str(corpus)]

    agreement = agree(setting, commands, phrases, corpus)
    before = machine.machine()
    say(f"measuring {', '.join(commands)}: {setting.rounds} rounds")
    runs = measure.interleave(commands, setting.rounds)
    size = corpus.stat().st_size
    return {
        "bench": "peers",
        "machine": before,
        "versions": versions,
        "rounds": setting.rounds,
        "bytes": size,
        "phrases": sum(1 for _ in open(phrases, encoding="utf-8")),
        "agreement": agreement,
        "left_out": left_out,
        "programs": {name: measure.summary(runs[name], size) for name in commands},
        "speed_of_liyan_to": {
            name: measure.ratios(runs[name], runs["liyan"]) for name in commands if name != "liyan"
        },
    }


def write_phrases(setting):
    """The phrasebook's own phrases, the longest first: that makes of rg's 'the first in
    the list' the longest, which is what the others look for."""
    said = subprocess.run(
        [str(setting.liyan), "phrasebook", "phrases"], capture_output=True, check=True
    )
    phrases = said.stdout.decode().split()
    phrases.sort(key=lambda phrase: (-len(phrase), phrase))
    path = setting.folder / "phrases.txt"
    path.write_text("\n".join(phrases) + "\n", encoding="utf-8")
    return path


def leave_out(left_out, name, why):
    say(f"\n!!! LEFT OUT: {name}. {why}\n")
    left_out.append({"program": name, "why": why})


def ripgrep(left_out):
    rg = os.environ.get("RG") or shutil.which("rg")
    said = machine.told(rg, "--version") if rg else None
    version = re.match(r"ripgrep (\d+)", said or "")
    if not version:
        why = f"There is no rg of version {OLDEST_RG} or newer on PATH, nor in $RG."
    elif int(version[1]) < OLDEST_RG:
        why = f"rg has to be of version {OLDEST_RG} or newer; this is {said}."
    else:
        return rg
    return leave_out(left_out, "rg", why)


def environment(setting, name, packages, left_out, versions):
    """A Python that has the packages, made below target/ if there is none yet."""
    if setting.offline:
        return leave_out(left_out, name, "--offline: its packages aren't fetched.")
    folder = setting.folder / "venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    got = subprocess.run(
        pip + ["install", "--quiet", "--prefer-binary"] + packages, capture_output=True, text=True
    )
    if got.returncode != 0:
        lines = got.stderr.strip().split("\n")
        return leave_out(left_out, name, f"pip can't install {' '.join(packages)}: {lines[-1]}")
    for package in packages:
        ask = f"from importlib.metadata import version; print(version({package!r}))"
        versions[package] = machine.told(str(python), "-c", ask)
    return str(python)


def agree(setting, commands, phrases, corpus):
    """Whether all find each phrase as often, counted in a process of its own so that
    what it takes isn't part of anything measured."""
    if setting.offline:
        return None
    say("comparing what is found")
    counting = os.fork()
    path = setting.folder / "agreement.json"
    if counting == 0:
        try:
            path.write_text(json.dumps(compare(setting, commands, phrases, corpus)))
        except BaseException as error:
            say(f"{error!r}")
            os._exit(1)
        os._exit(0)
    if os.waitpid(counting, 0)[1] != 0:
        raise SystemExit("what the programs find couldn't be compared")
    return json.loads(path.read_text())


def compare(setting, commands, phrases, corpus):
    counting = setting.stages("--sightings", str(phrases), str(corpus))
    said = subprocess.run(counting, stdout=subprocess.PIPE, cwd=setting.root, check=True)
    counted = json.loads(said.stdout)
    found = {"aho-corasick": Counter(counted["by_phrase"])}
    for name, command in commands.items():
        if name != "liyan":
            found[name] = sightings(name, command)
    every = set().union(*found.values())
    differing = [phrase for phrase in every if len({f[phrase] for f in found.values()}) > 1]
    if differing:
        say(f"!!! the programs don't agree on {len(differing)} phrases, such as:")
        for phrase in sorted(differing)[:5]:
            say(f"    {phrase} {[(name, f[phrase]) for name, f in found.items()]}")
    conversations = counted["conversations"]
    return {
        "sightings": {name: sum(f.values()) for name, f in found.items()},
        "phrases_seen": len(every),
        "phrases_counted_differently": len(differing),
        "sightings_per_conversation": counted["sightings"] / conversations,
        "hits_of_liyan_per_conversation": counted["hits"] / conversations,
        "sightings_without_a_hit_of_liyan": counted["unmet"],
    }


def sightings(name, command):
    counts = Counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    for line in process.stdout:
        if name == "rg":
            counts[line.decode().rstrip("\n")] += 1
        else:
            counts.update(hit[3] for hit in json.loads(line)["hits"])
    if process.wait() != 0:
        raise SystemExit(f"{name} failed")
    return counts

"""Runs programs in turn and says what each took: CPU, wall, peak memory, output."""

import os
import statistics
import subprocess
import time


class Run:
    """What one run of a program took; seconds and bytes."""

    def __init__(self, cpu, wall, peak, written, lines):
        self.cpu, self.wall, self.peak = cpu, wall, peak
        self.written, self.lines = written, lines


def run(command, env=None):
    """Runs a command to its end. Its output goes through a pipe and is read and
    counted here: some programs stop early when they write to nowhere."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env)
    written = lines = 0
    memory = Peak(process.pid)
    while block := os.read(process.stdout.fileno(), 1 << 18):
        written += len(block)
        lines += block.count(b"\n")
        memory.look()
    memory.look(last=True)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise SystemExit(f"{os.path.basename(command[0])} ended with {process.returncode}")
    wall = time.monotonic() - began
    return Run(used.ru_utime + used.ru_stime, wall, memory.bytes, written, lines)


class Peak:
    """The most memory that a process had at once, as the system (Linux) tells while it
    runs; None of one that is over too soon to be asked. What wait4 says is no use: it is
    never less than what the process that started the other had."""

    def __init__(self, process):
        self.path = f"/proc/{process}/status"
        self.bytes = None
        self.again = 0.0

    def look(self, last=False):
        now = time.monotonic()
        if not last and now < self.again:
            return
        self.again = now + 0.02
        try:
            with open(self.path, encoding="ascii", errors="replace") as status:
                for line in status:
                    if line.startswith("VmHWM:"):
                        self.bytes = int(line.split()[1]) * 1024
        except OSError:
            pass


def interleave(commands, rounds, envs={}):
    """Runs each of the named commands once a round, the order turned by one each time,
    after a first round that doesn't count. Gives the runs by name."""
    names = list(commands)
    runs = {name: [] for name in names}
    for number in range(rounds + (rounds > 1)):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            taken = run(commands[name], envs.get(name))
            if number > 0 or rounds == 1:
                runs[name].append(taken)
    return runs


def median(values):
    return statistics.median(values)


def ratios(above, below, what="cpu"):
    """Of runs of the same rounds: the median, the lowest and the highest ratio."""
    each = [getattr(a, what) / getattr(b, what) for a, b in zip(above, below)]
    return {"median": median(each), "lowest": min(each), "highest": max(each)}


def summary(runs, size):
    """The medians of runs over so many bytes."""
    cpu = median([run.cpu for run in runs])
    return {
        "cpu_s": cpu,
        "megabytes_per_cpu_s": size / 1e6 / cpu if cpu else None,
        "wall_s": median([run.wall for run in runs]),
        "peak_mb": peak_mb(runs),
        "written_mb": runs[0].written / 1e6,
    }


def peak_mb(runs):
    """The highest peak of all runs, if any is known."""
    known = [run.peak for run in runs if run.peak]
    return max(known) / 1e6 if known else None

"""Where things are, and the corpus that everything is measured on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GIVEN = ["corpora/labelled/develop", "corpora/quiet"]
SEED = 4
SAMPLE = 400


def say(text):
    print(text, file=sys.stderr, flush=True)


class Setting:
    def __init__(self, options):
        self.root = ROOT
        self.rounds = options.rounds
        self.size = options.size
        self.offline = options.offline
        self.folder = ROOT / "target" / "bench"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.liyan = Path(os.environ["LIYAN"]) if "LIYAN" in os.environ else self.build()

    def build(self):
        say("building liyan")
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        return ROOT / "target" / "release" / "liyan"

    def corpus(self, megabytes):
        """About so many million bytes of conversations: the same for the same size."""
        sample = self.generate(SAMPLE, "sample.jsonl")
        number = max(1, round(megabytes * 1e6 / (sample.stat().st_size / SAMPLE)))
        return self.generate(number, f"corpus-{megabytes:g}.jsonl")

    def generate(self, number, name):
        out = self.folder / name
        given = [str(ROOT / path) for path in GIVEN]
        command = [str(self.liyan), "generate", "--number", str(number), "--seed", str(SEED)]
        subprocess.run(command + ["--out", str(out)] + given, check=True)
        return out

    def check(self, corpus, *more):
        """The command that judges a corpus and writes everything it has to say."""
        command = [str(self.liyan), "check", "--quiet", "--format", "jsonl"]
        return command + list(more) + [str(corpus)]

    def stages(self, *args):
        """The command that runs the stages, built now so that its build isn't timed."""
        bench = ["cargo", "bench", "--quiet", "--bench", "stages"]
        subprocess.run(bench + ["--no-run"], cwd=ROOT, check=True)
        return bench + ["--"] + list(args)

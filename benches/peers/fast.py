"""The same work with Rust inside: orjson, rjieba, ahocorasick_rs.

usage: fast.py PHRASES FILE. Writes what plain.py writes.
"""

import sys

import orjson
import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind


def main(path, conversations):
    with open(path, encoding="utf-8") as lines:
        phrases = [phrase for phrase in lines.read().split("\n") if phrase]
    search = AhoCorasick(phrases, matchkind=MatchKind.LeftmostLongest)
    write = sys.stdout.buffer.write
    with open(conversations, "rb") as lines:
        for line in lines:
            conversation = orjson.loads(line)
            hits = []
            for number, turn in enumerate(conversation["turns"]):
                text = turn["text"]
                found = search.find_matches_as_indexes(text)
                if not found:
                    continue
                edges = {0}
                at = 0
                for word in rjieba.cut(text):
                    at += len(word)
                    edges.add(at)
                for phrase, start, end in found:
                    whole = start in edges and end in edges
                    hits.append([number, start, end, phrases[phrase], whole])
            write(orjson.dumps({"id": conversation["id"], "hits": hits}) + b"\n")


main(*sys.argv[1:])

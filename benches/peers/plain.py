"""The phrase work as one would write it in Python: json, jieba, pyahocorasick.

usage: plain.py PHRASES FILE. Writes a line of JSON for each conversation: where which
phrase stands, and whether its edges are edges of words.
"""

import json
import sys

import ahocorasick
import jieba

jieba.setLogLevel(60)


def main(phrases, conversations):
    search = ahocorasick.Automaton()
    with open(phrases, encoding="utf-8") as lines:
        for phrase in lines.read().split("\n"):
            if phrase:
                search.add_word(phrase, phrase)
    search.make_automaton()
    with open(conversations, encoding="utf-8") as lines:
        for line in lines:
            conversation = json.loads(line)
            hits = []
            for number, turn in enumerate(conversation["turns"]):
                text = turn["text"]
                found = list(search.iter_long(text))
                if not found:
                    continue
                edges = {0}
                at = 0
                for word in jieba.cut(text):
                    at += len(word)
                    edges.add(at)
                for last, phrase in found:
                    end = last + 1
                    start = end - len(phrase)
                    whole = start in edges and end in edges
                    hits.append([number, start, end, phrase, whole])
            found = {"id": conversation["id"], "hits": hits}
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


main(*sys.argv[1:])

"""Writes what was measured: the figures as JSON, and tables to be read."""

import datetime
import json

SHOWN = {
    "liyan": "liyan, the whole check",
    "rg": "`rg -j1 -o -F -f`",
    "plain": "Python: json, jieba, pyahocorasick",
    "fast": "Python: orjson, rjieba, ahocorasick_rs",
}


def write(measured, root):
    """Writes a dated record, and its tables into the documentation."""
    folder = root / "benches" / "record"
    date = datetime.date.today().isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{date}-{measured['bench']}.json"
    text = json.dumps(rounded({"date": date, **measured}), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(page({"date": date, **measured}), encoding="utf-8")
    fill({"date": date, **measured}, root / "docs")


def rounded(value):
    match value:
        case float():
            return float(f"{value:.4g}")
        case dict():
            return {key: rounded(inner) for key, inner in value.items()}
        case list():
            return [rounded(inner) for inner in value]
    return value


def page(measured):
    """All that is known, for those who want to know it all."""
    versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
    parts = [f"# {measured['bench']}, {measured['date']}", f"{on(measured, str)}. {versions}."]
    return "\n\n".join(parts + PAGES[measured["bench"]](measured, str)) + "\n"


def fill(measured, docs):
    """Puts date, machine and tables where a page of the documentation asks for them."""
    name = measured["bench"]
    for page, word in (("performance.md", str), ("performance.zh-CN.md", in_chinese)):
        path = docs / page
        text = path.read_text(encoding="utf-8")
        begin, end = f"<!-- figures: {name} -->\n", f"<!-- end: {name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise SystemExit(f"{page} has no place for the figures of {name}")
        parts = [f"{measured['date']}, {on(measured, word)}:"] + PAGES[name](measured, word)
        figures = "\n".join(["", "\n\n".join(parts), "", ""])
        path.write_text(before + begin + figures + end + after, encoding="utf-8")


def on(measured, word):
    machine = measured["machine"]
    load = " ".join(map(str, machine["load"]))
    return (
        f"{machine['processor']}, {machine['cores']} {word('cores')}, {machine['memory_gb']} GB, "
        f"{machine['system']}, {word('load')} {load}, "
        f"{measured.get('rounds', measured.get('times'))} {word('rounds')}"
    )


def in_chinese(text):
    return CHINESE.get(text, text)


def table(heads, rows, word):
    lines = [heads, ["---"] * len(heads)] + rows
    return "\n".join("| " + " | ".join(word(str(cell)) for cell in line) + " |" for line in lines)


def number(value, digits=3):
    if value is None:
        return "–"
    if abs(value) >= 10 ** digits:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def spread(ratio):
    return f"{number(ratio['median'])} ({number(ratio['lowest'])} – {number(ratio['highest'])})"


def peers(measured, word):
    to = measured["speed_of_liyan_to"]
    rows = [
        [
            SHOWN[name],
            number(one["megabytes_per_cpu_s"]),
            number(one["cpu_s"]),
            number(one["wall_s"]),
            number(one["peak_mb"]),
            number(one["written_mb"]),
            spread(to[name]) if name in to else "",
        ]
        for name, one in measured["programs"].items()
    ]
    heads = ["program", "MB/CPU-s", "CPU s", "wall s", "peak MB", "out MB", "liyan's speed to it"]
    parts = [table(heads, rows, word)]
    facts = [["MB of input", number(measured["bytes"] / 1e6)]]
    facts.append(["phrases", f"{measured['phrases']:,}"])
    if agreement := measured["agreement"]:
        seen = agreement["sightings"].items()
        facts += [
            ["sightings of phrases", ", ".join(f"{name} {count:,}" for name, count in seen)],
            ["phrases seen", f"{agreement['phrases_seen']:,}"],
            ["of these counted differently", f"{agreement['phrases_counted_differently']:,}"],
            ["sightings a conversation", number(agreement["sightings_per_conversation"])],
            ["hits of liyan a conversation", number(agreement["hits_of_liyan_per_conversation"])],
            [
                "sightings where liyan has no hit",
                f"{agreement['sightings_without_a_hit_of_liyan']:,}",
            ],
        ]
    parts.append(table(["what was compared", ""], facts, word))
    parts += [f"{word('left out')}: {one['program']}. {one['why']}" for one in measured["left_out"]]
    return parts


def cores(measured, word):
    threads = [
        [
            row["threads"],
            number(row["wall_s"]),
            spread(row["against_first"]),
            spread(row["cpu_against_first"]),
            number(row["peak_mb"]),
        ]
        for row in measured["threads"]
    ]
    sizes = [
        [
            number(row["bytes"] / 1e6),
            number(row["megabytes_per_cpu_s"]),
            spread(row["against_first"]),
            number(row["peak_mb"]),
        ]
        for row in measured["sizes"]
    ]
    return [
        table(["threads", "wall s", "times as fast", "CPU to one thread", "peak MB"], threads, word),
        table(["MB of input", "MB/CPU-s", "CPU a byte to the smallest", "peak MB"], sizes, word),
    ]


def start(measured, word):
    rows = [
        [f"`{name}`", number(one["cpu_ms"]), number(one["wall_ms"]), number(one["peak_mb"])]
        for name, one in measured["commands"].items()
    ]
    return [table(["command", "CPU ms", "wall ms", "peak MB"], rows, word)]


def stages(measured, word):
    floors = [
        [row["floor"], number(row["us"]), f"{row['share']:.1%}"]
        for row in measured["us_per_conversation"]
    ]
    books = [
        [row["size"], f"{row['wordings']:,}", number(row["us"]), number(row["ratio"])]
        for row in measured["phrasebook"]
    ]
    robust, escaped = measured["robustness"], measured["escaped"]
    ratios = [
        ["cost with folding and sound to without", number(robust["ratio"])],
        ["cost with sound to without", number(robust["whole"] / robust["without_sound"])],
        ["speed on escaped input to plain", number(escaped["ratio"])],
    ]
    facts = [
        ["MB of input", number(measured["bytes"] / 1e6)],
        ["MB/CPU-s", number(measured["megabytes_per_cpu_second"])],
        ["conversations", f"{measured['conversations']:,}"],
        ["turns", f"{measured['turns']:,}"],
        ["hits of liyan a conversation", number(measured["hits_per_conversation"])],
    ]
    return [
        table(["floor", "µs a conversation", "of the whole"], floors, word),
        table(["ratio", ""], ratios, word),
        table(["phrasebook", "wordings", "µs a conversation", "to 1"], books, word),
        table(["what was measured", ""], facts, word),
    ]


CHINESE = {
    "cores": "核",
    "load": "负载",
    "rounds": "轮",
    "program": "程序",
    "liyan, the whole check": "liyan，完整评判",
    "Python: json, jieba, pyahocorasick": "Python：json、jieba、pyahocorasick",
    "Python: orjson, rjieba, ahocorasick_rs": "Python：orjson、rjieba、ahocorasick_rs",
    "MB/CPU-s": "MB/CPU 秒",
    "CPU s": "CPU 秒",
    "wall s": "用时（秒）",
    "wall ms": "用时（毫秒）",
    "CPU ms": "CPU 毫秒",
    "peak MB": "内存峰值 MB",
    "out MB": "输出 MB",
    "liyan's speed to it": "liyan 的速度是它的几倍",
    "MB of input": "输入 MB",
    "phrases": "短语",
    "sightings of phrases": "短语出现次数",
    "phrases seen": "出现过的短语",
    "of these counted differently": "其中各程序次数不一的",
    "sightings a conversation": "每段对话短语出现次数",
    "hits of liyan a conversation": "每段对话 liyan 命中次数",
    "sightings where liyan has no hit": "短语出现而 liyan 没有命中的",
    "what was compared": "对比内容",
    "left out": "没有参加",
    "threads": "线程",
    "times as fast": "快几倍",
    "CPU to one thread": "CPU 与单线程之比",
    "CPU a byte to the smallest": "每字节 CPU 与最小语料之比",
    "command": "命令",
    "floor": "层",
    "µs a conversation": "每段对话微秒",
    "of the whole": "占全部",
    "read": "读取",
    "parse": "解析",
    "fold": "归一",
    "match by text": "按字查找",
    "match by sound": "按音查找",
    "language": "语种",
    "judge": "评判",
    "score": "计分",
    "write": "写 JSON",
    "elsewhere": "其他",
    "whole": "全部",
    "ratio": "比",
    "cost with folding and sound to without": "归一加按音查找，与都不做之比（开销）",
    "cost with sound to without": "按音查找，与不按音之比（开销）",
    "speed on escaped input to plain": "`\\uXXXX` 转义的输入，与不转义之比（速度）",
    "phrasebook": "话术本",
    "wordings": "说法",
    "to 1": "与 1 之比",
    "what was measured": "测量内容",
    "conversations": "对话",
    "turns": "话轮",
}

PAGES = {"peers": peers, "cores": cores, "start": start, "stages": stages}

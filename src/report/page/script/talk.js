// One conversation: its verdicts, and beside them the talk that proves them.

function talk(row, place) {
  const block = blockOf(row);
  const verdicts = block.verdicts.map((of, at) => ({
    ...of,
    at,
    ...of.occasions[0],
    asked: clauses[row.verdicts[at].clause],
  }));
  const of = (...names) => verdicts.filter((one) => names.includes(one.verdict));
  const findings = of("breached", "missed", "partial").sort(
    (a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict) || a.points - b.points,
  );
  return [
    talkHead(row, place),
    element(
      "div",
      { class: "beside" },
      element(
        "section",
        { class: "verdicts", "aria-label": word("page.verdicts") },
        findings.map((one) => finding(one, row, block)),
        findings.length === 0 ? nothingFound(row) : null,
        undecidedPart(of("undecided"), row, block),
        metPart(of("met"), row, block),
        restPart(row, block),
      ),
      block.turns.length === 0 ? null : talkPart(row, block),
    ),
    signatures(),
  ];
}

// Nothing was found; unless nothing could be, which is no praise.
function nothingFound(row) {
  if (row.result === "before-in-force") return null;
  if (row.verdicts.length === 0) return quiet("page.nothing-arose");
  return row.verdicts.some((of) => of.verdict === "met") ? quiet("page.nothing-found") : null;
}

function talkPart(row, block) {
  const isTimed = block.turns.some((turn) => turn.start !== undefined);
  return element(
    "section",
    { class: isTimed ? "talk timed" : "talk", "aria-label": word("page.talk") },
    block.notes
      .filter(isAboutRoles)
      .map((note) => element("p", { class: "quiet" }, noteText(note))),
    element(
      "ol",
      { start: "0" },
      block.turns.map((turn, at) => turnItem(turn, at, row, block)),
    ),
  );
}

function talkHead(row) {
  const at = order.indexOf(row);
  const step = (to, key, name) =>
    to
      ? element("a", { class: "step", href: talkAddress(to), "data-step": key }, word(key))
      : element("span", { class: "step" }, word(key));
  const lost = row.verdicts.reduce((sum, of) => sum - of.points, 0);
  const items = [
    row.branch && quoted(row.branch),
    row.agent && quoted(row.agent),
    row.started && quoted(row.started),
    row.business && quoted(row.business),
    word(`channel.${row.channel}`),
    row.turns > 0 && word("page.turn-count", { count: number(row.turns) }),
    ...row.tags.map(quoted),
    row.phrasebook && word("page.judged-by", { phrasebook: row.phrasebook }),
  ].filter(Boolean);
  const steps =
    rows.length > 1
      ? element(
          "nav",
          { class: "steps", "aria-label": word("page.steps") },
          element("a", { class: "step", href: listAddress(lastAsked) }, word("page.to-list")),
          step(order[at - 1], "page.previous"),
          at < 0
            ? null
            : element(
                "span",
                {},
                word("page.sheet", { sheet: number(at + 1), sheets: number(order.length) }),
              ),
          step(order[at + 1], "page.next"),
        )
      : null;
  return element(
    "header",
    { class: "conversation" },
    steps,
    element(
      "div",
      { class: "title" },
      element("h1", { tabindex: "-1" }, quoted(row.id)),
      element(
        "p",
        { class: "about" },
        items.flatMap((item, place) => (place === 0 ? [item] : [" · ", item])),
      ),
    ),
    element(
      "p",
      { class: `outcome ${row.result}` },
      row.score === null ? null : element("strong", {}, number(row.score, 1)),
      element("span", {}, word(`page.${row.result}`)),
      row.score === null || lost === 0
        ? null
        : element(
            "small",
            {},
            word(row.vetoed ? "page.sum-vetoed" : "page.sum", {
              start: points(standard.start),
              lost: number(lost, 1),
            }),
          ),
    ),
  );
}

// A turn: who, when, the words with the evidence marked, and behind each stretch the
// clauses that it proves. Clauses that arose here and have no words are named below.
function turnItem(turn, at, row, block) {
  const raised = block.verdicts.filter(
    (of) =>
      of.occasions[0].trigger === at &&
      isProblem(of.occasions[0].verdict) &&
      !of.occasions[0].evidence.some((piece) => piece.turn === at),
  );
  const named = word(`role.${turn.role}`);
  return element(
    "li",
    { id: `t${at}`, class: `turn ${turn.role}`, tabindex: "-1", value: at },
    element("span", { class: "number", "aria-hidden": "true" }, at),
    element(
      "span",
      { class: "role" },
      named,
      turn.start === undefined ? null : element("small", { class: "clock" }, clock(turn.start)),
      turn.speaker && (turn.role === "unknown" || block.notes.some(isAboutRoles))
        ? element("small", { class: "speaker" }, quoted(turn.speaker))
        : null,
    ),
    element(
      "p",
      { lang: "zh", dir: "auto" },
      markedText(turn, row, block),
      raised.map((of) => [
        " ",
        element(
          "a",
          { class: `raised ${of.occasions[0].verdict}`, href: talkAddress(row, of.clause) },
          sign(of.occasions[0].verdict),
          word("page.raised", {
            clause: of.clause,
            verdict: word(`verdict.${of.occasions[0].verdict}`),
          }),
        ),
      ]),
    ),
  );
}

// A clause is named once in a turn, behind its last stretch.
function markedText(turn, row, block) {
  const marks = turn.marks ?? [];
  const lastOf = new Map();
  for (const mark of marks) {
    if (mark[1] >= (lastOf.get(mark[2])?.[1] ?? 0)) lastOf.set(mark[2], mark);
  }
  const cuts = [
    ...new Set([0, turn.text.length, ...marks.flatMap(([from, to]) => [from, to])]),
  ].sort((a, b) => a - b);
  const pieces = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [from, to] = [cuts[at], cuts[at + 1]];
    const text = turn.text.slice(from, to);
    const over = marks.filter((mark) => mark[0] <= from && to <= mark[1]);
    if (over.length === 0) {
      pieces.push(text);
      continue;
    }
    const verdicts = over.map((mark) => block.verdicts[mark[2]].occasions[mark[3]].verdict);
    const worst = worstFirst.find((verdict) => verdicts.includes(verdict));
    const names = over.map((mark) => `m-${mark[2]}-${mark[3]}-${mark[4]}`);
    const first = block.verdicts[over[verdicts.indexOf(worst)][2]];
    pieces.push(
      element(
        "mark",
        { class: worst, "data-marks": names.join(" "), "data-to": talkAddress(row, first.clause) },
        text,
      ),
    );
    for (const [place, mark] of lastOf) {
      if (mark[1] !== to) continue;
      const judged = block.verdicts[place];
      const { verdict, evidence } = judged.occasions[mark[3]];
      const asked = clauses[row.verdicts[place].clause];
      const means = asked.elements.find((one) => one.key === evidence[mark[4]].element)?.means;
      const about = [clauseName(asked), word(`verdict.${verdict}`), means && choose(means)]
        .filter(Boolean)
        .join(" · ");
      pieces.push(
        element(
          "a",
          {
            class: `tag ${verdict}`,
            href: talkAddress(row, judged.clause),
            title: about,
            "aria-label": about,
          },
          judged.clause,
        ),
      );
    }
  }
  return pieces;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

// For paper: who has looked at it.
function signatures() {
  const line = (key) =>
    element(
      "p",
      {},
      element("span", {}, word(key)),
      element("span", { class: "blank" }),
      element("span", {}, word("page.date")),
      element("span", { class: "blank short" }),
    );
  return element(
    "footer",
    { class: "signatures" },
    line("page.reviewer"),
    line("page.clerk"),
    element(
      "p",
      {},
      element("span", {}, word("page.remarks")),
      element("span", { class: "blank" }),
    ),
  );
}

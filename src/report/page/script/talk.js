// One conversation: its verdicts, and beside them the talk that proves them.

function talk(row, place) {
  const block = blockOf(row);
  const verdicts = block.verdicts.map((of, at) => ({ ...of, at, ...of.occasions[0], asked: clauses[row.verdicts[at].clause] }));
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
        findings.length === 0 ? element("p", { class: "quiet" }, word(verdicts.length === 0 ? "page.nothing-arose" : "page.nothing-found")) : findings.map((one) => finding(one, row, block)),
        undecidedPart(of("undecided"), row, block),
        metPart(of("met"), row, block),
        restPart(row, block),
      ),
      block.turns.length === 0 ? null : element("section", { class: "talk", "aria-label": word("page.talk") }, roleNotes(block), element("ol", { start: "0" }, block.turns.map((turn, at) => turnItem(turn, at, row, block)))),
    ),
    signatures(),
  ];
}

function talkHead(row) {
  const at = order.indexOf(row);
  const step = (to, key, name) =>
    to ? element("a", { class: "step", href: talkAddress(to), "data-step": key }, word(key)) : element("span", { class: "step" }, word(key));
  const lost = row.verdicts.reduce((sum, of) => sum - of.points, 0);
  const items = [
    row.branch && quoted(row.branch),
    row.agent && quoted(row.agent),
    row.started && quoted(row.started),
    word(`channel.${row.channel ?? "none"}`),
    row.turns > 0 && word("page.turn-count", { count: number(row.turns) }),
    ...row.tags.map(quoted),
  ].filter(Boolean);
  const steps =
    rows.length > 1
      ? element(
          "nav",
          { class: "steps", "aria-label": word("page.steps") },
          element("a", { class: "step", href: listAddress(lastAsked) }, word("page.to-list")),
          step(order[at - 1], "page.previous"),
          at < 0 ? null : element("span", {}, word("page.sheet", { sheet: number(at + 1), sheets: number(order.length) })),
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
      element("p", { class: "about" }, items.flatMap((item, place) => (place === 0 ? [item] : [" · ", item]))),
    ),
    element(
      "p",
      { class: `outcome ${row.result}` },
      row.score === null ? null : element("strong", {}, number(row.score, 1)),
      element("span", {}, word(`page.${row.result}`)),
      row.score === null || lost === 0 ? null : element("small", {}, word(row.vetoed ? "page.sum-vetoed" : "page.sum", { start: number(standard.start), lost: number(lost, 1) })),
    ),
  );
}

function finding(of, row, block) {
  const { asked } = of;
  const parts = [
    asked.article ? articleName(asked) : null,
    asked.severity && word(`severity.${asked.severity}`),
    of.wording && of.verdict === "partial" ? word("page.wording", { closeness: word(`closeness.${of.wording}`) }) : null,
  ].filter(Boolean);
  const when = choose(asked.when);
  return element(
    "article",
    { class: `finding ${of.verdict}`, id: `v-${of.at}`, tabindex: "-1", "data-clause": asked.id, "aria-labelledby": `n-${of.at}` },
    element(
      "h2",
      { id: `n-${of.at}` },
      sign(of.verdict),
      element("span", { class: "verdict" }, word(`verdict.${of.verdict}`)),
      element("span", { class: "name" }, clauseName(asked)),
      element("span", { class: "points" }, of.points === 0 ? "" : word("page.points", { points: number(of.points, of.points % 1 === 0 ? 0 : 2) })),
    ),
    element("p", { class: "about" }, parts.join(" · ")),
    when && element("p", { class: "when" }, element("span", { class: "label" }, word("page.when")), when, " ", turnLink(of.trigger, row, block)),
    of.asked.elements.length === 0 ? element("p", { class: "elements" }, of.evidence.map((piece, at) => [pieceLink(piece, of, 0, at, row, block), " "])) : elementList(of, row, block),
    of.say.length === 0 ? null : element("p", { class: "say" }, element("span", { class: "label" }, word("page.say")), of.say.map((say) => element("q", { lang: "zh" }, say))),
    otherOccasions(of, row, block),
    element("p", { class: "decide" }, element("span", {}, word("page.uphold")), element("span", {}, word("page.overturn")), element("span", { class: "because" }, word("page.because"))),
  );
}

function articleName(asked) {
  return word("page.article", { number: asked.article, heading: asked.heading ? choose(asked.heading) : "" });
}

// What was asked for, and which of it was said with which words.
function elementList(of, row, block) {
  const known = of.asked.elements.map((one) => ({ key: one.key, means: choose(one.means) }));
  const others = of.missing.filter((key) => !known.some((one) => one.key === key)).map((key) => ({ key, means: key }));
  const items = [...known, ...others].map((one) => {
    const lacks = of.missing.includes(one.key);
    const said = of.evidence.flatMap((piece, at) => (piece.element === one.key ? [[" ", pieceLink(piece, of, 0, at, row, block)]] : []));
    return element(
      "li",
      { class: lacks ? "lacks" : "said" },
      element("span", { class: "tick", "aria-hidden": "true" }, lacks ? "×" : "√"),
      unseen(word(lacks ? "page.not-said" : "page.said") + " "),
      one.means,
      said,
    );
  });
  return element("ul", { class: "elements" }, items);
}

// The words that prove something; they lead to where they stand.
function pieceLink(piece, of, nth, at, row, block) {
  const text = piece.text ?? markText(block, of.at, nth, at);
  const by = piece.by === "text" ? null : element("small", { class: "by" }, word(`by.${piece.by}`));
  const link = block.turns[piece.turn]
    ? element("a", { class: "piece", href: talkAddress(row, `t${piece.turn}`), "data-mark": `m-${of.at}-${nth}-${at}`, "aria-label": word("page.to-evidence", { text, turn: piece.turn }) }, element("q", { lang: "zh" }, text))
    : element("q", { lang: "zh", class: "piece" }, text);
  return [link, by];
}

function markText(block, at, nth, piece) {
  for (const turn of block.turns) {
    for (const mark of turn.marks ?? []) {
      if (mark[2] === at && mark[3] === nth && mark[4] === piece) return turn.text.slice(mark[0], mark[1]);
    }
  }
  return "";
}

function turnLink(turn, row, block) {
  const text = word("page.turn", { turn });
  if (!block.turns[turn]) return element("span", { class: "to-turn" }, text);
  return element("a", { class: "to-turn", href: talkAddress(row, `t${turn}`) }, text);
}

function otherOccasions(of, row, block) {
  const others = of.occasions.slice(1);
  if (others.length === 0) return null;
  const items = others.map((one) => [turnLink(one.trigger, row, block), ` ${word(`verdict.${one.verdict}`)}`]);
  return element("p", { class: "also" }, element("span", { class: "label" }, word("page.also")), items.flatMap((item, at) => (at === 0 ? item : [" · ", item])));
}

function undecidedPart(undecided, row, block) {
  if (undecided.length === 0) return null;
  const reasons = [...new Set(undecided.map((of) => of.why))];
  const groups = reasons.map((why) => [
    element("p", { class: "why" }, word(why)),
    element("ul", { class: "plain" }, undecided.filter((of) => of.why === why).map((of) => plainItem(of, row, block))),
  ]);
  return element("section", { class: "rest" }, element("h2", {}, word("verdict.undecided")), groups);
}

function metPart(met, row, block) {
  if (met.length === 0) return null;
  return element("section", { class: "rest" }, element("h2", {}, word("verdict.met")), element("ul", { class: "plain" }, met.map((of) => plainItem(of, row, block))));
}

function plainItem(of, row, block) {
  const said = of.evidence.map((piece, at) => [" ", pieceLink(piece, of, 0, at, row, block)]);
  return element(
    "li",
    { id: `v-${of.at}`, tabindex: "-1", "data-clause": of.asked.id },
    sign(of.verdict),
    element("span", { class: "name" }, clauseName(of.asked)),
    of.wording === "informal" ? element("small", { class: "by" }, word("closeness.informal")) : null,
    said.length > 0 ? said : [" ", turnLink(of.trigger, row, block)],
  );
}

// The courtesy words, and notes on the transcript; what is noted of several turns is
// one note.
function restPart(row, block) {
  const words = row.courtesy.map((count, place) => element("li", { class: count === 0 ? "none" : undefined }, element("span", { lang: "zh" }, standard.courtesy[place] ?? ""), ` ${number(count)}`));
  const groups = new Map();
  for (const note of block.notes) {
    const key = JSON.stringify([note.kind, note.detail, note.turn !== null]);
    if (!groups.has(key)) groups.set(key, { note, turns: [] });
    if (note.turn !== null) groups.get(key).turns.push(note.turn);
  }
  const notes = [...groups.values()].map(({ note, turns }) =>
    element("li", {}, turns.map((turn) => [turnLink(turn, row, block), " "]), quoted(noteText(note))),
  );
  return [
    words.length === 0 ? null : element("section", { class: "rest" }, element("h2", {}, word("page.courtesy")), element("ul", { class: "words" }, words)),
    notes.length === 0 ? null : element("section", { class: "rest" }, element("h2", {}, word("page.transcript-notes")), element("ul", { class: "plain" }, notes)),
  ];
}

// Who speaks decides much, so that it was told or couldn't be is said over the talk.
function roleNotes(block) {
  const about = block.notes.filter((note) => note.kind === "roles-inferred" || note.kind === "roles-unknown");
  return about.map((note) => element("p", { class: "quiet" }, noteText(note)));
}

function noteText(note) {
  const key = { "other-language": `language.${note.detail}`, "channel-inferred": `channel.${note.detail}` }[note.kind];
  const detail = key && hasWord(key) ? word(key) : note.detail;
  return word(`note.${note.kind}`, { detail });
}

// A turn: who, when, the words with the evidence marked, and behind each stretch the
// clauses that it proves. Clauses that arose here and have no words are named below.
function turnItem(turn, at, row, block) {
  const raised = block.verdicts.filter((of) => of.occasions[0].trigger === at && isProblem(of.occasions[0].verdict) && !of.occasions[0].evidence.some((piece) => piece.turn === at));
  const named = word(`role.${turn.role}`);
  return element(
    "li",
    { id: `t${at}`, class: `turn ${turn.role}`, tabindex: "-1", value: at },
    element("span", { class: "number", "aria-hidden": "true" }, at),
    element("span", { class: "role" }, named, turn.speaker ? element("small", {}, quoted(turn.speaker)) : null, turn.start === undefined ? null : element("small", { class: "clock" }, clock(turn.start))),
    element(
      "p",
      { lang: "zh", dir: "auto" },
      markedText(turn, row, block),
      raised.map((of) => [" ", element("a", { class: `raised ${of.occasions[0].verdict}`, href: talkAddress(row, of.clause) }, sign(of.occasions[0].verdict), word("page.raised", { clause: of.clause, verdict: word(`verdict.${of.occasions[0].verdict}`) }))]),
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
  const cuts = [...new Set([0, turn.text.length, ...marks.flatMap(([from, to]) => [from, to])])].sort((a, b) => a - b);
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
    pieces.push(element("mark", { class: worst, "data-marks": names.join(" "), "data-to": talkAddress(row, first.clause) }, text));
    for (const [place, mark] of lastOf) {
      if (mark[1] !== to) continue;
      const judged = block.verdicts[place];
      const { verdict, evidence } = judged.occasions[mark[3]];
      const asked = clauses[row.verdicts[place].clause];
      const means = asked.elements.find((one) => one.key === evidence[mark[4]].element)?.means;
      const about = [clauseName(asked), word(`verdict.${verdict}`), means && choose(means)].filter(Boolean).join(" · ");
      pieces.push(element("a", { class: `tag ${verdict}`, href: talkAddress(row, judged.clause), title: about, "aria-label": about }, judged.clause));
    }
  }
  return pieces;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = two(Math.floor(whole / 60) % 60);
  return hours > 0 ? `${hours}:${minutes}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

// For paper: who has looked at it.
function signatures() {
  const line = (key) => element("p", {}, element("span", {}, word(key)), element("span", { class: "blank" }), element("span", {}, word("page.date")), element("span", { class: "blank short" }));
  return element("footer", { class: "signatures" }, line("page.reviewer"), line("page.clerk"), element("p", {}, element("span", {}, word("page.remarks")), element("span", { class: "blank" })));
}

// Shows the verdict or the turn that the address names, and where it is proved.
function showPlace(row, place, mark) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (place === undefined) return;
  const turn = /^t\d+$/.test(place) && document.getElementById(place);
  if (turn) {
    const marks = mark ? [...turn.querySelectorAll("mark")].filter((one) => one.dataset.marks.split(" ").includes(mark)) : [];
    for (const one of marks) one.classList.add("lit");
    turn.classList.add("lit");
    reveal(turn);
    return;
  }
  const verdict = [...document.querySelectorAll("[data-clause]")].find((one) => one.dataset.clause === place);
  if (!verdict) return;
  verdict.classList.add("lit");
  const prefix = `m-${verdict.id.slice(2)}-`;
  for (const one of document.querySelectorAll("mark")) {
    if (one.dataset.marks.split(" ").some((name) => name.startsWith(prefix))) one.classList.add("lit");
  }
  reveal(verdict);
}

function reveal(node) {
  node.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

// The verdicts of one conversation: what was asked, what was said, what wasn't, and what
// to say instead.

function quiet(key) {
  return element("p", { class: "quiet" }, word(key));
}

// Who speaks decides much: that it was told, or couldn't be, is said over the talk.
function isAboutRoles(note) {
  return note.kind === "roles-inferred" || note.kind === "roles-unknown";
}

function finding(of, row, block) {
  const { asked } = of;
  const parts = [
    asked.article ? articleName(asked) : null,
    asked.severity && word(`severity.${asked.severity}`),
    of.from && word("page.from", { from: of.from }),
    of.wording && of.verdict === "partial"
      ? word("page.wording", { closeness: word(`closeness.${of.wording}`) })
      : null,
  ].filter(Boolean);
  const when = choose(asked.when);
  return element(
    "article",
    {
      class: `finding ${of.verdict}`,
      id: `v-${of.at}`,
      tabindex: "-1",
      "data-clause": asked.id,
      "aria-labelledby": `n-${of.at}`,
    },
    element(
      "h2",
      { id: `n-${of.at}` },
      sign(of.verdict),
      element("span", { class: "verdict" }, word(`verdict.${of.verdict}`)),
      element("span", { class: "name" }, clauseName(asked)),
      element(
        "span",
        { class: "points" },
        of.points === 0 ? "" : word("page.points", { points: points(of.points) }),
      ),
    ),
    element("p", { class: "about" }, parts.join(" · ")),
    when &&
      element(
        "p",
        { class: "when" },
        element("span", { class: "label" }, word("page.when")),
        when,
        " ",
        turnLink(of.trigger, row, block),
      ),
    of.asked.elements.length === 0
      ? element(
          "p",
          { class: "elements" },
          of.evidence.map((piece, at) => [pieceLink(piece, of, 0, at, row, block), " "]),
        )
      : elementList(of, row, block),
    of.say.length === 0
      ? null
      : element(
          "p",
          { class: "say" },
          element("span", { class: "label" }, word("page.say")),
          of.say.map((say) => element("q", { lang: "zh" }, say)),
        ),
    otherOccasions(of, row, block),
    element(
      "p",
      { class: "decide" },
      element("span", {}, word("page.uphold")),
      element("span", {}, word("page.overturn")),
      element("span", { class: "because" }, word("page.because")),
    ),
  );
}

function articleName(asked) {
  return word("page.article", {
    number: asked.article,
    heading: asked.heading ? choose(asked.heading) : "",
  });
}

// What was asked for, and which of it was said with which words.
function elementList(of, row, block) {
  const known = of.asked.elements.map((one) => ({ key: one.key, means: choose(one.means) }));
  const others = of.missing
    .filter((key) => !known.some((one) => one.key === key))
    .map((key) => ({ key, means: key }));
  const items = [...known, ...others].map((one) => {
    const lacks = of.missing.includes(one.key);
    const said = of.evidence.flatMap((piece, at) =>
      piece.element === one.key ? [[" ", pieceLink(piece, of, 0, at, row, block)]] : [],
    );
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
    ? element(
        "a",
        {
          class: "piece",
          href: talkAddress(row, `t${piece.turn}`),
          "data-mark": `m-${of.at}-${nth}-${at}`,
          "aria-label": word("page.to-evidence", { text, turn: piece.turn }),
        },
        element("q", { lang: "zh" }, text),
      )
    : element("q", { lang: "zh", class: "piece" }, text);
  return [link, by];
}

function markText(block, at, nth, piece) {
  for (const turn of block.turns) {
    for (const mark of turn.marks ?? []) {
      if (mark[2] === at && mark[3] === nth && mark[4] === piece)
        return turn.text.slice(mark[0], mark[1]);
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
  const items = others.map((one) => [
    turnLink(one.trigger, row, block),
    ` ${word(`verdict.${one.verdict}`)}`,
  ]);
  return element(
    "p",
    { class: "also" },
    element("span", { class: "label" }, word("page.also")),
    items.flatMap((item, at) => (at === 0 ? item : [" · ", item])),
  );
}

function undecidedPart(undecided, row, block) {
  if (undecided.length === 0) return null;
  const reasons = [...new Set(undecided.map((of) => of.why))];
  const groups = reasons.map((why) => [
    element("p", { class: "why" }, word(why)),
    element(
      "ul",
      { class: "plain" },
      undecided.filter((of) => of.why === why).map((of) => plainItem(of, row, block)),
    ),
  ]);
  return element(
    "section",
    { class: "rest" },
    element("h2", {}, word("verdict.undecided")),
    groups,
  );
}

function metPart(met, row, block) {
  if (met.length === 0) return null;
  return element(
    "section",
    { class: "rest" },
    element("h2", {}, word("verdict.met")),
    element(
      "ul",
      { class: "plain" },
      met.map((of) => plainItem(of, row, block)),
    ),
  );
}

function plainItem(of, row, block) {
  // The same words may carry two elements; here they are shown once.
  const shown = new Set();
  const said = of.evidence.map((piece, at) => {
    const words = JSON.stringify([piece.turn, piece.text ?? markText(block, of.at, 0, at)]);
    if (shown.has(words)) return null;
    shown.add(words);
    return [" ", pieceLink(piece, of, 0, at, row, block)];
  });
  return element(
    "li",
    { id: `v-${of.at}`, tabindex: "-1", "data-clause": of.asked.id },
    sign(of.verdict),
    element("span", { class: "name" }, clauseName(of.asked)),
    of.wording === "informal"
      ? element("small", { class: "by" }, word("closeness.informal"))
      : null,
    said.length > 0 ? said : [" ", turnLink(of.trigger, row, block)],
  );
}

// The courtesy words, and notes on the transcript; what is noted of several turns is
// one note.
function restPart(row, block) {
  const words = row.courtesy.map((count, place) =>
    element(
      "li",
      { class: count === 0 ? "none" : undefined },
      element("span", { lang: "zh" }, standard.courtesy[place] ?? ""),
      ` ${number(count)}`,
    ),
  );
  const groups = new Map();
  for (const note of block.notes) {
    if (isAboutRoles(note) && block.turns.length > 0) continue;
    const key = JSON.stringify([note.kind, note.detail, note.turn !== null]);
    if (!groups.has(key)) groups.set(key, { note, turns: [] });
    if (note.turn !== null) groups.get(key).turns.push(note.turn);
  }
  const notes = [...groups.values()].map(({ note, turns }) =>
    element(
      "li",
      {},
      turns.map((turn) => [turnLink(turn, row, block), " "]),
      quoted(noteText(note)),
    ),
  );
  return [
    words.length === 0
      ? null
      : element(
          "section",
          { class: "rest" },
          element("h2", {}, word("page.courtesy")),
          element("ul", { class: "words" }, words),
        ),
    notes.length === 0
      ? null
      : element(
          "section",
          { class: "rest" },
          element("h2", {}, word("page.transcript-notes")),
          element("ul", { class: "plain" }, notes),
        ),
  ];
}

function noteText(note) {
  const key = {
    "other-language": `language.${note.detail}`,
    "channel-inferred": `channel.${note.detail}`,
  }[note.kind];
  const detail = key && hasWord(key) ? word(key) : note.detail;
  return word(`note.${note.kind}`, { detail });
}

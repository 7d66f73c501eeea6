// The overview: what all chosen conversations come to, and what to look at first.

function overview(asked) {
  const chosen = chosenRows(asked);
  const sum = sumOf(chosen);
  const to = (more, view) => listAddress({ ...asked, ...more }, view);
  const page = [
    element("h1", { tabindex: "-1" }, word("page.overview")),
    filterBar(asked, "overview"),
    figures(sum),
  ];
  if (sum.count === 0) return page;
  const sums = sumClauses(chosen);
  const weeks = sumGroups(chosen, "week").filter((week) => week.mean !== null);
  page.push(
    firstThings(sums, to),
    element(
      "div",
      { class: "pair" },
      section(
        "page.spread",
        spreadChart(chosen, (from, last) => to({ from, to: last })),
      ),
      weeks.length < 2
        ? null
        : section(
            "page.weeks",
            weekChart(weeks, (week) => to({ week })),
          ),
    ),
    clauseSection("obligation", sums, to),
    clauseSection("prohibition", sums, to),
    groupSection(chosen, sum, "branch", to),
    groupSection(chosen, sum, "agent", to),
    element("div", { class: "pair" }, courtesySection(chosen), noteSection(chosen)),
  );
  return page;
}

function section(key, ...children) {
  return element("section", {}, element("h2", {}, word(key)), children);
}

function figures(sum) {
  const figure = (text, key, more) =>
    element(
      "div",
      {},
      element("dt", {}, word(key)),
      element("dd", {}, text, more ? element("small", {}, more) : null),
    );
  const between = (of, form) =>
    of.low === null ? null : word("page.interval", { low: form(of.low), high: form(of.high) });
  const period =
    sum.first &&
    (sum.first === sum.last
      ? sum.first
      : word("page.period", { first: sum.first, last: sum.last }));
  return element(
    "dl",
    { class: "figures" },
    figure(number(sum.count), "page.conversations", period),
    sum.mean === null
      ? null
      : figure(
          number(sum.mean, 1),
          "page.mean",
          between(sum, (value) => number(value, 1)),
        ),
    sum.scored === 0
      ? null
      : figure(
          percent(sum.pass.share, 1),
          "page.passed",
          between(sum.pass, (value) => percent(value, 1)),
        ),
    figure(number(sum.vetoed), "page.vetoed"),
    sum.unscored === 0 ? null : figure(number(sum.unscored), "page.unscored"),
    sum.before === 0 ? null : figure(number(sum.before), "page.before-in-force"),
  );
}

// The three clauses that cost most points: how often, what was missing, what to say.
function firstThings(sums, to) {
  const costly = sums.filter((sum) => sum.points > 0).sort((a, b) => b.points - a.points);
  if (costly.length === 0) return element("p", { class: "quiet" }, word("page.nothing-found"));
  const total = costly.reduce((all, sum) => all + sum.points, 0);
  const items = costly.slice(0, 3).map((sum) => {
    const lacking = mostLacking(sum);
    const say = lacking?.element.say ?? sum.clause.say;
    return element(
      "li",
      {},
      element(
        "h3",
        {},
        element(
          "a",
          { href: to({ clause: sum.clause.id, verdict: "problem" }) },
          clauseName(sum.clause),
        ),
      ),
      element(
        "p",
        {},
        word(`page.first-${sum.clause.kind}`, {
          failed: number(sum.failed),
          arose: number(sum.arose),
          rate: percent(sum.rate.share),
          share: percent(sum.points / total),
        }),
      ),
      lacking &&
        element(
          "p",
          {},
          word("page.most-lacking", {
            element: choose(lacking.element.means),
            count: number(lacking.count),
          }),
        ),
      say &&
        element(
          "p",
          { class: "say" },
          element("span", { class: "label" }, word("page.say")),
          element("q", { lang: "zh" }, say),
        ),
    );
  });
  return section("page.first", element("ol", { class: "first" }, items));
}

function clauseName(clause) {
  return `${clause.id} ${choose(clause.title)}`.trim();
}

const clauseOrders = {
  failed: (a, b) => b.failed - a.failed || a.place - b.place,
  rate: (a, b) => b.rate.share - a.rate.share || b.arose - a.arose,
  points: (a, b) => b.points - a.points,
  standard: (a, b) => a.place - b.place,
};
let clauseOrder = "failed";
const columns = {
  obligation: ["clause", "came-out", "failed", "arose", "rate", "points", "lacking"],
  prohibition: ["clause", "rate-bar", "breached", "rate", "points"],
};

function clauseSection(kind, all, to) {
  const sums = all.filter((sum) => sum.clause.kind === kind);
  if (sums.length === 0) return null;
  const most = Math.max(1, ...sums.map((sum) => sum.arose));
  const body = element("tbody");
  const fill = () => {
    body.replaceChildren(
      ...[...sums].sort(clauseOrders[clauseOrder]).map((sum) => clauseRow(sum, kind, most, to)),
    );
  };
  fill();
  const order = element("select", {
    change: (event) => {
      clauseOrder = event.target.value;
      fill();
    },
  });
  options(
    order,
    Object.keys(clauseOrders).map((name) => [name, word(`page.order-${name}`)]),
    clauseOrder,
  );
  const legend = ["missed", "partial", "met"].map((verdict) =>
    element("span", {}, element("span", { class: `key ${verdict}` }), word(`verdict.${verdict}`)),
  );
  return section(
    `page.clauses-${kind}`,
    element(
      "div",
      { class: "tools" },
      element("label", {}, word("page.order"), order),
      element("p", { class: "legend" }, kind === "obligation" ? legend : word("page.rate-of-all")),
    ),
    element(
      "table",
      { class: `clauses ${kind}` },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          columns[kind].map((name) =>
            element("th", { scope: "col", class: name }, word(`page.column-${name}`)),
          ),
        ),
      ),
      body,
    ),
  );
}

function clauseRow(sum, kind, most, to) {
  const lacking = mostLacking(sum);
  const counts = ["missed", "partial", "met"].map(
    (verdict) => `${word(`verdict.${verdict}`)} ${number(sum[verdict])}`,
  );
  const interval =
    sum.rate.low === null
      ? ""
      : word("page.interval", { low: percent(sum.rate.low), high: percent(sum.rate.high) });
  const cells = {
    "came-out": () => [verdictBar(sum, most), unseen(counts.join(word("page.between")))],
    "rate-bar": () => verdictBar(sum, most),
    failed: () => number(sum.failed),
    breached: () => number(sum.breached),
    arose: () => number(sum.arose),
    rate: () => (sum.arose === 0 ? "" : [percent(sum.rate.share), element("small", {}, interval)]),
    points: () => (sum.points === 0 ? "" : number(-sum.points, 1)),
    lacking: () =>
      lacking
        ? word("page.lacks", {
            element: choose(lacking.element.means),
            count: number(lacking.count),
          })
        : "",
  };
  const address = to({ clause: sum.clause.id, verdict: sum.failed > 0 ? "problem" : "" });
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("a", { href: address }, clauseName(sum.clause))),
    columns[kind].slice(1).map((name) => element("td", { class: name }, cells[name]())),
  );
}

// Clerks or branches by name: nobody is ranked, and few conversations are told as few.
function groupSection(chosen, all, field, to) {
  const sums = sumGroups(chosen, field);
  if (sums.length < 2) return null;
  const few = sums.some((sum) => sum.low === null);
  const heads = ["name", "count", "mean", "mean-plot", "passed", "costly"];
  return section(
    `page.by-${field}`,
    element(
      "p",
      { class: "quiet" },
      word("page.by-name"),
      few ? " " + word("page.few", { least: leastForInterval }) : "",
    ),
    element(
      "table",
      { class: "groups" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          heads.map((name) =>
            element(
              "th",
              { scope: "col", class: name },
              word(`page.column-${name === "name" ? field : name}`),
            ),
          ),
        ),
      ),
      element(
        "tbody",
        {},
        sums.map((sum) => groupRow(sum, all, field, to)),
      ),
    ),
  );
}

function groupRow(sum, all, field, to) {
  const interval =
    sum.low === null
      ? ""
      : word("page.interval", { low: number(sum.low, 1), high: number(sum.high, 1) });
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element("a", { href: to({ [field]: sum.name }) }, quoted(sum.name)),
    ),
    element("td", { class: "count" }, number(sum.count)),
    element(
      "td",
      { class: "mean" },
      sum.mean === null ? "" : number(sum.mean, 1),
      interval && element("small", {}, interval),
    ),
    element("td", { class: "mean-plot" }, meanPlot(sum, all)),
    element("td", { class: "passed" }, sum.scored === 0 ? "" : percent(sum.pass.share)),
    element(
      "td",
      { class: "costly" },
      sum.costly &&
        element(
          "a",
          { href: to({ [field]: sum.name, clause: sum.costly.clause.id, verdict: "problem" }) },
          clauseName(sum.costly.clause),
        ),
    ),
  );
}

function courtesySection(chosen) {
  if (standard.courtesy.length === 0) return null;
  const items = standard.courtesy.map((wording, place) => {
    const count = chosen.reduce((sum, row) => sum + (row.courtesy[place] ?? 0), 0);
    const saying = chosen.filter((row) => row.courtesy[place] > 0).length;
    const share = word("page.courtesy-share", { share: percent(saying / chosen.length) });
    return element(
      "tr",
      {},
      element("th", { scope: "row", lang: "zh" }, wording),
      element("td", {}, number(count)),
      element("td", {}, share),
    );
  });
  return section(
    "page.courtesy",
    element("table", { class: "courtesy" }, element("tbody", {}, items)),
  );
}

// How many transcripts had something that a reader should know.
function noteSection(chosen) {
  const counts = countBy(
    chosen.flatMap((row) => [...new Set(row.notes)]),
    (kind) => kind,
  );
  const undecided = chosen.filter((row) =>
    row.verdicts.some((of) => of.verdict === "undecided"),
  ).length;
  const items = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => [count, word(`note.${kind}`)]);
  if (undecided > 0) items.unshift([undecided, word("page.some-undecided")]);
  if (items.length === 0) return null;
  const lines = items.map(([count, text]) =>
    element("tr", {}, element("td", {}, number(count)), element("th", { scope: "row" }, text)),
  );
  return section(
    "page.transcripts",
    element("table", { class: "notes" }, element("tbody", {}, lines)),
  );
}

// The tables of clauses: how often each arose and how it came out.

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

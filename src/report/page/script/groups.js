// Clerks, branches … by name: nobody is ranked, and few conversations are told as few.
function groupSections(chosen, all, to) {
  const fields = ["branch", "agent", "business", "channel"];
  const groups = fields.map((field) => [field, sumGroups(chosen, field)]);
  const several = groups.filter(([, sums]) => sums.length > 1);
  const few = several.some(([, sums]) => sums.some((sum) => sum.low === null));
  const how = element(
    "p",
    { class: "quiet" },
    word("page.by-name"),
    few ? " " + word("page.few", { least: leastForInterval }) : "",
  );
  return several.map(([field, sums], place) =>
    groupSection(field, sums, all, to, place === 0 ? how : null),
  );
}

function groupSection(field, sums, all, to, how) {
  const heads = ["name", "count", "mean", "mean-plot", "passed", "costly"];
  return section(
    `page.by-${field}`,
    how,
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
      element("a", { href: to({ [field]: sum.name }) }, quoted(valueName(field, sum.name))),
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

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
    Object.keys(noChoice).some((name) => asked[name] !== "") ? [] : acrossSections(),
    groupSections(chosen, sum, to),
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

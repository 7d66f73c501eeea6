// What to choose conversations by.

// Every change goes through the address, so that going back undoes it.
function filterBar(asked, view) {
  const isSet = Object.keys(noChoice).some((name) => asked[name] !== "");
  if (rows.length <= smallReport && !isSet) return null;
  const change = (name, value) => {
    go(listAddress({ ...asked, [name]: value, sheet: "1" }, view), { keep: name });
  };
  const choice = (name, entries) => {
    if (entries.length < 2 && asked[name] === "") return null;
    const select = element("select", { name, change: (event) => change(name, event.target.value) });
    options(select, [["", word(`page.all-${name}`)], ...entries], asked[name]);
    return element(
      "label",
      { class: asked[name] ? "set" : undefined },
      element("span", {}, word(`page.filter-${name}`)),
      select,
    );
  };
  const plain = (values) => values.map((value) => [value, value]);
  const arisen = [...new Set(rows.flatMap((row) => row.verdicts.map((of) => of.clause)))].sort(
    (a, b) => a - b,
  );
  const channels = [...new Set(rows.map((row) => row.channel ?? "none"))];
  const results = ["pass", "fail", "vetoed", "no-score", "before-in-force"].filter((result) =>
    rows.some((row) => row.result === result),
  );
  const range = (name) =>
    element("input", {
      type: "number",
      name,
      min: standard.floor,
      max: standard.ceiling,
      step: "any",
      value: asked[name],
      "aria-label": word(`page.score-${name}`),
      placeholder: number(name === "from" ? standard.floor : standard.ceiling),
      change: (event) => change(name, event.target.value),
    });
  let wait;
  const typed = (event) => {
    clearTimeout(wait);
    const { value } = event.target;
    wait = setTimeout(() => change("text", value), 250);
  };
  const fields = [
    choice(
      "clause",
      arisen.map((place) => [clauses[place].id, clauseName(clauses[place])]),
    ),
    choice("verdict", [
      ["problem", word("page.any-problem")],
      ...worstFirst.map((verdict) => [verdict, word(`verdict.${verdict}`)]),
    ]),
    choice(
      "result",
      results.map((result) => [result, word(`page.${result}`)]),
    ),
    choice("branch", plain(valuesOf("branch"))),
    choice("agent", plain(valuesOf("agent"))),
    choice(
      "channel",
      channels.map((channel) => [channel, word(`channel.${channel}`)]),
    ),
    choice(
      "week",
      valuesOf("week")
        .sort()
        .map((week) => [week, word("page.week-of", { week })]),
    ),
    element(
      "label",
      { class: asked.from || asked.to ? "set" : undefined },
      element("span", {}, word("page.filter-score")),
      range("from"),
      "–",
      range("to"),
    ),
  ];
  const find = element(
    "label",
    { class: "find" },
    element("span", {}, word("page.search")),
    element("input", {
      type: "search",
      name: "text",
      value: asked.text,
      placeholder: word("page.search-in"),
      input: typed,
    }),
  );
  return element(
    "form",
    { class: `filters ${view}`, role: "search", submit: (event) => event.preventDefault() },
    view === "list" || asked.text !== "" ? find : null,
    element(
      "details",
      { open: isSet || (view === "list" && innerWidth > 700) },
      element("summary", {}, word("page.filters")),
      element("div", { class: "fields" }, fields),
    ),
    isSet ? element("p", { class: "chosen" }, chosenWords(asked)) : null,
    isSet
      ? element(
          "a",
          {
            class: "clear",
            href: listAddress({ ...noOrder, sort: asked.sort, down: asked.down }, view),
          },
          word("page.clear"),
        )
      : null,
  );
}

// What is chosen, in words: paper has no filters.
function chosenWords(asked) {
  const shown = {
    clause: clausePlaces.has(asked.clause)
      ? clauseName(clauses[clausePlaces.get(asked.clause)])
      : asked.clause,
    verdict:
      asked.verdict === "problem"
        ? word("page.any-problem")
        : asked.verdict && word(`verdict.${asked.verdict}`),
    result: asked.result && word(`page.${asked.result}`),
    agent: asked.agent,
    branch: asked.branch,
    channel: asked.channel && word(`channel.${asked.channel}`),
    week: asked.week && word("page.week-of", { week: asked.week }),
    score:
      asked.from || asked.to
        ? word("page.score-range", {
            from: asked.from || number(standard.floor),
            to: asked.to || number(standard.ceiling),
          })
        : "",
    text: asked.text && word("page.quote", { text: asked.text }),
  };
  const parts = Object.values(shown).filter(Boolean);
  return parts.flatMap((part, place) => [place === 0 ? "" : " · ", quoted(part)]);
}

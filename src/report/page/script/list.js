// The list: the chosen conversations, a sheet of them at a time.

const sheetLength = 50;

function list(asked) {
  const chosen = sorted(chosenRows(asked), asked.sort, asked.down === "1");
  order = chosen;
  const sheets = Math.max(1, Math.ceil(chosen.length / sheetLength));
  const sheet = Math.min(Math.max(1, Math.trunc(Number(asked.sheet)) || 1), sheets);
  const shown = chosen.slice((sheet - 1) * sheetLength, sheet * sheetLength);
  return [
    element("h1", { tabindex: "-1" }, word("page.list")),
    filterBar(asked, "list"),
    element("p", { class: "count", role: "status" }, word("page.found", { count: number(chosen.length), all: number(rows.length) })),
    shown.length === 0 ? element("p", { class: "quiet" }, word("page.none-found")) : listTable(shown, asked),
    sheets > 1 ? sheetBar(sheet, sheets, asked) : null,
  ];
}

function listTable(shown, asked) {
  const head = (name, by) => {
    const isBy = by && asked.sort === by && (by !== "given" || asked.down === "1");
    const down = isBy ? asked.down !== "1" : by === "problems";
    const address = by && listAddress({ ...asked, sort: by, down: down ? "1" : "", sheet: "1" });
    const state = isBy ? (asked.down === "1" ? "descending" : "ascending") : undefined;
    const text = word(`page.column-${name}`);
    return element("th", { scope: "col", class: name, "aria-sort": state }, by ? element("a", { href: address }, text) : text);
  };
  const hasWho = rows.some((row) => row.agent || row.branch);
  const hasTime = rows.some((row) => row.started);
  return element(
    "table",
    { class: "list" },
    element("thead", {}, element("tr", {}, head("score", "score"), head("conversation", "given"), hasWho && head("agent", "agent"), hasTime && head("time", "time"), head("channel"), head("problems", "problems"))),
    element("tbody", {}, shown.map((row) => listRow(row, hasWho, hasTime))),
  );
}

function listRow(row, hasWho, hasTime) {
  const chips = [...row.problems]
    .sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))
    .map((of) => {
      const name = `${word(`verdict.${of.verdict}`)} ${clauseName(clauses[of.clause])}`;
      return element("li", { class: `chip ${of.verdict}`, title: name }, sign(of.verdict), clauses[of.clause].id, unseen(word(`verdict.${of.verdict}`)));
    });
  const who = [row.branch, row.agent].filter(Boolean).join(" · ");
  return element(
    "tr",
    {},
    element("td", { class: `score ${row.result}` }, row.score === null ? "–" : number(row.score, 1), element("small", {}, word(`page.${row.result}`))),
    element("th", { scope: "row", class: "conversation" }, element("a", { href: talkAddress(row), class: "open" }, quoted(row.id)), element("small", { class: "who" }, quoted(who))),
    hasWho && element("td", { class: "agent" }, quoted(who)),
    hasTime && element("td", { class: "time" }, quoted(row.started ?? "")),
    element("td", { class: "channel" }, word(`channel.${row.channel ?? "none"}`)),
    element("td", { class: "problems" }, chips.length > 0 ? element("ul", { class: "chips" }, chips) : element("span", { class: "quiet" }, word("page.nothing-found"))),
  );
}

function sheetBar(sheet, sheets, asked) {
  const step = (to, key) => {
    const text = word(key);
    const isThere = to >= 1 && to <= sheets;
    return isThere ? element("a", { href: listAddress({ ...asked, sheet: String(to) }), class: "step", "data-step": key }, text) : element("span", { class: "step" }, text);
  };
  return element(
    "nav",
    { class: "sheets", "aria-label": word("page.sheets") },
    step(sheet - 1, "page.previous"),
    element("span", {}, word("page.sheet", { sheet: number(sheet), sheets: number(sheets) })),
    step(sheet + 1, "page.next"),
  );
}

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
    return element("label", { class: asked[name] ? "set" : undefined }, element("span", {}, word(`page.filter-${name}`)), select);
  };
  const plain = (values) => values.map((value) => [value, value]);
  const arisen = [...new Set(rows.flatMap((row) => row.verdicts.map((of) => of.clause)))].sort((a, b) => a - b);
  const channels = [...new Set(rows.map((row) => row.channel ?? "none"))];
  const results = ["pass", "fail", "vetoed", "no-score", "before-in-force"].filter((result) => rows.some((row) => row.result === result));
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
    choice("clause", arisen.map((place) => [clauses[place].id, clauseName(clauses[place])])),
    choice("verdict", [["problem", word("page.any-problem")], ...worstFirst.map((verdict) => [verdict, word(`verdict.${verdict}`)])]),
    choice("result", results.map((result) => [result, word(`page.${result}`)])),
    choice("branch", plain(valuesOf("branch"))),
    choice("agent", plain(valuesOf("agent"))),
    choice("channel", channels.map((channel) => [channel, word(`channel.${channel}`)])),
    choice("week", valuesOf("week").sort().map((week) => [week, word("page.week-of", { week })])),
    element("label", { class: asked.from || asked.to ? "set" : undefined }, element("span", {}, word("page.filter-score")), range("from"), "–", range("to")),
  ];
  const find = element(
    "label",
    { class: "find" },
    element("span", {}, word("page.search")),
    element("input", { type: "search", name: "text", value: asked.text, placeholder: word("page.search-in"), input: typed }),
  );
  return element(
    "form",
    { class: `filters ${view}`, role: "search", submit: (event) => event.preventDefault() },
    view === "list" || asked.text !== "" ? find : null,
    element("details", { open: isSet || (view === "list" && innerWidth > 700) }, element("summary", {}, word("page.filters")), element("div", { class: "fields" }, fields)),
    isSet ? element("p", { class: "chosen" }, chosenWords(asked)) : null,
    isSet ? element("a", { class: "clear", href: listAddress({ ...noOrder, sort: asked.sort, down: asked.down }, view) }, word("page.clear")) : null,
  );
}

// What is chosen, in words: paper has no filters.
function chosenWords(asked) {
  const shown = {
    clause: clausePlaces.has(asked.clause) ? clauseName(clauses[clausePlaces.get(asked.clause)]) : asked.clause,
    verdict: asked.verdict === "problem" ? word("page.any-problem") : asked.verdict && word(`verdict.${asked.verdict}`),
    result: asked.result && word(`page.${asked.result}`),
    agent: asked.agent,
    branch: asked.branch,
    channel: asked.channel && word(`channel.${asked.channel}`),
    week: asked.week && word("page.week-of", { week: asked.week }),
    score: asked.from || asked.to ? word("page.score-range", { from: asked.from || number(standard.floor), to: asked.to || number(standard.ceiling) }) : "",
    text: asked.text && word("page.quote", { text: asked.text }),
  };
  const parts = Object.values(shown).filter(Boolean);
  return parts.flatMap((part, place) => [place === 0 ? "" : " · ", quoted(part)]);
}

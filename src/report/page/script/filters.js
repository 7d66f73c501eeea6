// What to choose conversations by. Every change goes through the address, so that going
// back undoes it, and a choice can be sent to somebody.

function filterBar(asked, view) {
  const isSet = Object.keys(noChoice).some((name) => asked[name] !== "");
  if (rows.length <= smallReport && !isSet) return null;
  const change = (name, value, more) => {
    const address = listAddress({ ...asked, [name]: value, sheet: "1" }, view);
    go(address, { keep: name, ...more });
  };
  const find = view === "list" || asked.text !== "" ? searchField(asked, change) : null;
  const fields = [
    Object.entries(choicesOf).map(([name, entries]) => choiceField(name, entries(), asked, change)),
    scoreField(asked, change),
  ];
  const none = listAddress({ sort: asked.sort, down: asked.down }, view);
  const clear = isSet ? element("a", { class: "clear", href: none }, word("page.clear")) : null;
  const chosen = isSet ? element("p", { class: "chosen" }, chosenWords(asked)) : null;
  const submit = (event) => event.preventDefault();
  const form = { class: `filters ${view}`, role: "search", submit };
  if (view === "list" && innerWidth > 700)
    return element("form", form, find, fields, clear, chosen);
  const summary = element("summary", {}, word("page.filters"));
  const folded = element("details", { open: isSet }, summary, element("div", {}, fields));
  return element("form", form, find, folded, clear, chosen);
}

const results = ["pass", "fail", "vetoed", "no-score", "before-in-force"];

// What can be chosen: values, and how each is called.
const choicesOf = {
  clause: () => {
    const arisen = new Set(rows.flatMap((row) => row.verdicts.map((of) => of.clause)));
    const places = [...arisen].sort((a, b) => a - b);
    return places.map((place) => [clauses[place].id, clauseName(clauses[place])]);
  },
  verdict: () => ["problem", ...worstFirst].map((name) => [name, valueName("verdict", name)]),
  result: () =>
    results
      .filter((result) => rows.some((row) => row.result === result))
      .map((result) => [result, valueName("result", result)]),
  branch: () => named("branch"),
  agent: () => named("agent"),
  business: () => named("business"),
  channel: () => named("channel"),
  tag: () => named("tags", "tag"),
  week: () => named("week").sort((a, b) => compare(a[0], b[0])),
};

// The different values of a field, by name.
function named(field, name = field) {
  const values = new Set(rows.flatMap((row) => row[field]).filter((value) => value !== null));
  const sorted = [...values].sort(compareNames);
  return sorted.map((value) => [value, valueName(name, value)]);
}

function valueName(name, value) {
  switch (name) {
    case "verdict":
      return word(value === "problem" ? "page.any-problem" : `verdict.${value}`);
    case "result":
      return word(`page.${value}`);
    case "channel":
      return word(`channel.${value}`);
    case "week":
      return word("page.week-of", { week: value });
    case "clause":
      return clausePlaces.has(value) ? clauseName(clauses[clausePlaces.get(value)]) : value;
    case "text":
      return word("page.quote", { text: value });
    default:
      return value;
  }
}

function choiceField(name, entries, asked, change) {
  if (entries.length < 2 && asked[name] === "") return null;
  const select = element("select", { name, change: (event) => change(name, event.target.value) });
  options(select, [["", word(`page.all-${name}`)], ...entries], asked[name]);
  return field(`page.filter-${name}`, asked[name] !== "", select);
}

function scoreField(asked, change) {
  const bound = (name, limit) =>
    element("input", {
      type: "number",
      name,
      min: standard.floor,
      max: standard.ceiling,
      step: "any",
      value: asked[name],
      "aria-label": word(`page.score-${name}`),
      placeholder: number(limit),
      change: (event) => change(name, event.target.value),
    });
  const isSet = asked.from !== "" || asked.to !== "";
  return field(
    "page.filter-score",
    isSet,
    bound("from", standard.floor),
    "–",
    bound("to", standard.ceiling),
  );
}

function field(key, isSet, ...children) {
  return element(
    "label",
    { class: isSet ? "set" : undefined },
    element("span", {}, word(key)),
    children,
  );
}

// Finds while one types, but never between two keys of a Chinese word: what an input
// method is at work on must stay where it is.
function searchField(asked, change) {
  let wait;
  const typed = (event) => {
    clearTimeout(wait);
    if (event.isComposing) return;
    const { value } = event.target;
    wait = setTimeout(() => change("text", value, { quietly: true }), 250);
  };
  const input = element("input", {
    type: "search",
    name: "text",
    value: asked.text,
    placeholder: word("page.search-in"),
    input: typed,
    compositionstart: () => clearTimeout(wait),
    compositionend: typed,
  });
  return element("label", { class: "find" }, element("span", {}, word("page.search")), input);
}

// What is chosen, in words: paper has no filters.
function chosenWords(asked) {
  const names = [...Object.keys(choicesOf), "text"].filter((name) => asked[name] !== "");
  const parts = names.map((name) => valueName(name, asked[name]));
  if (asked.from !== "" || asked.to !== "") {
    const from = asked.from || number(standard.floor);
    const to = asked.to || number(standard.ceiling);
    parts.push(word("page.score-range", { from, to }));
  }
  return parts.flatMap((part, place) => [place === 0 ? "" : " · ", quoted(part)]);
}

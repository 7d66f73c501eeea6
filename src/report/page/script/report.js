// The rows: one a conversation; which are chosen, and what they come to.

const verdictNames = ["met", "partial", "missed", "breached", "undecided"];
const worstFirst = ["breached", "missed", "partial", "undecided", "met"];
const standard = report.standard;
const clauses = standard.clauses;
const clausePlaces = new Map(clauses.map((clause, place) => [clause.id, place]));
const blocks = document.getElementsByClassName("block");

function isProblem(verdict) {
  return verdict === "breached" || verdict === "missed" || verdict === "partial";
}

// A clause that the standard doesn't have is known by its id alone.
function clausePlace(named) {
  if (typeof named === "number") return named;
  if (!clausePlaces.has(named)) {
    clausePlaces.set(named, clauses.length);
    const nothing = { zh: "", en: "" };
    clauses.push({
      id: named,
      kind: "obligation",
      title: nothing,
      when: nothing,
      points: 0,
      elements: [],
    });
  }
  return clausePlaces.get(named);
}

const rows = report.rows.map((row, place) => ({
  ...row,
  place,
  channel: row.channel ?? "none",
  result: resultOf(row),
  verdicts: row.verdicts.map(([named, verdict, points, missing]) => ({
    clause: clausePlace(named),
    verdict: verdictNames[verdict],
    points,
    missing,
  })),
}));
for (const row of rows) {
  row.problems = row.verdicts.filter((of) => isProblem(of.verdict));
}

// Each conversation's name in addresses: its id, and a number behind the second one
// that has the same id.
const rowsByKey = new Map();
for (const row of rows) {
  let key = row.id;
  for (let count = 2; rowsByKey.has(key); count += 1) key = `${row.id}~${count}`;
  row.key = key;
  rowsByKey.set(key, row);
}

function resultOf(row) {
  if (row.notes.includes("before-in-force")) return "before-in-force";
  if (row.vetoed) return "vetoed";
  if (row.score === null) return "no-score";
  return row.score >= standard.pass ? "pass" : "fail";
}

function blockOf(row) {
  return JSON.parse(blocks[row.place].textContent);
}

// Which rows a choice leaves: a clause, a verdict, a result …, each empty for all.
function chosenRows(choice) {
  const clause = choice.clause ? clausePlaces.get(choice.clause) : undefined;
  const verdict = (name) =>
    !choice.verdict || (choice.verdict === "problem" ? isProblem(name) : name === choice.verdict);
  const judged = (of) => (clause === undefined || of.clause === clause) && verdict(of.verdict);
  const from = choice.from === "" ? -Infinity : Number(choice.from);
  const to = choice.to === "" ? Infinity : Number(choice.to);
  const isIn = (score) =>
    (choice.from === "" && choice.to === "") || (score !== null && score >= from && score <= to);
  const isSaid = choice.text ? search(choice.text) : () => true;
  return rows.filter(
    (row) =>
      (!choice.agent || row.agent === choice.agent) &&
      (!choice.branch || row.branch === choice.branch) &&
      (!choice.business || row.business === choice.business) &&
      (!choice.tag || row.tags.includes(choice.tag)) &&
      (!choice.channel || row.channel === choice.channel) &&
      (!choice.week || row.week === choice.week) &&
      (!choice.result || row.result === choice.result) &&
      isIn(row.score) &&
      ((!choice.clause && !choice.verdict) || row.verdicts.some(judged)) &&
      isSaid(row),
  );
}

// Finds a text in what a row shows and in what was said. The blocks are searched as
// they are, JSON, and only one that may hold it is read.
function search(text) {
  const wanted = text.toLowerCase();
  const inJson = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&]/g, (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"));
  const pattern = new RegExp(inJson.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
  const holds = (said) => said !== null && said.toLowerCase().includes(wanted);
  return (row) =>
    [row.id, row.agent, row.branch, row.business, ...row.tags].some(holds) ||
    (pattern.test(blocks[row.place].textContent) &&
      blockOf(row).turns.some((turn) => holds(turn.text)));
}

const sorts = {
  given: (a, b) => a.place - b.place,
  score: (a, b) => (a.score ?? Infinity) - (b.score ?? Infinity),
  problems: (a, b) => a.problems.length - b.problems.length,
  time: (a, b) => compare(a.started ?? "", b.started ?? ""),
  agent: (a, b) => compareNames(a.agent ?? "", b.agent ?? ""),
};

function sorted(chosen, by, isDown) {
  const order = sorts[by] ?? sorts.given;
  return [...chosen].sort((a, b) => (isDown ? order(b, a) : order(a, b)) || a.place - b.place);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareNames(a, b) {
  return a.localeCompare(b, languages[language], { numeric: true });
}

function countBy(things, keyOf) {
  const counts = new Map();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
}

// What rows come to: by clause, by clerk or branch, by week, by score.

function scoresOf(chosen) {
  return chosen.map((row) => row.score).filter((score) => score !== null);
}

function sumOf(chosen) {
  const days = chosen
    .map((row) => row.day)
    .filter(Boolean)
    .sort();
  const results = countBy(chosen, (row) => row.result);
  const before = results.get("before-in-force") ?? 0;
  const unscored = results.get("no-score") ?? 0;
  const scored = chosen.length - before - unscored;
  const passed = results.get("pass") ?? 0;
  return {
    scored,
    ...meanOf(scoresOf(chosen)),
    count: chosen.length,
    passed,
    pass: shareOf(passed, scored),
    vetoed: results.get("vetoed") ?? 0,
    unscored,
    before,
    first: days[0],
    last: days[days.length - 1],
  };
}

// For each clause that arose: how often which verdict, the points that it cost, and
// how often which of its elements was missing. What must be said fails in a share of
// the conversations in which it was due; what mustn't be, in a share of all that were judged.
function sumClauses(chosen) {
  const judged = chosen.filter((row) => row.result !== "before-in-force").length;
  const sums = new Map();
  for (const row of chosen) {
    for (const of of row.verdicts) {
      if (!sums.has(of.clause)) sums.set(of.clause, emptySum(of.clause));
      const sum = sums.get(of.clause);
      sum[of.verdict] += 1;
      sum.points -= of.points;
      for (const element of of.missing) sum.lacking[element] = (sum.lacking[element] ?? 0) + 1;
    }
  }
  for (const sum of sums.values()) {
    sum.failed = sum.breached + sum.missed + sum.partial;
    sum.arose = sum.failed + sum.met;
    sum.rate = shareOf(sum.failed, sum.clause.kind === "prohibition" ? judged : sum.arose);
  }
  return [...sums.values()];
}

function emptySum(place) {
  const none = { met: 0, partial: 0, missed: 0, breached: 0, undecided: 0 };
  return { place, clause: clauses[place], ...none, points: 0, lacking: [] };
}

// The element that was missing most often, and how often.
function mostLacking(sum) {
  let most = null;
  sum.lacking.forEach((count, place) => {
    if (most === null || count > most.count) most = { element: sum.clause.elements[place], count };
  });
  return most;
}

// One sum for each clerk, branch … that is named, by name.
function sumGroups(chosen, field) {
  const groups = new Map();
  for (const row of chosen) {
    if (row[field] === null) continue;
    if (!groups.has(row[field])) groups.set(row[field], []);
    groups.get(row[field]).push(row);
  }
  const sums = [...groups].map(([name, members]) => ({
    name,
    ...sumOf(members),
    costly: costliest(members),
  }));
  return sums.sort((a, b) =>
    field === "week" ? compare(a.name, b.name) : compareNames(a.name, b.name),
  );
}

// The clause that cost a group most points.
function costliest(members) {
  return sumClauses(members)
    .filter((sum) => sum.points > 0)
    .reduce((most, sum) => (most === null || sum.points > most.points ? sum : most), null);
}

// How many scores lie in each tenth of what can be reached; the highest score itself
// belongs to the last.
function spreadOf(chosen) {
  const width = (standard.ceiling - standard.floor) / 10;
  const bins = Array.from({ length: 10 }, (_, place) => ({
    from: standard.floor + place * width,
    to: standard.floor + (place + 1) * width,
    count: 0,
  }));
  for (const score of scoresOf(chosen)) {
    const place = Math.floor((score - standard.floor) / width);
    bins[Math.min(Math.max(place, 0), 9)].count += 1;
  }
  return bins;
}

// Charts, drawn by hand: what one would rather look at than read. Each says in words
// what it shows; the numbers stand in it or in the table that it belongs to.

// On a narrow screen a chart is drawn narrower, so that its words stay legible.
function chartWidth() {
  return innerWidth < 700 ? 340 : 520;
}

// How many scores in which tenth; each bar leads to its conversations.
function spreadChart(chosen, addressOf) {
  const bins = spreadOf(chosen);
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const [width, height, foot, head] = [chartWidth(), 190, 24, 20];
  const step = width / bins.length;
  const high = (count) => (count / most) * (height - foot - head);
  const passAt = ((standard.pass - standard.floor) / (standard.ceiling - standard.floor)) * width;
  const bars = bins.map((bin, place) => {
    const last = place === bins.length - 1;
    const to = last ? bin.to : bin.to - 0.1;
    const range = word("page.score-range", {
      from: number(bin.from),
      to: number(to, last ? 0 : 1),
    });
    const label = word("page.bar", { range, count: number(bin.count) });
    const tall = high(bin.count);
    const parts = [
      drawn("rect", { class: "reach", x: place * step, y: 0, width: step, height: height - foot }),
      drawn("rect", {
        class: bin.to <= standard.pass ? "bar low" : "bar",
        x: place * step + 3,
        y: height - foot - tall,
        width: step - 6,
        height: tall,
      }),
      drawn(
        "text",
        { x: (place + 0.5) * step, y: height - foot - tall - 5, "text-anchor": "middle" },
        bin.count > 0 ? number(bin.count) : "",
      ),
    ];
    if (bin.count === 0) return drawn("g", { "aria-hidden": "true" }, parts);
    return drawn(
      "a",
      { href: addressOf(bin.from, to), "aria-label": label },
      drawn("title", {}, label),
      parts,
    );
  });
  const marks = bins
    .concat({ from: standard.ceiling })
    .map((bin, place) =>
      drawn(
        "text",
        {
          class: "axis",
          x: Math.min(Math.max(place * step, 6), width - 10),
          y: height - 6,
          "text-anchor": "middle",
        },
        number(bin.from),
      ),
    );
  return drawn(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-label": word("page.spread-alt", { pass: number(standard.pass) }),
    },
    bars,
    drawn("line", { class: "ground", x1: 0, x2: width, y1: height - foot, y2: height - foot }),
    drawn("line", { class: "pass", x1: passAt, x2: passAt, y1: 4, y2: height - foot }),
    drawn(
      "text",
      { class: "axis", x: passAt + 5, y: 13 },
      word("page.pass-mark", { pass: number(standard.pass) }),
    ),
    drawn("g", { "aria-hidden": "true" }, marks),
  );
}

// The mean of each week with its interval, and under it how many conversations.
function weekChart(weeks, addressOf) {
  const [width, height, foot, head] = [chartWidth(), 190, 24, 12];
  const bounds = weeks
    .flatMap((week) => [week.low ?? week.mean, week.high ?? week.mean])
    .filter((value) => value !== null);
  const low = Math.floor((Math.min(...bounds) - 2) / 5) * 5;
  const high = Math.ceil((Math.max(...bounds) + 2) / 5) * 5;
  const left = 34;
  const step = (width - left) / weeks.length;
  const x = (place) => left + (place + 0.5) * step;
  const y = (value) => head + ((high - value) / (high - low)) * (height - foot - head - 8);
  const grid = [];
  const every = high - low > 30 ? 10 : 5;
  for (let value = low; value <= high; value += every) {
    grid.push(
      drawn("line", { class: "grid", x1: left, x2: width, y1: y(value), y2: y(value) }),
      drawn(
        "text",
        { class: "axis", x: left - 6, y: y(value) + 4, "text-anchor": "end" },
        number(value),
      ),
    );
  }
  const scored = weeks
    .map((week, place) => ({ ...week, place }))
    .filter((week) => week.mean !== null);
  const path = scored.map((week) => `${x(week.place)},${y(week.mean)}`).join(" ");
  const named = Math.ceil(weeks.length / (width / 65)); // every so many weeks, or names would overlap
  const points = scored.map((week) => {
    const label = word("page.week-point", {
      week: week.name,
      mean: number(week.mean, 1),
      count: number(week.count),
    });
    return drawn(
      "a",
      { href: addressOf(week.name), "aria-label": label },
      drawn("title", {}, label),
      drawn("rect", {
        class: "reach",
        x: x(week.place) - step / 2,
        y: 0,
        width: step,
        height: height - foot,
      }),
      week.low === null
        ? null
        : drawn("line", {
            class: "whisker",
            x1: x(week.place),
            x2: x(week.place),
            y1: y(week.low),
            y2: y(week.high),
          }),
      drawn("circle", { class: "dot", cx: x(week.place), cy: y(week.mean), r: 4.5 }),
      drawn("text", { x: x(week.place) + 8, y: y(week.mean) - 7 }, number(week.mean, 1)),
    );
  });
  const names = weeks.map((week, place) =>
    place % named === 0
      ? drawn(
          "text",
          { class: "axis", x: x(place), y: height - 6, "text-anchor": "middle" },
          week.name.slice(5),
        )
      : null,
  );
  return drawn(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-label": word("page.weeks-alt"),
    },
    drawn("g", { "aria-hidden": "true" }, grid, names),
    drawn("polyline", { class: "trend", points: path }),
    points,
  );
}

// How a clause came out where it arose, the failures from the left.
function verdictBar(sum, most) {
  const [width, height] = [200, 14];
  let at = 0;
  const parts = ["breached", "missed", "partial", "met"].map((verdict) => {
    const wide = (sum[verdict] / most) * width;
    const part = drawn("rect", { class: `part ${verdict}`, x: at, y: 0, width: wide, height });
    at += wide;
    return part;
  });
  return drawn(
    "svg",
    {
      class: "stack",
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    parts,
  );
}

// A mean with its interval on the scale of scores, and where the mean of all lies.
function meanPlot(sum, all) {
  const [width, height] = [200, 18];
  const x = (score) =>
    6 + ((score - standard.floor) / (standard.ceiling - standard.floor)) * (width - 12);
  const middle = height / 2;
  return drawn(
    "svg",
    { class: "plot", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    drawn("line", {
      class: "grid",
      x1: x(standard.floor),
      x2: x(standard.ceiling),
      y1: middle,
      y2: middle,
    }),
    all.mean === null
      ? null
      : drawn("line", { class: "pass", x1: x(all.mean), x2: x(all.mean), y1: 1, y2: height - 1 }),
    sum.low === null
      ? null
      : drawn("line", {
          class: "whisker",
          x1: x(sum.low),
          x2: x(sum.high),
          y1: middle,
          y2: middle,
        }),
    sum.mean === null
      ? null
      : drawn("circle", {
          class: sum.low === null ? "dot few" : "dot",
          cx: x(sum.mean),
          cy: middle,
          r: 4,
        }),
  );
}

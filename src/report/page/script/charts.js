// Charts, drawn by hand: what one would rather look at than read. Each says in words
// what it shows; the numbers stand in it or in the table that it belongs to.

function rule(name, x1, y1, x2, y2) {
  return drawn("line", { class: name, x1, y1, x2, y2 });
}

function box(name, x, y, width, height) {
  return drawn("rect", { class: name, x, y, width, height });
}

// Words in a chart. What they say is in the names of the links, too.
function lettering(name, x, y, anchor, text) {
  return drawn("text", { class: name, x, y, "text-anchor": anchor, "aria-hidden": "true" }, text);
}

// A part of a chart that leads somewhere, and that says what it is.
function chartLink(address, label, ...parts) {
  return drawn("a", { href: address, "aria-label": label }, drawn("title", {}, label), parts);
}

function chart(label, width, height, ...parts) {
  const viewBox = `0 0 ${width} ${height}`;
  return drawn("svg", { class: "chart", viewBox, role: "group", "aria-label": label }, parts);
}

// On a narrow screen a chart is drawn narrower, so that its words stay legible.
function chartWidth() {
  return innerWidth < 700 ? 340 : 520;
}

// How many scores in which tenth; each bar leads to its conversations.
function spreadChart(chosen, addressOf) {
  const bins = spreadOf(chosen);
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const [width, height, head, ground] = [chartWidth(), 190, 20, 166];
  const step = width / bins.length;
  const reached = (standard.pass - standard.floor) / (standard.ceiling - standard.floor);
  const passAt = reached * width;
  const bars = bins.map((bin, place) => {
    if (bin.count === 0) return null;
    const isLast = place === bins.length - 1;
    const to = isLast ? bin.to : bin.to - 0.1;
    const from = number(bin.from);
    const range = word("page.score-range", { from, to: number(to, isLast ? 0 : 1) });
    const label = word("page.bar", { range, count: number(bin.count) });
    const tall = (bin.count / most) * (ground - head);
    const name = bin.to <= standard.pass ? "bar low" : "bar";
    return [
      chartLink(
        addressOf(bin.from, to),
        label,
        box("reach", place * step, 0, step, ground),
        box(name, place * step + 3, ground - tall, step - 6, tall),
      ),
      lettering("value", (place + 0.5) * step, ground - tall - 5, "middle", number(bin.count)),
    ];
  });
  const marks = [...bins.map((bin) => bin.from), standard.ceiling].map((score, place) => {
    const x = Math.min(Math.max(place * step, 6), width - 10);
    return lettering("axis", x, height - 6, "middle", number(score));
  });
  const pass = { pass: number(standard.pass) };
  return chart(
    word("page.spread-alt", pass),
    width,
    height,
    bars,
    rule("ground", 0, ground, width, ground),
    rule("pass", passAt, 4, passAt, ground),
    lettering("axis", passAt + 5, 13, "start", word("page.pass-mark", pass)),
    marks,
  );
}

// The mean of each week with its interval; each leads to its conversations.
function weekChart(weeks, addressOf) {
  const [width, height, head, ground, left] = [chartWidth(), 190, 12, 158, 34];
  const bounds = weeks.flatMap((week) => [week.low ?? week.mean, week.high ?? week.mean]);
  const low = Math.floor((Math.min(...bounds) - 2) / 5) * 5;
  const high = Math.ceil((Math.max(...bounds) + 2) / 5) * 5;
  const step = (width - left) / weeks.length;
  const x = (place) => left + (place + 0.5) * step;
  const y = (value) => head + ((high - value) / (high - low)) * (ground - head);
  const grid = [];
  for (let value = low; value <= high; value += high - low > 30 ? 10 : 5) {
    grid.push(rule("grid", left, y(value), width, y(value)));
    grid.push(lettering("axis", left - 6, y(value) + 4, "end", number(value)));
  }
  const path = weeks.map((week, place) => `${x(place)},${y(week.mean)}`).join(" ");
  const points = weeks.map((week, place) => {
    const [mean, count] = [number(week.mean, 1), number(week.count)];
    const [across, up] = [x(place), y(week.mean)];
    return [
      chartLink(
        addressOf(week.name),
        word("page.week-point", { week: week.name, mean, count }),
        box("reach", across - step / 2, 0, step, ground + 8),
        week.low === null ? null : rule("whisker", across, y(week.low), across, y(week.high)),
        drawn("circle", { class: "dot", cx: across, cy: up, r: 4.5 }),
      ),
      lettering("value", across + 8, up - 7, "start", mean),
    ];
  });
  // Only so many names find room.
  const every = Math.ceil(weeks.length / (width / 65));
  const names = weeks.map((week, place) =>
    place % every === 0
      ? lettering("axis", x(place), height - 6, "middle", week.name.slice(5))
      : null,
  );
  return chart(
    word("page.weeks-alt"),
    width,
    height,
    grid,
    names,
    drawn("polyline", { class: "trend", points: path }),
    points,
  );
}

// A small picture in a table, whose numbers stand beside it.
function inset(name, width, height, more, ...parts) {
  const viewBox = `0 0 ${width} ${height}`;
  return drawn("svg", { class: name, viewBox, "aria-hidden": "true", ...more }, parts);
}

// How a clause came out where it arose, the failures from the left.
function verdictBar(sum, most) {
  const [width, height] = [200, 14];
  let at = 0;
  const parts = ["breached", "missed", "partial", "met"].map((verdict) => {
    const part = box(`part ${verdict}`, at, 0, (sum[verdict] / most) * width, height);
    at += (sum[verdict] / most) * width;
    return part;
  });
  return inset("stack", width, height, { preserveAspectRatio: "none" }, parts);
}

// A mean with its interval on the scale of scores, and where the mean of all lies.
function meanPlot(sum, all) {
  const [width, height, edge] = [200, 18, 6];
  const scale = (width - 2 * edge) / (standard.ceiling - standard.floor);
  const x = (score) => edge + (score - standard.floor) * scale;
  const middle = height / 2;
  const dot = sum.low === null ? "dot few" : "dot";
  return inset(
    "plot",
    width,
    height,
    {},
    rule("grid", x(standard.floor), middle, x(standard.ceiling), middle),
    all.mean === null ? null : rule("pass", x(all.mean), 1, x(all.mean), height - 1),
    sum.low === null ? null : rule("whisker", x(sum.low), middle, x(sum.high), middle),
    sum.mean === null ? null : drawn("circle", { class: dot, cx: x(sum.mean), cy: middle, r: 4 }),
  );
}

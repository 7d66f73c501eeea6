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
    element(
      "p",
      { class: "count", role: "status" },
      word("page.found", { count: number(chosen.length), all: number(rows.length) }),
    ),
    shown.length === 0
      ? element("p", { class: "quiet" }, word("page.none-found"))
      : listTable(shown, asked),
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
    return element(
      "th",
      { scope: "col", class: name, "aria-sort": state },
      by ? element("a", { href: address }, text) : text,
    );
  };
  const hasWho = rows.some((row) => row.agent || row.branch);
  const hasTime = rows.some((row) => row.started);
  return element(
    "table",
    { class: "list" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        head("score", "score"),
        head("conversation", "given"),
        hasWho && head("agent", "agent"),
        hasTime && head("time", "time"),
        head("channel"),
        head("problems", "problems"),
      ),
    ),
    element(
      "tbody",
      {},
      shown.map((row) => listRow(row, asked.clause, hasWho, hasTime)),
    ),
  );
}

function listRow(row, clause, hasWho, hasTime) {
  const chips = [...row.problems]
    .sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))
    .map((of) => {
      const name = `${word(`verdict.${of.verdict}`)} ${clauseName(clauses[of.clause])}`;
      const { id } = clauses[of.clause];
      return element(
        "li",
        { class: `chip ${of.verdict}${id === clause ? " asked" : ""}`, title: name },
        sign(of.verdict),
        id,
        unseen(word(`verdict.${of.verdict}`)),
      );
    });
  const who = [row.branch, row.agent].filter(Boolean).join(" · ");
  return element(
    "tr",
    {},
    element(
      "td",
      { class: `score ${row.result}` },
      row.score === null ? "–" : number(row.score, 1),
      element("small", {}, word(`page.${row.result}`)),
    ),
    element(
      "th",
      { scope: "row", class: "conversation" },
      element("a", { href: talkAddress(row), class: "open" }, quoted(row.id)),
      element("small", { class: "who" }, quoted(who)),
    ),
    hasWho && element("td", { class: "agent" }, quoted(who)),
    hasTime && element("td", { class: "time" }, quoted(row.started ?? "")),
    element("td", { class: "channel" }, word(`channel.${row.channel}`)),
    element(
      "td",
      { class: "problems" },
      chips.length > 0 ? element("ul", { class: "chips" }, chips) : nothingFound(row),
    ),
  );
}

function sheetBar(sheet, sheets, asked) {
  const step = (to, key) => {
    const text = word(key);
    const isThere = to >= 1 && to <= sheets;
    return isThere
      ? element(
          "a",
          { href: listAddress({ ...asked, sheet: String(to) }), class: "step", "data-step": key },
          text,
        )
      : element("span", { class: "step" }, text);
  };
  return element(
    "nav",
    { class: "sheets", "aria-label": word("page.sheets") },
    step(sheet - 1, "page.previous"),
    element("span", {}, word("page.sheet", { sheet: number(sheet), sheets: number(sheets) })),
    step(sheet + 1, "page.next"),
  );
}

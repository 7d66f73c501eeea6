// What was told of all conversations together; not of those that are chosen, so it is
// left out where some are.

function acrossSections() {
  if (!report.across) return [];
  const { sentences, complaints } = report.across;
  const { alike, complaints: followed } = sentences[language];
  return [
    alike.length === 0
      ? null
      : section(
          "page.alike",
          element("p", { class: "quiet" }, word("page.alike-why")),
          alike.map((told) => element("p", { class: "told" }, told)),
        ),
    followed.length === 0
      ? null
      : section(
          "page.complaints",
          element(
            "ul",
            { class: "told" },
            followed.map((told) => element("li", {}, told)),
          ),
          complaints.length === 0
            ? null
            : element(
                "details",
                {},
                element("summary", {}, word("page.listed", { count: number(complaints.length) })),
                complaintTable(complaints),
              ),
        ),
  ];
}

function complaintTable(complaints) {
  const heads = ["standing", "complaint", "day", "raised", "agent", "took"];
  const cells = complaints.map((of) => [
    word(`standing.${of.standing}`),
    quoted(of.key),
    of.day ?? "",
    rowsByKey.has(of.raised)
      ? element("a", { href: talkAddress(rowsByKey.get(of.raised)) }, quoted(of.raised))
      : quoted(of.raised),
    quoted([of.branch, of.agent].filter(Boolean).join(" · ")),
    of.took === null ? "" : word("page.days", { count: number(of.took) }),
  ]);
  return element(
    "table",
    { class: "complaints" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        heads.map((name) => element("th", { scope: "col" }, word(`page.column-${name}`))),
      ),
    ),
    element(
      "tbody",
      {},
      cells.map((row) =>
        element(
          "tr",
          {},
          row.map((cell) => element("td", {}, cell)),
        ),
      ),
    ),
  );
}

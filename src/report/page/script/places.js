// From a verdict to the words that prove it, and back.

// Shows the verdict or the turn that the address names, and where it is proved.
function showPlace(row, place, mark) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (place === undefined) return;
  const turn = /^t\d+$/.test(place) && document.getElementById(place);
  if (turn) {
    const marks = mark
      ? [...turn.querySelectorAll("mark")].filter((one) =>
          one.dataset.marks.split(" ").includes(mark),
        )
      : [];
    for (const one of marks) one.classList.add("lit");
    turn.classList.add("lit");
    reveal(turn);
    return;
  }
  const verdict = [...document.querySelectorAll("[data-clause]")].find(
    (one) => one.dataset.clause === place,
  );
  if (!verdict) return;
  verdict.classList.add("lit");
  const prefix = `m-${verdict.id.slice(2)}-`;
  for (const one of document.querySelectorAll("mark")) {
    if (one.dataset.marks.split(" ").some((name) => name.startsWith(prefix)))
      one.classList.add("lit");
  }
  const column = verdict.closest(".verdicts");
  if (getComputedStyle(column).position === "sticky") {
    // Verdicts scroll by themselves, and the page goes to where it is proved.
    verdict.focus({ preventScroll: true });
    column.scrollTop = verdict.offsetTop - column.offsetTop - 12;
    const of = blockOf(row).verdicts[verdict.id.slice(2)];
    bringUp(
      document.querySelector("mark.lit") ?? document.getElementById(`t${of.occasions[0].trigger}`),
    );
  } else {
    reveal(verdict);
  }
}

function reveal(node) {
  node.focus({ preventScroll: true });
  bringUp(node);
}

function bringUp(node) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

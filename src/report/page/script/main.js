// What is shown, and what keys do.

// The conversations in the order of the list last seen, and what was asked of it:
// what "next" and "back" mean while one of them is open.
let order = rows;
let lastAsked = { ...noChoice, ...noOrder };
let open = null; // the conversation that is shown, if one is
let markAsked = null; // the very words that were clicked on the way to a turn

const smallReport = 12;
const main = element("main", { id: "main" });

function go(address, { keep, quietly } = {}) {
  focusNext = keep ?? null;
  if (quietly) {
    history.replaceState(null, "", address);
    show();
  } else {
    location.hash = address;
  }
}
let focusNext = null;

function show() {
  const address = readAddress(location.hash);
  const row = address.view === "talk" ? rowsByKey.get(address.key) : undefined;
  if (row && row === open) {
    showPlace(row, address.place, markAsked);
    markAsked = null;
    return;
  }
  const before = open;
  open = null;
  if (row || (address.view === "start" && rows.length === 1)) {
    open = row ?? rows[0];
    if (!order.includes(open)) order = rows;
    fill(talk(open), "list", open.id);
    keepChoice(lastAsked);
    if (address.place !== undefined) showPlace(open, address.place, null);
    else settle(main.querySelector("h1"));
    return;
  }
  if (address.view === "talk") {
    fill([element("h1", { tabindex: "-1" }, word("page.no-such", { id: address.key }))], "", "");
    return;
  }
  const asked = address.asked ?? { ...noChoice, ...noOrder };
  const isList =
    address.view === "list" || (address.view === "start" && rows.length <= smallReport);
  if (isList) lastAsked = asked;
  keepChoice(asked);
  fill(
    isList ? list(asked) : overview(asked),
    isList ? "list" : "overview",
    word(isList ? "page.list" : "page.overview"),
  );
  const kept = focusNext && main.querySelector(`[name="${focusNext}"]`);
  focusNext = null;
  if (kept) {
    kept.focus({ preventScroll: true });
    if (kept.type === "search") kept.setSelectionRange(kept.value.length, kept.value.length);
  } else if (isList && before) {
    const link = [...main.querySelectorAll("a.open")].find(
      (one) => one.hash === talkAddress(before),
    );
    link?.focus();
    link?.scrollIntoView({ block: "center" });
  } else {
    settle(main.querySelector("h1"));
  }
}

// The overview and the list are of the same conversations: what is chosen in one is
// chosen in the other.
function keepChoice(asked) {
  for (const link of document.querySelectorAll("header.top nav a")) {
    link.setAttribute("href", listAddress({ ...asked, ...noOrder }, link.dataset.view));
  }
}

function settle(heading) {
  scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
}

function fill(children, view, title) {
  main.replaceChildren(...children.flat().filter(Boolean));
  main.className = open ? "one" : view;
  document.title = `${title} – ${choose(standard.title)}`;
  for (const link of document.querySelectorAll("header.top nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function frame() {
  document.documentElement.lang = languages[language];
  const link = (view, address) =>
    element("a", { href: address, "data-view": view }, word(`page.${view}`));
  const button = (key, click, more = {}) =>
    element("button", { type: "button", click, ...more }, word(key));
  const other = language === "zh" ? "en" : "zh";
  const top = element(
    "header",
    { class: "top" },
    element(
      "p",
      { class: "name" },
      choose(standard.title),
      element("small", {}, standard.identity),
    ),
    rows.length > 1
      ? element(
          "nav",
          { "aria-label": word("page.parts") },
          link("overview", "#/"),
          link("list", "#/list"),
        )
      : null,
    element(
      "div",
      { class: "switches" },
      element(
        "button",
        { type: "button", lang: languages[other], click: () => speak(other) },
        report.words[other]["page.this-language"],
      ),
      button(theme() === "dark" ? "page.light" : "page.dark", switchTheme),
      button("page.print", () => print()),
      button("page.keys", () => keysDialog.showModal(), { class: "keys" }),
    ),
  );
  const keys = ["/", "j k", "Enter", "Esc", "n p"].map((key) => [
    element(
      "dt",
      {},
      key.split(" ").map((one) => element("kbd", {}, one)),
    ),
    element("dd", {}, word(`page.key-${keyNames[key]}`)),
  ]);
  keysDialog = element(
    "dialog",
    { class: "keys", "aria-label": word("page.keys") },
    element("h2", {}, word("page.keys")),
    element("dl", {}, keys),
    element("form", { method: "dialog" }, element("button", {}, word("page.close"))),
  );
  document.getElementById("page").replaceChildren(
    element(
      "a",
      {
        class: "skip",
        href: "#main",
        click: (event) => {
          event.preventDefault();
          settle(main.querySelector("h1"));
        },
      },
      word("page.skip"),
    ),
    top,
    main,
    keysDialog,
  );
}
let keysDialog;
const keyNames = { "/": "search", "j k": "next", Enter: "open", Esc: "back", "n p": "finding" };

function speak(other) {
  language = other;
  remember("language", other);
  redraw();
}

function redraw() {
  open = null;
  frame();
  show();
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

let worn = null;

function theme() {
  return worn ?? remembered("theme") ?? (prefersDark.matches ? "dark" : "light");
}

function wear(name) {
  worn = name;
  document.documentElement.dataset.theme = name;
  redraw();
}

function switchTheme() {
  const other = theme() === "dark" ? "light" : "dark";
  remember("theme", other);
  wear(other);
}

// In the list, the rows; in a conversation, the conversations.
function step(by) {
  if (open) {
    const next = order[order.indexOf(open) + by];
    if (next) location.hash = talkAddress(next);
    return;
  }
  const links = [...main.querySelectorAll("a.open")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  if (next) {
    next.focus();
    next.closest("tr").scrollIntoView({ block: "nearest" });
  } else if (links.length > 0) {
    main.querySelector(`a[data-step="${by > 0 ? "page.next" : "page.previous"}"]`)?.click();
  }
}

function stepFinding(by) {
  const findings = [...main.querySelectorAll("article.finding")];
  const at = findings.findIndex((one) => one.classList.contains("lit"));
  const next = findings[at < 0 ? (by > 0 ? 0 : findings.length - 1) : at + by];
  if (open && next) location.hash = talkAddress(open, next.dataset.clause);
}

const actions = {
  "/": () => {
    if (open || !main.querySelector("input[type=search]")) {
      location.hash = listAddress(lastAsked);
      focusNext = "text";
    } else {
      main.querySelector("input[type=search]").focus();
    }
  },
  j: () => step(1),
  k: () => step(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  "?": () => keysDialog.showModal(),
  Escape: () => {
    if (open && rows.length > 1) location.hash = listAddress(lastAsked);
  },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keysDialog.open) return;
  const writes = event.target.closest?.("input, select, textarea");
  if (writes && event.key === "Escape") {
    writes.blur();
    return;
  }
  if (writes || !(event.key in actions)) return;
  event.preventDefault();
  actions[event.key]();
});

main.addEventListener("click", (event) => {
  const piece = event.target.closest?.("[data-mark]");
  markAsked = piece ? piece.dataset.mark : null;
  const marked = event.target.closest?.("mark");
  if (marked && getSelection().isCollapsed) location.hash = marked.dataset.to;
  // An address that is there already changes nothing; the reader wants to see it again.
  const link = event.target.closest?.("a[href]");
  if (link && open && link.hash === location.hash) show();
});

addEventListener("hashchange", show);
prefersDark.addEventListener("change", () => {
  if (remembered("theme") === null) wear(prefersDark.matches ? "dark" : "light");
});

wear(theme());

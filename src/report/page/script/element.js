// Elements. What a transcript says only ever becomes the text of a node or the value
// of an attribute that holds text.

function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

// Words from a transcript: whatever their writing direction, it ends with them.
function quoted(text) {
  return element("bdi", {}, text);
}

// How a verdict looks where there is no room for its name.
const signs = { breached: "✕", missed: "○", partial: "◐", met: "✓", undecided: "?" };

function sign(verdict) {
  return element("span", { class: `sign ${verdict}`, "aria-hidden": "true" }, signs[verdict]);
}

function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

function options(select, entries, chosen) {
  for (const [value, text] of entries) {
    select.append(element("option", { value, selected: value === chosen }, text));
  }
  return select;
}

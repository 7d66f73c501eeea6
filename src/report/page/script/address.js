// Where in the page one is. The address says all of it, so that it can be kept, sent,
// and gone back to:
//
//   #/                     the overview            #/?branch=…        of a branch
//   #/list?clause=9.5      the list, filtered
//   #a01                   a conversation          #a01/9.5  #a01/t7  at a clause, a turn

const noChoice = {
  clause: "",
  verdict: "",
  result: "",
  agent: "",
  branch: "",
  business: "",
  channel: "",
  week: "",
  tag: "",
  from: "",
  to: "",
  text: "",
};
const noOrder = { sort: "given", down: "", sheet: "1" };

function readAddress(hash) {
  const [path, query] = hash.replace(/^#/, "").split("?");
  if (path === "" || path.startsWith("/")) {
    const asked = { ...noChoice, ...noOrder };
    for (const [name, value] of new URLSearchParams(query ?? "")) {
      if (name in asked) asked[name] = value;
    }
    return { view: path === "/list" ? "list" : path === "" ? "start" : "overview", asked };
  }
  const [key, place] = path.split("/").map(decoded);
  return { view: "talk", key, place };
}

function listAddress(asked, view = "list") {
  const given = { ...noChoice, ...noOrder };
  const query = new URLSearchParams();
  for (const name in given) {
    if (asked[name] !== undefined && asked[name] !== given[name]) query.set(name, asked[name]);
  }
  const path = view === "list" ? "#/list" : "#/";
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

function talkAddress(row, place) {
  const key = encodeURIComponent(row.key);
  return place === undefined ? `#${key}` : `#${key}/${encodeURIComponent(place)}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

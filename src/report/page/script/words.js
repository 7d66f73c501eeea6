// The words, in the language that the page is switched to.
//
// A sentence has places, {name}; where there is nothing to put in one of them, the
// sentence under the same key with -bare behind it is used instead, if there is one.

const report = JSON.parse(document.getElementById("report").textContent);

const languages = { zh: "zh-CN", en: "en" };
let language = remembered("language") in languages ? remembered("language") : report.lang;

function word(key, values = {}) {
  const words = report.words[language];
  const template = words[key] ?? key;
  const places = [...template.matchAll(/\{([a-z-]+)\}/g)].map((match) => match[1]);
  const lacks = (place) => values[place] === undefined || values[place] === "";
  const bare = places.some(lacks) ? words[key + "-bare"] : undefined;
  return (bare ?? template).replace(/\{([a-z-]+)\}/g, (whole, place) =>
    values[place] === undefined ? whole : String(values[place]),
  );
}

function hasWord(key) {
  return key in report.words[language];
}

// A text of the standard, in this language or the other where it isn't written.
function choose(text) {
  return text[language] || text.zh || text.en;
}

function number(value, digits = 0) {
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString(languages[language], form);
}

// Points are written as they are, to the second place at most.
function points(value) {
  return value.toLocaleString(languages[language], { maximumFractionDigits: 2 });
}

function percent(share, digits = 0) {
  return word("page.percent", { number: number(share * 100, digits) });
}

function remembered(name) {
  try {
    return localStorage.getItem("liyan-" + name);
  } catch {
    return null; // a browser may forbid a file to remember anything
  }
}

function remember(name, value) {
  try {
    localStorage.setItem("liyan-" + name, value);
  } catch {
    // then it is forgotten
  }
}

// The page in a browser: what people do with it, and what a transcript can't do to it.

import { test } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { month, open, report, root } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const roleplay = join(root, "corpora/roleplay");
const hostile = join(root, "tests/browser/talk/hostile.jsonl");
const headed = (page, text) =>
  page.waitForFunction((text) => document.querySelector("h1").textContent === text, text);
const texts = (page, selector) => page.locator(selector).allTextContents();

test("a filter leaves what it says, and going back takes it off", async () => {
  const { page, close } = await open(`${report(month())}#/list`);
  const all = await page.textContent("p.count");
  await page.selectOption("select[name=clause]", "14.2");
  await page.selectOption("select[name=verdict]", "missed");
  await page.selectOption("select[name=agent]", "王敏");
  const chips = await page
    .locator("table.list tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector("td.agent").textContent,
        [...row.querySelectorAll(".chip.missed")].some((chip) => chip.textContent.includes("14.2")),
      ]),
    );
  assert.ok(chips.length > 0);
  assert.deepEqual(new Set(chips.map(String)), new Set(["城南 · 王敏,true"]));
  await page.fill("input[name=from]", "90");
  await page.locator("input[name=from]").blur();
  const scores = (await texts(page, "td.score")).map((text) => parseFloat(text));
  assert.ok(
    scores.every((score) => score >= 90),
    String(scores),
  );
  for (let steps = 0; steps < 4; steps += 1) await page.goBack();
  assert.equal(await page.textContent("p.count"), all);
  await close();
});

test("a search finds what was said, and keys do the rest", async () => {
  const { page, close } = await open(`${report(month())}#/list`);
  await page.keyboard.press("/");
  await page.keyboard.type("身份证");
  await page.waitForFunction(() => location.hash.includes("text="));
  const ids = await texts(page, "a.open");
  assert.ok(ids.length > 2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await headed(page, ids[1]);
  assert.match(await page.textContent("section.talk"), /身份证/);
  await page.keyboard.press("j");
  await headed(page, ids[2]);
  await page.keyboard.press("Escape");
  await headed(page, "对话");
  assert.deepEqual(await texts(page, "a.open"), ids);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), ids[2]);
  await close();
});

test("a search waits for an input method to end its word", async () => {
  const { page, close } = await open(`${report(month())}#/list`);
  const all = await page.textContent("p.count");
  const compose = (type, isComposing) =>
    page.evaluate(
      ([type, isComposing]) => {
        const input = document.querySelector("input[type=search]");
        input.value = "身份证";
        input.dispatchEvent(new InputEvent(type, { isComposing, bubbles: true }));
      },
      [type, isComposing],
    );
  await page.clock.install();
  await compose("input", true);
  await page.clock.runFor(5000);
  assert.equal(await page.textContent("p.count"), all);
  await compose("compositionend", false);
  await page.clock.runFor(5000);
  await page.waitForFunction((all) => document.querySelector("p.count").textContent !== all, all);
  assert.equal(await page.inputValue("input[type=search]"), "身份证");
  await close();
});

test("a sort orders, and the other way round", async () => {
  const { page, close } = await open(`${report(month())}#/list`);
  const scores = async () => (await texts(page, "td.score")).map((text) => parseFloat(text));
  await page.click("th.score a");
  const up = await scores();
  assert.deepEqual(
    up,
    [...up].sort((a, b) => a - b),
  );
  await page.click("th.score a");
  const down = await scores();
  assert.deepEqual(
    down,
    [...down].sort((a, b) => b - a),
  );
  assert.equal(await page.getAttribute("th.score", "aria-sort"), "descending");
  await close();
});

test("evidence is marked where it stands, and leads to its verdict and back", async () => {
  const { page, close } = await open(`${report(hostile)}#plain`);
  const marked = await page.locator("#t4 mark").allTextContents();
  assert.deepEqual(marked, ["对不起", "您还缺租房合同"]);
  await page.click('article[data-clause="9.5"] a.piece >> nth=1');
  assert.equal(await page.evaluate(() => document.activeElement.id), "t4");
  assert.deepEqual(await texts(page, "mark.lit"), ["您还缺租房合同"]);
  await page.click("#t4 a.tag");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.clause), "9.5");
  assert.deepEqual(await texts(page, "mark.lit"), ["对不起", "您还缺租房合同"]);
  assert.match(page.url(), /#plain\/9\.5$/);
  const lacks = await texts(page, 'article[data-clause="9.5"] li.lacks');
  assert.deepEqual(lacks, ["×没说 说明依据", "×没说 对白跑一趟、添麻烦表示歉意"]);
  assert.deepEqual(await texts(page, 'article[data-clause="9.5"] .say q'), [
    "根据规定",
    "让您白跑一趟了",
  ]);
  await close();
});

test("a deep link opens a conversation, and a wrong one says so", async () => {
  const { page, close } = await open(`${report(hostile)}#plain/t5`);
  assert.equal(await page.evaluate(() => document.activeElement.id), "t5");
  await page.evaluate(() => (location.hash = "#nobody"));
  await headed(page, "报告里没有对话“nobody”");
  await close();
});

test("the language and the theme are switched and remembered", async () => {
  const { page, close } = await open(`${report(month())}#m0`, { colorScheme: "dark" });
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.click("text=浅色");
  assert.notEqual(await paper(), dark);
  await page.click("text=English");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.textContent("h1"), "m0");
  assert.match(await page.textContent(".turn.staff .role"), /^staff/);
  assert.doesNotMatch(await page.textContent("header.top"), /概览|打印/);
  await page.reload();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.notEqual(await paper(), dark);
  await page.click("text=中文");
  assert.match(await page.textContent("header.top"), /概览/);
  await close();
});

test("on paper a conversation is a sheet to sign", async () => {
  const { page, close } = await open(`${report(hostile)}#plain/9.5`, { colorScheme: "dark" });
  const shown = (selector) => page.locator(selector).first().isVisible();
  assert.deepEqual(
    [await shown(".signatures"), await shown(".decide"), await shown(".steps")],
    [false, false, true],
  );
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(
    [
      await shown(".signatures"),
      await shown(".decide"),
      await shown(".steps"),
      await shown(".switches"),
    ],
    [true, true, false, false],
  );
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(35, 38, 43)");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await close();
});

test("what a transcript holds is text, everywhere", async () => {
  const [said] = readFileSync(hostile, "utf8")
    .split("\n")
    .map((line) => line && JSON.parse(line));
  for (const view of [
    "",
    "#/",
    "#/list",
    `#${encodeURIComponent(said.id)}`,
    "#/list?text=%3Cscript%3E",
  ]) {
    const { page, close } = await open(report(hostile) + view);
    const counts = await page.evaluate(() =>
      ["b", "i", "u", "img", "#page script", "iframe"].map(
        (name) => document.querySelectorAll(name).length,
      ),
    );
    assert.deepEqual(counts, [0, 0, 0, 0, 0, 0], view);
    assert.doesNotMatch(await page.title(), /taken/);
    const shown = await page.textContent("#page");
    assert.ok(
      [said.id, said.branch].some((text) => shown.includes(text)),
      view,
    );
    await close();
  }
  const { page, close } = await open(`${report(hostile)}#${encodeURIComponent(said.id)}`);
  assert.equal(await page.textContent("#t1 p"), said.turns[1].text);
  const hidden = said.turns[2].text
    .replace(/[\u202e\u202c]/g, "�")
    .replace("\u0000", "␀")
    .replace("\u001b", "␛");
  assert.equal((await page.textContent("#t2 p")).replace("31.1", ""), hidden);
  assert.doesNotMatch(await page.textContent("#page"), /[\u0000\u001b\u2028\u202e\ufeff]/);
  const own = await page.evaluate(() => [...document.scripts].map((script) => script.type));
  assert.deepEqual(new Set(own), new Set(["module", "application/json"]));
  await close();
});

test("one conversation is opened at once, a few are listed, many are summed up", async () => {
  for (const [paths, heading] of [
    [[join(roleplay, "02-papers-missing.txt")], "购房提取缺发票"],
    [[roleplay], "对话"],
    [[month()], "概览"],
  ]) {
    const { page, close } = await open(report(...paths));
    assert.equal(await page.textContent("h1"), heading);
    await close();
  }
});

test("the overview sums up what the list holds", async () => {
  const { page, close } = await open(report(month()));
  const count = await page.evaluate(() =>
    Number(document.querySelector(".figures dd").firstChild.data.replace(",", "")),
  );
  const bars = await page
    .locator(".chart >> nth=0")
    .locator("a")
    .evaluateAll((links) =>
      links.map((link) =>
        Number(
          link
            .getAttribute("aria-label")
            .match(/：([\d,]+) 段/)[1]
            .replace(",", ""),
        ),
      ),
    );
  assert.equal(
    bars.reduce((sum, bar) => sum + bar, 0),
    count,
  );
  const names = await texts(page, "table.groups th[scope=row]");
  assert.deepEqual(names, ["城北", "城南", "陈洁", "李静", "王敏", "张强"]);
  const counts = await texts(page, "table.groups td.count");
  await page.click("table.groups >> text=王敏");
  await headed(page, "对话");
  const found = await page.textContent("p.count");
  assert.ok(found.includes(`选出 ${counts[4]} 段`), found);
  // What is chosen in one view is chosen in the other.
  await page.click("header.top >> text=概览");
  await headed(page, "概览");
  assert.equal(await page.inputValue("select[name=agent]"), "王敏");
  assert.ok((await page.textContent(".figures dd")).startsWith(counts[4]));
  await close();
});

test("without a script the page says what it needs", async () => {
  const { page, close } = await open(report(roleplay), { javaScriptEnabled: false });
  assert.match(await page.textContent("noscript"), /脚本.*script/s);
  await close();
});

for (const width of [1280, 390]) {
  test(`nothing is wider than ${width} pixels, and axe finds nothing serious`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const view of ["#/", "#/list", "#m1", "#m2/14.2"]) {
        // The checker is let in by the test alone; the page's own policy would refuse it.
        const { page, close } = await open(report(month()) + view, {
          width,
          colorScheme,
          bypassCSP: true,
        });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${view} is ${over} too wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        const found = violations.map(
          (one) => `${one.impact} ${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`,
        );
        assert.deepEqual(found, [], `${view} ${colorScheme}`);
        await close();
      }
    }
  });
}

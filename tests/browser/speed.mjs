// How long a large page takes: node speed.mjs PAGE.html
//
// In milliseconds, each the middle of five: until it stands, until a filter and a search
// are drawn, a conversation is open, and the longest frame while the list is scrolled.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const address = pathToFileURL(resolve(process.argv[2])).href;
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const times = { open: [], filter: [], search: [], conversation: [], scroll: [] };

// Does something in the page and waits until it is drawn.
const drawn = (page, act, argument) =>
  page.evaluate(
    async ([act, argument]) => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const before = performance.now();
      new Function("argument", act)(argument);
      await frame();
      await frame();
      return performance.now() - before;
    },
    [act, argument],
  );

for (let round = 0; round < 5; round += 1) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const before = performance.now();
  await page.goto(address);
  await page.waitForSelector("h1");
  times.open.push(performance.now() - before);
  await page.goto(`${address}#/list`);
  await page.waitForSelector("table.list tbody tr");
  const choose = `
    const field = document.querySelector(argument.field);
    field.value = argument.value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));`;
  times.filter.push(await drawn(page, choose, { field: "select[name=clause]", value: "14.2" }));
  const words = { field: "input[type=search]", value: "身份证" };
  const searched = performance.now();
  await drawn(page, choose, words);
  await page.waitForFunction(() => location.hash.includes("text="));
  times.search.push(performance.now() - searched);
  times.scroll.push(
    await page.evaluate(async () => {
      let longest = 0;
      let last = performance.now();
      for (let step = 0; step < 60; step += 1) {
        scrollBy(0, 600);
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }
      return longest;
    }),
  );
  await page.evaluate(() => scrollTo(0, 0));
  const opened = performance.now();
  await page.locator("a.open").first().click();
  await page.waitForSelector("section.talk");
  times.conversation.push(performance.now() - opened);
  await page.close();
}
for (const [name, all] of Object.entries(times)) {
  console.log(name, Math.round(all.sort((a, b) => a - b)[2]));
}
await browser.close();

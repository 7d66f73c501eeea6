// The pictures in docs/images, made anew: node pictures.mjs MONTH.html ROLEPLAY.html FOLDER
//
// Make them small afterwards: pngquant --force --ext .png 64 FOLDER/*.png
//
// The pages are of a month (`liyan generate`, `liyan check --format html`) and of
// corpora/roleplay/02-papers-missing.txt.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [month, roleplay, folder] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

async function picture(
  name,
  file,
  hash,
  { lang = "zh", width = 1280, height = 860, dark = false, from = "h1" } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  await page.addInitScript((lang) => localStorage.setItem("liyan-language", lang), lang);
  await page.goto(pathToFileURL(resolve(file)).href + hash);
  await page.waitForSelector("h1");
  if (from !== "h1") {
    await page.locator(from).first().evaluate((element) => {
      element.closest("section").scrollIntoView();
    });
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

// What stands below the clauses: whether all are served alike, complaints, branches.
for (const lang of ["zh", "en"]) {
  await picture(`across.${lang}`, month, "#/", { lang, height: 760, from: "p.told" });
}
const phone = { width: 390, height: 844 };
for (const lang of ["zh", "en"]) {
  await picture(`overview.${lang}`, month, "#/", { lang, height: 1060 });
  await picture(`conversation.${lang}`, roleplay, "", { lang });
  await picture(`list.${lang}`, month, "#/list?clause=9.5&verdict=problem&sort=score", {
    lang,
    dark: true,
    height: 700,
  });
}
await picture("phone-overview", month, "#/", phone);
await picture("phone-list", month, "#/list?clause=9.5&verdict=problem&sort=score", phone);
await picture("phone-conversation", roleplay, "", { ...phone, dark: true });
await browser.close();

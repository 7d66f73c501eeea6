// A browser, and pages made by the program for it to open.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");

const built = ["release", "debug"].map((profile) => join(root, "target", profile, "liyan"));
const program = process.env.LIYAN ?? built.find(existsSync);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const offline = ["background-networking", "component-update", "sync"].map(
  (name) => `--disable-${name}`,
);

let browser;
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "liyan-"));
  browser = await chromium.launch({ executablePath, args: [...quiet, ...offline] });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// The address of the page about some transcripts. A page is made once.
const made = new Map();
export function report(...paths) {
  const key = paths.join(" ");
  if (!made.has(key)) {
    const out = join(folder, `${made.size}.html`);
    execFileSync(program, [
      "check",
      ...paths,
      "--format",
      "html",
      "--out",
      out,
      "--quiet",
      "--lang",
      "zh",
    ]);
    made.set(key, out);
  }
  return pathToFileURL(made.get(key)).href;
}

// A month of the roleplays and the labelled talk, by four clerks in two branches.
export function month() {
  const out = join(folder, "month.jsonl");
  if (existsSync(out)) return out;
  const talk = join(root, "corpora/labelled/develop/counter-everyday.jsonl");
  const lines = readFileSync(talk, "utf8").trim().split("\n");
  const clerks = [
    ["王敏", "城南"],
    ["李静", "城南"],
    ["张强", "城北"],
    ["陈洁", "城北"],
  ];
  const held = lines.concat(lines, lines).map((line, place) => {
    const [agent, branch] = clerks[place % clerks.length];
    const day = String((place % 28) + 1).padStart(2, "0");
    const { channel, turns } = JSON.parse(line);
    return JSON.stringify({
      id: `m${place}`,
      channel,
      agent,
      branch,
      started_at: `2026-03-${day} 09:15`,
      turns,
    });
  });
  writeFileSync(out, held.join("\n"));
  return out;
}

// Opens an address; afterwards nothing may have gone wrong, and nothing been fetched.
export async function open(address, options = {}) {
  const { width = 1280, height = 900, ...more } = options;
  const context = await browser.newContext({ viewport: { width, height }, ...more });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) wrong.push(`fetched: ${request.url()}`);
  });
  await page.goto(address);
  if (more.javaScriptEnabled !== false) await page.waitForSelector("h1");
  return {
    page,
    close: async () => {
      await context.close();
      assert.deepEqual(wrong, []);
    },
  };
}

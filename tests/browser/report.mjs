// Opens a report in headless Chromium and fails with everything that is wrong with it.
// usage: node report.mjs CHROMIUM shipped|hostile REPORT

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [browserPath, kind, report] = process.argv.slice(2);
const wrong = [];
const expect = (holds, what) => { if (!holds) wrong.push(what); };
const url = pathToFileURL(report).href;

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });

async function opened(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url) wrong.push(`request: ${request.url().slice(0, 200)}`); });
  page.on("popup", () => wrong.push("a window was opened"));
  await page.goto(url);
  return page;
}

const SECTIONS = ["answer", "trajectories", "effects", "map", "ages", "mobility", "movers", "money", "fit", "assumptions", "provenance"];

async function everySection(page) {
  for (const id of SECTIONS) {
    const section = page.locator(`section#${id}`);
    expect((await section.count()) === 1 && (await section.isVisible()), `section ${id} is not there`);
    const text = await section.locator("h2 ~ *").allInnerTexts();
    expect(text.join("").trim().length > 20, `section ${id} says nothing`);
  }
  const links = await page.locator("nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links.join() === SECTIONS.map((id) => `#${id}`).join(), `the list of sections is ${links}`);
  expect((await page.innerText("body")).toLowerCase().includes("simulated under these assumptions, not a forecast"), "no word on forecasts");
}

// Every view of every switch can be chosen, and exactly that one is seen.
async function everySwitch(page, expected) {
  const switches = page.locator("fieldset.switch");
  for (const name of expected) {
    expect((await page.locator(`fieldset[data-switch=${name}]`).count()) === 1, `switch ${name} is not there`);
  }
  const wrongViews = await switches.evaluateAll((all) => all.flatMap((one, at) => {
    const labels = [...one.querySelectorAll(":scope > label")];
    return labels.flatMap((label, chosen) => {
      label.click();
      const shown = [...one.querySelectorAll(":scope > .view")].map((view) => getComputedStyle(view).display !== "none");
      return shown.every((seen, index) => seen === (index === chosen)) ? [] : [`view ${chosen} of switch ${at}: ${shown}`];
    });
  }));
  wrong.push(...wrongViews);
  // and one by a real pointer
  await switches.first().locator(":scope > label").first().click();
  expect(await switches.first().locator(":scope > .view").first().isVisible(), "a click chooses no view");
}

async function keyboard(page) {
  const first = page.locator("fieldset[data-switch=map] > input").first();
  await first.focus();
  await page.keyboard.press("ArrowDown");
  expect(await page.locator("#map-2").isChecked(), "arrow keys do not switch the map");
  expect(await page.locator("fieldset[data-switch=map] > .view").nth(1).isVisible(), "the second map is not seen");
  await page.keyboard.press("ArrowUp");
}

async function names(page) {
  const nameless = await page.locator("svg").evaluateAll((all) => all.filter((svg) => !svg.getAttribute("aria-label") || svg.getAttribute("role") !== "img").length);
  expect(nameless === 0, `${nameless} charts have no name`);
  const tables = await page.locator("table").evaluateAll((all) => all.filter((table) => !table.caption || !table.querySelector("thead th[scope=col]")).length);
  expect(tables === 0, `${tables} tables have no caption or headings`);
  const ids = await page.locator("[id]").evaluateAll((all) => all.map((one) => one.id));
  expect(new Set(ids).size === ids.length, "an id is used twice");
  expect((await page.locator("h1").count()) === 1 && (await page.getAttribute("html", "lang")) === "en-GB", "no heading or language");
}

async function saving(page) {
  const download = page.waitForEvent("download");
  await page.locator("section#trajectories figure button >> visible=true").first().click();
  const file = await download;
  expect(/^[a-z0-9-]+\.svg$/.test(file.suggestedFilename()), `a chart is saved as ${file.suggestedFilename()}`);
  const text = readFileSync(await file.path(), "utf8");
  expect(text.startsWith("<svg") && text.includes("xmlns=\"http://www.w3.org/2000/svg\""), "a saved chart is no SVG");
}

// Nothing sticks out of the page, whatever the width.
async function width(page, pixels) {
  await page.setViewportSize({ width: pixels, height: 800 });
  const out = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(out <= 0, `at ${pixels} pixels the page is ${out} pixels too wide`);
}

// Text against its ground, as WCAG measures it, in both colour schemes.
async function contrast(page, scheme) {
  const low = await page.evaluate(() => {
    const light = (colour) => {
      const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    const found = new Set();
    for (const one of document.querySelectorAll("p, dt, dd, td, th, td small, td i, caption, summary, nav a, .range, .unit, li")) {
      const text = light(getComputedStyle(one).color);
      const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      if (ratio < 4.5) found.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
    }
    return [...found];
  });
  expect(low.length === 0, `${scheme}: too little contrast: ${low.join(", ")}`);
}

const page = await opened({ colorScheme: "light" });
await everySection(page);
await names(page);
for (const pixels of [1280, 768, 360]) await width(page, pixels);
await page.setViewportSize({ width: 1280, height: 900 });

if (kind === "shipped") {
  await everySwitch(page, ["answer", "scenario", "trajectory", "effects", "map", "ages", "matrix", "routes", "movers", "costs", "parameters"]);
  await keyboard(page);
  await saving(page);
  await contrast(page, "light");
  const dark = await opened({ colorScheme: "dark" });
  await contrast(dark, "dark");
  // Without scripts everything is there but the buttons that save.
  const plain = await opened({ javaScriptEnabled: false });
  await everySection(plain);
  await plain.locator("fieldset[data-switch=map] > label").nth(1).click();
  expect(await plain.locator("fieldset[data-switch=map] > .view").nth(1).isVisible(), "without scripts the map does not switch");
  expect((await plain.locator("figure button").count()) === 0, "without scripts there are buttons");
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  expect(pdf.length > 20_000, "the page does not print");
} else {
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, 4000);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.waitForTimeout(300);
  expect((await page.evaluate(() => window.hacked)) === undefined, "a name was run");
  expect((await page.locator("script").count()) === 1 && (await page.locator("iframe, img, object, embed, form, base, link").count()) === 0, "a name became a tag");
}

// The policy names the hash of exactly the style and script that are there.
const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
for (const [tag, rule] of [["style", "style-src"], ["script", "script-src"]]) {
  const text = await page.locator(tag).first().evaluate((one) => one.textContent);
  const hash = createHash("sha256").update(text, "utf8").digest("base64");
  expect(policy.includes(`${rule} 'sha256-${hash}'`), `the policy does not name the ${tag} that is there`);
}

await browser.close();
if (wrong.length > 0) {
  console.error([...new Set(wrong)].slice(0, 40).join("\n"));
  process.exit(1);
}

// The web pages in Debian's chromium: axe finds nothing (WCAG 2.2 AA and best practice), light, dark, printed, 1280 and 320
// px wide, which is 1280 at 400 %; every link is reached by keyboard, and seen; nothing is run and nothing is asked of
// another server; html-validate has nothing to say. browser.js [--all [FOLDER]]: every kind of page in every light and width;
// screenshots go to the folder. Without it, some.
const { execFileSync } = require("child_process");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");

const ROOT = path.resolve(__dirname, "../..");
const modules = path.join(ROOT, "build", "node_modules");
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
if (!fs.existsSync(CHROMIUM)) {
  console.log(`ok 1 # skip there is no ${CHROMIUM}`);
  process.exit();
}
const puppeteer = require(path.join(modules, "puppeteer-core"));
const { HtmlValidate } = require(path.join(modules, "html-validate"));
const AXE = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const EVCAL = process.env.EVCAL || path.join(ROOT, "build", "evcal");
const all = process.argv[2] === "--all";
const shots = process.argv[3];
const VIEWS = [["light", 1280], ["dark", 320], ...(all ? [["dark", 1280], ["light", 320]] : [])];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let number = 0;
function result(good, name, ...notes) {
  console.log(`${good ? "ok" : "not ok"} ${++number} ${name}`);
  if (!good) {
    process.exitCode = 1;
    for (const note of notes) console.log(`# ${note}`);
  }
}

// The calendars that are looked at, exported: the fixture, the programme of another, the real one, and a hostile one.
function exported(work) {
  const page = "page: {intro: 'Welkom bij **de agenda**.', links: {Privacy: https://example.org/privacy}}\n";
  const hostile = fs.readFileSync(path.join(__dirname, "pages.py"), "utf8").match(/^CALENDAR = """([^]*?)"""/m)[1];
  const add = (folder) => {
    const calendar = path.join(folder, "calendar.yaml");
    const text = fs.readFileSync(calendar, "utf8");
    if (!/^page:/m.test(text)) fs.appendFileSync(calendar, page);
    if (!/^publish-url:/m.test(text)) fs.appendFileSync(calendar, "publish-url: https://example.org/agenda\n");
  };
  const sources = { page: "tests/valid/page/events", programme: "tests/valid/programme/events", real: "events" };
  for (const [name, from] of Object.entries(sources)) {
    fs.cpSync(path.join(ROOT, from), path.join(work, name, "events"), { recursive: true });
    add(path.join(work, name, "events"));
  }
  fs.mkdirSync(path.join(work, "hostile", "events"), { recursive: true });
  fs.writeFileSync(path.join(work, "hostile", "events", "calendar.yaml"), hostile.replaceAll('\\\\"', '\\"'));
  fs.copyFileSync(path.join(__dirname, "hostile.yaml"), path.join(work, "hostile", "events", "a.yaml"));
  for (const name of [...Object.keys(sources), "hostile"]) {
    const folder = path.join(work, name);
    execFileSync(EVCAL, ["export", "-q", "-C", path.join(folder, "events"), "-o", path.join(folder, "public")], {
      env: { ...process.env, SOURCE_DATE_EPOCH: "1608195600", EVCAL_TODAY: "2020-12-17" }, stdio: ["ignore", "ignore", "pipe"] });
  }
  return [...Object.keys(sources), "hostile"];
}

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".ics": "text/calendar", ".atom": "application/atom+xml" };

function served(work) {
  const server = http.createServer((request, response) => {
    const file = path.join(work, decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!file.startsWith(work) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] || "application/octet-stream" }).end(fs.readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// One of each kind of page: all of the fixture and of the hostile calendar, and the index and a few of the others.
function pagesOf(work, name) {
  const events = fs.readdirSync(path.join(work, name, "public", "events")).filter((file) => file.endsWith(".html")).sort();
  if (!all) return ["index.html", ...events.filter((file) => /^(alles-erop|congres|webinar|afgelast|kwaad)/.test(file)).map((file) => `events/${file}`)];
  const some = name === "page" || name === "hostile" ? events : events.filter((_, i) => i % Math.ceil(events.length / 3) === 0);
  return ["index.html", ...some.map((file) => `events/${file}`)];
}

async function lookWith(page, name) {
  const found = await page.evaluate(`${AXE}; axe.run({ runOnly: ${JSON.stringify(RULES)} })`);
  const lines = found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
  result(!lines.length, `${name}: axe finds nothing`, ...lines);
  const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  result(wide <= 0, `${name}: nothing is wider than the window`, `${wide} px`);
}

// Every link and every summary that is shown gets the focus, in order, and shows it.
async function lookByKeyboard(page, name) {
  const wanted = await page.evaluate(`(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    document.activeElement.blur();
    return document.querySelectorAll("a[href], summary").length;
  })()`);
  const missed = [];
  let reached = 0;
  for (let i = 0; i < wanted; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(`(() => {
      const all = [...document.querySelectorAll("a[href], summary")], element = document.activeElement;
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      return { index: all.indexOf(element), seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
        box.width > 0 && box.left >= 0, html: element.outerHTML.slice(0, 80) };
    })()`);
    if (at.index === i && at.seen) reached++;
    else missed.push(at.html);
  }
  result(reached === wanted, `${name}: all ${wanted} links are reached by keyboard, and seen`, ...missed.slice(0, 5));
}

async function look(browser, base, work, name, file, validator) {
  const which = `${name}: ${file}`;
  const report = await validator.validateFile(path.join(work, name, "public", file));
  const messages = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.message} (${m.ruleId})`));
  result(report.valid, `${which}: html-validate has nothing to say`, ...messages.slice(0, 10));
  const page = await browser.newPage();
  const asked = [], said = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => { said.push(dialog.message()); dialog.dismiss(); });
  for (const [scheme, width] of VIEWS) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`${base}/${name}/public/${file}`);
    await lookWith(page, `${which}, ${scheme}, ${width} px`);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${path.basename(file, ".html")}-${scheme}-${width}.png`), fullPage: true });
  }
  await lookByKeyboard(page, which);
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.emulateMediaType("print");
  await page.goto(`${base}/${name}/public/${file}`);
  await lookWith(page, `${which}, printed`);
  if (shots) await page.screenshot({ path: path.join(shots, `${name}-${path.basename(file, ".html")}-print.png`), fullPage: true });
  const others = asked.filter((url) => !url.startsWith(base));
  result(!others.length, `${which}: nothing is asked of another server`, ...others);
  // The browser asks for an icon by itself.
  const loud = said.filter((text) => !/404/.test(text));
  result(!loud.length, `${which}: nothing is run, and nothing is said`, ...loud);
  await page.close();
}

async function main() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "evcal-page-"));
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    // A title is as long as its author makes it.
    rules: { "long-title": "off", "tel-non-breaking": "off" } });
  let server, browser;
  try {
    const names = exported(work);
    server = await served(work);
    browser = await puppeteer.launch({ executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    for (const name of names)
      for (const file of pagesOf(work, name))
        await look(browser, `http://127.0.0.1:${server.address().port}`, work, name, file, validator);
  } finally {
    if (browser) await browser.close();
    if (server) server.close();
    fs.rmSync(work, { recursive: true, force: true });
  }
}

main();

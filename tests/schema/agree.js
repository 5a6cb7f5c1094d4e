// What the schemas accept and refuse, and what validate does, key by key: for every fixture, for the programme's own
// calendar, and for a table of values. An editor reads YAML 1.2, so that is what the schemas are asked of.
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { spawnSync } = require("child_process");

const root = path.join(__dirname, "..", "..");
const modules = path.join(root, "build", "node_modules");
const Ajv = require(path.join(modules, "ajv", "dist", "2020.js")).default;
const YAML = require(path.join(modules, "yaml"));
const evcal = process.env.EVCAL || path.join(root, "build", "evcal");

// What a schema cannot say, and why.
const beyond = [
	{ code: "no-calendar", why: "a schema does not see the name of the file" },
	{ code: "needs-quotes", source: /: &/, why: "an anchor is lost before a schema is asked" },
	{ code: "yaml-syntax", message: /a tab stands/, why: "behind a key YAML 1.2 takes a tab for a blank" },
	{ code: "unsupported-yaml", message: /second document/, why: "an editor looks at one document" },
	{ code: "duplicate-id", why: "a schema does not compare the values of two items" },
	{ code: "duplicate-uid", why: "a schema does not compare the values of two items" },
	{ code: "bad-feed", why: "a schema does not compare two values" },
	{ code: "end-before-start", why: "a schema does not compare two values" },
	{ code: "deadline-after-start", why: "a schema does not compare two values" },
	{ code: "weekday-mismatch", why: "a schema does not reckon with dates" },
	{ code: "nonexistent-time", why: "a schema does not know the clock changes of a zone" },
	{ code: "bad-timezone", why: "the names of zones are the system's, and change" },
	{ code: "unknown-type", why: "the types stand in another file" },
	{ code: "unknown-event", why: "the event may stand in another file" },
	{ code: "part-of-cycle", why: "a schema does not follow references" },
	{ code: "missing-required", why: "the type stands in another file" },
	{ code: "domain-changed", why: "what was published stands in another file" },
	{ code: "missing-end", why: "the file's defaults or the type may give the end" },
	{ code: "bad-duration", message: /longer than/, why: "a schema does not add up" },
	{ code: "bad-uid", message: /bytes/, why: "a schema counts characters, and the id's domain stands elsewhere" },
	{ code: "bad-rrule", message: /twice|cannot stand/, why: "a schema does not compare the parts of a rule" },
	{ code: "start-not-in-rule", why: "a schema does not reckon with dates" },
	{ code: "exdate-no-match", why: "a schema does not reckon with dates" },
	{ code: "override-no-match", why: "a schema does not reckon with dates" },
	{ code: "duplicate-override", why: "a schema does not compare the values of two items" },
	{ code: "no-occurrences", why: "a schema does not reckon with dates" },
	{ code: "outlook-rrule", why: "it hangs on several parts of the rule at once, and on the start" },
	{ code: "outlook-overlap", why: "a schema does not reckon with dates" },
	{ code: "outlook-timezone", why: "a schema does not know the clock changes of a zone" },
	{ code: "too-large", message: /dates or more|1,000,000 dates/, why: "a schema does not reckon with dates" },
	{ code: "date-out-of-range", message: /the rule goes on/, why: "a schema does not reckon with dates" },
	{ code: "date-out-of-range", source: /UNTIL/, why: "the year stands within the rule's text" },
	{ code: "mixed-date-and-time", message: /^this "start"|^"recurrence-id"/, why: "the start stands in another mapping" },
	{ code: "empty-value", message: /^"(?!id|summary|start|name|email)/, why: "the type or the time make it a key that must be there" },
	{ code: "bad-link", why: "the link stands within a text" },
	{ code: "comment-in-text", why: "a comment is lost before a schema is asked" },
	{ code: "invisible-character", source: /categories: /, why: "a category is any text" },
	{ code: "invisible-character", message: /turns around/, why: "it may stand within a text as an entity" },
	{ code: "too-large", message: /256 KiB/, why: "how long a text is shows when it is published" },
	{ code: "bad-geo", source: /0x/, why: "0x10 is the number 16 for an editor" },
];

let number = 0, failed = false;

function result(good, name, ...notes) {
	console.log(`${good ? "ok" : "not ok"} ${++number} ${name}`);
	if (good)
		return;
	failed = true;
	for (const note of notes)
		console.log(`# ${String(note).replace(/\n/g, "\n# ")}`);
}

function run(...args) {
	return spawnSync(evcal, [...args, "--language=en"], { encoding: "utf8", maxBuffer: 1 << 28 });
}

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictTuple: false, strictRequired: false });
ajv.addVocabulary(["errorMessage"]);

const schemas = {}, checks = {};
for (const which of ["events", "calendar"]) {
	schemas[which] = JSON.parse(run("schema", which).stdout);
	result(ajv.validateSchema(schemas[which]), `the schema of ${which} is draft 2020-12`, ajv.errorsText());
	checks[which] = ajv.compile(schemas[which]);
}

// The path of a place: the keys down to the deepest that it stands in. Indices at its end are left out.
function trim(keys) {
	while (keys.length && typeof keys[keys.length - 1] === "number")
		keys = keys.slice(0, -1);
	return "/" + keys.join("/");
}

function refusals(check, value) {
	const paths = new Set();
	if (check(value))
		return paths;
	for (const error of check.errors) {
		if (["if", "propertyNames"].includes(error.keyword))
			continue;
		const keys = error.instancePath.split("/").slice(1)
			.map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"))
			.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
		if (error.keyword === "additionalProperties")
			keys.push(error.params.additionalProperty);
		if (error.propertyName !== undefined)
			keys.push(error.propertyName);
		paths.add(trim(keys));
	}
	return paths;
}

function keysAt(node, offset) {
	const within = (part) => part && part.range && part.range[0] <= offset && offset <= part.range[1];
	if (YAML.isMap(node))
		for (const pair of node.items) {
			if (within(pair.key) || within(pair.value))
				return [pair.key.value, ...(within(pair.value) ? keysAt(pair.value, offset) : [])];
		}
	if (YAML.isSeq(node))
		for (const [index, item] of node.items.entries())
			if (within(item))
				return [index, ...keysAt(item, offset)];
	return [];
}

function offsetOf(text, line, column) {
	const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
	let offset = 0;
	for (let i = 0; i + 1 < line; i++)
		offset += lines[i].length + (text.startsWith("\r\n", offset + lines[i].length) ? 2 : 1);
	return offset + [...(lines[line - 1] || "")].slice(0, column - 1).join("").length;
}

const used = new Set();

function isBeyond(finding, text) {
	const lines = text.split("\n");
	const line = lines[finding.line - 1] || "";
	const row = beyond.find((one) => one.code === finding.code
		&& (!one.message || one.message.test(finding.message))
		&& (!one.source || one.source.test(line)));
	if (row)
		used.add(row);
	return Boolean(row);
}

// Where validate finds an error of the file: those that a schema must find, and those that it need not.
function errors(report, file, text, doc) {
	const found = { must: new Set(), may: new Set() };
	for (const finding of report.findings) {
		if (finding.file !== file || finding.severity !== "error")
			continue;
		let keys = keysAt(doc.contents, offsetOf(text, finding.line, finding.column));
		const mapping = ["missing-key", "end-and-duration"].includes(finding.code)
			|| (finding.code === "wrong-type" && finding.message.includes("mapping"));
		// A mapping's place is that of its first key; a type with nothing in it has none.
		const hollow = keys[0] === "types" && keys.length === 2 && doc.getIn(keys) === null;
		if (mapping && !hollow && typeof keys[keys.length - 1] === "string")
			keys = keys.slice(0, -1);
		// The key that was meant is not missing as well, for people.
		if (finding.code === "unknown-key")
			found.may.add(trim(keys.slice(0, -1)));
		// Of all that needs a day, where only the month is known, one finding names each.
		if (finding.code === "mixed-date-and-time" && finding.message.includes("only the month"))
			for (const [, key] of finding.message.matchAll(/"([a-z]+)"/g))
				found.may.add(trim([...keys.slice(0, -1), key]));
		// Behind a comma within {…} an editor sees keys: each word up to the end of what wants quotes.
		if (finding.code === "needs-quotes" && finding.message.includes("comma")) {
			const end = offsetOf(text, finding.end_line, finding.end_column) - 1;
			const mapping = doc.getIn(keys.slice(0, -1));
			for (const pair of mapping.items.filter((pair) => !pair.value && pair.key.range[0] <= end))
				found.must.add(trim([...keys.slice(0, -1), pair.key.value]));
			continue;
		}
		(isBeyond(finding, text) ? found.may : found.must).add(trim(keys));
	}
	return found;
}

function agree(refused, found) {
	return [...found.must].every((one) => refused.has(one))
		&& [...refused].every((one) => found.must.has(one) || found.may.has(one));
}

// What the editor's own reader of YAML says of a file, or nothing.
function unreadable(bytes, doc) {
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		doc.toJS();
	} catch (error) {
		return error;
	}
	return doc.errors[0] || (/<<:|!!/.test(bytes) ? "a merge key or a tag" : null);
}

function parse(text) {
	return YAML.parseDocument(text.replace(/^\ufeff/, ""), { version: "1.2", logLevel: "silent" });
}

function* files(folder) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		const file = path.join(folder, entry.name);
		if (entry.name.startsWith("."))
			continue;
		if (entry.isDirectory())
			yield* files(file);
		else if (/\.ya?ml$/.test(entry.name) && entry.name !== "revisions.yaml")
			yield file;
	}
}

/* What validate passes over, and says so: a link, a second calendar, and what lies beside one further down. */
function isUnread(report, folder, file) {
	return report.findings.some((finding) => {
		const beside = path.dirname(finding.file);
		return ["outside-folder", "not-a-file", "second-calendar"].includes(finding.code) && (finding.file === file ||
			(finding.code === "second-calendar" && beside !== folder && file.startsWith(beside + path.sep)));
	});
}

function compare(name, folder) {
	const report = JSON.parse(run("validate", "--format=json", "-C", folder).stdout);
	for (const file of files(folder)) {
		if (isUnread(report, folder, file))
			continue;
		const bytes = fs.readFileSync(file), text = bytes.toString();
		const doc = parse(text), reason = unreadable(bytes, doc);
		/* validate reads a misspelt calendar.yml as the calendar, too. */
		const which = /^calendar\.ya?ml$/i.test(path.relative(folder, file)) ? "calendar" : "events";
		if (reason) {
			result(report.findings.some((finding) => finding.file === file && finding.severity === "error"),
				`${name}: ${path.basename(file)} is refused before a schema is asked`, reason);
			continue;
		}
		const refused = refusals(checks[which], doc.toJS());
		const found = errors(report, file, text, doc);
		result(agree(refused, found), `${name}: the schema and validate agree on ${path.basename(file)}`,
			`the schema refuses ${[...refused].join(" ") || "nothing"}`,
			`validate refuses ${[...found.must].join(" ") || "nothing"}`, `and ${[...found.may].join(" ") || "nothing"}`);
	}
}

for (const kind of ["valid", "invalid"])
	for (const name of fs.readdirSync(path.join(root, "tests", kind)).sort())
		compare(`${kind}/${name}`, path.join(root, "tests", kind, name, "events"));
compare("events", path.join(root, "events"));

// Values as they stand behind a key, each in an event of its own.
const values = JSON.parse(fs.readFileSync(path.join(__dirname, "values.json"), "utf8"));
const work = fs.mkdtempSync(path.join(os.tmpdir(), "evcal-"));
const base = { id: null, summary: "X", start: "2021-01-21" };
const timed = new Set(["end", "duration", "timezone"]);
const repeated = new Set(["exdate", "overrides"]);
const lines = ["events:"], asked = [];
for (const [key, list] of Object.entries(values))
	for (const value of list) {
		const event = { ...base, id: `e${asked.length}` };
		if (timed.has(key))
			Object.assign(event, { start: "2021-01-21 14:00", ...(key === "timezone" ? { duration: "1h" } : {}) });
		if (repeated.has(key))
			event.rrule = "FREQ=WEEKLY;COUNT=4";
		event[key] = value;
		lines.push("  - " + Object.entries(event).map(([k, v]) => `${k}: ${v}`).join("\n    "));
		asked.push([key, value]);
	}
fs.writeFileSync(path.join(work, "calendar.yaml"),
	"name: T\ndomain: example.org\ntimezone: Europe/Amsterdam\norganizer: {name: T, email: t@example.org}\n");
const valuesFile = path.join(work, "values.yaml"), text = lines.join("\n") + "\n";
fs.writeFileSync(valuesFile, text);
const report = JSON.parse(run("validate", "--format=json", "-C", work).stdout);
fs.rmSync(work, { recursive: true });
const doc = parse(text);
result(!doc.errors.length, "the table of values is YAML", doc.errors[0]);
const refused = refusals(checks.events, doc.toJS()), found = errors(report, valuesFile, text, doc);
for (const [index, [key, value]] of asked.entries()) {
	const of = (paths) => [...paths].some((one) => one.startsWith(`/events/${index}/`) || one === `/events/${index}`);
	const wrong = of(found.must);
	const verdict = of(found.may) ? "validate's to judge" : wrong ? "refused by both" : "taken by both";
	result(of(refused) === wrong || of(found.may), `${key}: ${value} is ${verdict}`,
		`the schema ${of(refused) ? "refuses" : "takes"} it`,
		report.findings.filter((one) => one.event === `e${index}`).map((one) => one.message).join("\n"));
}

for (const row of beyond)
	result(used.has(row), `what a schema cannot say is asked for: ${row.code}, since ${row.why}`);

// The examples that the schemas give are good themselves.
for (const which of ["events", "calendar"]) {
	const mappings = { "": schemas[which], ...schemas[which].$defs };
	for (const [name, mapping] of Object.entries(mappings))
		for (const [key, field] of Object.entries(mapping.properties || {}))
			for (const example of field.examples || []) {
				const check = ajv.compile({ ...field, $defs: schemas[which].$defs });
				result(check(example), `${which}: the example of ${name || "the file"}, ${key}, is good`, ajv.errorsText(check.errors));
			}
}
process.exit(failed ? 1 : 0);

// Every key of the format, as the schemas have it from the table of keys: its example gives no finding, a value that
// its schema refuses gives exactly one, and where it may come from defaults or a type, it makes the same event there.
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
const work = fs.mkdtempSync(path.join(os.tmpdir(), "evcal-"));
let number = 0, failed = false;

function result(good, name, ...notes) {
	console.log(`${good ? "ok" : "not ok"} ${++number} ${name}`);
	failed = failed || !good;
	for (const note of good ? [] : notes)
		console.log(`# ${String(typeof note === "string" ? note : JSON.stringify(note)).replace(/\n/g, "\n# ")}`);
}

function run(...args) {
	const environment = { ...process.env, SOURCE_DATE_EPOCH: "1608195600" };
	return spawnSync(evcal, [...args, "--language=en"], { encoding: "utf8", maxBuffer: 1 << 28, env: environment });
}

const ajv = new Ajv({ allErrors: true, strict: false });
const calendar = JSON.parse(run("schema", "calendar").stdout), file = JSON.parse(run("schema", "events").stdout);
const defs = { ...calendar.$defs, ...file.$defs };
const follow = (schema) => (schema && schema.$ref ? defs[schema.$ref.split("/").pop()] : schema || {});
const example = (schema) => schema.examples && schema.examples[0];
const accepts = (schema) => ajv.compile({ ...schema, $defs: defs });
const without = (object, ...keys) => Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

// The two keys of events that exclude each other: what says when it ends.
const event = follow(file.properties.events.items);
const [end, duration] = event.allOf[0].not.required;

// The mapping that a key holds, and the mapping as a value of the key; or nothing.
function held(schema) {
	const inner = [follow(schema), follow(schema.items), follow(schema.additionalProperties),
		follow((schema.allOf || [])[1])].find((one) => one.properties);
	if (!inner)
		return null;
	if (follow(schema.additionalProperties) === inner)
		return { inner, wrap: (value) => ({ workshop: value }), seed: (Object.values(example(schema) || {}) || [])[0] };
	if (follow(schema.items) === inner)
		return { inner, wrap: (value) => [value], seed: (example(schema) || [])[0] };
	return { inner, wrap: (value) => value, seed: example(schema) };
}

// A mapping with all of its keys, each with its example, or with what the example of the whole mapping says of it.
function full(mapping, seed) {
	const value = {};
	for (const [key, schema] of Object.entries(mapping.properties)) {
		const inside = held(schema);
		value[key] = inside ? inside.wrap(full(inside.inner, inside.seed)) : example(schema);
	}
	return without({ ...value, ...(typeof seed === "object" ? seed : {}) }, end);
}

// The events that others are part of: the example's, and another.
const whole = [example(event.properties["part-of"]), "other"].map((id) => ({ id, summary: id, start: "2031-01-01" }));

function write(docs) {
	const folder = path.join(work, "events");
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder);
	fs.writeFileSync(path.join(folder, "calendar.yaml"), YAML.stringify(docs.calendar, { lineWidth: 0 }));
	fs.writeFileSync(path.join(folder, "a.yaml"), YAML.stringify(docs.file, { lineWidth: 0 }));
	fs.writeFileSync(path.join(folder, "whole.yaml"), YAML.stringify({ events: whole }));
	return folder;
}

function findings(docs) {
	return JSON.parse(run("validate", "--format=json", "-C", write(docs)).stdout).findings;
}

// What subscribers get, or nothing where it is refused.
function exported(docs) {
	const said = run("export", "-q", "-C", write(docs), "--feed=calendar", "-o", "-");
	return said.status ? said.stderr : said.stdout;
}

// A text that the schema refuses: nothing that it could mean, two lines, or a control character.
function bad(schema) {
	const fits = accepts(schema);
	return ["?!", "a\nb", "\u0007"].find((value) => !fits(value));
}

// Another good value than the example; a mapping of them.
function other(schema) {
	const inside = held(schema), not = JSON.stringify(example(schema)), fits = accepts(schema);
	if (inside)
		return inside.wrap(Object.fromEntries((inside.inner.required || [Object.keys(inside.inner.properties)[0]])
			.map((key) => [key, other(inside.inner.properties[key])])));
	// A mapping of labels to texts: the same labels.
	if (schema.additionalProperties && !schema.properties)
		return Object.fromEntries(Object.keys(example(schema)).map((label) => [label, "other"]));
	const words = ((schema.anyOf || follow(schema).anyOf || [])[0] || {}).enum || [];
	const tried = ["2021-05-01 10:00", "11:00", "45m", "Europe/Paris", false, true, ...words,
		"FREQ=WEEKLY;COUNT=2", "https://example.org/other", "other@example.org", 7, [1, 2], "other"];
	return tried.find((value) => JSON.stringify(value) !== not && fits(value));
}

const base = {
	calendar: { ...full(calendar) },
	file: { events: [full(event)] },
};

// Calls visit for every mapping of the format, with the whole of it that has all keys in that mapping, and what puts
// another value there.
function each(visit) {
	const inFile = (value) => ({ ...base, file: value });
	const seen = new Set();
	const walk = (name, mapping, value, put) => {
		if (seen.has(mapping))
			return;
		seen.add(mapping);
		visit(name, mapping, value, put);
		for (const [key, schema] of Object.entries(mapping.properties)) {
			const inside = held(schema);
			if (inside)
				walk(`${name} ${key}`, inside.inner, full(inside.inner, inside.seed),
					(inner) => put({ ...value, [key]: inside.wrap(inner) }));
		}
	};
	const defaults = follow(file.properties.defaults);
	const own = without(full(event), ...Object.keys(defaults.properties));
	walk("calendar.yaml", calendar, base.calendar, (value) => ({ ...base, calendar: value }));
	walk("event", event, full(event), (value) => inFile({ events: [value] }));
	walk("defaults", defaults, full(defaults), (value) => inFile({ defaults: value, events: [own] }));
}

each((name, mapping, value, put) => {
	result(!findings(put(value)).length, `${name}: the examples of all keys give no finding`, findings(put(value)));
	for (const [key, schema] of Object.entries(mapping.properties)) {
		const rest = key === end ? without(value, duration) : value, wrong = bad(schema);
		const right = key === end ? put({ ...rest, [key]: example(schema) }) : put(rest);
		result(key !== end || !findings(right).length, `${name}: the example of ${key} gives no finding`, findings(right));
		const found = findings(put({ ...rest, [key]: wrong }));
		result(wrong !== undefined && found.length === 1, `${name}: a bad ${key} gives one finding`,
			JSON.stringify(wrong), found);
	}
});

// What an event may get from elsewhere: the same event wherever the value stands, and the nearest value counts.
const type = follow(calendar.properties.types.additionalProperties), typeId = "workshop";
const plainType = { [typeId]: { name: "Workshop" } };

function docs(own, defaults, fromType) {
	return {
		calendar: { ...without(base.calendar, "feeds"), types: { [typeId]: { ...plainType[typeId], ...fromType } } },
		file: { defaults, events: [own] },
	};
}

for (const [key, schema] of Object.entries(follow(file.properties.defaults).properties)) {
	const all = { ...full(event), type: typeId };
	const rest = without(all, ...(key === end || key === duration ? [end, duration] : [key]));
	const good = { [key]: key in all ? all[key] : example(schema) }, another = { [key]: other(schema) };
	const wrong = { [key]: bad(schema) }, typed = key in type.properties;
	const right = exported(docs({ ...rest, ...good }));
	const same = (name, ...where) => {
		const shown = exported(docs(...where));
		result(shown === right, `${key}: ${name}`, shown);
	};
	result(right.includes("\nBEGIN:VEVENT"), `${key}: an event with it is exported`, right);
	result([rest, { ...rest, ...another }].some((one) => exported(docs(one)) !== right || findings(docs(one)).length),
		`${key}: it makes a difference`, another);
	same("from defaults it is the same", rest, good);
	same("the event's own goes before that of defaults", { ...rest, ...good }, another);
	result(findings(docs(rest, wrong)).length === 1, `${key}: a bad one in defaults gives one finding`,
		findings(docs(rest, wrong)));
	result(findings(docs({ ...rest, ...wrong }, good)).length === 1, `${key}: a bad one is not mended by defaults`);
	if (!typed)
		continue;
	same("from its type it is the same", rest, {}, good);
	same("the event's own goes before that of its type", { ...rest, ...good }, {}, another);
	same("that of defaults goes before that of its type", rest, good, another);
	result(findings(docs(rest, {}, wrong)).length === 1, `${key}: a bad one in a type gives one finding`);
	result(findings(docs({ ...rest, ...wrong }, {}, good)).length === 1, `${key}: a bad one is not mended by its type`);
}

// "evcal help keys" and "evcal help KEY" know the same keys.
const mappings = [calendar, file, ...Object.values(defs)].filter((one) => one.properties);
const names = new Set(mappings.flatMap((one) => Object.keys(one.properties)));
const listed = run("help", "keys").stdout.match(/^\S+/gm);
result(listed.length === names.size && listed.every((name) => names.has(name)), "help keys has every key once", listed);
for (const name of names) {
	const help = run("help", name), shown = help.stdout.replace(/\s+/g, " ");
	const docs = mappings.map((one) => one.properties[name]).filter(Boolean).map((one) => one.description);
	result(!help.status && docs.every((doc) => shown.includes(doc)), `help ${name} tells of it wherever it may stand`,
		help.stdout);
	result(help.stdout.split("\n").every((line) => line.length <= 80), `help ${name} has 80 columns`, help.stdout);
}
fs.rmSync(work, { recursive: true, force: true });
process.exit(failed ? 1 : 0);

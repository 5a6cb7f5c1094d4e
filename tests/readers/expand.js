// Expands the rules of an iCalendar file with ical.js: on standard input {"file": FILE, "until": {UID: DATE or TIME}},
// on standard output {UID: [start]}. Only the events that are named are looked at, up to the start that is given for
// each. A start is a date, or a time in UTC by the file's own VTIMEZONE.
"use strict";
const fs = require("fs");
const path = require("path");

const modules = path.join(__dirname, "..", "..", "build", "node_modules", "ical.js");
const MOST = 20000;

// A date as it stands, a time in UTC.
function instant(time) {
	return time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().replace(".000", "");
}

function expand(ICAL, component, until) {
	const found = [];
	const iterator = new ICAL.Event(component).iterator();
	for (let next = iterator.next(); next && found.length < MOST; next = iterator.next()) {
		const start = instant(next);
		if (start > until)
			break;
		found.push(start);
	}
	return found;
}

async function main() {
	const entry = JSON.parse(fs.readFileSync(path.join(modules, "package.json"), "utf8"));
	const loaded = await import(path.join(modules, entry.module || entry.main));
	const ICAL = loaded.default || loaded;
	const asked = JSON.parse(fs.readFileSync(0, "utf8"));
	const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(asked.file, "utf8")));
	for (const zone of calendar.getAllSubcomponents("vtimezone"))
		ICAL.TimezoneService.register(new ICAL.Timezone(zone).tzid, new ICAL.Timezone(zone));
	const found = {};
	for (const component of calendar.getAllSubcomponents("vevent")) {
		const uid = component.getFirstPropertyValue("uid");
		if (uid in asked.until)
			found[uid] = expand(ICAL, component, asked.until[uid]);
	}
	process.stdout.write(JSON.stringify(found));
}

main();

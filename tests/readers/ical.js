// Reads the iCalendar files that are named on standard input with ical.js, and prints what it finds as JSON.
// Each file's own VTIMEZONE says what its times mean.
"use strict";
const fs = require("fs");
const path = require("path");

const modules = path.join(__dirname, "..", "..", "build", "node_modules", "ical.js");

// A date as it stands, a time in UTC.
function instant(time) {
	return time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString();
}

function read(ICAL, file) {
	const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
	ICAL.TimezoneService.reset();
	for (const zone of calendar.getAllSubcomponents("vtimezone"))
		ICAL.TimezoneService.register(new ICAL.Timezone(zone).tzid, new ICAL.Timezone(zone));
	const [component, ...others] = calendar.getAllSubcomponents("vevent");
	const event = new ICAL.Event(component);
	const categories = component.getFirstProperty("categories");
	return {
		uid: event.uid,
		summary: event.summary,
		start: instant(event.startDate),
		end: instant(event.endDate),
		categories: categories ? categories.getValues() : [],
		location: event.location || "",
		url: component.getFirstPropertyValue("url") || "",
		alarm: component.getFirstSubcomponent("valarm") !== null,
		recurs: event.isRecurring(),
		out: component.getAllProperties("exdate").flatMap((property) => property.getValues().map(instant)),
		changed: others.map((other) => {
			const own = new ICAL.Event(other);
			return [instant(own.recurrenceId), instant(own.startDate), instant(own.endDate), own.summary, own.location || ""];
		}),
	};
}

async function main() {
	const entry = JSON.parse(fs.readFileSync(path.join(modules, "package.json"), "utf8"));
	const loaded = await import(path.join(modules, entry.module || entry.main));
	const ICAL = loaded.default || loaded;
	const found = {};
	for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean))
		found[file] = read(ICAL, file);
	process.stdout.write(JSON.stringify(found));
}

main();

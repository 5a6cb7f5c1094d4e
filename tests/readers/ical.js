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

// How many dates of a rule are given.
const MOST = 30;

// The first dates that the rule gives, without those that fall out; and the first occurrences as they are in the end.
function walk(ICAL, component, others) {
	const event = new ICAL.Event(component, { exceptions: others });
	const starts = [], occurrences = [];
	if (event.isRecurring()) {
		const iterator = event.iterator();
		for (let next; starts.length < MOST && (next = iterator.next());) {
			const details = event.getOccurrenceDetails(next);
			starts.push(instant(next));
			occurrences.push([instant(details.startDate), instant(details.endDate), details.item.summary,
				details.item.location || ""]);
		}
	} else {
		occurrences.push([instant(event.startDate), instant(event.endDate), event.summary, event.location || ""]);
	}
	return { starts, occurrences: occurrences.sort((a, b) => (a[0] < b[0] ? -1 : 1)) };
}

// One event, and its occurrences with values of their own.
function readEvent(ICAL, component, others) {
	const event = new ICAL.Event(component);
	const categories = component.getFirstProperty("categories");
	const alarm = component.getFirstSubcomponent("valarm");
	return {
		uid: event.uid,
		summary: event.summary,
		start: instant(event.startDate),
		end: instant(event.endDate),
		categories: categories ? categories.getValues() : [],
		location: event.location || "",
		description: event.description || "",
		url: component.getFirstPropertyValue("url") || "",
		alarm: alarm ? alarm.getFirstPropertyValue("trigger").toSeconds() : null,
		language: component.getFirstProperty("summary").getParameter("language") || "",
		parent: component.getFirstPropertyValue("related-to") || "",
		recurs: event.isRecurring(),
		out: component.getAllProperties("exdate").flatMap((property) => property.getValues().map(instant)),
		changed: others.map((other) => {
			const own = new ICAL.Event(other);
			return [instant(own.recurrenceId), instant(own.startDate), instant(own.endDate), own.summary, own.location || ""];
		}),
		...walk(ICAL, component, others),
	};
}

// What a file holds, by UID.
function read(ICAL, file) {
	const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
	ICAL.TimezoneService.reset();
	for (const zone of calendar.getAllSubcomponents("vtimezone"))
		ICAL.TimezoneService.register(new ICAL.Timezone(zone).tzid, new ICAL.Timezone(zone));
	const byUid = new Map();
	for (const component of calendar.getAllSubcomponents("vevent")) {
		const uid = component.getFirstPropertyValue("uid");
		byUid.set(uid, [...(byUid.get(uid) || []), component]);
	}
	const found = {};
	for (const [uid, [component, ...others]] of byUid)
		found[uid] = readEvent(ICAL, component, others);
	return found;
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

// The same feed as people would make it in Node: js-yaml, ical-generator, and luxon for the zones.
//
//     competitor.cjs OUT DIRECTORY
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const installed = createRequire(path.resolve(process.env.BENCH_MODULES, "x"));
const yaml = installed("js-yaml");
const { ICalCalendar, ICalCalendarMethod } = installed("ical-generator");
const { DateTime } = installed("luxon");

const STAMP = DateTime.fromISO("2020-12-17T09:00:00Z");
const SECONDS = { m: 60, h: 3600 };

// Every value as text, as in competitor.py.
const load = (file) => yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.FAILSAFE_SCHEMA });

function times(given, zone) {
	const timed = given.start.length > 10;
	let end = given.end || given.start;
	if (end.length === 5)
		end = `${given.start.slice(0, 10)} ${end}`;
	if (timed)
		return { timezone: zone, start: DateTime.fromSQL(given.start, { zone }), end: DateTime.fromSQL(end, { zone }) };
	const date = (text) => DateTime.fromISO(text, { zone: "utc" });
	return { allDay: true, start: date(given.start), end: date(end).plus({ days: 1 }) };
}

// What a subscriber finds below the description.
function lines(given) {
	const registration = given.registration || {};
	const below = [["Online deelnemen", given.conference], ["Aanmelden", registration.url],
		["Aanmelden kan tot en met", registration.deadline], ["Aantal plaatsen", registration.capacity],
		["Meer informatie", given.url]];
	return below.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`).join("\n");
}

function addEvent(feed, calendar, given) {
	const timed = given.start.length > 10;
	const below = lines(given);
	const event = feed.createEvent({
		...times(given, given.timezone || calendar.timezone),
		id: `${given.id}@${calendar.domain}`,
		stamp: STAMP,
		lastModified: STAMP,
		sequence: 0,
		summary: given.summary,
		description: given.description.trim() + (below ? `\n\n${below}` : ""),
		categories: [calendar.types[given.type].name, ...(given.categories || [])].map((name) => ({ name })),
		status: given.status ? given.status.toUpperCase() : null,
		transparency: timed ? "OPAQUE" : "TRANSPARENT",
		busystatus: timed ? "BUSY" : "FREE",
		organizer: calendar.organizer,
		url: given.url || null,
	});
	if (given.rrule)
		event.repeating(`RRULE:${given.rrule}`);
	const place = given.location || given.conference;
	if (place)
		event.location(given.geo ? { title: place, geo: { lat: Number(given.geo[0]), lon: Number(given.geo[1]) } } : place);
	if (given.conference)
		event.x("X-CONFERENCE", given.conference);
	if (given.contact)
		event.x("X-CONTACT", given.contact);
	if (given.reminder)
		event.createAlarm({
			type: "display",
			trigger: Number(given.reminder.slice(0, -1)) * SECONDS[given.reminder.slice(-1)],
			description: given.summary,
		});
}

const [out, directory] = process.argv.slice(2);
const calendar = load(path.join(directory, "calendar.yaml"));
const feed = new ICalCalendar({
	method: ICalCalendarMethod.PUBLISH,
	name: calendar.feeds[0].name,
	prodId: "-//evcal//competitor//EN",
	timezone: calendar.timezone,
});
for (const name of fs.readdirSync(directory).sort())
	if (name.startsWith("deel-"))
		for (const given of load(path.join(directory, name)).events)
			addEvent(feed, calendar, given);
fs.writeFileSync(out, feed.toString());

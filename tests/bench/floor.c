/*
 * What the job costs at the least, to measure evcal against: the two libraries that do the bulk of it, and as little
 * around them as will do. No check, no message, no time zone, no Markdown, no folding; what would be an error is a
 * crash.
 *
 *   floor feed OUT FILE...      libyaml's events, one libical tree with a VEVENT for each event, printed once
 *   floor write FOLDER < LIST   writes the files of a list ("bytes name" a line), one sync, renames each to its place
 *   floor read FOLDER < LIST    reads them
 *
 * It knows no more of the format than tests/bench/generate.py writes: values as text, and lists of text.
 */
#define _GNU_SOURCE /* syncfs() */

#include <libical/ical.h>
#include <yaml.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The keys whose values become properties. */
enum key {
	ID,
	TYPE,
	SUMMARY,
	START,
	END,
	ZONE,
	RRULE,
	LOCATION,
	GEO,
	CONFERENCE,
	URL,
	CATEGORIES,
	STATUS,
	CONTACT,
	REMINDER,
	DESCRIPTION,
	KEYS
};

static const char *const keys[KEYS] = {"id", "type", "summary", "start", "end", "timezone", "rrule", "location", "geo",
	"conference", "url", "categories", "status", "contact", "reminder", "description"};

/* One event while its mapping is parsed. Values of a list are joined with commas. */
struct event {
	char *values[KEYS];
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* --- an event as a VEVENT ---------------------------------------------------------------------------------------- */

static void add_time(icalcomponent *vevent, icalproperty_kind kind, const char *text, const char *zone, int later)
{
	struct icaltimetype time = icaltime_null_time();
	int got = sscanf(text, "%d-%d-%d %d:%d", &time.year, &time.month, &time.day, &time.hour, &time.minute);
	time.is_date = got < 5;
	if (time.is_date)
		icaltime_adjust(&time, later, 0, 0, 0);
	icalproperty *property = icalproperty_new(kind);
	icalproperty_set_value(property, time.is_date ? icalvalue_new_date(time) : icalvalue_new_datetime(time));
	icalproperty_add_parameter(
		property, time.is_date ? icalparameter_new_value(ICAL_VALUE_DATE) : icalparameter_new_tzid(zone));
	icalcomponent_add_property(vevent, property);
}

static void add_times(icalcomponent *vevent, const struct event *event)
{
	const char *start = event->values[START], *end = event->values[END];
	const char *zone = event->values[ZONE] ? event->values[ZONE] : "Europe/Amsterdam";
	char same_day[32];
	if (end && strlen(end) == 5) {
		snprintf(same_day, sizeof(same_day), "%.10s %s", start, end);
		end = same_day;
	}
	add_time(vevent, ICAL_DTSTART_PROPERTY, start, zone, 0);
	add_time(vevent, ICAL_DTEND_PROPERTY, end ? end : start, zone, 1);
}

static void add_x(icalcomponent *component, const char *name, const char *value)
{
	icalproperty *property = icalproperty_new_x(value);
	icalproperty_set_x_name(property, name);
	icalcomponent_add_property(component, property);
}

static void add_stamps(icalcomponent *vevent)
{
	struct icaltimetype stamp = icaltime_from_timet_with_zone(1608195600, 0, icaltimezone_get_utc_timezone());
	icalcomponent_add_property(vevent, icalproperty_new_dtstamp(stamp));
	icalcomponent_add_property(vevent, icalproperty_new_lastmodified(stamp));
	icalcomponent_add_property(vevent, icalproperty_new_sequence(0));
}

static void add_organizer(icalcomponent *vevent)
{
	icalproperty *organizer = icalproperty_new_organizer("mailto:agenda@example.org");
	icalproperty_add_parameter(organizer, icalparameter_new_cn("Programmateam"));
	icalcomponent_add_property(vevent, organizer);
}

static void add_alarm(icalcomponent *vevent, const struct event *event)
{
	int count = atoi(event->values[REMINDER]);
	struct icaltriggertype trigger = {.time = icaltime_null_time()};
	trigger.duration.is_neg = 1;
	if (strchr(event->values[REMINDER], 'h'))
		trigger.duration.hours = (unsigned)count;
	else
		trigger.duration.minutes = (unsigned)count;
	icalcomponent *alarm = icalcomponent_new_valarm();
	icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	icalcomponent_add_property(alarm, icalproperty_new_description(event->values[SUMMARY]));
	icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
	icalcomponent_add_component(vevent, alarm);
}

static icalcomponent *make_vevent(const struct event *event)
{
	char text[256];
	icalcomponent *vevent = icalcomponent_new_vevent();
	snprintf(text, sizeof(text), "%s@example.org", event->values[ID]);
	icalcomponent_add_property(vevent, icalproperty_new_uid(text));
	add_stamps(vevent);
	add_times(vevent, event);
	if (event->values[RRULE])
		icalcomponent_add_property(
			vevent, icalproperty_new_rrule(icalrecurrencetype_from_string(event->values[RRULE])));
	icalcomponent_add_property(vevent, icalproperty_new_summary(event->values[SUMMARY]));
	icalcomponent_add_property(vevent, icalproperty_new_description(event->values[DESCRIPTION]));
	if (event->values[LOCATION])
		icalcomponent_add_property(vevent, icalproperty_new_location(event->values[LOCATION]));
	if (event->values[GEO]) {
		struct icalgeotype geo;
		sscanf(event->values[GEO], "%lf,%lf", &geo.lat, &geo.lon);
		icalcomponent_add_property(vevent, icalproperty_new_geo(geo));
	}
	if (event->values[CONFERENCE])
		icalcomponent_add_property(vevent, icalproperty_new_conference(event->values[CONFERENCE]));
	snprintf(text, sizeof(text), "%s%s%s", event->values[TYPE], event->values[CATEGORIES] ? "," : "",
		event->values[CATEGORIES] ? event->values[CATEGORIES] : "");
	icalcomponent_add_property(vevent, icalproperty_new_categories(text));
	if (event->values[STATUS])
		icalcomponent_add_property(
			vevent, icalproperty_new_status(icalproperty_string_to_status(event->values[STATUS])));
	bool timed = strlen(event->values[START]) > 10;
	icalcomponent_add_property(
		vevent, icalproperty_new_transp(timed ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
	add_x(vevent, "X-MICROSOFT-CDO-BUSYSTATUS", timed ? "BUSY" : "FREE");
	add_organizer(vevent);
	if (event->values[URL])
		icalcomponent_add_property(vevent, icalproperty_new_url(event->values[URL]));
	if (event->values[CONTACT])
		icalcomponent_add_property(vevent, icalproperty_new_contact(event->values[CONTACT]));
	if (event->values[REMINDER])
		add_alarm(vevent, event);
	return vevent;
}

/* --- from libyaml's events --------------------------------------------------------------------------------------- */

/* Where in a file the parser is: events stand in the list of the root's mapping, at depth 3. */
struct reading {
	icalcomponent *vcalendar;
	struct event event;
	int depth, key;
	bool is_value;
};

static void keep(struct reading *reading, const char *value)
{
	if (reading->key == KEYS)
		return;
	char **place = &reading->event.values[reading->key], *before = *place;
	if (!before) {
		*place = strdup(value);
		return;
	}
	if (asprintf(place, "%s,%s", before, value) < 0)
		die("asprintf");
	free(before);
}

static void find_key(struct reading *reading, const char *text)
{
	reading->key = 0;
	while (reading->key < KEYS && strcmp(keys[reading->key], text))
		reading->key++;
}

static void end_event(struct reading *reading)
{
	icalcomponent_add_component(reading->vcalendar, make_vevent(&reading->event));
	for (int i = 0; i < KEYS; i++)
		free(reading->event.values[i]);
	reading->event = (struct event){{NULL}};
}

static void read_event(struct reading *reading, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_MAPPING_START_EVENT:
		reading->depth++;
		/* A mapping inside an event becomes no property. */
		if (reading->depth == 4)
			reading->key = KEYS;
		else
			reading->is_value = false;
		break;
	case YAML_SEQUENCE_START_EVENT:
		reading->depth++;
		break;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		if (reading->depth-- == 3)
			end_event(reading);
		reading->is_value = false;
		break;
	case YAML_SCALAR_EVENT:
		if (reading->depth == 3 && !reading->is_value)
			find_key(reading, (const char *)event->data.scalar.value);
		else if (reading->depth >= 3)
			keep(reading, (const char *)event->data.scalar.value);
		if (reading->depth == 3)
			reading->is_value = !reading->is_value;
		break;
	default:
		break;
	}
}

static void parse_file(struct reading *reading, const char *path)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type = YAML_NO_EVENT;
	FILE *file = fopen(path, "rb");
	if (!file || !yaml_parser_initialize(&parser))
		die(path);
	yaml_parser_set_input_file(&parser, file);
	/* The calendar's own file has other keys; what is used of it stands in here. */
	bool kept = !strstr(path, "calendar.yaml");
	while (type != YAML_STREAM_END_EVENT) {
		if (!yaml_parser_parse(&parser, &event))
			die(path);
		if (kept)
			read_event(reading, &event);
		type = event.type;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	fclose(file);
}

/* --- the jobs ---------------------------------------------------------------------------------------------------- */

static void feed(const char *out, char **paths)
{
	struct reading reading = {.vcalendar = icalcomponent_new_vcalendar()};
	icalcomponent_add_property(reading.vcalendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(reading.vcalendar, icalproperty_new_prodid("-//evcal//floor//EN"));
	icalcomponent_add_property(reading.vcalendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	add_x(reading.vcalendar, "X-WR-CALNAME", "Alles");
	for (; *paths; paths++)
		parse_file(&reading, *paths);
	char *text = icalcomponent_as_ical_string_r(reading.vcalendar);
	FILE *file = fopen(out, "wb");
	if (!file || fwrite(text, 1, strlen(text), file) != strlen(text) || fclose(file))
		die(out);
	free(text);
	icalcomponent_free(reading.vcalendar);
}

static void write_file(int folder, const char *name, const char *bytes, size_t size)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd))
		die(name);
}

static int open_folder(const char *path)
{
	if (mkdir(path, 0755))
		die(path);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		die(path);
	return fd;
}

static void write_files(const char *path)
{
	enum { NAME = 256, LARGEST = 1 << 28 };
	char(*names)[NAME] = NULL, *bytes = calloc(1, LARGEST), staged[24];
	size_t count = 0, size;
	char name[NAME];
	int folder = open_folder(path);
	if (!bytes || chdir(path))
		die(path);
	int staging = open_folder("staging"), events = open_folder("events");
	for (; scanf("%zu %255s", &size, name) == 2; count++) {
		if (!(count & (count - 1)) && !(names = realloc(names, 2 * (count + 1) * sizeof(*names))))
			die("realloc");
		strcpy(names[count], name);
		snprintf(staged, sizeof(staged), "%zu", count);
		write_file(staging, staged, bytes, size < LARGEST ? size : LARGEST);
	}
	if (syncfs(folder))
		die("syncfs");
	for (size_t i = 0; i < count; i++) {
		snprintf(staged, sizeof(staged), "%zu", i);
		if (renameat(staging, staged, folder, names[i]))
			die(names[i]);
	}
	if (fsync(events) || fsync(folder))
		die("fsync");
	free(names);
	free(bytes);
}

static void read_files(const char *path)
{
	static char bytes[1 << 20];
	struct stat stat;
	size_t size;
	char name[256];
	if (chdir(path))
		die(path);
	while (scanf("%zu %255s", &size, name) == 2) {
		int fd = open(name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || fstat(fd, &stat))
			die(name);
		ssize_t got;
		while ((got = read(fd, bytes, sizeof(bytes))) > 0)
			size -= (size_t)got;
		if (got < 0 || size || close(fd))
			die(name);
	}
}

int main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "feed"))
		feed(argv[2], argv + 3);
	else if (argc == 3 && !strcmp(argv[1], "write"))
		write_files(argv[2]);
	else if (argc == 3 && !strcmp(argv[1], "read"))
		read_files(argv[2]);
	else
		return fputs("usage: floor feed OUT FILE... | write FOLDER < LIST | read FOLDER < LIST\n", stderr), 2;
	return 0;
}

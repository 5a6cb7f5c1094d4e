#include "ical/file.h"

#include "base/arena.h"
#include "base/threads.h"
#include "ical/lines.h"
#include "ical/property.h"
#include "ical/vtimezone.h"
#include "resolve/select.h"
#include "model/revision.h"
#include "time/zone.h"

#include <stdlib.h>

#define PRODID "-//evcal//evcal//EN"

/* With fewer events, a thread costs more than it saves. */
enum { REFRESH_HOURS = 12, EVENTS_LEAST = 200 };

static const char VCALENDAR[] = "VCALENDAR";

/* The lines that a VCALENDAR begins with. */
static struct lines open_vcalendar(icalproperty_method method)
{
	struct lines lines = lines_open();
	lines_begin(&lines, VCALENDAR);
	lines_add(&lines, icalproperty_new_version("2.0"));
	lines_add(&lines, icalproperty_new_prodid(PRODID));
	lines_add(&lines, icalproperty_new_method(method));
	return lines;
}

struct str files_head(struct arena *arena, enum form form)
{
	static const icalproperty_method methods[] = {
		[FORM_PUBLISH] = ICAL_METHOD_PUBLISH,
		[FORM_REQUEST] = ICAL_METHOD_REQUEST,
		[FORM_CANCEL] = ICAL_METHOD_CANCEL,
		[FORM_WITHDRAW] = ICAL_METHOD_CANCEL,
	};
	struct lines lines = open_vcalendar(methods[form]);
	return lines_close(&lines, arena);
}

/*
 * Events are printed in several threads, each with an arena of its own. libical can be used by several threads if they
 * share no object. What is left is a counter in libical that is not atomic; nothing depends on its value.
 */
struct printers {
	struct files *files;
	struct arena arenas[THREADS_MOST];
	struct known known[THREADS_MOST];
};

static void print_event(void *context, unsigned worker, size_t index)
{
	struct printers *printers = context;
	struct files *files = printers->files;
	struct arena *arena = &printers->arenas[worker];
	const struct schedule *schedule = files->calendar->schedules[index];
	struct published *published = &files->published[index];
	if (!schedule_is_published(schedule))
		return;
	*published = (struct published){.uid = schedule->uid, .ends = schedule->ends};
	if (at_valid(&schedule->event->sequence->at) && !schedule->rdate_of)
		published->least = schedule->event->sequence->value;
	files->events[index] =
		vevent_print(arena, files->calendar, schedule, FORM_PUBLISH, &printers->known[worker], published);
}

static void print_events(struct files *files)
{
	struct printers printers = {.files = files};
	size_t count = files->calendar->schedule_count;
	files->events = arena_alloc(files->arena, count * sizeof(*files->events));
	files->published = arena_alloc(files->arena, count * sizeof(*files->published));
	threads_each(threads_for(count, EVENTS_LEAST), 0, count, print_event, &printers);
	for (size_t i = 0; i < THREADS_MOST; i++) {
		arena_take(files->arena, &printers.arenas[i]);
		arena_free(&printers.known[i].arena);
	}
}

struct files files_make(struct arena *arena, const struct calendar *calendar)
{
	struct files files = {.arena = arena, .calendar = calendar};
	print_events(&files);
	files.revisions = arena_alloc(arena, calendar->schedule_count * sizeof(*files.revisions));
	files.zones = arena_alloc(arena, calendar->zone_rules_count * sizeof(*files.zones));
	for (size_t i = 0; i < calendar->zone_rules_count; i++)
		files.zones[i] = vtimezone_print(arena, &calendar->zone_rules[i]);
	files.head = files_head(arena, FORM_PUBLISH);
	return files;
}

void files_set_revision(struct files *files, size_t index, const struct revision *revision)
{
	/* Most events have the same revision times as the one before. */
	const struct revision *last = files->last;
	bool same = last && last->created == revision->created && last->modified == revision->modified &&
		    last->sequence == revision->sequence;
	if (!same)
		files->last_lines = vevent_revision_lines(files->arena, revision, 0);
	files->revisions[index] = files->last_lines;
	files->last = revision;
}

static size_t zone_index(const struct calendar *calendar, const struct schedule *schedule)
{
	const struct zone *zone = schedule->timing.all_day ? NULL : schedule->timing.zone;
	for (size_t i = 0; zone && i < calendar->zone_rules_count; i++)
		if (calendar->zone_rules[i].zone == zone)
			return i;
	return calendar->zone_rules_count;
}

static void add_refresh(struct lines *lines, const struct files *files)
{
	const struct duration_value *refresh = &files->calendar->refresh;
	struct icaldurationtype duration = {.hours = REFRESH_HOURS};
	if (at_valid(&refresh->at)) {
		int minutes = duration_minutes(refresh->duration);
		duration.hours = (unsigned)minutes / 60;
		duration.minutes = (unsigned)minutes % 60;
	}
	icalproperty *interval = icalproperty_new_refreshinterval(duration);
	icalproperty_set_parameter(interval, icalparameter_new_value(ICAL_VALUE_DURATION));
	lines_add(lines, interval);
	char *text = icaldurationtype_as_ical_string_r(duration);
	lines_add(lines, property_x(files->arena, "X-PUBLISHED-TTL", str_from(text)));
	free(text);
}

static void add_feed_properties(struct lines *lines, const struct files *files, const struct feed *feed)
{
	const struct calendar *calendar = files->calendar;
	struct arena *arena = files->arena;
	lines_add(lines, property_text(arena, ICAL_NAME_PROPERTY, feed->name.str));
	lines_add(lines, property_x(arena, "X-WR-CALNAME", feed->name.str));
	const struct text *description = at_valid(&feed->description.at) ? &feed->description : &calendar->description;
	if (at_valid(&description->at)) {
		lines_add(lines, property_text(arena, ICAL_DESCRIPTION_PROPERTY, description->str));
		lines_add(lines, property_x(arena, "X-WR-CALDESC", description->str));
	}
	lines_add(lines, property_x(arena, "X-WR-TIMEZONE", zone_name(calendar->timezone.zone)));
	add_refresh(lines, files);
	if (at_valid(&calendar->url.at))
		lines_add(lines, property_uri(arena, ICAL_URL_PROPERTY, calendar->url.str));
	if (at_valid(&calendar->publish_url.at)) {
		struct str base = calendar->publish_url.str;
		base.len -= str_ends(base, STR("/"));
		struct str address = str_format(arena, "%.*s/%.*s.ics", STR_ARG(base), STR_ARG(feed->id.str));
		icalproperty *source = property_uri(arena, ICAL_SOURCE_PROPERTY, address);
		icalproperty_set_parameter(source, icalparameter_new_value(ICAL_VALUE_URI));
		lines_add(lines, source);
	}
	if (at_valid(&calendar->color.at))
		lines_add(lines, property_text(arena, ICAL_COLOR_PROPERTY, calendar->color.str));
}

struct chosen {
	int64_t start_at; /* a copy of the schedule's, which is far away in memory */
	const struct schedule *schedule;
	size_t index;
};

/* By start, then id, so that a feed does not depend on which file an event stands in. */
static int compare(const void *left, const void *right)
{
	const struct chosen *a = left, *b = right;
	int order = (a->start_at > b->start_at) - (a->start_at < b->start_at);
	return order ? order : str_compare(a->schedule->id, b->schedule->id);
}

size_t files_feed(const struct files *files, const struct feed *feed, struct pieces *out)
{
	const struct calendar *calendar = files->calendar;
	struct arena scratch = {0};
	struct chosen *chosen = arena_alloc(&scratch, calendar->schedule_count * sizeof(*chosen));
	bool *zones = arena_alloc(&scratch, calendar->zone_rules_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		if (!feed_holds(calendar, feed, schedule))
			continue;
		chosen[count++] = (struct chosen){schedule->timing.start_at, schedule, i};
		zones[zone_index(calendar, schedule)] = true;
	}
	if (count)
		qsort(chosen, count, sizeof(*chosen), compare);
	struct lines lines = open_vcalendar(ICAL_METHOD_PUBLISH);
	add_feed_properties(&lines, files, feed);
	pieces_add(out, lines_close(&lines, files->arena));
	for (size_t i = 0; i < calendar->zone_rules_count; i++)
		if (zones[i])
			pieces_add(out, files->zones[i]);
	for (size_t i = 0; i < count; i++)
		vevent_add(out, files->events[chosen[i].index], files->revisions[chosen[i].index], STR(""));
	pieces_add(out, FILES_TAIL);
	arena_free(&scratch);
	return count;
}

struct str files_zone(const struct files *files, const struct schedule *schedule)
{
	size_t zone = zone_index(files->calendar, schedule);
	return zone < files->calendar->zone_rules_count ? files->zones[zone] : STR("");
}

void files_event(const struct files *files, size_t index, struct pieces *out)
{
	pieces_add(out, files->head);
	pieces_add(out, files_zone(files, files->calendar->schedules[index]));
	vevent_add(out, files->events[index], files->revisions[index], STR(""));
	pieces_add(out, FILES_TAIL);
}

#include "cmd/list.h"

#include "base/arena.h"
#include "cmd/given_day.h"
#include "cmd/known.h"
#include "cmd/list_rows.h"
#include "cmd/list_search.h"
#include "report/csv.h"
#include "report/output.h"
#include "report/trouble.h"
#include "resolve/occurrences.h"
#include "resolve/select.h"
#include "session/session.h"
#include "time/limits.h"

#include <stdlib.h>
#include <unistd.h>

enum { ENDLESS_SHOWN_YEARS = 2 };

struct listing {
	struct loaded *loaded;
	const struct options *options;
	struct days days;
	struct sought sought;
	bool all; /* drafts and announced events too */
	struct item *items;
	size_t count;
};

/* --- what was asked for ------------------------------------------------------------------------------------------- */

static bool among(const struct words *words, struct str word)
{
	for (size_t i = 0; i < words->count; i++)
		if (str_equal(str_from(words->items[i]), word))
			return true;
	return false;
}

/* True too if a part of the calendar could not be read: the words may be there. */
static bool words_known(const struct listing *listing)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	const struct options *options = listing->options;
	if (calendar->broken)
		return true;
	return known_words(calendar, VALUE_TYPE, &options->types) &&
	       known_words(calendar, VALUE_FEED, &options->feeds) &&
	       (calendar->events_broken || known_words(calendar, VALUE_CATEGORY, &options->categories));
}

/* Reads a day of the command line. False: a message has shown how it is written. */
static bool read_day(struct listing *listing, const char *option, const char *word, bool *given, struct date *date)
{
	*given = word && given_day(listing->loaded, option, word, date);
	return *given || !word;
}

static bool read_days(struct listing *listing)
{
	const struct options *options = listing->options;
	struct days *days = &listing->days;
	if (!read_day(listing, "from", options->from, &days->has_first, &days->first) ||
		!read_day(listing, "until", options->until, &days->has_last, &days->last))
		return false;
	if (!days->has_first || !days->has_last || date_days(days->first) <= date_days(days->last))
		return true;
	tell(LOCAL("--from, %s, lies after --until, %s", "--from, %s, ligt na --until, %s"), options->from,
		options->until);
	return false;
}

/* --- gathering ---------------------------------------------------------------------------------------------------- */

static bool wanted(const struct listing *listing, const struct schedule *schedule, struct listed_words feeds)
{
	const struct event *event = schedule->event;
	const struct options *options = listing->options;
	bool fits = !options->feeds.count;
	for (size_t i = 0; i < feeds.count; i++)
		fits |= among(&options->feeds, feeds.items[i]);
	if (options->types.count)
		fits &= at_valid(&event->type->at) && among(&options->types, event->type->str);
	if (!fits || !options->categories.count)
		return fits;
	for (size_t i = 0; i < options->categories.count; i++)
		if (schedule_has_category(schedule, str_from(options->categories.items[i])))
			return true;
	return false;
}

static struct listed_words feeds_of(struct listing *listing, const struct schedule *schedule)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	struct str *ids = arena_alloc(&listing->loaded->arena, calendar->feeds.count * sizeof(*ids));
	size_t count = 0;
	for (size_t i = 0; i < calendar->feeds.count; i++)
		if (feed_holds(calendar, calendar->feeds.items[i], schedule))
			ids[count++] = calendar->feeds.items[i]->id.str;
	return (struct listed_words){ids, count};
}

static int64_t years_on(struct date date, int years)
{
	date.year = (short)(date.year + years);
	return date_days(date) * DAY_SECONDS;
}

/* The instant up to which an endless rule is followed; up to two days late, since --until compares days. */
static int64_t horizon(const struct listing *listing, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	const struct days *days = &listing->days;
	if (days->has_last)
		return (date_days(days->last) + 2) * DAY_SECONDS;
	int64_t start =
		timing->start_at + years_on(timing->start.date, ENDLESS_SHOWN_YEARS) - years_on(timing->start.date, 0);
	int64_t from = days->has_first ? years_on(days->first, ENDLESS_SHOWN_YEARS) : start;
	return (from > start ? from : start) - 1;
}

static void add_item(struct listing *listing, struct item item)
{
	struct arena *arena = &listing->loaded->arena;
	const struct calendar *calendar = &listing->loaded->calendar;
	item.at = item.occurrence.start_at;
	/* What is announced stands behind the days of its month. */
	if (item.known == KNOWN_MONTH)
		item.at = item.occurrence.end_at - 1;
	if (item.all_day && item.known != KNOWN_NOTHING && at_valid(&calendar->timezone.at))
		item.at = zone_local(calendar->timezone.zone, item.at).instant;
	listing->items = arena_grow(arena, listing->items, listing->count, sizeof(*listing->items));
	listing->items[listing->count++] = item;
}

/* Whether it has the words of --search. */
static bool is_found(const struct listing *listing, const struct item *item)
{
	struct arena scratch = {0};
	bool found = sought_fits(&listing->sought, &scratch, item);
	arena_free(&scratch);
	return found;
}

/* A draft or an announced event of which it is not known when it begins and ends. */
static void add_unsettled(struct listing *listing, struct item item)
{
	const struct event *event = item.schedule->event;
	const struct days *days = &listing->days;
	struct occurrence *occurrence = &item.occurrence;
	if (at_valid(&event->start->at)) {
		struct moment start = event->start->moment;
		const struct zone *zone = start.utc ? NULL : event->timezone->zone;
		item.known = event->start->month_only ? KNOWN_MONTH : KNOWN_START;
		item.all_day = moment_is_date(start);
		occurrence->start_at = moment_seconds(start);
		if (!item.all_day && zone)
			occurrence->start_at = zone_local(zone, occurrence->start_at).instant;
		occurrence->end_at = occurrence->start_at + 1;
		if (event->start->month_only)
			occurrence->end_at = occurrence->start_at +
					     (int64_t)DAY_SECONDS * date_month_days(start.date.year, start.date.month);
	} else if (at_given(&event->start->at) || days->has_first || days->has_last) {
		return;
	} else {
		item.known = KNOWN_NOTHING;
		item.all_day = true;
		occurrence->start_at = INT64_MAX;
	}
	bool touches = item.known == KNOWN_NOTHING || days_touch(&listing->loaded->calendar, days, item.all_day,
							      occurrence->start_at, occurrence->end_at);
	if (touches && is_found(listing, &item))
		add_item(listing, item);
}

/* True if an id or word begins with --prefix. */
static bool has_prefix(const struct listing *listing, struct str word)
{
	return !listing->options->prefix || str_starts(word, str_from(listing->options->prefix));
}

/* Drafts and announced events are for people who plan: programs are told of them on demand only. */
static bool is_asked_for(const struct listing *listing, const struct schedule *schedule)
{
	if (!has_prefix(listing, schedule->id))
		return false;
	return listing->all || (!event_draft(schedule->event) && !event_announced(schedule->event));
}

static void add_event(struct listing *listing, const struct schedule *schedule)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	bool settled = timing_known(schedule);
	if (!is_asked_for(listing, schedule) ||
		(!settled && !event_draft(schedule->event) && !event_announced(schedule->event)))
		return;
	struct item item = {
		.schedule = schedule, .all_day = schedule->timing.all_day, .feeds = feeds_of(listing, schedule)};
	if (!wanted(listing, schedule, item.feeds))
		return;
	if (!settled) {
		add_unsettled(listing, item);
		return;
	}
	bool endless = schedule->recurring && schedule->recurring->endless;
	int64_t last = endless ? horizon(listing, schedule) : INT64_MAX;
	struct occurrences all = occurrences_of(&listing->loaded->arena, schedule, last);
	bool found = is_found(listing, &item);
	for (size_t i = 0; i < all.count; i++) {
		item.occurrence = all.items[i];
		bool asked = item.occurrence.own ? is_found(listing, &item) : found;
		if (asked && item.occurrence.start_at <= last &&
			days_touch(calendar, &listing->days, schedule->timing.all_day, item.occurrence.start_at,
				item.occurrence.end_at))
			add_item(listing, item);
	}
}

static int compare(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = (a->at > b->at) - (a->at < b->at);
	if (!order)
		order = str_compare(a->schedule->id, b->schedule->id);
	return order ? order
		     : (a->occurrence.id_at > b->occurrence.id_at) - (a->occurrence.id_at < b->occurrence.id_at);
}

/* --- printing ----------------------------------------------------------------------------------------------------- */

static void print_json(const struct listing *listing)
{
	listing_json_begin(stdout);
	for (size_t i = 0; i < listing->count; i++) {
		struct arena arena = {0};
		struct listed listed = listed_of(&arena, &listing->items[i]);
		listing_json(stdout, &listed, i);
		arena_free(&arena);
	}
	listing_json_end(stdout, listing->count);
}

static void print_tsv(const struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++) {
		struct arena arena = {0};
		struct listed listed = listed_of(&arena, &listing->items[i]);
		listing_tsv(stdout, &listed);
		arena_free(&arena);
	}
}

static void print_csv(const struct listing *listing)
{
	struct csv csv = {.stream = stdout, .dutch = local_language() == LANGUAGE_NL};
	listing_csv_begin(&csv);
	for (size_t i = 0; i < listing->count; i++) {
		struct arena arena = {0};
		struct listed listed = listed_of(&arena, &listing->items[i]);
		listing_csv(&csv, &listed);
		arena_free(&arena);
	}
}

static struct table_row *rows_of(const struct listing *listing)
{
	struct arena *arena = &listing->loaded->arena;
	struct table_row *rows = arena_alloc(arena, listing->count * sizeof(*rows));
	for (size_t i = 0; i < listing->count; i++)
		rows[i] = table_row_of(arena, &listing->loaded->calendar, &listing->items[i]);
	return rows;
}

static void print_markdown(const struct listing *listing)
{
	listing_markdown(stdout, rows_of(listing), listing->count);
}

static void print_table(const struct listing *listing)
{
	listing_table(stdout, rows_of(listing), listing->count, options_color(listing->options, STDOUT_FILENO),
		terminal_width(STDOUT_FILENO));
	if (listing->count || listing->options->quiet)
		return;
	if (listing->loaded->calendar.event_count)
		fputs(LOCAL("nothing is on that fits what was asked for\n", "er is niets dat past bij wat je vroeg\n"),
			stderr);
	else
		fputs(LOCAL("the calendar has no events yet\n", "de agenda heeft nog geen activiteiten\n"), stderr);
}

struct once {
	const struct listing *listing;
	struct map seen;
};

static void print_once(void *context, struct str word)
{
	struct once *once = context;
	const char *begin = word.ptr;
	if (word.len && has_prefix(once->listing, word) && !map_get(&once->seen, word)) {
		map_put(&once->seen, &once->listing->loaded->arena, word, (void *)begin);
		printf("%.*s\n", STR_ARG(word));
	}
}

static void print_ids(const struct listing *listing)
{
	struct once once = {.listing = listing};
	for (size_t i = 0; i < listing->count; i++)
		print_once(&once, listing->items[i].schedule->id);
}

static void print_known(const struct listing *listing, enum value kind)
{
	struct once once = {.listing = listing};
	known_each(&listing->loaded->calendar, kind, print_once, &once);
}

static void print_types(const struct listing *listing)
{
	print_known(listing, VALUE_TYPE);
}

static void print_categories(const struct listing *listing)
{
	print_known(listing, VALUE_CATEGORY);
}

static void print_feeds(const struct listing *listing)
{
	print_known(listing, VALUE_FEED);
}

/* Each event once, with its first day and its summary if these could be read; with --quiet the ids alone. */
static void print_events(const struct listing *listing)
{
	struct loaded *loaded = listing->loaded;
	struct map seen = {0};
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++) {
		const struct schedule *schedule = loaded->calendar.schedules[i];
		const struct event *event = schedule->event;
		const struct when *start = schedule->rdate ? schedule->rdate : event->start;
		if (!at_valid(&event->id->at) || !has_prefix(listing, schedule->id) || map_get(&seen, schedule->id))
			continue;
		map_put(&seen, &loaded->arena, schedule->id, (void *)schedule);
		if (listing->options->quiet) {
			printf("%.*s\n", STR_ARG(schedule->id));
			continue;
		}
		struct arena arena = {0};
		struct str day = STR(""), summary = STR("");
		if (at_valid(&start->at))
			day = start->month_only ? month_format(&arena, start->moment.date)
						: date_format(&arena, start->moment.date);
		if (at_valid(&event->summary->at))
			summary = event->summary->str;
		listing_event(stdout, schedule->id, day, summary);
		arena_free(&arena);
	}
}

/*
 * The words of --format: name, function, how much it needs, meaning. One that does not need all is for completions: the
 * calendar is not checked, and it prints words of the whole calendar that begin with --prefix, whatever the other
 * options choose.
 */
#define FORMATS(FORMAT) \
	FORMAT("table", print_table, READ_ALL, W("for people", "voor mensen")) \
	FORMAT("json", print_json, READ_ALL, W("for programs", "voor programma's")) \
	FORMAT("tsv", print_tsv, READ_ALL, W("columns with tabs between", "kolommen met tabs ertussen")) \
	FORMAT("csv", print_csv, READ_ALL, W("for a spreadsheet", "voor een rekenblad")) \
	FORMAT("markdown", print_markdown, READ_ALL, W("a table for a newsletter", "een tabel voor een nieuwsbrief")) \
	FORMAT("id", print_ids, READ_ALL, W("each id once", "elk id één keer")) \
	FORMAT("event", print_events, READ_SHOWN, \
		W("each id with its first day and summary, with -q alone; for completions, unchecked", \
			"elk id met de eerste dag en de titel, met -q alleen; om aan te vullen, niet gecontroleerd")) \
	FORMAT("type", print_types, READ_CALENDAR, \
		W("the words of --type; likewise", "de woorden van --type; ook zo")) \
	FORMAT("category", print_categories, READ_SHOWN, \
		W("the words of --category; likewise", "de woorden van --category; ook zo")) \
	FORMAT("feed", print_feeds, READ_CALENDAR, W("the words of --feed; likewise", "de woorden van --feed; ook zo"))

#define CHOICE(name, print, reach, doc) {name, doc},
#define PRINTER(name, print, reach, doc) {print, reach},

const struct keyword list_formats[] = {FORMATS(CHOICE){NULL, W(NULL, NULL)}};

static const struct printer {
	void (*print)(const struct listing *listing);
	enum reach reach; /* with --prefix */
} printers[] = {FORMATS(PRINTER)};

static bool gather(struct listing *listing)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	if (!words_known(listing) || !read_days(listing))
		return false;
	listing->all = listing->options->all || printers[listing->options->format].print == print_table;
	listing->sought = sought_of(&listing->loaded->arena, &listing->options->search);
	for (size_t i = 0; i < calendar->schedule_count; i++)
		add_event(listing, calendar->schedules[i]);
	if (listing->count)
		qsort(listing->items, listing->count, sizeof(*listing->items), compare);
	return true;
}

static enum exit_status list(struct listing *listing)
{
	const struct printer *printer = &printers[listing->options->format];
	if (printer->reach == READ_ALL && !gather(listing))
		return EXIT_USAGE;
	show_findings(stderr, &listing->loaded->findings, listing->options);
	printer->print(listing);
	if (!flush_output())
		return EXIT_TROUBLE;
	return must_fail(&listing->loaded->findings, listing->options) ? EXIT_FINDINGS : EXIT_DONE;
}

enum exit_status cmd_list(const struct options *options)
{
	struct loaded loaded;
	struct listing listing = {.loaded = &loaded, .options = options};
	const struct printer *printer = &printers[options->format];
	/* A shell waits for completions, at every TAB: only what they show is read. */
	bool read = printer->reach != READ_ALL
			    ? load_unchecked(&loaded, options, options->prefix ? printer->reach : READ_ALL)
			    : load(&loaded, options, NULL);
	enum exit_status status = read ? list(&listing) : EXIT_TROUBLE;
	loaded_free(&loaded);
	return status;
}

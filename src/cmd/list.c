#include "cmd/list.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "cmd/cmd.h"
#include "resolve/occurrences.h"
#include "resolve/select.h"
#include "time/day.h"
#include "time/limits.h"

#include <stdlib.h>
#include <unistd.h>

enum { ENDLESS_SHOWN_YEARS = 2 };

struct listing {
	struct loaded *loaded;
	const struct options *options;
	struct days days;
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

/* Calls each with every word that --type, --category or --feed takes; some may come more than once. */
static void each_type(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->types.count; i++)
		each(context, calendar->types.items[i]->id.str);
}

static void each_category(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->types.count; i++)
		each(context, calendar->types.items[i]->name.str);
	for (size_t i = 0; i < calendar->event_count; i++)
		for (size_t j = 0; j < calendar->events[i]->categories.count; j++)
			each(context, calendar->events[i]->categories.items[j].str);
}

static void each_feed(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->feeds.count; i++)
		each(context, calendar->feeds.items[i]->id.str);
}

struct search {
	struct str word;
	bool found;
	struct suggestion near;
};

static void look_at(void *context, struct str word)
{
	struct search *search = context;
	search->found |= str_equal(word, search->word);
	suggest(&search->near, search->word, word);
}

/* Whether the calendar has all of the words; else says which it has not, as usage_unknown() does. */
static bool known(const struct calendar *calendar, const char *what, const struct words *words,
	void (*each)(const struct calendar *calendar, void (*call)(void *context, struct str word), void *context))
{
	for (size_t i = 0; i < words->count; i++) {
		struct search search = {.word = str_from(words->items[i])};
		each(calendar, look_at, &search);
		if (search.found)
			continue;
		usage_unknown(what, search.word, search.near.best);
		return false;
	}
	return true;
}

/* What could not be read may hold the words that are asked for. */
static bool words_known(const struct listing *listing)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	const struct options *options = listing->options;
	if (calendar->broken)
		return true;
	return known(calendar, "there is no type", &options->types, each_type) &&
	       known(calendar, "there is no feed", &options->feeds, each_feed) &&
	       (calendar->events_broken ||
		       known(calendar, "there is no category", &options->categories, each_category));
}

/* A day of the command line; else says how it is written. */
static bool read_day(struct listing *listing, const char *option, const char *word, bool *given, struct date *date)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	int64_t now = listing->loaded->now;
	if (!word)
		return true;
	if (at_valid(&calendar->timezone.at))
		now += zone_offset(calendar->timezone.zone, now);
	struct date today = moment_from_seconds(now).date;
	struct verdict verdict = day_read(&listing->loaded->arena, str_from(word), today, date);
	*given = verdict.kind == VERDICT_OK;
	if (*given)
		return true;
	bool exists = verdict.kind != VERDICT_NO_DAY && verdict.kind != VERDICT_NO_MONTH;
	fprintf(stderr, "evcal: --%s: \"%s\" %s", option, word, exists ? "is no day" : "does not exist");
	if (verdict.kind == VERDICT_NO_DAY)
		fprintf(stderr, ": %.*s\n", STR_ARG(verdict.right));
	else if (verdict.right.len)
		fprintf(stderr, "; write %.*s\n", STR_ARG(verdict.right));
	else
		fputs("; write 2021-01-21, today, tomorrow, +30d, -7d or +2w\n", stderr);
	return false;
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
	fprintf(stderr, "evcal: --from, %s, lies after --until, %s\n", options->from, options->until);
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
		fits &= at_valid(&event->type.at) && among(&options->types, event->type.str);
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

/* How far a rule without an end is followed: an instant, generously, since --until looks at days. */
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
	if (item.schedule->timing.all_day && at_valid(&calendar->timezone.at))
		item.at = zone_local(calendar->timezone.zone, item.at).instant;
	listing->items = arena_grow(arena, listing->items, listing->count, sizeof(*listing->items));
	listing->items[listing->count++] = item;
}

static void add_event(struct listing *listing, const struct schedule *schedule)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	if (!timing_known(schedule))
		return;
	struct item item = {.schedule = schedule, .feeds = feeds_of(listing, schedule)};
	if (!wanted(listing, schedule, item.feeds))
		return;
	bool endless = schedule->recurring && schedule->recurring->endless;
	int64_t last = endless ? horizon(listing, schedule) : INT64_MAX;
	struct occurrences all = occurrences_of(&listing->loaded->arena, schedule, last);
	for (size_t i = 0; i < all.count; i++) {
		item.occurrence = all.items[i];
		if (item.occurrence.start_at <= last && days_touch(calendar, &listing->days, schedule->timing.all_day,
								item.occurrence.start_at, item.occurrence.end_at))
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

static void print_table(const struct listing *listing)
{
	struct arena *arena = &listing->loaded->arena;
	struct table_row *rows = arena_alloc(arena, listing->count * sizeof(*rows));
	for (size_t i = 0; i < listing->count; i++)
		rows[i] = table_row_of(arena, &listing->loaded->calendar, &listing->items[i]);
	listing_table(stdout, rows, listing->count, options_color(listing->options, STDOUT_FILENO),
		terminal_width(STDOUT_FILENO));
	if (listing->count || listing->options->quiet)
		return;
	fputs(listing->loaded->calendar.event_count ? "nothing is on that fits what was asked for\n"
						    : "the calendar has no events yet\n",
		stderr);
}

struct once {
	struct arena *arena;
	struct map seen;
};

static void print_once(void *context, struct str word)
{
	struct once *once = context;
	const char *begin = word.ptr;
	if (word.len && !map_get(&once->seen, word)) {
		map_put(&once->seen, once->arena, word, (void *)begin);
		printf("%.*s\n", STR_ARG(word));
	}
}

/* Each event once, with the day on which it begins and its summary: as much of them as could be read. */
static void print_events(struct loaded *loaded)
{
	struct map seen = {0};
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++) {
		const struct schedule *schedule = loaded->calendar.schedules[i];
		const struct event *event = schedule->event;
		const struct when *start = schedule->rdate ? schedule->rdate : &event->start;
		if (!at_valid(&event->id.at) || map_get(&seen, schedule->id))
			continue;
		map_put(&seen, &loaded->arena, schedule->id, (void *)schedule);
		struct arena arena = {0};
		struct str day = STR(""), summary = STR("");
		if (at_valid(&start->at))
			day = date_format(&arena, start->moment.date);
		if (at_valid(&event->summary.at))
			summary = event->summary.str;
		listing_event(stdout, schedule->id, day, summary);
		arena_free(&arena);
	}
}

static void print(const struct listing *listing)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	struct once once = {.arena = &listing->loaded->arena};
	switch ((enum list_format)listing->options->format) {
	case LIST_TABLE:
		print_table(listing);
		break;
	case LIST_JSON:
		print_json(listing);
		break;
	case LIST_TSV:
		print_tsv(listing);
		break;
	case LIST_ID:
		for (size_t i = 0; i < listing->count; i++)
			print_once(&once, listing->items[i].schedule->id);
		break;
	case LIST_EVENT:
		print_events(listing->loaded);
		break;
	case LIST_TYPE:
		each_type(calendar, print_once, &once);
		break;
	case LIST_CATEGORY:
		each_category(calendar, print_once, &once);
		break;
	case LIST_FEED:
		each_feed(calendar, print_once, &once);
		break;
	}
}

/* What is printed for completions: words of the whole calendar, whatever the other options choose. */
static bool is_for_completions(int format)
{
	return format >= LIST_EVENT;
}

static bool gather(struct listing *listing)
{
	const struct calendar *calendar = &listing->loaded->calendar;
	if (!words_known(listing) || !read_days(listing))
		return false;
	for (size_t i = 0; i < calendar->schedule_count; i++)
		add_event(listing, calendar->schedules[i]);
	if (listing->count)
		qsort(listing->items, listing->count, sizeof(*listing->items), compare);
	return true;
}

static enum exit_status list(struct listing *listing)
{
	struct tally tally = findings_tally(&listing->loaded->findings);
	if (!is_for_completions(listing->options->format) && !gather(listing))
		return EXIT_USAGE;
	show_findings(stderr, &listing->loaded->findings, listing->options);
	print(listing);
	if (!flush_output())
		return EXIT_TROUBLE;
	return tally.errors || (listing->options->strict && tally.warnings) ? EXIT_FINDINGS : EXIT_DONE;
}

enum exit_status cmd_list(const struct options *options)
{
	struct loaded loaded;
	struct listing listing = {.loaded = &loaded, .options = options};
	if (options->operands.count) {
		fprintf(stderr, "evcal: list takes options only; \"%s\" is one too many\n", options->operands.items[0]);
		return EXIT_USAGE;
	}
	/* A shell waits for these, at every TAB. */
	bool read = is_for_completions(options->format) ? load_unchecked(&loaded, options, NULL)
							: load(&loaded, options, NULL);
	enum exit_status status = read ? list(&listing) : EXIT_TROUBLE;
	loaded_free(&loaded);
	return status;
}

#include "report/diff.h"

#include "base/arena.h"
#include "base/wording.h"
#include "report/json_text.h"

enum { DATES_SHOWN = 20, CELLS_MOST = 1 << 20 };

static const struct {
	const char *name;
	struct wording said;
} kinds[CHANGE_KINDS] = {
	[CHANGE_UID] = {"uid", W("new UID", "nieuw UID")},
	[CHANGE_NEW] = {"new", W("new", "nieuw")},
	[CHANGE_GONE] = {"gone", W("gone", "weg")},
	[CHANGE_CANCELLED] = {"cancelled", W("cancelled", "geannuleerd")},
	[CHANGE_POSTPONED] = {"postponed", W("postponed", "uitgesteld")},
	[CHANGE_MOVED] = {"moved", W("moved", "verplaatst")},
	[CHANGE_CHANGED] = {"changed", W("changed", "gewijzigd")},
};

const char *diff_kind(enum change_kind kind)
{
	return kinds[kind].name;
}

const char *diff_said(enum change_kind kind)
{
	return local_text(kinds[kind].said);
}

const char *diff_copies(void)
{
	return LOCAL("it leaves the feeds; who has a copy or an invitation of it keeps that, and hears of it only with "
		     "\"status: cancelled\"",
		"de activiteit verdwijnt uit de feeds; wie er een kopie of een uitnodiging van heeft, houdt die, en "
		"hoort het "
		"alleen met \"status: cancelled\"");
}

static void add_day(struct buffer *out, struct date date, bool weekday, bool year)
{
	enum language language = local_language();
	if (weekday)
		buffer_format(
			out, "%.*s ", language == LANGUAGE_NL ? 2 : 3, weekday_name(date_weekday(date), language));
	buffer_format(out, "%d %s", date.day, month_name(date.month, language));
	if (year)
		buffer_format(out, " %d", date.year);
}

static void add_moment(struct buffer *out, struct moment moment, bool year)
{
	add_day(out, moment.date, true, year);
	if (!moment_is_date(moment))
		buffer_format(out, " %02d:%02d%s", moment.minute / 60, moment.minute % 60, moment.utc ? " UTC" : "");
}

void diff_add_times(struct buffer *out, const struct diff_event *event)
{
	if (event->kind != CHANGE_MOVED) {
		add_moment(out, event->is ? event->to : event->from, true);
		return;
	}
	bool years = event->from.date.year != event->to.date.year;
	buffer_format(out, "%s ", LOCAL("from", "van"));
	add_moment(out, event->from, years);
	buffer_format(out, " %s ", LOCAL("to", "naar"));
	add_moment(out, event->to, years);
}

void diff_add_dates(struct buffer *out, struct diff_dates dates)
{
	size_t shown = dates.count > DATES_SHOWN ? DATES_SHOWN : dates.count;
	for (size_t i = 0; i < shown; i++) {
		if (i)
			buffer_add(out, STR(", "));
		bool last = i + 1 == shown;
		add_day(out, dates.items[i], false, last || dates.items[i].year != dates.items[i + 1].year);
	}
	if (shown < dates.count)
		buffer_format(out, LOCAL(" and %zu more", " en nog %zu"), dates.count - shown);
}

void diff_add_counts(struct buffer *out, const struct diff *diff)
{
	const char *lead = "";
	for (int kind = 0; kind < CHANGE_KINDS; kind++)
		if (diff->counts[kind]) {
			buffer_format(out, "%s%zu %s", lead, diff->counts[kind], diff_said((enum change_kind)kind));
			lead = ", ";
		}
	if (!diff->count)
		buffer_add(out, str_from(diff->feed_count ? LOCAL("only feeds change", "alleen feeds veranderen")
							  : LOCAL("subscribers see no difference",
								    "abonnees zien geen verschil")));
}

/* --- lines that differ ------------------------------------------------------------------------------------------- */

struct text_lines {
	struct str *items;
	size_t count;
};

static struct text_lines lines_of(struct arena *arena, struct str text)
{
	struct text_lines lines = {0};
	while (text.len) {
		size_t end = str_find(text, '\n');
		lines.items = arena_grow(arena, lines.items, lines.count, sizeof(*lines.items));
		lines.items[lines.count++] = str_part(text, 0, end);
		text = str_part(text, end < text.len ? end + 1 : end, text.len);
	}
	return lines;
}

struct printing {
	struct buffer *out;
	const char *indent, *property;
	bool one; /* each text is one line, which the name of its key stands in front of */
};

static void add_line(const struct printing *printing, char sign, struct str line)
{
	buffer_format(printing->out, "%s%c ", printing->indent, sign);
	if (printing->one)
		buffer_format(printing->out, "%s: ", printing->property);
	buffer_format(printing->out, "%.*s\n", STR_ARG(line));
}

/*
 * The longest list of lines that both have stays out (a table of the lengths from each pair of lines on). Texts with
 * too many lines for that are shown whole, but for what they begin and end with alike.
 */
static void add_differing(
	const struct printing *printing, struct arena *arena, struct text_lines a, struct text_lines b)
{
	while (a.count && b.count && str_equal(a.items[0], b.items[0])) {
		a = (struct text_lines){a.items + 1, a.count - 1};
		b = (struct text_lines){b.items + 1, b.count - 1};
	}
	while (a.count && b.count && str_equal(a.items[a.count - 1], b.items[b.count - 1])) {
		a.count--;
		b.count--;
	}
	size_t width = b.count + 1, i = 0, j = 0;
	bool small = (a.count + 1) <= CELLS_MOST / width;
	uint32_t *common = arena_alloc(arena, small ? (a.count + 1) * width * sizeof(*common) : 1);
	for (size_t x = a.count; small && x-- > 0;)
		for (size_t y = b.count; y-- > 0;) {
			uint32_t down = common[(x + 1) * width + y], right = common[x * width + y + 1];
			common[x * width + y] = str_equal(a.items[x], b.items[y]) ? common[(x + 1) * width + y + 1] + 1
						: down > right                    ? down
										  : right;
		}
	while (i < a.count || j < b.count) {
		if (small && i < a.count && j < b.count && str_equal(a.items[i], b.items[j])) {
			i++;
			j++;
		} else if (i < a.count &&
			   (j == b.count || !small || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
			add_line(printing, '-', a.items[i++]);
		} else {
			add_line(printing, '+', b.items[j++]);
		}
	}
}

void diff_add_lines(struct buffer *out, const char *indent, const char *property, struct str before, struct str after)
{
	struct arena arena = {0};
	struct text_lines a = lines_of(&arena, before), b = lines_of(&arena, after);
	struct printing printing = {out, indent, property, a.count <= 1 && b.count <= 1};
	if (!printing.one)
		buffer_format(out, "%s%s:\n", indent, property);
	add_differing(&printing, &arena, a, b);
	arena_free(&arena);
}

/* --- for programs ------------------------------------------------------------------------------------------------ */

static json_t *words_json(struct diff_words words)
{
	json_t *array = json_array();
	for (size_t i = 0; i < words.count; i++)
		json_array_append_new(array, json_text(words.items[i]));
	return array;
}

static json_t *dates_json(struct diff_dates dates)
{
	struct arena arena = {0};
	json_t *array = json_array();
	for (size_t i = 0; i < dates.count; i++)
		json_array_append_new(array, json_text(date_format(&arena, dates.items[i])));
	arena_free(&arena);
	return array;
}

static json_t *moment_json(bool known, struct moment moment)
{
	struct arena arena = {0};
	json_t *text = known ? json_text(moment_format(&arena, moment)) : json_null();
	arena_free(&arena);
	return text;
}

static json_t *event_json(const struct diff_event *event)
{
	json_t *what = json_array();
	for (size_t i = 0; i < event->value_count; i++)
		json_array_append_new(what, json_pack("{s:s, s:o, s:o}", "property", event->values[i].property,
						    "before", json_text_or_null(event->values[i].before), "after",
						    json_text_or_null(event->values[i].after)));
	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:o}", "id", json_text(event->id), "uid",
		json_text(event->uid), "change", diff_kind(event->kind), "summary", json_text(event->summary), "from",
		moment_json(event->was, event->from), "to", moment_json(event->is, event->to), "what", what, "dates",
		"added", dates_json(event->added), "removed", dates_json(event->removed), "feeds",
		words_json(event->feeds));
}

void diff_json(FILE *stream, const struct diff *diff)
{
	json_t *events = json_array(), *feeds = json_array(), *summary = json_object();
	for (size_t i = 0; i < diff->count; i++)
		json_array_append_new(events, event_json(&diff->events[i]));
	for (size_t i = 0; i < diff->feed_count; i++)
		json_array_append_new(
			feeds, json_pack("{s:o, s:o, s:o}", "id", json_text(diff->feeds[i].id), "entered",
				       words_json(diff->feeds[i].entered), "left", words_json(diff->feeds[i].left)));
	for (int kind = 0; kind < CHANGE_KINDS; kind++)
		json_object_set_new(
			summary, diff_kind((enum change_kind)kind), json_integer((json_int_t)diff->counts[kind]));
	json_t *report =
		json_pack("{s:i, s:o, s:o, s:o}", "version", 1, "events", events, "feeds", feeds, "summary", summary);
	json_print(stream, report);
	json_decref(report);
}

#include "time/read.h"

#include "base/arena.h"
#include "time/limits.h"
#include "time/scan.h"

#include <string.h>

int unit_minutes(struct str unit)
{
	static const struct {
		const char *name;
		int minutes;
	} units[] = {
		{"m", 1},
		{"min", 1},
		{"mins", 1},
		{"minuut", 1},
		{"minuten", 1},
		{"minute", 1},
		{"minutes", 1},
		{"kwartier", 15},
		{"h", 60},
		{"u", 60},
		{"uur", 60},
		{"uren", 60},
		{"hour", 60},
		{"hours", 60},
		{"hr", 60},
		{"hrs", 60},
		{"d", -1},
		{"dag", -1},
		{"dagen", -1},
		{"day", -1},
		{"days", -1},
		{"w", -7},
		{"week", -7},
		{"weken", -7},
		{"weeks", -7},
	};
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (str_equal_nocase(unit, str_from(units[i].name)))
			return units[i].minutes;
	return 0;
}

/* A number and what it is multiplied by: "2", "1,5" is 15 tenths, "anderhalf", "drie". False: there is none. */
static bool read_amount(struct scan *s, int *tenths)
{
	static const struct {
		const char *word;
		int tenths;
	} words[] = {{"anderhalf", 15}, {"anderhalve", 15}, {"half", 5}, {"een half", 5}, {"een", 10}, {"één", 10},
		{"twee", 20}, {"drie", 30}, {"vier", 40}, {"vijf", 50}, {"zes", 60}, {"half a", 5}, {"half an", 5},
		{"a", 10}, {"an", 10}, {"one", 10}, {"two", 20}, {"three", 30}, {"four", 40}, {"five", 50},
		{"six", 60}};
	int whole, part = 0;
	if (scan_number(s, 1, 6, &whole)) {
		if (scan_peek(s) == ',' || scan_peek(s) == '.') {
			s->i++;
			if (!scan_number(s, 1, 1, &part))
				return false;
		}
		*tenths = whole * 10 + part;
		return true;
	}
	size_t longest = 0;
	struct scan behind = *s;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct scan word = *s;
		if (strlen(words[i].word) > longest && scan_word(&word, (const char *[]){words[i].word, NULL})) {
			longest = strlen(words[i].word);
			*tenths = words[i].tenths;
			behind = word;
		}
	}
	*s = behind;
	return longest;
}

/* 2h, 1h30m, 2 uur, 1,5 uur, 1h30, anderhalf uur, 1 uur en 30 minuten, drie kwartier */
static bool loose_duration(struct scan *s, struct duration *duration)
{
	static const char *const and[] = {"en", "and", NULL};
	int last = 0, parts = 0;
	while (!scan_done(s)) {
		int tenths = 10;
		scan_skip(s, " ");
		if (parts)
			scan_word(s, and);
		struct scan bare = *s;
		bool quarter = str_equal_nocase(scan_letters(&bare), STR("kwartier"));
		if (!quarter && !read_amount(s, &tenths))
			return false;
		scan_skip(s, " ");
		struct str unit = scan_letters(s);
		/* "1h30" */
		int minutes = !unit.len && last == 60 ? 1 : unit_minutes(unit);
		bool whole = tenths % 10 == 0;
		if (!minutes || (!whole && (minutes < 0 || minutes * tenths % 10)))
			return false;
		if (last && minutes > 0 && last > 0 && minutes >= last)
			return false;
		if (minutes < 0)
			duration->days += tenths / 10 * -minutes;
		else
			duration->minutes += tenths * minutes / 10;
		last = minutes;
		parts++;
		scan_take(s, '.');
		scan_skip(s, " ");
	}
	return parts > 0;
}

/* 1:30, 01:30, 2:00:00 */
static bool clock_duration(struct scan *s, struct duration *duration)
{
	int hours, minutes, seconds = 0;
	if (!scan_number(s, 1, 2, &hours) || !scan_take(s, ':') || !scan_number(s, 2, 2, &minutes))
		return false;
	if (scan_take(s, ':') && (!scan_number(s, 2, 2, &seconds) || seconds))
		return false;
	static const char *const units[] = {"u", "uur", "h", "hours", NULL};
	scan_skip(s, " ");
	scan_word(s, units);
	duration->minutes = hours * 60 + minutes;
	return scan_done(s) && minutes < 60;
}

/* 2h, 90m, 1h30m, 1d, 2w: what the format takes. */
static bool is_strict(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
		bool before = i && text.ptr[i - 1] >= '0' && text.ptr[i - 1] <= '9';
		if (!digit && (!before || !strchr("mhdw", text.ptr[i])))
			return false;
	}
	return text.len && !(text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9');
}

/* P1W, P1DT2H, PT1H30M (RFC 5545, 3.3.6); seconds only where they make whole minutes */
static bool iso_duration(struct scan *s, struct duration *duration)
{
	bool time = false;
	int parts = 0, value;
	if (!scan_take(s, 'P'))
		return false;
	while (!scan_done(s)) {
		if (!time && scan_take(s, 'T')) {
			time = true;
			continue;
		}
		if (!scan_number(s, 1, 6, &value))
			return false;
		if (!time && scan_take(s, 'W'))
			duration->days += value * 7;
		else if (!time && scan_take(s, 'D'))
			duration->days += value;
		else if (time && scan_take(s, 'H'))
			duration->minutes += value * 60;
		else if (time && scan_take(s, 'M'))
			duration->minutes += value;
		else if (time && value % 60 == 0 && scan_take(s, 'S'))
			duration->minutes += value / 60;
		else
			return false;
		parts++;
	}
	return parts > 0;
}

/* The words behind that say of a reminder that it comes before: "1 dag van tevoren". */
static struct str without_before(struct str text)
{
	static const char *const words[] = {" van tevoren", " van te voren", " tevoren", " vooraf", " ervoor",
		" eerder", " before", " in advance", NULL};
	for (const char *const *word = words; *word; word++) {
		struct str end = str_from(*word);
		if (text.len > end.len && str_equal_nocase(str_part(text, text.len - end.len, text.len), end))
			return str_trim(str_part(text, 0, text.len - end.len));
	}
	return text;
}

struct verdict duration_read(struct arena *arena, struct str text, struct duration *duration)
{
	enum { LONGEST = 60 };
	text = str_trim(text);
	struct str bare = without_before(text);
	struct scan s = {.s = bare}, clock = s;
	struct duration d = {0};
	bool strict = is_strict(text);
	if (text.len > LONGEST)
		return (struct verdict){.kind = VERDICT_NONSENSE};
	if (scan_peek(&s) == 'P') {
		strict = bare.len == text.len;
		if (!iso_duration(&s, &d))
			return (struct verdict){.kind = VERDICT_NONSENSE};
	} else if (!clock_duration(&clock, &d)) {
		d = (struct duration){0};
		if (!loose_duration(&s, &d))
			return (struct verdict){.kind = VERDICT_NONSENSE};
	}
	if (!d.days && !d.minutes)
		return (struct verdict){.kind = VERDICT_ZERO};
	if (d.days > DURATION_DAYS_MOST || d.minutes > DURATION_DAYS_MOST * DAY_MINUTES)
		return (struct verdict){.kind = VERDICT_TOO_LONG};
	*duration = d;
	if (strict)
		return (struct verdict){.kind = VERDICT_OK};
	return (struct verdict){.kind = VERDICT_DATE_FORM, .right = duration_format(arena, d), .meant = true};
}

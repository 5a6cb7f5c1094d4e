#include "time/recurrence.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "time/read.h"

#include <string.h>

enum { FEBRUARY = 2 };

static const char *const part_names[PART_NONE + 1] = {
	[PART_FREQ] = "FREQ",
	[PART_INTERVAL] = "INTERVAL",
	[PART_COUNT] = "COUNT",
	[PART_UNTIL] = "UNTIL",
	[PART_BYMONTH] = "BYMONTH",
	[PART_BYWEEKNO] = "BYWEEKNO",
	[PART_BYYEARDAY] = "BYYEARDAY",
	[PART_BYMONTHDAY] = "BYMONTHDAY",
	[PART_BYDAY] = "BYDAY",
	[PART_BYHOUR] = "BYHOUR",
	[PART_BYMINUTE] = "BYMINUTE",
	[PART_BYSECOND] = "BYSECOND",
	[PART_BYSETPOS] = "BYSETPOS",
	[PART_WKST] = "WKST",
};

static const char *const frequency_names[] = {
	"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", NULL};
static const char *const weekday_codes[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

const char *rule_part_name(enum rule_part part)
{
	return part_names[part];
}

const char *frequency_name(enum frequency frequency)
{
	return frequency_names[frequency];
}

const char *weekday_code(int weekday)
{
	return weekday_codes[weekday];
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

struct rule_reading {
	struct arena *arena;
	struct str text;
	struct recurrence *rule;
	struct rule_fault *faults;
	size_t fault_count;
	enum rule_part part; /* the one being read */
};

static void add_fault(struct rule_reading *reading, enum rule_fault_kind kind, struct extent at, struct str name,
	struct str right, bool sure)
{
	if (reading->fault_count < RULE_FAULTS_MOST)
		reading->faults[reading->fault_count++] =
			(struct rule_fault){kind, at, name, str_part(reading->text, at.begin, at.end), right, sure};
}

/* The part's value, or an item of it, is not what it takes; right is what it should be where that is sure. */
static void add_bad_value(struct rule_reading *reading, struct extent at, struct str right, bool sure)
{
	add_fault(reading, FAULT_VALUE, at, str_from(part_names[reading->part]), right, sure);
}

/* The index of a word in a list of names, in any case; -1: it is none. */
static int find_name(struct str word, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (str_equal_nocase(word, str_from(names[i])))
			return i;
	return -1;
}

/* The FREQ that a word of people's stands for. */
static struct suggestion frequency_meant(struct str word)
{
	struct suggestion near = {0};
	static const struct synonym words[] = {
		{"dagelijks", "DAILY"},
		{"wekelijks", "WEEKLY"},
		{"maandelijks", "MONTHLY"},
		{"jaarlijks", "YEARLY"},
		{"dag", "DAILY"},
		{"day", "DAILY"},
		{"week", "WEEKLY"},
		{"maand", "MONTHLY"},
		{"month", "MONTHLY"},
		{"jaar", "YEARLY"},
		{"year", "YEARLY"},
		{"annually", "YEARLY"},
		{"biweekly", "WEEKLY;INTERVAL=2"},
		{"fortnightly", "WEEKLY;INTERVAL=2"},
		{"tweewekelijks", "WEEKLY;INTERVAL=2"},
		{"quarterly", "MONTHLY;INTERVAL=3"},
		{"kwartaal", "MONTHLY;INTERVAL=3"},
		{NULL, NULL},
	};
	struct str meant = synonym_meant(words, word);
	if (meant.len)
		return (struct suggestion){.best = meant, .sure = true};
	suggest_all(&near, word, frequency_names + DAILY, sizeof(*frequency_names));
	return near;
}

static void read_frequency(struct rule_reading *reading, struct str value, struct extent at)
{
	int frequency = find_name(value, frequency_names, YEARLY + 1);
	if (frequency >= 0) {
		reading->rule->frequency = (enum frequency)frequency;
		return;
	}
	struct suggestion meant = frequency_meant(value);
	add_bad_value(reading, at,
		meant.best.len
			? meant.best
			: str_from(LOCAL("DAILY, WEEKLY, MONTHLY or YEARLY", "DAILY, WEEKLY, MONTHLY of YEARLY")),
		meant.sure);
}

/* A whole number of at most nine digits; a sign only where that is allowed. */
static bool read_integer(struct str word, bool is_signed, int *value)
{
	int sign = 1;
	if (is_signed && word.len && (word.ptr[0] == '-' || word.ptr[0] == '+')) {
		sign = word.ptr[0] == '-' ? -1 : 1;
		word = str_part(word, 1, word.len);
	}
	*value = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9' || i == 9)
			return false;
		*value = *value * 10 + (word.ptr[i] - '0');
	}
	*value *= sign;
	return word.len;
}

static void read_positive(struct rule_reading *reading, struct str value, struct extent at, int *number)
{
	if (!read_integer(value, false, number) || !*number)
		add_bad_value(reading, at, str_from(LOCAL("a whole number from 1", "een heel getal vanaf 1")), false);
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len;
}

static int two_digits(struct str s, size_t at)
{
	return (s.ptr[at] - '0') * 10 + (s.ptr[at + 1] - '0');
}

/* 20210331, 20210331T140000, 20210331T140000Z; anything else that looks like a date gets its right form. */
static void read_until(struct rule_reading *reading, struct str value, struct extent at)
{
	struct recurrence *rule = reading->rule;
	struct moment moment = {.minute = -1};
	struct str date = str_part(value, 0, value.len < 8 ? value.len : 8);
	bool timed = value.len >= 15 && ascii_lower(value.ptr[8]) == 't' && is_digits(str_part(value, 9, 15));
	bool utc = value.len == 16 && ascii_lower(value.ptr[15]) == 'z';
	if (is_digits(date) && date.len == 8 && (value.len == 8 || (timed && (value.len == 15 || utc)))) {
		int year = two_digits(date, 0) * 100 + two_digits(date, 2), month = two_digits(date, 4),
		    day = two_digits(date, 6);
		moment.date = (struct date){(short)year, (signed char)month, (signed char)day};
		moment.utc = utc;
		if (timed) {
			moment.minute = (short)(two_digits(value, 9) * 60 + two_digits(value, 11));
			rule->until_second = two_digits(value, 13);
		}
		bool exists = month >= 1 && month <= 12 && day >= 1 && day <= date_month_days(year, month);
		rule->until = moment;
		if (!exists || (timed && (two_digits(value, 9) > 23 || two_digits(value, 11) > 59)) ||
			rule->until_second > 59)
			add_bad_value(reading, at,
				str_from(LOCAL(
					"a date that exists, as 20210331", "een datum die bestaat, zoals 20210331")),
				false);
		return;
	}
	/* "2021-03-31" and the forms that dates have elsewhere in the file. */
	struct verdict verdict = moment_read(reading->arena, value, &moment);
	if (!verdict_known(verdict)) {
		add_bad_value(reading, at,
			str_from(LOCAL("the last day, as 20210331", "de laatste dag, zoals 20210331")), false);
		return;
	}
	struct date last = moment.date;
	add_bad_value(reading, at, str_format(reading->arena, "%04d%02d%02d", last.year, last.month, last.day),
		moment_is_date(moment));
}

static int read_weekday_code(struct str word)
{
	return find_name(word, weekday_codes, 7);
}

static void add_bad_weekday(struct rule_reading *reading, struct str ordinal, struct str word, struct extent at)
{
	int meant = weekday_read(word);
	add_bad_value(reading, at,
		meant >= 0 ? str_format(reading->arena, "%.*s%s", STR_ARG(ordinal), weekday_codes[meant])
			   : str_from(LOCAL("MO, TU, WE, TH, FR, SA or SU", "MO, TU, WE, TH, FR, SA of SU")),
		meant >= 0);
}

static void read_week_start(struct rule_reading *reading, struct str value, struct extent at)
{
	int day = read_weekday_code(value);
	if (day >= 0)
		reading->rule->week_start = day;
	else
		add_bad_weekday(reading, STR(""), value, at);
}

/* TU, 2TU, -1TU */
static void read_day(struct rule_reading *reading, struct str item, struct extent at)
{
	struct recurrence *rule = reading->rule;
	size_t digits = 0;
	while (digits < item.len && strchr("+-0123456789", item.ptr[digits]))
		digits++;
	struct str ordinal = str_part(item, 0, digits), word = str_part(item, digits, item.len);
	int day = read_weekday_code(word), number = 0;
	if (day < 0) {
		add_bad_weekday(reading, ordinal, word, at);
	} else if (!digits) {
		rule->weekdays |= 1u << day;
	} else if (read_integer(ordinal, true, &number) && number && number >= -53 && number <= 53) {
		if (!rule->ordinal_count++) {
			rule->ordinal = number;
			rule->ordinal_day = day;
		}
	} else {
		add_bad_value(reading, at,
			str_format(reading->arena,
				LOCAL("1%s for the first, -1%s for the last",
					"1%s voor de eerste, -1%s voor de laatste"),
				weekday_codes[day], weekday_codes[day]),
			false);
	}
}

/* What the parts that are lists of numbers take, and where those of use are kept. */
static const struct {
	int least, most;
	bool is_signed;
	struct wording takes;
} numbers[PART_NONE] = {
	[PART_BYMONTH] = {1, 12, false, W("a month, 1 to 12", "een maand, 1 tot en met 12")},
	[PART_BYWEEKNO] = {1, 53, true,
		W("a week, 1 to 53 or -1 to -53", "een week, 1 tot en met 53 of -1 tot en met -53")},
	[PART_BYYEARDAY] = {1, 366, true,
		W("a day of the year, 1 to 366 or -1 to -366",
			"een dag van het jaar, 1 tot en met 366 of -1 tot en met -366")},
	[PART_BYMONTHDAY] = {1, 31, true,
		W("a day of the month, 1 to 31 or -1 to -31",
			"een dag van de maand, 1 tot en met 31 of -1 tot en met -31")},
	[PART_BYHOUR] = {0, 23, false, W("an hour, 0 to 23", "een uur, 0 tot en met 23")},
	[PART_BYMINUTE] = {0, 59, false, W("a minute, 0 to 59", "een minuut, 0 tot en met 59")},
	[PART_BYSECOND] = {0, 60, false, W("a second, 0 to 60", "een seconde, 0 tot en met 60")},
	[PART_BYSETPOS] = {1, 366, true,
		W("a place, 1 to 366 or -1 to -366", "een plaats, 1 tot en met 366 of -1 tot en met -366")},
};

static void read_number_item(struct rule_reading *reading, struct str item, struct extent at)
{
	int value;
	struct recurrence *rule = reading->rule;
	struct rule_numbers *list = reading->part == PART_BYMONTH      ? &rule->months
				    : reading->part == PART_BYMONTHDAY ? &rule->month_days
				    : reading->part == PART_BYSETPOS   ? &rule->positions
								       : NULL;
	bool good = read_integer(item, numbers[reading->part].is_signed, &value);
	int size = value < 0 ? -value : value;
	if (!good || size < numbers[reading->part].least || size > numbers[reading->part].most)
		add_bad_value(reading, at, str_from(local_text(numbers[reading->part].takes)), false);
	else if (list && !list->count++)
		list->first = value;
}

static void read_items(struct rule_reading *reading, struct str value, struct extent at)
{
	for (size_t begin = 0; begin <= value.len;) {
		size_t end = begin + str_find(str_part(value, begin, value.len), ',');
		struct str item = str_trim(str_part(value, begin, end));
		struct extent here = {at.begin + begin, at.begin + end};
		if (!item.len)
			here = at;
		if (reading->part == PART_BYDAY)
			read_day(reading, item, here);
		else
			read_number_item(reading, item, here);
		begin = end + 1;
	}
}

static void read_value(struct rule_reading *reading, struct str value, struct extent at)
{
	struct recurrence *rule = reading->rule;
	switch (reading->part) {
	case PART_FREQ:
		read_frequency(reading, value, at);
		break;
	case PART_INTERVAL:
		read_positive(reading, value, at, &rule->interval);
		break;
	case PART_COUNT:
		read_positive(reading, value, at, &rule->count);
		break;
	case PART_UNTIL:
		read_until(reading, value, at);
		break;
	case PART_WKST:
		read_week_start(reading, value, at);
		break;
	default:
		read_items(reading, value, at);
	}
}

/* The extent of a text without the blanks around it. */
static struct extent trimmed(struct str text, struct extent at)
{
	struct str s = str_trim(str_part(text, at.begin, at.end));
	size_t begin = s.len ? (size_t)(s.ptr - text.ptr) : at.begin;
	return (struct extent){begin, begin + s.len};
}

/* The part that a name means: the nearest, or what people call it elsewhere. */
static struct suggestion part_meant(struct str name)
{
	struct suggestion near = {0};
	static const struct synonym words[] = {
		{"FREQUENCY", "FREQ"},
		{"FREQUENTIE", "FREQ"},
		{"AANTAL", "COUNT"},
		{"TOT", "UNTIL"},
		{"BYWEEKDAY", "BYDAY"},
		{"WEEKDAY", "BYDAY"},
		{"DAY", "BYDAY"},
		{"TIMES", "COUNT"},
		{"EVERY", "INTERVAL"},
		{"END", "UNTIL"},
		{NULL, NULL},
	};
	struct str meant = synonym_meant(words, name);
	if (meant.len)
		return (struct suggestion){.best = meant, .sure = true};
	suggest_all(&near, name, part_names, sizeof(*part_names));
	return near;
}

/* "FREQ=WEEKLY,COUNT=3" with a semicolon in front of each further part; empty where there is none. */
static struct str parts_apart(struct arena *arena, struct str word)
{
	char *apart = NULL;
	size_t equals = word.len;
	/* From its end, so that the next equals sign is known. */
	for (size_t i = word.len; i--;) {
		if (word.ptr[i] == '=')
			equals = i;
		if (word.ptr[i] != ',' || equals == word.len ||
			find_name(str_trim(str_part(word, i + 1, equals)), part_names, PART_NONE) < 0)
			continue;
		if (!apart)
			apart = (char *)str_copy(arena, word).ptr;
		apart[i] = ';';
	}
	return apart ? (struct str){apart, word.len} : STR("");
}

static void read_part(struct rule_reading *reading, struct extent at)
{
	struct str word = str_part(reading->text, at.begin, at.end);
	struct str apart = parts_apart(reading->arena, word);
	if (apart.len) {
		add_fault(reading, FAULT_FORM, at, word, apart, true);
		return;
	}
	size_t equals = str_find(word, '=');
	if (equals == word.len) {
		struct suggestion meant = frequency_meant(word);
		add_fault(reading, FAULT_FORM, at, word,
			meant.best.len ? str_format(reading->arena, "FREQ=%.*s", STR_ARG(meant.best)) : STR(""),
			meant.sure);
		return;
	}
	struct str name = str_trim(str_part(word, 0, equals));
	int part = find_name(name, part_names, PART_NONE);
	if (part < 0) {
		struct suggestion meant = part_meant(name);
		add_fault(reading, FAULT_NAME, (struct extent){at.begin, at.begin + equals}, name, meant.best,
			meant.sure);
		return;
	}
	reading->part = (enum rule_part)part;
	if (rule_has(reading->rule, reading->part)) {
		add_fault(reading, FAULT_TWICE, at, str_from(part_names[part]), STR(""), false);
		return;
	}
	reading->rule->given |= 1u << part;
	reading->rule->parts[part] = at;
	struct extent value = trimmed(reading->text, (struct extent){at.begin + equals + 1, at.end});
	read_value(reading, str_part(reading->text, value.begin, value.end), value.begin < value.end ? value : at);
}

/* RFC 5545, 3.3.10: the parts that may not stand together. */
static bool may_stand(const struct recurrence *rule, enum rule_part part)
{
	enum frequency frequency = rule->frequency;
	switch (part) {
	case PART_BYWEEKNO:
		return frequency == YEARLY;
	case PART_BYYEARDAY:
		return frequency < DAILY || frequency == YEARLY;
	case PART_BYMONTHDAY:
		return frequency != WEEKLY;
	case PART_BYDAY:
		return !rule->ordinal_count || frequency == MONTHLY ||
		       (frequency == YEARLY && !rule_has(rule, PART_BYWEEKNO));
	default:
		return true;
	}
}

size_t rule_read(struct arena *arena, struct str text, struct recurrence *rule, struct rule_fault *faults)
{
	struct rule_reading reading = {arena, text, rule, faults, 0, PART_NONE};
	*rule = (struct recurrence){.interval = 1, .week_start = 1};
	size_t begin = 0;
	if (str_starts(text, STR("RRULE:")))
		begin = sizeof("RRULE:") - 1;
	while (begin < text.len) {
		size_t end = begin + str_find(str_part(text, begin, text.len), ';');
		struct extent at = trimmed(text, (struct extent){begin, end});
		if (at.begin < at.end)
			read_part(&reading, at);
		begin = end + 1;
	}
	if (reading.fault_count)
		return reading.fault_count;
	if (!rule_has(rule, PART_FREQ))
		add_fault(&reading, FAULT_NO_FREQ, (struct extent){0, text.len}, STR("FREQ"), STR(""), false);
	for (int part = 0; part < PART_NONE && !reading.fault_count; part++)
		if (rule_has(rule, (enum rule_part)part) && !may_stand(rule, (enum rule_part)part))
			add_fault(&reading, FAULT_WITH, rule->parts[part], str_from(part_names[part]),
				str_from(frequency_names[rule->frequency]), false);
	return reading.fault_count;
}

/* --- the whole rule ---------------------------------------------------------------------------------------------- */

void rule_complete(struct recurrence *rule, struct moment start)
{
	bool has_day = rule->weekdays || rule->ordinal_count || rule->month_days.count;
	if (rule->frequency == WEEKLY && !has_day)
		rule->weekdays = 1u << date_weekday(start.date);
	if (rule->frequency == YEARLY && !rule->months.count)
		rule->months = (struct rule_numbers){1, start.date.month};
	if (rule->frequency >= MONTHLY && !has_day)
		rule->month_days = (struct rule_numbers){1, start.date.day};
	if (rule->frequency == YEARLY && rule->month_days.first == -1 && rule->months.first != FEBRUARY)
		rule->month_days.first = date_month_days(start.date.year, rule->months.first);
}

static void add_days(struct buffer *out, const struct recurrence *rule)
{
	const char *before = ";BYDAY=";
	if (rule->ordinal_count)
		buffer_format(out, ";BYDAY=%d%s", rule->ordinal, weekday_codes[rule->ordinal_day]);
	/* In the order of the week, from its start. */
	for (int i = 0; i < 7; i++) {
		int day = (rule->week_start + i) % 7;
		if (!(rule->weekdays >> day & 1))
			continue;
		buffer_format(out, "%s%s", before, weekday_codes[day]);
		before = ",";
	}
}

struct str rule_text(struct arena *arena, const struct recurrence *rule, struct str until)
{
	struct buffer out = {0};
	buffer_format(&out, "FREQ=%s", frequency_names[rule->frequency]);
	if (rule->interval > 1)
		buffer_format(&out, ";INTERVAL=%d", rule->interval);
	if (rule->count)
		buffer_format(&out, ";COUNT=%d", rule->count);
	if (until.len)
		buffer_format(&out, ";UNTIL=%.*s", STR_ARG(until));
	if (rule->months.count)
		buffer_format(&out, ";BYMONTH=%d", rule->months.first);
	if (rule->month_days.count)
		buffer_format(&out, ";BYMONTHDAY=%d", rule->month_days.first);
	add_days(&out, rule);
	if (rule->positions.count)
		buffer_format(&out, ";BYSETPOS=%d", rule->positions.first);
	if (rule->interval > 1)
		buffer_format(&out, ";WKST=%s", weekday_codes[rule->week_start]);
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

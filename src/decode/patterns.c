#include "decode/patterns.h"

#include "base/str.h"
#include "decode/color.h"
#include "time/date.h"
#include "time/recurrence.h"

/* The values of the parts of a rule (time/recurrence.c). */
#define SMALL_NUMBER "(?:5[0-3]|[1-4][0-9]|[1-9])"
#define YEAR_NUMBER "(?:36[0-6]|3[0-5][0-9]|[12][0-9]{2}|[1-9][0-9]?)"
#define WEEKDAYS "(?:[Mm][Oo]|[Tt][Uu]|[Ww][Ee]|[Tt][Hh]|[Ff][Rr]|[Ss][Aa]|[Ss][Uu])"
static const struct {
	const char *value;
	bool list;
} parts[PART_NONE] = {
	[PART_FREQ] = {"(?:[Ss][Ee][Cc][Oo][Nn][Dd]|[Mm][Ii][Nn][Uu][Tt][Ee]|[Hh][Oo][Uu][Rr]|[Ww][Ee][Ee][Kk]|"
		       "[Mm][Oo][Nn][Tt][Hh]|[Yy][Ee][Aa][Rr]|[Dd][Aa][Ii])[Ll][Yy]",
		false},
	[PART_INTERVAL] = {"(?=0*[1-9])[0-9]{1,9}", false},
	[PART_COUNT] = {"(?=0*[1-9])[0-9]{1,9}", false},
	[PART_UNTIL] = {PATTERN_DAY_OF("[0-9]{4}", "") "(?:[Tt](?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9][Zz]?)?", false},
	[PART_BYMONTH] = {"0*(?:1[0-2]|[1-9])", true},
	[PART_BYWEEKNO] = {"[+-]?0*" SMALL_NUMBER, true},
	[PART_BYYEARDAY] = {"[+-]?0*" YEAR_NUMBER, true},
	[PART_BYMONTHDAY] = {"[+-]?0*(?:3[01]|[12][0-9]|[1-9])", true},
	[PART_BYDAY] = {"(?:[+-]?0*" SMALL_NUMBER ")?" WEEKDAYS, true},
	[PART_BYHOUR] = {"0*(?:2[0-3]|1?[0-9])", true},
	[PART_BYMINUTE] = {"0*[1-5]?[0-9]", true},
	[PART_BYSECOND] = {"0*(?:60|[1-5]?[0-9])", true},
	[PART_BYSETPOS] = {"[+-]?0*" YEAR_NUMBER, true},
	[PART_WKST] = {WEEKDAYS, false},
};

/* A regular expression for a word in any case. */
static void add_nocase(struct buffer *out, struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = ascii_lower(word.ptr[i]);
		if (c >= 'a' && c <= 'z')
			buffer_format(out, "[%c%c]", c - 'a' + 'A', c);
		else
			buffer_format(out, "[%c]", c);
	}
}

static void begin(struct buffer *out)
{
	buffer_add(out, STR("^" PATTERN_SPACE "(?:"));
}

static void end(struct buffer *out)
{
	buffer_add(out, STR(")?" PATTERN_SPACE "$"));
}

void pattern_color(struct buffer *out)
{
	begin(out);
	for (const char *const *name = color_names; *name; name++) {
		buffer_add(out, name == color_names ? STR("") : STR("|"));
		add_nocase(out, str_from(*name));
	}
	end(out);
}

/* The name, or its first two to four letters, with or without a full stop: weekday_read(). */
void pattern_weekday(struct buffer *out)
{
	begin(out);
	buffer_add(out, STR("(?:"));
	for (const char *const *word = weekday_names; *word; word++) {
		struct str name = str_from(*word);
		for (size_t len = 2; len <= 4; len++) {
			add_nocase(out, str_part(name, 0, len));
			buffer_byte(out, '|');
		}
		add_nocase(out, name);
		buffer_add(out, word[1] ? STR("|") : STR(")\\.?"));
	}
	end(out);
}

static void add_parts(struct buffer *out)
{
	buffer_add(out, STR("(?:"));
	for (int i = 0; i < PART_NONE; i++) {
		buffer_add(out, i ? STR("|") : STR(""));
		add_nocase(out, str_from(rule_part_name((enum rule_part)i)));
		buffer_format(out, PATTERN_SPACE "=" PATTERN_SPACE "%s", parts[i].value);
		if (parts[i].list)
			buffer_format(out, "(?:" PATTERN_SPACE "," PATTERN_SPACE "%s)*", parts[i].value);
	}
	buffer_add(out, STR(")?" PATTERN_SPACE));
}

/* Parts in any order, with ";" between them; one of them says how often. */
void pattern_rule(struct buffer *out)
{
	buffer_add(out, STR("^(?=" PATTERN_SPACE "$|.*[Ff][Rr][Ee][Qq])" PATTERN_SPACE "(?:RRULE:)?(?:" PATTERN_SPACE));
	add_parts(out);
	buffer_add(out, STR(";)*" PATTERN_SPACE));
	add_parts(out);
	buffer_byte(out, '$');
}

#include "cmd/shapes.h"

#include "base/str.h"
#include "decode/color.h"
#include "time/date.h"
#include "time/recurrence.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

/* Blanks around a text do not count, and a text of blanks is no text. */
#define WS "[ \\t\\r\\n]*"
#define TRIMMED(inner) "^" WS "(?:" inner ")?" WS "$"

/* What input/encoding.c refuses, and what ends a line. */
#define CONTROL "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufeff\\ufffe\\uffff"
#define BREAK "\\r\\n\\u2028\\u2029"
#define LINE_WITHOUT(more) "[^ \\t" more BREAK CONTROL "][^" more BREAK CONTROL "]*"

#define YEAR "(?:160[1-9]|16[1-9][0-9]|1[7-9][0-9]{2}|[23][0-9]{3}|4[0-4][0-9]{2}|4500)"
#define LEAP_YEAR "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
/* A day that exists, of a year that a pattern allows, with a mark between its parts. */
#define DAY_OF(year, mark) \
	"(?:" year mark "(?:(?:0[13578]|1[02])" mark "(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)" mark \
	"(?:0[1-9]|[12][0-9]|30)|02" mark "(?:0[1-9]|1[0-9]|2[0-8]))|(?=" year ")" LEAP_YEAR mark "02" mark "29)"
#define DAY DAY_OF(YEAR, "-")
#define TIME "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
#define MOMENT DAY "(?:[ T]" TIME "[Zz]?)?"

/* Hours before minutes, once each between days and weeks; not all of it zero. */
#define EXACT "(?:[0-9]{1,6}h)?(?:[0-9]{1,6}m)?"
#define DURATION \
	"(?=[^1-9]*[1-9])(?:(?:" EXACT "[0-9]{1,6}[dw])*" EXACT "|P(?:[0-9]{1,6}[WD])*(?:T(?:[0-9]{1,6}[HM])*)?)"
#define DAYS "(?=[^1-9]*[1-9])(?:(?:[0-9]{1,6}[dw])+|P(?:[0-9]{1,6}[WD])+)"

#define LABEL "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#define LOCAL "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
/* The characters of an address of the web; of its host. */
#define URL_REST "[!#-;=?-\\[\\]_a-z~]"
#define HOST "[!$-.0-9;=A-Z_a-z~]"
#define HOST_FIRST "[!$--0-9;=A-Z_a-z~]"
#define HOST_LAST "[!$-,.0-9;=A-Z_a-z~]"
#define URL \
	"[Hh][Tt][Tt][Pp][Ss]?://(?:[!#-.0-;=A-Z\\[\\]_a-z~]*@)?(?:\\[[0-9A-Fa-f:.]+\\]|" HOST_FIRST "(?:" HOST \
	"*" HOST_LAST ")?)(?::[0-9]*)?(?:[/?#]" URL_REST "*)?"

#define DEGREES(whole, most) "[+-]?0*(?:" whole "(?:\\.[0-9]*)?|" most "(?:\\.0*)?|\\.[0-9]+)"

/* The values of the parts of a rule (time/recurrence.c); WEEKDAYS stands for the two letters of a day. */
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
	[PART_UNTIL] = {DAY_OF("[0-9]{4}", "") "(?:[Tt](?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9][Zz]?)?", false},
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

const char shape_until_time[] = "[Uu][Nn][Tt][Ii][Ll]" WS "=" WS "[0-9]{8}[Tt]";
const char shape_day[] = "^" WS DAY WS "$";
const char shape_day_or_nothing[] = TRIMMED(DAY);
const char shape_days[] = TRIMMED(DAYS);

static const struct shape {
	const char *name, *pattern, *message;
	int longest;     /* characters, or 0 */
	int least, most; /* of a number; both 0: any */
} shapes[] = {
	{"line", TRIMMED(LINE_WITHOUT("")), "write one line of text", 0, 0, 0},
	{"text", "^[^" CONTROL "]*$", "a control character stands in the text", 0, 0, 0},
	{"category", TRIMMED(LINE_WITHOUT(",")), "write one line of text without a comma", 0, 0, 0},
	{"id", TRIMMED("[a-z0-9]+(?:-[a-z0-9]+)*"), "write a to z, 0 to 9 and single hyphens, as workshop-2021", 64, 0,
		INT_MAX},
	{"uid", TRIMMED("[^ " BREAK CONTROL "]+"), "write it as it was published, without blanks", 255, 0, 0},
	{"domain", TRIMMED(LABEL "(?:\\." LABEL ")*"), "write a host name, as example.org", 253, 0, 0},
	{"email", TRIMMED("(?=[^@]{1,64}@)" LOCAL "(?:\\." LOCAL ")*@" LABEL "(?:\\." LABEL ")+"),
		"write an address, as name@example.org", 254, 0, 0},
	{"url", TRIMMED(URL), "write a web address that begins with https://", 0, 0, 0},
	{"date", TRIMMED(DAY), "write a date as 2021-01-21", 0, 0, 0},
	{"moment", TRIMMED(MOMENT), "write a date as 2021-01-21, with a time as 2021-01-21 14:00", 0, 0, 0},
	{"ending", TRIMMED(MOMENT "|" TIME), "write a date as 2021-01-21, a time as 16:00, or both as 2021-01-21 16:00",
		0, 0, 0},
	{"duration", TRIMMED(DURATION), "write a duration as 2h, 90m, 1h30m, 1d or 2w", 0, 0, 0},
	{"reminder", TRIMMED("none|" DURATION), "write how long before the start, as 15m, 2h or 1d, or none", 0, 0, 0},
	{"timezone", TRIMMED("(?!(?:posix|right)/)[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*"),
		"write a name of the IANA list, as Europe/Amsterdam", 0, 0, 0},
	{"latitude", TRIMMED(DEGREES("[0-8]?[0-9]", "90")), "write degrees from -90 to 90", 0, -90, 90},
	{"longitude", TRIMMED(DEGREES("(?:1[0-7][0-9]|[0-9]?[0-9])", "180")), "write degrees from -180 to 180", 0, -180,
		180},
	{"boolean", TRIMMED("true|false"), "write true or false", 0, 0, 0},
	{"count", TRIMMED("0*[1-9][0-9]{0,8}"), "write a whole number from 1", 0, 1, 999999999},
	{"number", TRIMMED("[0-9]{1,9}"), "write a whole number", 0, 0, 999999999},
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

/* Some words, which editors complete, and every other way to write them. */
static json_t *words_schema(json_t *words, const struct buffer *pattern, const char *message)
{
	json_t *all = json_sprintf("^" WS "(?:%.*s)?" WS "$", (int)pattern->len, pattern->ptr);
	json_t *either = json_pack("{s:o}", "enum", words), * or = json_pack("{s:o}", "pattern", all);
	/* Editors show what the nearest of the two says. */
	if (message) {
		json_object_set_new(either, "errorMessage", json_string(message));
		json_object_set_new(or, "errorMessage", json_string(message));
	}
	return json_pack("{s:[o, o]}", "anyOf", either, or);
}

static json_t *color_schema(void)
{
	json_t *words = json_array();
	struct buffer pattern = {0};
	for (const char *const *name = color_names; *name; name++) {
		json_array_append_new(words, json_string(*name));
		buffer_add(&pattern, name == color_names ? STR("") : STR("|"));
		add_nocase(&pattern, str_from(*name));
	}
	json_t *schema = words_schema(words, &pattern, "write a CSS3 colour name, as teal");
	buffer_free(&pattern);
	return schema;
}

/* The name, or its first two to four letters, with or without a full stop: weekday_read(). */
static json_t *weekday_schema(void)
{
	json_t *words = json_array();
	struct buffer pattern = {0};
	buffer_add(&pattern, STR("(?:"));
	for (int i = 0; i < 14; i++) {
		struct str name = str_from(weekday_name(i % 7, i < 7));
		json_array_append_new(words, json_string(name.ptr));
		for (size_t len = 2; len <= 4; len++) {
			add_nocase(&pattern, str_part(name, 0, len));
			buffer_byte(&pattern, '|');
		}
		add_nocase(&pattern, name);
		buffer_add(&pattern, i == 13 ? STR(")\\.?") : STR("|"));
	}
	json_t *schema = words_schema(words, &pattern, "write the name of a weekday, as donderdag");
	buffer_free(&pattern);
	return schema;
}

/* Parts in any order, with ";" between them; one of them says how often, and no two of them when it ends. */
static json_t *rule_schema(void)
{
	struct buffer part = {0};
	for (int i = 0; i < PART_NONE; i++) {
		buffer_add(&part, i ? STR("|") : STR(""));
		add_nocase(&part, str_from(rule_part_name((enum rule_part)i)));
		buffer_format(&part, WS "=" WS "%s", parts[i].value);
		if (parts[i].list)
			buffer_format(&part, "(?:" WS "," WS "%s)*", parts[i].value);
	}
	json_t *pattern = json_sprintf("^(?=" WS "$|.*[Ff][Rr][Ee][Qq])" WS "(?:RRULE:)?(?:" WS "(?:%.*s)?" WS ";)*" WS
				       "(?:%.*s)?" WS "$",
		(int)part.len, part.ptr, (int)part.len, part.ptr);
	buffer_free(&part);
	json_t *ends = json_pack("{s:{s:s, s:s}, s:s}", "not", "type", "string", "pattern",
		"[Cc][Oo][Uu][Nn][Tt]" WS "=.*[Uu][Nn][Tt][Ii][Ll]" WS "=|[Uu][Nn][Tt][Ii][Ll]" WS
		"=.*[Cc][Oo][Uu][Nn][Tt]" WS "=",
		"errorMessage", "take COUNT or UNTIL out: both say when the rule ends");
	return json_pack("{s:o, s:s, s:[o]}", "pattern", pattern, "errorMessage",
		"write a rule of RFC 5545, as FREQ=WEEKLY;BYDAY=TU;COUNT=4", "allOf", ends);
}

json_t *shape_schema(const char *name)
{
	if (!strcmp(name, "rule"))
		return rule_schema();
	if (!strcmp(name, "color"))
		return color_schema();
	if (!strcmp(name, "weekday"))
		return weekday_schema();
	size_t i = 0;
	while (strcmp(shapes[i].name, name)) {
		i++;
		assert(i < sizeof(shapes) / sizeof(*shapes));
	}
	const struct shape *shape = &shapes[i];
	json_t *schema = json_pack("{s:s, s:s}", "pattern", shape->pattern, "errorMessage", shape->message);
	if (shape->longest)
		json_object_set_new(schema, "maxLength", json_integer(shape->longest));
	if (shape->least || shape->most)
		json_object_set_new(schema, "minimum", json_integer(shape->least));
	if (shape->most && shape->most < INT_MAX)
		json_object_set_new(schema, "maximum", json_integer(shape->most));
	return schema;
}

json_t *shape_words(const char *const *words)
{
	json_t *list = json_array();
	struct buffer pattern = {0};
	for (; *words; words++) {
		json_array_append_new(list, json_string(*words));
		buffer_format(&pattern, "%s%s", pattern.len ? "|" : "", *words);
	}
	json_t *schema = words_schema(list, &pattern, NULL);
	buffer_free(&pattern);
	return schema;
}

json_t *shape_something(json_t *schema)
{
	json_object_set_new(schema, "allOf",
		json_pack("[{s:s, s:s}]", "pattern", "[^ \\t\\r\\n]", "errorMessage", "write something here"));
	return schema;
}

/*
 * Regular expressions of values, in the dialect of JSON Schema. Each is as strict as the reading of values
 * (decode/values.c, time/date.c) where a regular expression can be; tests/schema/ compares the two. A text of spaces
 * fits all of them: nothing behind a key is a warning of its own.
 */
#ifndef DECODE_PATTERNS_H
#define DECODE_PATTERNS_H

struct buffer;

/* Spaces around a text do not count, and a text of spaces is no text. */
#define PATTERN_SPACE "[ \\t\\r\\n]*"
#define PATTERN_ALONE(inner) "^" PATTERN_SPACE "(?:" inner ")?" PATTERN_SPACE "$"

/* What input/encoding.c refuses, and what ends a line. */
#define PATTERN_CONTROL "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufeff\\ufffe\\uffff"
#define PATTERN_BREAK "\\r\\n\\u2028\\u2029"
#define PATTERN_LINE_WITHOUT(more) \
	"[^ \\t" more PATTERN_BREAK PATTERN_CONTROL "][^" more PATTERN_BREAK PATTERN_CONTROL "]*"

/* YEAR_MINIMUM to YEAR_MAXIMUM (time/limits.h). */
#define PATTERN_YEAR "(?:160[1-9]|16[1-9][0-9]|1[7-9][0-9]{2}|[23][0-9]{3}|4[0-4][0-9]{2}|4500)"
#define PATTERN_LEAP_YEAR "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
/* A day that exists, of a year that a pattern allows, with a mark between its parts. */
#define PATTERN_DAY_OF(year, mark) \
	"(?:" year mark "(?:(?:0[13578]|1[02])" mark "(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)" mark \
	"(?:0[1-9]|[12][0-9]|30)|02" mark "(?:0[1-9]|1[0-9]|2[0-8]))|(?=" year ")" PATTERN_LEAP_YEAR mark "02" mark \
	"29)"
#define PATTERN_DAY PATTERN_DAY_OF(PATTERN_YEAR, "-")
#define PATTERN_MONTH PATTERN_YEAR "-(?:0[1-9]|1[0-2])"
#define PATTERN_TIME "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
#define PATTERN_MOMENT PATTERN_DAY "(?:[ T]" PATTERN_TIME "[Zz]?)?"

/* Hours before minutes, once each between days and weeks; not all of it zero. */
#define PATTERN_EXACT "(?:[0-9]{1,6}h)?(?:[0-9]{1,6}m)?"
#define PATTERN_DURATION \
	"(?=[^1-9]*[1-9])(?:(?:" PATTERN_EXACT "[0-9]{1,6}[dw])*" PATTERN_EXACT \
	"|P(?:[0-9]{1,6}[WD])*(?:T(?:[0-9]{1,6}[HM])*)?)"
#define PATTERN_DAYS "(?=[^1-9]*[1-9])(?:(?:[0-9]{1,6}[dw])+|P(?:[0-9]{1,6}[WD])+)"

#define PATTERN_LABEL "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#define PATTERN_LOCAL "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
/* The characters of an address of the web; of its host. */
#define PATTERN_URL_REST "[!#-;=?-\\[\\]_a-z~]"
#define PATTERN_HOST "[!$-.0-9;=A-Z_a-z~]"
#define PATTERN_HOST_FIRST "[!$--0-9;=A-Z_a-z~]"
#define PATTERN_HOST_LAST "[!$-,.0-9;=A-Z_a-z~]"
#define PATTERN_URL \
	"[Hh][Tt][Tt][Pp][Ss]?://(?:[!#-.0-;=A-Z\\[\\]_a-z~]*@)?(?:\\[[0-9A-Fa-f:.]+\\]|" PATTERN_HOST_FIRST \
	"(?:" PATTERN_HOST "*" PATTERN_HOST_LAST ")?)(?::[0-9]*)?(?:[/?#]" PATTERN_URL_REST "*)?"

/* A number to call, and one as an address (RFC 3966). */
#define PATTERN_PHONE "(?=.*[0-9])[0-9 +()-]+"
#define PATTERN_TEL "[Tt][Ee][Ll]:(?=[^0-9]*[0-9])[0-9+().-]+"

#define PATTERN_DEGREES(whole, most) "[+-]?0*(?:" whole "(?:\\.[0-9]*)?|" most "(?:\\.0*)?|\\.[0-9]+)"

/* Of a rule: an UNTIL with a time; both COUNT and UNTIL. */
#define PATTERN_UNTIL_TIME "[Uu][Nn][Tt][Ii][Ll]" PATTERN_SPACE "=" PATTERN_SPACE "[0-9]{8}[Tt]"
#define PATTERN_TWO_ENDS \
	"[Cc][Oo][Uu][Nn][Tt]" PATTERN_SPACE "=.*[Uu][Nn][Tt][Ii][Ll]" PATTERN_SPACE \
	"=|[Uu][Nn][Tt][Ii][Ll]" PATTERN_SPACE "=.*[Cc][Oo][Uu][Nn][Tt]" PATTERN_SPACE "="

/* Each adds the pattern of a kind whose words come from elsewhere. */
void pattern_color(struct buffer *out);
void pattern_weekday(struct buffer *out);
void pattern_rule(struct buffer *out);

#endif

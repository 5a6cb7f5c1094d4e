#include "time/day.h"

#include "base/arena.h"
#include "time/limits.h"

enum { DIGITS_MOST = 5 };

static const struct {
	const char *word, *right; /* right: NULL where the word itself is */
	int days;
} words[] = {
	{"today", NULL, 0},
	{"tomorrow", NULL, 1},
	{"yesterday", NULL, -1},
	{"now", "today", 0},
	{"vandaag", "today", 0},
	{"morgen", "tomorrow", 1},
	{"gisteren", "yesterday", -1},
};

static struct verdict read_word(struct arena *arena, struct str text, struct date today, struct date *day)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct str word = str_from(words[i].word);
		if (!str_equal_nocase(text, word))
			continue;
		if (words[i].right || !str_equal(text, word))
			return (struct verdict){.kind = VERDICT_DATE_FORM,
				.right = str_copy(arena, words[i].right ? str_from(words[i].right) : word)};
		*day = date_from_days(date_days(today) + words[i].days);
		return (struct verdict){.kind = VERDICT_OK};
	}
	return (struct verdict){.kind = VERDICT_NONSENSE};
}

/* The letter of a unit of days, in Dutch or English; 0: it is none. */
static char unit_letter(struct str unit)
{
	static const char *const units[] = {"d", "dag", "dagen", "day", "days", "w", "week", "weken", "weeks"};
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (str_equal_nocase(unit, str_from(units[i])))
			return units[i][0];
	return 0;
}

/* "+30d"; without its sign or its unit, or with a unit written out, it is understood, and gets its right form. */
static struct verdict read_count(struct arena *arena, struct str text, struct date today, struct date *day)
{
	size_t sign = text.len && (text.ptr[0] == '+' || text.ptr[0] == '-'), at = sign;
	int count = 0;
	for (; at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9' && at - sign < DIGITS_MOST; at++)
		count = count * 10 + (text.ptr[at] - '0');
	struct str written = str_trim(str_part(text, at, text.len));
	char unit = sign && !written.len ? 'd' : unit_letter(written);
	bool back = sign && text.ptr[0] == '-';
	if (at == sign || !unit)
		return (struct verdict){.kind = VERDICT_NONSENSE};
	struct str right = str_format(arena, "%c%d%c", back ? '-' : '+', count, unit);
	if (!str_equal(text, right))
		return (struct verdict){.kind = VERDICT_DATE_FORM, .right = right};
	int days = unit == 'w' ? count * 7 : count;
	*day = date_from_days(date_days(today) + (back ? -days : days));
	return (struct verdict){.kind = VERDICT_OK};
}

struct verdict day_read(struct arena *arena, struct str text, struct date today, struct date *day)
{
	struct moment moment;
	text = str_trim(text);
	struct verdict verdict = read_word(arena, text, today, day);
	if (verdict.kind == VERDICT_NONSENSE)
		verdict = read_count(arena, text, today, day);
	if (verdict.kind != VERDICT_NONSENSE)
		return verdict;
	verdict = moment_read(arena, text, &moment);
	if (verdict.kind == VERDICT_OK && !moment_is_date(moment))
		return (struct verdict){.kind = VERDICT_DATE_FORM, .right = date_format(arena, moment.date)};
	if (verdict.kind == VERDICT_OK)
		*day = moment.date;
	else if (verdict.kind != VERDICT_NO_DAY && verdict.kind != VERDICT_NO_YEAR &&
		 verdict.right.len > sizeof("2021-01-21") - 1)
		verdict.right.len = sizeof("2021-01-21") - 1; /* without its time */
	return verdict;
}

/* Takes "30s" or "30S" off the end of a text. False: no number stands in front of the letter. */
static bool take_seconds(struct str *text, int64_t *seconds)
{
	size_t end = text->len - 1, at = end;
	while (at && text->ptr[at - 1] >= '0' && text->ptr[at - 1] <= '9')
		at--;
	for (size_t i = at; i < end && end - at <= DIGITS_MOST; i++)
		*seconds = *seconds * 10 + (text->ptr[i] - '0');
	*text = str_part(*text, 0, at);
	return at < end && end - at <= DIGITS_MOST;
}

bool wait_read(struct str text, int64_t *seconds)
{
	struct arena scratch = {0};
	struct duration duration = {0};
	int64_t rest = 0;
	text = str_trim(text);
	bool iso = str_starts(text, STR("P")), done = str_equal(text, STR("0")), good = true;
	if (str_ends(text, iso ? STR("S") : STR("s"))) {
		good = take_seconds(&text, &rest);
		done = !text.len || str_equal(text, STR("PT"));
	}
	if (good && !done) {
		enum verdict_kind kind = duration_read(&scratch, text, &duration).kind;
		good = kind == VERDICT_OK || kind == VERDICT_ZERO;
	}
	if (good)
		*seconds = duration.days * (int64_t)DAY_SECONDS + duration.minutes * (int64_t)60 + rest;
	arena_free(&scratch);
	return good;
}

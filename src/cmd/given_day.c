#include "cmd/given_day.h"

#include "report/trouble.h"
#include "session/session.h"
#include "time/day.h"

bool given_day(struct loaded *loaded, const char *option, const char *word, struct date *date)
{
	struct verdict verdict = day_read(&loaded->arena, str_from(word), loaded->calendar.today, date);
	if (verdict.kind == VERDICT_OK)
		return true;
	bool exists = verdict.kind != VERDICT_NO_DAY && verdict.kind != VERDICT_NO_MONTH;
	struct str right = verdict.right.len ? verdict.right
					     : str_from(LOCAL("2021-01-21, today, tomorrow, +30d, -7d or +2w",
						       "2021-01-21, today, tomorrow, +30d, -7d of +2w"));
	tell("--%s: \"%s\" %s%s%.*s", option, word,
		exists ? LOCAL("is no day", "is geen dag") : LOCAL("does not exist", "bestaat niet"),
		verdict.kind == VERDICT_NO_DAY ? ": " : LOCAL("; write ", "; schrijf "), STR_ARG(right));
	return false;
}

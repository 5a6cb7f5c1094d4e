/* What is new or has changed, as an Atom feed (RFC 4287). */
#include "base/arena.h"
#include "page/parts.h"
#include "text/words.h"

#include <stdlib.h>

enum { ENTRIES_MOST = 50 };

struct news {
	const struct schedule *schedule;
	const struct revision *revision;
};

static int compare(const void *a, const void *b)
{
	const struct news *one = a, *other = b;
	int64_t left = one->revision->modified, right = other->revision->modified;
	return left != right ? (left < right) - (left > right) : str_compare(one->schedule->id, other->schedule->id);
}

static void add_element(struct buffer *out, const char *name, struct str text)
{
	buffer_format(out, "<%s>", name);
	html_add(out, text);
	buffer_format(out, "</%s>\n", name);
}

static void add_time(struct buffer *out, struct arena *arena, const char *name, int64_t seconds)
{
	struct moment moment = moment_from_seconds(seconds);
	struct str day = date_format(arena, moment.date);
	add_element(out, name,
		str_format(arena, "%.*sT%02d:%02d:%02dZ", STR_ARG(day), moment.minute / 60, moment.minute % 60,
			(int)((seconds % 60 + 60) % 60)));
}

/* "tag:example.org,2005:…" (RFC 4151): the same for ever. */
static struct str tag_of(const struct pages *pages, struct str name)
{
	return str_format(pages->arena, "tag:%.*s,2005:%.*s", STR_ARG(pages->calendar->domain.str), STR_ARG(name));
}

static void add_entry(const struct pages *pages, const struct news *news, struct buffer *out)
{
	const struct event *event = news->schedule->event;
	struct arena *arena = pages->arena;
	buffer_add(out, STR("<entry>\n"));
	add_element(out, "title", words_summary(arena, pages->calendar, event));
	add_element(out, "id", tag_of(pages, news->schedule->uid));
	add_time(out, arena, "published", news->revision->created);
	add_time(out, arena, "updated", news->revision->modified);
	buffer_format(out, "<link rel=\"alternate\" type=\"text/html\" href=\"events/%.*s.html\"/>\n",
		STR_ARG(news->schedule->id));
	add_element(out, "summary", words_description(arena, pages->calendar, event));
	buffer_add(out, STR("</entry>\n"));
}

void page_atom(const struct pages *pages, struct buffer *out)
{
	const struct calendar *calendar = pages->calendar;
	struct arena *arena = pages->arena;
	struct news *news = arena_alloc(arena, (calendar->schedule_count + 1) * sizeof(*news));
	struct str base = published_at(calendar);
	size_t count = 0;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		const struct revision *revision = map_get(&pages->revisions->by_uid, schedule->uid);
		if (schedule_is_published(schedule) && revision)
			news[count++] = (struct news){schedule, revision};
	}
	if (count)
		qsort(news, count, sizeof(*news), compare);
	buffer_add(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""));
	if (base.len) {
		buffer_add(out, STR(" xml:base=\""));
		html_add(out, base);
		buffer_add(out, STR("/\""));
	}
	buffer_format(out, " xml:lang=\"%s\">\n", SAY(page_language(calendar, NULL), "en", "nl").ptr);
	add_element(out, "title", calendar->name.str);
	add_element(out, "id", tag_of(pages, STR("agenda")));
	add_time(out, arena, "updated", count ? news[0].revision->modified : 0);
	buffer_add(out, STR("<author>\n"));
	add_element(out, "name", calendar->organizer.name.str);
	buffer_add(out, STR("</author>\n<link rel=\"alternate\" type=\"text/html\" href=\"index.html\"/>\n"
			    "<link rel=\"self\" type=\"application/atom+xml\" href=\"agenda.atom\"/>\n"));
	for (size_t i = 0; i < count && i < ENTRIES_MOST; i++)
		add_entry(pages, &news[i], out);
	buffer_add(out, STR("</feed>\n"));
}

#include "input/filename.h"

/* The endings that are read. */
static const char *const endings[] = {".yaml", ".yml"};
/* Slips of the fingers. */
static const char *const slips[] = {".yam", ".yaaml", ".yamll", ".yalm", ".ymal", ".jaml", ".ymll"};
/* What editors, Windows and people put behind a name; ".yaml.gz" and ".yaml.license" are something else. */
static const char *const suffixes[] = {".", ".txt", ".bak", ".backup", ".old", ".oud", ".orig", ".save", ".new",
	".copy", ".kopie", ".tmp", ".doc", ".docx", ".rtf"};
static const char *const ics[] = {".ics", ".ical", ".icalendar"};
/* Of a copy of calendar.yaml: what stands in front, and how it may go on behind. */
static const char *const before[] = {"copy of ", "kopie van "};
static const char *const behind[] = {"copy", "kopie", "backup"};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool starts_nocase(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal_nocase(str_part(s, 0, prefix.len), prefix);
}

/* s without the one of these that it ends in, in whatever case; all of it where it ends in none. */
static struct str without(struct str s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str end = str_from(list[i]);
		if (s.len >= end.len && str_equal_nocase(str_part(s, s.len - end.len, s.len), end))
			return str_part(s, 0, s.len - end.len);
	}
	return s;
}

/* What a calendar's name goes on with: " (1)", " - kopie", "_copy 2"; not " 2027", which may well be events. */
static bool marks_copy(struct str rest)
{
	while (rest.len && strchr(" -_", rest.ptr[0]))
		rest = str_part(rest, 1, rest.len);
	for (size_t i = 0; i < COUNT(behind); i++)
		if (starts_nocase(rest, str_from(behind[i])))
			return true;
	return rest.len > 2 && rest.ptr[0] == '(' && rest.ptr[rest.len - 1] == ')';
}

/* What a name that ends in .yaml or .yml stands for; its stem is without that. */
static enum file_kind kind_of(struct str name, struct str stem)
{
	if (str_equal(name, STR("calendar.yaml")))
		return FILE_CALENDAR;
	if (str_equal_nocase(stem, STR("calendar")))
		return FILE_CALENDAR_NAME;
	bool copy = starts_nocase(stem, STR("calendar")) && marks_copy(str_part(stem, 8, stem.len));
	for (size_t i = 0; i < COUNT(before); i++)
		copy |= starts_nocase(stem, str_from(before[i])) &&
			str_equal_nocase(str_part(stem, strlen(before[i]), stem.len), STR("calendar"));
	return copy ? FILE_CALENDAR_COPY : FILE_EVENTS;
}

/* "b.yaml" of "b.yaml.txt", "b.yaml (1)" and "b.yaml~"; a stem of no bytes where the name is not like that. */
static struct filename ending_within(struct str name)
{
	for (size_t i = 1; i < name.len; i++)
		for (size_t j = 0; j < COUNT(endings); j++) {
			struct str ending = str_from(endings[j]), rest = str_part(name, i, name.len);
			if (!starts_nocase(rest, ending))
				continue;
			rest = str_part(rest, ending.len, rest.len);
			struct filename found = {FILE_MISNAMED, str_part(name, 0, i), ending};
			if (str_equal(rest, STR("~")))
				found.kind = FILE_BACKUP;
			if (!rest.len || strchr(" ~_-(", rest.ptr[0]) || !without(rest, suffixes, COUNT(suffixes)).len)
				return found;
		}
	return (struct filename){FILE_OTHER, STR(""), STR("")};
}

struct filename filename_of(struct str name)
{
	for (size_t i = 0; i < COUNT(endings); i++)
		if (str_ends(name, str_from(endings[i]))) {
			struct str stem = str_part(name, 0, name.len - strlen(endings[i]));
			return (struct filename){kind_of(name, stem), stem, str_from(endings[i])};
		}
	/* Calendar.YAML is no file that is read, but nothing else can be meant by it. */
	struct str stem = without(name, endings, COUNT(endings));
	if (str_equal_nocase(stem, STR("calendar")) && stem.len < name.len)
		return (struct filename){FILE_CALENDAR_NAME, stem, STR(".yaml")};
	if (without(name, ics, COUNT(ics)).len < name.len)
		return (struct filename){FILE_ICS, STR(""), STR("")};
	stem = without(name, slips, COUNT(slips));
	if (stem.len < name.len)
		return (struct filename){FILE_MISNAMED, stem, STR(".yaml")};
	return ending_within(name);
}

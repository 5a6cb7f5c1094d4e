/*
 * A reader of TZif files. The C library reads them too, but offers only the zone of the process: changing TZ for every
 * event would be slow and unsafe with threads, and it tells neither when a zone changes nor whether a local time is
 * skipped or comes twice. libical gives a zone as a VTIMEZONE of up to 55 parts, which Outlook cannot hold, and from
 * which the changes would have to be worked out again. The tests compare every zone of the system with the C library
 * (unit/test_zone.c) and with what others read in the exported files (readers/zones.py).
 *
 * A file has a block with 32-bit times. From version 2 on a second block has 64-bit times, and the first is skipped; a
 * footer follows, a POSIX TZ string with the rule for all times after the last change.
 */
#include "time/zone.h"

#include "base/arena.h"
#include "time/date.h"
#include "time/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAXIMUM = 1 << 20, HEADER = 44, TYPE_SIZE = 6 };

/* When the clocks change by the rule in a footer (RFC 8536, 3.3.1). */
struct footer_day {
	char kind; /* 'M': month, week, weekday; 'J': day 1 to 365 without leap days; 'N': day 0 to 365 */
	int month, week, weekday, day;
	int second; /* of the day; may be negative or more than a day has */
};

struct zone {
	struct str name;
	struct digest data;  /* of its file */
	struct zone *before; /* loaded before this one */
	bool utc;
	int64_t *times;   /* of the changes, ascending */
	int32_t *offsets; /* from each change on */
	size_t count;
	int32_t first; /* the offset before all of them */
	bool has_footer, has_daylight;
	int32_t standard, daylight;
	struct footer_day begin, end; /* of daylight time */
};

/* --- the file ---------------------------------------------------------------------------------------------------- */

static int64_t big_endian(const unsigned char *p, int bytes)
{
	uint64_t value = p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < bytes; i++)
		value = value << 8 | p[i];
	return (int64_t)value;
}

/* The counts in a header, in its order. */
enum { ISUT, ISSTD, LEAP, TIME, TYPE, CHAR, COUNTS };

struct block {
	const unsigned char *data;
	size_t counts[COUNTS];
	size_t length;
};

static bool read_header(struct str file, size_t at, int time_size, struct block *block)
{
	if (at > file.len || file.len - at < HEADER || memcmp(file.ptr + at, "TZif", 4))
		return false;
	const unsigned char *p = (const unsigned char *)file.ptr + at;
	for (int i = 0; i < COUNTS; i++) {
		int64_t count = big_endian(p + 20 + 4 * i, 4);
		if (count < 0 || count > FILE_MAXIMUM)
			return false;
		block->counts[i] = (size_t)count;
	}
	const size_t *n = block->counts;
	size_t size = (size_t)time_size;
	block->data = p + HEADER;
	block->length =
		n[TIME] * size + n[TIME] + n[TYPE] * TYPE_SIZE + n[CHAR] + n[LEAP] * (size + 4) + n[ISSTD] + n[ISUT];
	return n[TYPE] && block->length <= file.len - at - HEADER;
}

static bool read_block(struct arena *arena, struct zone *zone, const struct block *block, int time_size)
{
	size_t count = block->counts[TIME], types = block->counts[TYPE];
	const unsigned char *index = block->data + count * (size_t)time_size, *type = index + count;
	zone->times = arena_alloc(arena, (count + 1) * sizeof(*zone->times));
	zone->offsets = arena_alloc(arena, (count + 1) * sizeof(*zone->offsets));
	zone->count = count;
	zone->first = (int32_t)big_endian(type, 4);
	for (size_t i = 0; i < count; i++) {
		zone->times[i] = big_endian(block->data + i * (size_t)time_size, time_size);
		if (index[i] >= types || (i && zone->times[i] <= zone->times[i - 1]))
			return false;
		zone->offsets[i] = (int32_t)big_endian(type + index[i] * TYPE_SIZE, 4);
	}
	for (size_t i = 0; i < types; i++) {
		int64_t offset = big_endian(type + i * TYPE_SIZE, 4);
		if (offset < -93599 || offset > 93599)
			return false;
	}
	return true;
}

/* --- the footer -------------------------------------------------------------------------------------------------- */

static bool footer_name(const char **p)
{
	const char *begin = *p;
	if (**p == '<') {
		while (**p && **p != '>')
			++*p;
		return *(*p)++ == '>';
	}
	while (ascii_lower(**p) >= 'a' && ascii_lower(**p) <= 'z')
		++*p;
	return *p - begin >= 3;
}

static bool footer_number(const char **p, int *value)
{
	if (**p < '0' || **p > '9')
		return false;
	for (*value = 0; **p >= '0' && **p <= '9' && *value < 1000; ++*p)
		*value = *value * 10 + (**p - '0');
	return true;
}

/* [+-]hh[:mm[:ss]] as seconds */
static bool footer_time(const char **p, int *seconds)
{
	int sign = **p == '-' ? -1 : 1, hours, minutes = 0, rest = 0;
	if (**p == '-' || **p == '+')
		++*p;
	if (!footer_number(p, &hours))
		return false;
	if (**p == ':') {
		++*p;
		if (!footer_number(p, &minutes))
			return false;
	}
	if (**p == ':') {
		++*p;
		if (!footer_number(p, &rest))
			return false;
	}
	*seconds = sign * (hours * 3600 + minutes * 60 + rest);
	return hours <= 167 && minutes < 60 && rest < 60;
}

static bool footer_change(const char **p, struct footer_day *day)
{
	if (*(*p)++ != ',')
		return false;
	day->second = 7200;
	day->kind = 'N';
	if (**p == 'M' || **p == 'J')
		day->kind = *(*p)++;
	if (day->kind == 'M') {
		if (!footer_number(p, &day->month) || *(*p)++ != '.' || !footer_number(p, &day->week) ||
			*(*p)++ != '.' || !footer_number(p, &day->weekday))
			return false;
		if (day->month < 1 || day->month > 12 || day->week < 1 || day->week > 5 || day->weekday > 6)
			return false;
	} else if (!footer_number(p, &day->day)) {
		return false;
	}
	if (**p != '/')
		return true;
	++*p;
	return footer_time(p, &day->second);
}

static bool read_footer(struct zone *zone, const char *p)
{
	int west;
	if (!*p)
		return true;
	if (!footer_name(&p) || !footer_time(&p, &west))
		return false;
	zone->standard = -west;
	zone->has_footer = true;
	if (!*p)
		return true;
	zone->has_daylight = true;
	zone->daylight = zone->standard + 3600;
	if (!footer_name(&p))
		return false;
	if (*p != ',') {
		if (!footer_time(&p, &west))
			return false;
		zone->daylight = -west;
	}
	return footer_change(&p, &zone->begin) && footer_change(&p, &zone->end) && !*p;
}

static bool read_tzif(struct arena *arena, struct zone *zone, struct str file)
{
	struct block block;
	if (!read_header(file, 0, 4, &block))
		return false;
	if (file.ptr[4] < '2')
		return read_block(arena, zone, &block, 4);
	size_t second = HEADER + block.length;
	if (!read_header(file, second, 8, &block) || !read_block(arena, zone, &block, 8))
		return false;
	struct str footer = str_part(file, second + HEADER + block.length, file.len);
	if (footer.len < 2 || footer.ptr[0] != '\n' ||
		str_find(str_part(footer, 1, footer.len), '\n') == footer.len - 1)
		return false;
	footer = str_part(footer, 1, 1 + str_find(str_part(footer, 1, footer.len), '\n'));
	return str_find(footer, 0) == footer.len && read_footer(zone, str_copy(arena, footer).ptr);
}

/* --- offsets ----------------------------------------------------------------------------------------------------- */

static int64_t footer_days(const struct footer_day *day, int year)
{
	bool month = day->kind == 'M';
	int64_t first = date_days((struct date){(short)year, month ? (signed char)day->month : 1, 1});
	if (day->kind == 'N')
		return first + day->day;
	if (!month)
		return first + day->day - 1 + (day->day >= 60 && date_month_days(year, 2) == 29);
	int64_t after = (day->weekday - days_weekday(first) + 7) % 7 + 7 * (day->week - 1);
	/* Week 5 is the last, which may be the fourth. */
	return first + (after >= date_month_days(year, day->month) ? after - 7 : after);
}

static int64_t footer_begin(const struct zone *zone, int year)
{
	return footer_days(&zone->begin, year) * DAY_SECONDS + zone->begin.second - zone->standard;
}

static int64_t footer_end(const struct zone *zone, int year)
{
	return footer_days(&zone->end, year) * DAY_SECONDS + zone->end.second - zone->daylight;
}

static int32_t footer_offset(const struct zone *zone, int64_t instant)
{
	if (!zone->has_daylight)
		return zone->standard;
	int year = moment_from_seconds(instant + zone->standard).date.year;
	int64_t begin = footer_begin(zone, year), end = footer_end(zone, year);
	bool summer = begin < end ? instant >= begin && instant < end : instant >= begin || instant < end;
	return summer ? zone->daylight : zone->standard;
}

/* The number of changes in the file that are not after an instant. */
static size_t changes_until(const struct zone *zone, int64_t instant)
{
	size_t low = 0, high = zone->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->times[middle] <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The footer's next change after an instant, which is after all changes of the file. The offset may stay the same. */
static int64_t footer_next(const struct zone *zone, int64_t instant)
{
	int64_t next = INT64_MAX;
	int year = moment_from_seconds(instant + zone->standard).date.year;
	for (int y = year - 1; zone->has_footer && zone->has_daylight && y <= year + 1; y++) {
		int64_t both[] = {footer_begin(zone, y), footer_end(zone, y)};
		for (int i = 0; i < 2; i++)
			if (both[i] > instant && both[i] < next)
				next = both[i];
	}
	return next;
}

int64_t zone_next_change(const struct zone *zone, int64_t instant)
{
	/* A footer with the same offset twice, or with daylight time all year, has changes that change nothing. */
	const int same_most = 4;
	int64_t at = instant;
	for (int same = 0; same < same_most;) {
		size_t past = changes_until(zone, at);
		at = past < zone->count ? zone->times[past] : footer_next(zone, at);
		if (at == INT64_MAX || zone_offset(zone, at) != zone_offset(zone, at - 1))
			return at;
		same += past == zone->count;
	}
	return INT64_MAX;
}

int32_t zone_offset(const struct zone *zone, int64_t instant)
{
	if (!zone->count || instant < zone->times[0])
		return zone->count || !zone->has_footer ? zone->first : footer_offset(zone, instant);
	if (zone->has_footer && instant >= zone->times[zone->count - 1])
		return footer_offset(zone, instant);
	return zone->offsets[changes_until(zone, instant) - 1];
}

struct local zone_local(const struct zone *zone, int64_t local)
{
	/* No offset is further from UTC than 26 hours, and no two changes are nearer than that to each other. */
	int32_t before = zone_offset(zone, local - 93600), after = zone_offset(zone, local + 93600);
	bool first = zone_offset(zone, local - before) == before, second = zone_offset(zone, local - after) == after;
	if (before == after || (first && !second))
		return (struct local){LOCAL_ONCE, local - before};
	if (first && second)
		return (struct local){LOCAL_TWICE, local - before};
	if (second)
		return (struct local){LOCAL_ONCE, local - after};
	return (struct local){LOCAL_SKIPPED, local - before};
}

/* --- names ------------------------------------------------------------------------------------------------------- */

static const char *folder(void)
{
	const char *given = getenv("TZDIR");
	return given && *given ? given : "/usr/share/zoneinfo";
}

/* True for parts of letters, digits, "+", "-" and "_" with "/" between; false for names that the system reserves. */
static bool is_name(struct str name)
{
	static const char *const kept[] = {"localtime", "posixrules", "Factory", "posix", "right"};
	if (!name.len || name.len > 64)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i], low = ascii_lower(c);
		bool word = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '_';
		bool slash = c == '/' && i && i + 1 < name.len && name.ptr[i - 1] != '/';
		if (!word && !slash)
			return false;
	}
	struct str part = str_part(name, 0, str_find(name, '/'));
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (str_equal(part, str_from(kept[i])))
			return false;
	return true;
}

static bool names_utc(struct str name)
{
	static const char *const names[] = {"UTC", "UCT", "Zulu", "Universal"};
	if (str_starts(name, STR("Etc/")))
		name = str_part(name, 4, name.len);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal(name, str_from(names[i])))
			return true;
	return false;
}

static int open_file(const char *path)
{
	int fd;
	do
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* Adds the content of a file of at most FILE_MAXIMUM bytes. ZONE_UNKNOWN: it is no such file. */
static enum zone_status read_file(struct buffer *out, const char *path)
{
	struct stat stat_buffer;
	__attribute__((uninitialized)) char chunk[16384];
	enum zone_status status = ZONE_FAILED;
	int fd = open_file(path);
	if (fd < 0)
		return (errno == ENOENT || errno == ENOTDIR) && !access(folder(), R_OK) ? ZONE_UNKNOWN : ZONE_FAILED;
	if (fstat(fd, &stat_buffer))
		goto out;
	status = ZONE_UNKNOWN;
	if (!S_ISREG(stat_buffer.st_mode) || stat_buffer.st_size > FILE_MAXIMUM)
		goto out;
	for (;;) {
		ssize_t got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		status = got < 0 ? ZONE_FAILED : ZONE_OK;
		if (got <= 0)
			break;
		buffer_add(out, (struct str){chunk, (size_t)got});
	}
out:;
	int error = errno;
	close(fd);
	errno = error;
	return status;
}

static const struct zone *loaded(struct zones *zones, struct zone *zone, struct str file)
{
	zone->data = digest_of(file);
	zone->before = zones->last;
	zones->last = zone;
	return map_put(&zones->loaded, zones->arena, zone->name, zone);
}

/* Files are decoded in several threads, which share the zones. */
static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;

static enum zone_status get(struct zones *zones, struct str name, const struct zone **zone)
{
	*zone = map_get(&zones->loaded, name);
	if (*zone)
		return ZONE_OK;
	if (!is_name(name))
		return ZONE_UNKNOWN;
	struct buffer file = {0};
	struct str path = str_format(zones->arena, "%s/%.*s", folder(), STR_ARG(name));
	enum zone_status status = read_file(&file, path.ptr);
	if (status == ZONE_OK) {
		struct zone *read = arena_alloc(zones->arena, sizeof(*read));
		read->name = str_copy(zones->arena, name);
		read->utc = names_utc(name);
		if (read_tzif(zones->arena, read, buffer_str(&file)))
			*zone = loaded(zones, read, buffer_str(&file));
		else
			status = ZONE_UNKNOWN;
	}
	buffer_free(&file);
	return status;
}

enum zone_status zone_get(struct zones *zones, struct str name, const struct zone **zone)
{
	pthread_mutex_lock(&reading);
	enum zone_status status = get(zones, name, zone);
	pthread_mutex_unlock(&reading);
	return status;
}

struct str zone_name(const struct zone *zone)
{
	return zone->name;
}

bool zone_is_utc(const struct zone *zone)
{
	return zone->utc;
}

/* The names below one folder of the zone data, added to list. */
struct names {
	struct arena *arena;
	struct str *items;
	size_t count;
};

static bool is_tzif(const char *path)
{
	char magic[4];
	int fd = open_file(path);
	bool good = fd >= 0 && read(fd, magic, sizeof(magic)) == (ssize_t)sizeof(magic) && !memcmp(magic, "TZif", 4);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool list_names(struct names *names, struct str below)
{
	struct str path = str_format(names->arena, "%s/%.*s", folder(), STR_ARG(below));
	DIR *directory = opendir(path.ptr);
	if (!directory)
		return false;
	const struct dirent *entry;
	bool good = true;
	while (good && (entry = readdir(directory))) {
		struct stat stat_buffer;
		struct str name =
			str_format(names->arena, "%.*s%s%s", STR_ARG(below), below.len ? "/" : "", entry->d_name);
		struct str full = str_format(names->arena, "%s/%s", folder(), name.ptr);
		if (!is_name(name) || stat(full.ptr, &stat_buffer))
			continue;
		if (S_ISDIR(stat_buffer.st_mode)) {
			good = list_names(names, name);
		} else if (is_tzif(full.ptr)) {
			names->items = arena_grow(names->arena, names->items, names->count, sizeof(*names->items));
			names->items[names->count++] = name;
		}
	}
	closedir(directory);
	return good;
}

static int compare_names(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

const struct str *zones_names(struct zones *zones, size_t *count)
{
	pthread_mutex_lock(&reading);
	if (!zones->names) {
		struct names names = {.arena = zones->arena};
		if (list_names(&names, STR("")) && names.count) {
			qsort(names.items, names.count, sizeof(*names.items), compare_names);
			zones->names = names.items;
			zones->name_count = names.count;
		}
	}
	*count = zones->name_count;
	pthread_mutex_unlock(&reading);
	return zones->names;
}

static int compare_zones(const void *left, const void *right)
{
	const struct zone *const *a = left, *const *b = right;
	return str_compare((*a)->name, (*b)->name);
}

struct digest zones_digest(const struct zones *zones)
{
	struct arena scratch = {0};
	const struct zone **all = arena_alloc(&scratch, zones->loaded.count * sizeof(struct zone *));
	struct hasher *hasher = hasher_open();
	size_t count = 0;
	for (const struct zone *zone = zones->last; zone; zone = zone->before)
		all[count++] = zone;
	if (count)
		qsort(all, count, sizeof(struct zone *), compare_zones);
	for (size_t i = 0; i < count; i++) {
		hasher_add(hasher, all[i]->name);
		hasher_add(hasher, str_from(all[i]->data.hex));
	}
	arena_free(&scratch);
	return hasher_close(hasher);
}

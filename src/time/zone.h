/*
 * Time zones from the system's zone data: TZif files (RFC 8536) and the rule in their footer. The zone of the process
 * has no influence.
 *
 * Several threads may get zones and names from one struct zones, as long as none of them uses its arena for anything
 * else.
 *
 * Instants are seconds since 1970-01-01T00:00:00Z, without leap seconds. Offsets are seconds east of UTC. A local time
 * is given as the seconds that an instant would have if that local time were UTC.
 */
#ifndef TIME_ZONE_H
#define TIME_ZONE_H

#include "base/hash.h"
#include "base/str.h"

struct arena;

struct zone; /* lives in the arena of its struct zones */

/* The zones that were asked for. All but the arena is zero at first. */
struct zones {
	struct arena *arena;
	struct map loaded;
	struct zone *last; /* that was loaded */
	struct str *names; /* of all zones of the system, once they were asked for */
	size_t name_count;
};

enum zone_status {
	ZONE_OK,
	ZONE_UNKNOWN, /* no such IANA name; posix/…, right/…, localtime, Factory and so on are none */
	ZONE_FAILED   /* there is no zone data, or it cannot be read: errno says why */
};

/* Looks in $TZDIR, else /usr/share/zoneinfo. Names are exact, case included. Each zone is read once. */
enum zone_status zone_get(struct zones *zones, struct str name, const struct zone **zone);
/* The name as it was asked for. */
struct str zone_name(const struct zone *zone);
/* A name for UTC itself (UTC, Etc/UTC, Zulu, …): its times are written with Z. */
bool zone_is_utc(const struct zone *zone);

/* The offset in force at an instant. */
int32_t zone_offset(const struct zone *zone, int64_t instant);

/* The first instant after another at which the offset changes; INT64_MAX if it never does again. */
int64_t zone_next_change(const struct zone *zone, int64_t instant);

enum local_kind { LOCAL_ONCE, LOCAL_SKIPPED, LOCAL_TWICE };
struct local {
	enum local_kind kind;
	/* The instant; the first of two; of a skipped time the one by the offset before the gap (RFC 5545, 3.3.5). */
	int64_t instant;
};

struct local zone_local(const struct zone *zone, int64_t local);

/* A digest of the names and the data of all zones that were found, whatever the order they were asked for in. */
struct digest zones_digest(const struct zones *zones);

/* The names of all zones of the system, in byte order, read once into the arena. NULL and a count of 0 if they
 * cannot be read. */
const struct str *zones_names(struct zones *zones, size_t *count);

#endif

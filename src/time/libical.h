/*
 * libical, loaded when the first of its functions is called: it brings ICU, and to link that costs more than all else
 * that completions, and most runs of validate, do.
 *
 * Who calls libical includes this in place of its own header, and writes the calls as ever. The build lists the
 * functions that src/ calls (build/libical.inc), and makes each name stand for a member of the struct.
 */
#ifndef TIME_LIBICAL_H
#define TIME_LIBICAL_H

#include <libical/ical.h>

#include "libical.inc"

struct libical {
#define MEMBER(name) __typeof__(name) *name;
	LIBICAL_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* Loads the library, once. If it cannot be loaded the program ends with a message and status 3. Threads may call it. */
const struct libical *libical_load(void);

extern const struct libical *_Atomic libical_loaded; /* NULL: not yet */

static inline const struct libical *libical(void)
{
	const struct libical *loaded = libical_loaded;
	return loaded ? loaded : libical_load();
}

#ifndef LIBICAL_PLAIN_NAMES
#define LIBICAL_NAMES
#include "libical.inc"
#endif

#endif

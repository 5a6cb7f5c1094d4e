#define LIBICAL_PLAIN_NAMES
#include "time/libical.h"

#include "base/wording.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct libical *_Atomic libical_loaded;

static struct libical functions;

static _Noreturn void fail(void)
{
	fprintf(stderr, LOCAL("evcal: cannot load libical: %s\n", "evcal: kan libical niet laden: %s\n"), dlerror());
	exit(3);
}

/* POSIX promises that a pointer to a function fits in that of an object; C has no cast for it. */
static void find(void *library, const char *name, void *function, size_t size)
{
	void *symbol = dlsym(library, name);
	if (!symbol)
		fail();
	memcpy(function, &symbol, size);
}

static void load_once(void)
{
	char name[32];
	snprintf(name, sizeof(name), "libical.so.%d", ICAL_MAJOR_VERSION);
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		fail();
#define FIND(name) find(library, #name, &functions.name, sizeof(functions.name));
	LIBICAL_FUNCTIONS(FIND)
#undef FIND
	libical_loaded = &functions;
}

const struct libical *libical_load(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load_once);
	return libical_loaded;
}

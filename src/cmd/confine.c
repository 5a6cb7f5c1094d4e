#include "cmd/confine.h"

#include "base/arena.h"
#include "base/fence.h"
#include "cmd/options.h"
#include "publish/cache.h"
#include "time/libical.h"

#include <stdlib.h>
#include <string.h>

/* Commands that read what others wrote, and start no other program. */
static bool is_confined(enum command_number command, const struct options *options)
{
	const char *fence = getenv("EVCAL_FENCE");
	if (fence && !strcmp(fence, "off"))
		return false;
	return command == COMMAND_validate || command == COMMAND_export || command == COMMAND_list ||
	       command == COMMAND_import || command == COMMAND_new || (command == COMMAND_invite && !options->send);
}

/* The library that is loaded later, and the zone data. */
static void allow_system(struct fence *fence)
{
	static const char *const folders[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null"};
	const char *zones = getenv("TZDIR");
	/* Where libraries may lie elsewhere it is loaded now. */
	if (getenv("LD_LIBRARY_PATH") || getenv("LD_PRELOAD"))
		libical_load();
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		fence_read(fence, folders[i]);
	if (zones)
		fence_read(fence, zones);
}

static void allow_files(struct fence *fence, const struct words *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i], "-") != 0)
			fence_read(fence, files->items[i]);
}

/* A file that is imported may include others of its folder. */
static void allow_folders_of(struct fence *fence, const struct words *files)
{
	struct arena arena = {0};
	for (size_t i = 0; i < files->count; i++) {
		const char *slash = strrchr(files->items[i], '/');
		size_t len = slash ? (size_t)(slash - files->items[i]) + 1 : 0;
		fence_read(fence, len ? str_copy(&arena, (struct str){files->items[i], len}).ptr : ".");
	}
	arena_free(&arena);
}

static void allow_output(struct fence *fence, const struct options *options, const char *usual)
{
	const char *output = options->output ? options->output : usual;
	if (strcmp(output, "-") != 0)
		fence_write(fence, output);
}

void confine(enum command_number command, const struct options *options)
{
	struct fence fence;
	if (!is_confined(command, options) || !fence_open(&fence))
		return;
	allow_system(&fence);
	bool remembers = command == COMMAND_invite || (command == COMMAND_export && !options->dry_run);
	if (remembers || (command == COMMAND_validate && options->fix))
		fence_write(&fence, options->directory);
	else
		fence_read(&fence, options->directory);
	if (command == COMMAND_export) {
		struct arena arena = {0};
		const char *cache = remembers && !options->feeds.count ? cache_prepare(&arena) : NULL;
		allow_output(&fence, options, "public");
		if (cache)
			fence_write(&fence, cache);
		arena_free(&arena);
	} else if (command == COMMAND_invite) {
		allow_output(&fence, options, "invites");
		allow_files(&fence, &options->attendees);
	} else if (command == COMMAND_import) {
		allow_files(&fence, &options->operands);
		allow_folders_of(&fence, &options->operands);
	}
	fence_close(&fence);
}

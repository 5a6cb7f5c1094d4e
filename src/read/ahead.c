#include "read/ahead.h"

#include "base/arena.h"
#include "base/threads.h"
#include "read/encoding.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* Below so many octets all is read before a thread would have begun. */
enum { OCTETS_LEAST = 1 << 20 };

/* What a file may have, in MiB: to be parsed (FORMAT.md, "YAML"), or not. */
enum { PARSED_MOST = 16, OTHER_MOST = 256 };

/* A file that is being read, or waits to be asked for. */
struct slot {
	struct arena tree;
	struct findings findings;
	struct ahead_parsed parsed;
	bool ready;
};

/* One that reads: a thread, or, where there is none, whoever asks. */
struct reader {
	struct ahead *ahead;
	struct arena texts; /* octets, lines, what the trees and the findings say */
	pthread_t thread;
};

/* Slots go round: a file waits in the one of its number; so no more trees are held than there are slots. */
struct ahead {
	struct sources *sources;
	const struct ahead_file *files;
	size_t count;
	uint32_t first; /* the source of the first file */
	struct reader readers[THREADS_MOST];
	struct slot slots[THREADS_MOST + 1];
	size_t thread_count, slot_count;
	pthread_mutex_t mutex;     /* guards what stands below, and each slot's ready */
	pthread_cond_t changed;    /* some of it has */
	size_t begun, asked, done; /* files that a thread has begun to read; that were asked for; and are done with */
	bool stop;
};

static void read_one(struct reader *reader, size_t number, struct slot *slot)
{
	const struct ahead *ahead = reader->ahead;
	const struct ahead_file *file = &ahead->files[number];
	uint32_t source = ahead->first + (uint32_t)number;
	struct str octets = STR("");
	size_t most = file->parse ? PARSED_MOST : OTHER_MOST;
	slot->findings = (struct findings){.arena = &reader->texts, .sources = ahead->sources};
	slot->parsed = (struct ahead_parsed){.source = source};
	enum read_status status =
		source_read(&reader->texts, file->from_stdin ? NULL : file->path.ptr, most << 20, &octets);
	if (status == READ_FAILED) {
		slot->parsed = (struct ahead_parsed){.error = errno};
		return;
	}
	source_fill(source_get(ahead->sources, source), &reader->texts, encoding_strip(octets));
	if (status == READ_TOO_LARGE) {
		source_get(ahead->sources, source)->broken = true;
		finding_add(&slot->findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0},
			WORDS(str_format(&reader->texts, "%zu", most)));
	} else if (file->parse) {
		slot->parsed.root = node_read_into(&slot->tree, &slot->findings, source);
	}
}

static void *read_on(void *context)
{
	struct reader *reader = context;
	struct ahead *ahead = reader->ahead;
	pthread_mutex_lock(&ahead->mutex);
	while (!ahead->stop && ahead->begun < ahead->count) {
		if (ahead->begun == ahead->done + ahead->slot_count) {
			pthread_cond_wait(&ahead->changed, &ahead->mutex);
			continue;
		}
		size_t number = ahead->begun++;
		struct slot *slot = &ahead->slots[number % ahead->slot_count];
		pthread_mutex_unlock(&ahead->mutex);
		read_one(reader, number, slot);
		pthread_mutex_lock(&ahead->mutex);
		slot->ready = true;
		pthread_cond_broadcast(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->mutex);
	return NULL;
}

static size_t readers_for(size_t files, size_t octets)
{
	size_t most = threads_for(octets, OCTETS_LEAST);
	most = files < most ? files : most;
	return most > 1 ? most : 0;
}

struct ahead *ahead_open(struct sources *sources, const struct ahead_file *files, size_t count, size_t octets)
{
	struct ahead *ahead = memory_resize(NULL, sizeof(*ahead));
	*ahead = (struct ahead){.sources = sources, .files = files, .count = count};
	ahead->first = (uint32_t)sources->count + 1;
	for (size_t i = 0; i < count; i++)
		source_add(sources, files[i].path, STR(""));
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	ahead->readers[0].ahead = ahead;
	size_t wanted = readers_for(count, octets);
	ahead->slot_count = wanted + 1;
	/* Fewer threads than wanted will do, and none as well. */
	for (size_t i = 0; i < wanted; i++) {
		struct reader *reader = &ahead->readers[i];
		reader->ahead = ahead;
		if (pthread_create(&reader->thread, NULL, read_on, reader))
			break;
		ahead->thread_count++;
	}
	return ahead;
}

struct ahead_parsed ahead_next(struct ahead *ahead, struct findings *findings)
{
	pthread_mutex_lock(&ahead->mutex);
	if (ahead->asked > ahead->done) {
		struct slot *last = &ahead->slots[ahead->done++ % ahead->slot_count];
		arena_release(&last->tree, (struct arena_mark){0});
		last->ready = false;
		pthread_cond_broadcast(&ahead->changed);
	}
	assert(ahead->asked < ahead->count);
	size_t number = ahead->asked++;
	struct slot *slot = &ahead->slots[number % ahead->slot_count];
	if (!ahead->thread_count)
		read_one(&ahead->readers[0], number, slot);
	while (ahead->thread_count && !slot->ready)
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	pthread_mutex_unlock(&ahead->mutex);
	findings_take(findings, &slot->findings);
	return slot->parsed;
}

void ahead_close(struct ahead *ahead, struct arena *arena)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->stop = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	for (size_t i = 0; i < ahead->thread_count; i++)
		pthread_join(ahead->readers[i].thread, NULL);
	for (size_t i = 0; i < THREADS_MOST; i++)
		arena_take(arena, &ahead->readers[i].texts);
	for (size_t i = 0; i < ahead->slot_count; i++)
		arena_free(&ahead->slots[i].tree);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	free(ahead);
}

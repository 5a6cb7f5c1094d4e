#include "session/fix.h"

#include "input/folder.h"
#include "publish/transaction.h"
#include "report/trouble.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

/* Fixes of one file that follow each other. */
struct patch {
	struct buffer out;
	const struct source *source;
	uint32_t from;  /* up to here the file is in out */
	uint32_t begin; /* of the last fix; UINT32_MAX: there is none */
	size_t count;
};

static bool overlaps(const struct patch *patch, struct span span)
{
	/* Two texts that are put in at one place would stand in any order. */
	return span.begin < patch->from || (span.begin == patch->begin && span.begin == span.end);
}

static void patch_begin(struct patch *patch, const struct source *source)
{
	*patch = (struct patch){.source = source, .begin = UINT32_MAX};
	/* The byte order mark stays. */
	struct str mark = STR("\xEF\xBB\xBF");
	buffer_add(&patch->out, str_starts(source->read, mark) ? mark : STR(""));
}

static void patch_add(struct patch *patch, const struct fix *fix)
{
	if (overlaps(patch, fix->span))
		return;
	struct str bytes = patch->source->bytes;
	patch->count++;
	/* Mended indentation stands so in the source. */
	if (str_equal(str_part(bytes, fix->span.begin, fix->span.end), fix->text))
		return;
	buffer_add(&patch->out, str_part(bytes, patch->from, fix->span.begin));
	buffer_add(&patch->out, fix->text);
	patch->from = fix->span.end;
	patch->begin = fix->span.begin;
}

static void patch_end(struct patch *patch)
{
	struct str bytes = patch->source->bytes;
	buffer_add(&patch->out, str_part(bytes, patch->from, bytes.len));
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = *(const struct finding *const *)left, *b = *(const struct finding *const *)right;
	const struct span *x = &a->fix->span, *y = &b->fix->span;
	int order = (x->source > y->source) - (x->source < y->source);
	if (!order)
		order = (x->begin > y->begin) - (x->begin < y->begin);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* The findings with a fix, in the order of the places of those. */
static const struct finding **fixable(struct loaded *loaded, size_t *count)
{
	const struct findings *findings = &loaded->findings;
	const struct finding **all = arena_alloc(&loaded->arena, findings->count * sizeof(*all));
	*count = 0;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].fix && !finding_hidden(findings, &findings->items[i]))
			all[(*count)++] = &findings->items[i];
	if (*count)
		qsort(all, *count, sizeof(*all), compare);
	return all;
}

/* The file of the directory that a source was read from. */
static const struct input_file *file_of(const struct loaded *loaded, const struct source *source)
{
	for (size_t i = 0; i < loaded->directory.count; i++)
		if (str_equal(loaded->directory.files[i].path, source->name))
			return &loaded->directory.files[i];
	return NULL;
}

/* A file with its fixes in it. False: its folder cannot be opened, and trouble() has said so. */
static bool fix_file(struct loaded *loaded, const struct source *source, struct str bytes, struct new_file *file)
{
	const struct input_file *input = file_of(loaded, source);
	assert(input && input->below && !input->from_stdin);
	*file = (struct new_file){.path = source->name.ptr, .before = source->read};
	file->folder = directory_open_parent(&loaded->directory, input->below, &file->name);
	file->bytes = str_copy(&loaded->arena, bytes);
	return file->folder >= 0 || trouble(DOING_WRITE, file->path);
}

static void add_name(struct buffer *names, struct str name)
{
	buffer_format(names, "%s%.*s", names->len ? ", " : "", STR_ARG(name));
}

bool fixes_write(struct loaded *loaded, struct fixed *fixed)
{
	size_t count, files = 0;
	const struct finding **all = fixable(loaded, &count);
	struct new_file *news = arena_alloc(&loaded->arena, loaded->sources.count * sizeof(*news));
	struct buffer names = {0};
	bool good = true;
	*fixed = (struct fixed){0};
	for (size_t i = 0, next; good && i < count; i = next) {
		struct patch patch;
		patch_begin(&patch, source_get(&loaded->sources, all[i]->fix->span.source));
		for (next = i; next < count && all[next]->fix->span.source == all[i]->fix->span.source; next++)
			patch_add(&patch, all[next]->fix);
		patch_end(&patch);
		good = fix_file(loaded, patch.source, buffer_str(&patch.out), &news[files]);
		files += good;
		fixed->fixes += patch.count;
		add_name(&names, patch.source->name);
		buffer_free(&patch.out);
	}
	good = good && files_replace(news, files);
	for (size_t i = 0; i < files; i++)
		close(news[i].folder);
	fixed->files = files;
	fixed->names = str_copy(&loaded->arena, buffer_str(&names));
	buffer_free(&names);
	return good;
}

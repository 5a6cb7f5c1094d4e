/* The revisions file: what is accepted says the same when it is written and read again, and nothing else is accepted. */
#include "fuzz.h"

#include "decode/revisions.h"

#include <limits.h>
#include <string.h>

enum { LATER = 2000000000 };
static const int64_t LATEST = 253402300799; /* the last second of 9999 */

static bool same(const struct revision *a, const struct revision *b)
{
	return str_equal(a->uid, b->uid) && a->sequence == b->sequence && a->withdrawn == b->withdrawn &&
	       a->created == b->created && a->modified == b->modified && date_days(a->ends) == date_days(b->ends) &&
	       a->gone == b->gone && str_equal(a->digest, b->digest) && str_equal(a->schedule, b->schedule);
}

/* Lines that say something. */
static size_t lines_of(const struct source *source)
{
	size_t count = 0;
	for (uint32_t i = 1; i <= source->line_count; i++) {
		struct str line = str_trim(source_line(source, i));
		count += line.len && line.ptr[0] != '#';
	}
	return count;
}

static void look_at_digest(struct str digest)
{
	MUST(digest.len);
	for (size_t i = 0; i < digest.len; i++)
		MUST(memchr("0123456789abcdef", digest.ptr[i], 16));
}

/* Nothing is in it that evcal does not write. */
static void look_at(const struct revision *revision)
{
	MUST(revision->uid.len && revision->sequence >= 0);
	for (size_t i = 0; i < revision->uid.len; i++)
		MUST((unsigned char)revision->uid.ptr[i] >= 0x20 || revision->uid.ptr[i] == '\t');
	look_at_digest(revision->digest);
	look_at_digest(revision->schedule);
}

static void write_and_read(struct fuzz *fuzz, const struct revisions *written)
{
	struct buffer text = {0}, again = {0};
	struct revisions read = {.arena = fuzz->arena};
	revisions_write(written, &text);
	size_t before = fuzz->findings.count;
	revisions_read(&read, &fuzz->findings, fuzz_source(fuzz, "again", buffer_str(&text)));
	MUST(!read.damaged && fuzz->findings.count == before && read.count == written->count);
	for (size_t i = 0; i < read.count; i++) {
		MUST(same(read.items[i], written->items[i]));
		MUST(map_get(&read.by_uid, written->items[i]->uid) == read.items[i]);
	}
	revisions_write(&read, &again);
	MUST(str_equal(buffer_str(&text), buffer_str(&again)));
	buffer_free(&text);
	buffer_free(&again);
}

/* What evcal does with them: an event changes, is withdrawn, and comes new. */
static void change(struct revisions *revisions, struct str uid)
{
	struct published published = {uid, 0, {2030, 1, 1}, STR("00ff"), STR("ff00")};
	struct revision *known = map_get(&revisions->by_uid, uid);
	int before = known ? known->sequence : -1;
	int64_t modified = known ? known->modified : -1;
	struct revision *revision = revisions_note(revisions, &published, LATER);
	MUST(revision->change == REVISION_SAME ? revision->modified == modified
					       : revision->modified > modified || revision->modified == LATEST);
	MUST(revision->sequence >= before);
	revisions_note(revisions, &published, LATER);
	MUST(revision->change == REVISION_SAME);
	bool raised = revision_withdraw(revision, LATER);
	MUST(!raised || revision->sequence > before || revision->sequence == INT_MAX);
	MUST(!revision_withdraw(revision, LATER));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz fuzz;
	struct str text = {(const char *)bytes, size};
	fuzz_begin(&fuzz);
	struct revisions revisions = {.arena = fuzz.arena};
	uint32_t source = fuzz_source(&fuzz, "revisions.yaml", text);
	revisions_read(&revisions, &fuzz.findings, source);
	MUST(revisions.damaged == (fuzz.findings.count > 0));
	if (!revisions.damaged) {
		MUST(revisions.count == lines_of(source_get(&fuzz.sources, source)));
		for (size_t i = 0; i < revisions.count; i++)
			look_at(revisions.items[i]);
		write_and_read(&fuzz, &revisions);
		change(&revisions, revisions.count ? revisions.items[0]->uid : STR("new@example.org"));
		write_and_read(&fuzz, &revisions);
	}
	fuzz_report(&fuzz);
	fuzz_end(&fuzz);
	return 0;
}

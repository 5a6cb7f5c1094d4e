/*
 * What the fuzz targets share. A target is one file with LLVMFuzzerTestOneInput(): under clang libFuzzer calls it, in
 * `make check` replay.c does, with every input that has ever broken it.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/arena.h"
#include "report/finding.h"
#include "report/report.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What must be so: where it is not, the input that shows it is kept. */
#define MUST(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_broken(const char *file, int line, const char *condition);

enum { FUZZ_SOURCES = 4 };

/* What one input is read with. It holds pointers into itself, so it stays where fuzz_begin() found it. One at a time. */
struct fuzz {
	struct arena *arena; /* the same for every input, so that its pages are touched once */
	struct sources sources;
	struct findings findings;
	char *copies[FUZZ_SOURCES]; /* of the sources' bytes; the sources may have others since */
	size_t copy_count;
};

void fuzz_begin(struct fuzz *fuzz);
/* Frees all of it. */
void fuzz_end(struct fuzz *fuzz);
/* The bytes as a source of that name, copied, so that reading past their end is seen. Returns its number. */
uint32_t fuzz_source(struct fuzz *fuzz, const char *name, struct str bytes);
/* A span lies in its source, and its lines and columns go forward. */
void fuzz_span(const struct fuzz *fuzz, struct span span);
/* Sorts the findings; each has a place, a sentence of one line, and a code. Every report prints them; the JSON is read
 * back. */
void fuzz_report(struct fuzz *fuzz);
/* The part of text up to byte, or all of it; text goes on behind that. */
struct str fuzz_split(struct str *text, char byte);

#endif

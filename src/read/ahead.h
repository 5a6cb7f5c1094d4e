/*
 * Reads and parses the files of a calendar ahead of whoever decodes them: on as many threads as there are processors
 * where there is much to read, else one file when it is asked for. What comes out is the same, in the same order.
 */
#ifndef READ_AHEAD_H
#define READ_AHEAD_H

#include "read/node.h"

/* A file to be read; its path names the source too. */
struct ahead_file {
	struct str path;
	bool from_stdin; /* standard input stands in for it */
	bool parse;      /* else only its octets are wanted, and there may be more of them */
};

/* The file whose turn it is. */
struct ahead_parsed {
	uint32_t source;         /* 0: it could not be read */
	int error;               /* then: errno */
	const struct node *root; /* as node_read(); it lives until the next file is asked for */
};

struct ahead;

/*
 * Begins to read files, which hold so many octets altogether. Each becomes a source of
 * findings->sources, to which nobody else may add until ahead_close(). The files must outlive it.
 */
struct ahead *ahead_open(struct sources *sources, const struct ahead_file *files, size_t count, size_t octets);

/* The next of the files, in their order; no more often than there are files. Its findings are added to findings. */
struct ahead_parsed ahead_next(struct ahead *ahead, struct findings *findings);

/* Ends the threads. The texts that were read go to the arena. */
void ahead_close(struct ahead *ahead, struct arena *arena);

#endif

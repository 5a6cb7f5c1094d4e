/*
 * A calendar directory: which of its files are read.
 */
#ifndef INPUT_FOLDER_H
#define INPUT_FOLDER_H

#include "base/str.h"

struct arena;

/* A file to be read; its path names the source too. */
struct input_file {
	struct str path;
	bool from_stdin; /* standard input stands in for it */
};

/* All of it lives in the arena. */
struct directory {
	struct arena *arena;
	struct str path; /* as the user named it, without slashes at its end */
	struct input_file *files;
	size_t count, octets; /* of the files, and in them */
};

/* Finds the files of the calendar directory at path, in no order. False: trouble() has said why. */
bool directory_list(struct directory *directory, struct arena *arena, const char *path);
/*
 * Lets standard input stand in for the file of that name, which need not be one of the directory's, nor be there.
 */
void directory_stand_in(struct directory *directory, const char *name);
/* The path of the file that is calendar.yaml, or must be meant for it (calendar.yml, Calendar.yaml); or empty. */
struct str directory_calendar(const struct directory *directory);
/* Sorts the files by their paths, but the one that is the calendar first: what is in it the others ask for. */
void directory_sort(struct directory *directory, struct str calendar);

#endif

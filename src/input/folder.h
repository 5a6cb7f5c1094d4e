/*
 * A calendar directory: which of its files are read, and the one way to open them.
 *
 * Definitions come from strangers, so nothing outside is ever opened: the directory is opened once, and what is in it
 * by its place below, of which no part may be a link. A link to a regular file in the directory is read as that file.
 * What else would have been read is a finding (outside-folder, not-a-file), and so is what surely should have been
 * (ignored-file) and what cannot stand beside the calendar (second-calendar).
 */
#ifndef INPUT_FOLDER_H
#define INPUT_FOLDER_H

#include "input/filename.h"
#include "report/finding.h"

/* A file to be read; its path names the source too. */
struct input_file {
	struct str path;     /* as the user is shown it */
	const char *below;   /* its place in the directory, without a link in it; NULL: it is not there */
	enum file_kind kind; /* by its name */
	bool from_stdin;     /* standard input stands in for it */
};

/* All of it lives in the arena. */
struct directory {
	struct arena *arena;
	struct str path; /* as the user named it, without slashes at its end; it may be a link itself */
	int fd;
	struct input_file *files;
	size_t count, bytes; /* of the files, and in them; of large folders it is less */
	struct str calendar; /* the path of the first of the files, where that is the calendar; else empty */
	bool misnamed;       /* the calendar is not called calendar.yaml */
	bool withheld;       /* files that should have been read are not, and findings say so */
	bool calendar_withheld;
};

/* Opens the directory. False: trouble() has said why. */
bool directory_open(struct directory *directory, struct arena *arena, const char *path);
/* Of one that is not open it does nothing; its fd is -1 then. */
void directory_close(struct directory *directory);

/*
 * Finds the files, sorted by path but for the calendar, which comes first, since the others ask for what is in it: it
 * is calendar.yaml, or else a file whose name is surely meant for that. Standard input stands in for the file
 * stdin_name where that is not NULL; it need not be one of the directory's, nor be there. What is found but not read
 * is a source without bytes. False: trouble() has said why.
 */
bool directory_list(
	struct directory *directory, struct sources *sources, struct findings *findings, const char *stdin_name);

/* Opens a file by its place below, for reading. -1: errno. */
int directory_open_file(const struct directory *directory, const char *below);
/* Opens the folder that a file is in; *name is its name there, within below. -1: errno. */
int directory_open_parent(const struct directory *directory, const char *below, const char **name);
/* The place of the file of that name in the directory itself, as input_file's below; NULL: it has no such file. */
const char *directory_find(const struct directory *directory, const char *name);

#endif

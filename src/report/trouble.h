/*
 * Trouble with the environment: a file that cannot be read, a disk that is full. One line on standard error that says
 * what was being done to which file, and why it failed; the command then ends with status 3.
 */
#ifndef REPORT_TROUBLE_H
#define REPORT_TROUBLE_H

/* What was being done. */
enum doing {
	DOING_READ,
	DOING_READ_ZONES,
	DOING_WRITE,
	DOING_REMOVE,
	DOING_LOCK,
	DOING_MAKE,
	DOING_MAKE_FOLDER,
	DOING_OPEN_FOLDER,
	DOING_RUN,
	DOING_CHECK,
	DOING_USE_EPOCH,
	DOING_USE_TODAY
};

/* "evcal: cannot read <path>: <reason of errno>". errno 0: without a reason. Always returns false. */
_Bool trouble(enum doing doing, const char *path);
/* The same with a reason of our own, in the language that people are answered in. */
_Bool trouble_because(enum doing doing, const char *path, const char *reason);

/*
 * A line on standard error, "evcal: " in front of it, with what is formatted escaped (report/escape.h): a name or a
 * word of the user's cannot begin another line, or move the cursor.
 */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

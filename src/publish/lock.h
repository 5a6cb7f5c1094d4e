/*
 * One run at a time on a calendar, an output folder, a file: what is read of it must still hold when it is written. A
 * lock hangs on what is open, and goes when that is closed.
 */
#ifndef PUBLISH_LOCK_H
#define PUBLISH_LOCK_H

#include <stdint.h>

/* How long the other is waited for, in seconds, where lock_patience() has not said otherwise. */
enum { LOCK_PATIENCE = 60 };

/* For the whole process; 0: nobody is waited for. */
void lock_patience(int64_t seconds);

/* LOCK_FAILED: errno says why. LOCK_REFUSED: another process has kept it for so long; trouble() has said so. */
enum lock { LOCK_HELD, LOCK_FAILED, LOCK_REFUSED };

/* Locks what fd is open on; where another process has it, one line on standard error says so, with its path. */
enum lock lock_hold(int fd, const char *path);

#endif

/*
 * One run at a time on a calendar: what is read of its revisions must still hold when they are written.
 */
#ifndef PUBLISH_LOCK_H
#define PUBLISH_LOCK_H

/*
 * Takes the lock that hangs on a file, which must be readable and is not changed; where another process has it, one
 * line on standard error says so, and this one waits. Returns what lock_release() takes; -1: there is no such file, or
 * it cannot be locked, which whoever reads it will find out.
 */
int lock_take(const char *path);
void lock_release(int lock);

#endif

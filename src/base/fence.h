/*
 * What files the rest of a run may touch: a fence that the kernel keeps (landlock(7)), so that no input can make it
 * read or write anything else, whatever mistake there is in it. Where the kernel has none, there is none.
 */
#ifndef BASE_FENCE_H
#define BASE_FENCE_H

#include <stdbool.h>

struct fence {
	int fd;                         /* -1: there is none */
	bool broken;                    /* the system failed while it was made: a part may lack, so it is not closed */
	unsigned long long read, write; /* the rights of the kernel's version */
};

/* False: the kernel has none. */
bool fence_open(struct fence *fence);
/* Allows to read a file, or all below a folder. Nothing happens where it is not there. */
void fence_read(struct fence *fence, const char *path);
/* The same, and to make, write and remove there; of a path that is not there yet, below the nearest folder that is. */
void fence_write(struct fence *fence, const char *path);
/* From here on nothing else is allowed. Comes before any thread. */
void fence_close(struct fence *fence);

#endif

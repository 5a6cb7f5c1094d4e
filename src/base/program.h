/*
 * Which build of the program runs, for caches: another build may do its work differently.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include "base/hash.h"

#include <stdbool.h>

/*
 * A digest of the build IDs (NT_GNU_BUILD_ID) of the program and of all libraries that it runs with. It differs for
 * another build of any of them. False: one of them has no build ID.
 */
bool program_digest(struct digest *digest);

#endif

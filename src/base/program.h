/*
 * What tells this program from any other that would do its work differently.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include "base/hash.h"

#include <stdbool.h>

/*
 * A digest of the build IDs (NT_GNU_BUILD_ID) of the program and of all libraries that it runs with: another build of any
 * of them has another. False: one of them has none, so that nothing can be said.
 */
bool program_digest(struct digest *digest);

#endif

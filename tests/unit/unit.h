/* What the unit tests share: cmocka's headers in their order, and comparing strings. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

/* An arena for a test; the tests' set-up and tear-down make and free it. */
static struct arena test_arena;

static inline int free_arena(void **state)
{
	(void)state;
	arena_free(&test_arena);
	return 0;
}

#define assert_str(actual, expected) assert_string_equal(str_copy(&test_arena, actual).ptr, expected)

#endif

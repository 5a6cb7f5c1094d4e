#include "unit.h"

#include "publish/io.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 200000 };

static char bytes[LONG + 1];

static char base[] = "/tmp/evcal-io-XXXXXX";

static int open_base(void)
{
	strcpy(base + sizeof(base) - 7, "XXXXXX");
	assert_non_null(mkdtemp(base));
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)('a' + i % 23);
	return open(base, O_RDONLY | O_DIRECTORY);
}

static void close_base(int folder)
{
	close(folder);
	rmdir(base);
}

static void write_file(int folder, struct str text)
{
	int fd = openat(folder, "file", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_true(io_write(fd, text));
	assert_true(io_close(fd));
}

static void digest(int folder, struct str held)
{
	struct digest found = {"none"};
	write_file(folder, held);
	assert_int_equal(io_digest(folder, "file", &found), HELD_BYTES);
	assert_string_equal(found.hex, digest_of(held).hex);
}

/* The digest of what files hold, however much that is; and of what is none. */
static void files_have_digests(void **state)
{
	static const size_t lengths[] = {0, 1, 65535, 65536, 65537, LONG};
	struct digest found;
	(void)state;
	int folder = open_base();
	assert_int_equal(io_digest(folder, "file", &found), HELD_NOTHING);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		digest(folder, (struct str){bytes, lengths[i]});
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	assert_int_equal(mkdirat(folder, "file", 0700), 0);
	assert_int_equal(io_digest(folder, "file", &found), HELD_OTHER);
	assert_int_equal(unlinkat(folder, "file", AT_REMOVEDIR), 0);
	close_base(folder);
}

/* What is larger than the reader wants is not read. */
static void files_are_read_up_to_a_limit(void **state)
{
	struct buffer held = {0};
	(void)state;
	int folder = open_base();
	write_file(folder, (struct str){bytes, LONG});
	assert_int_equal(io_read(folder, "file", LONG - 1, &held), HELD_TOO_LARGE);
	assert_int_equal(held.len, 0);
	assert_int_equal(io_read(folder, "file", LONG, &held), HELD_BYTES);
	assert_true(str_equal(buffer_str(&held), (struct str){bytes, LONG}));
	buffer_free(&held);
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	close_base(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_have_digests),
		cmocka_unit_test(files_are_read_up_to_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

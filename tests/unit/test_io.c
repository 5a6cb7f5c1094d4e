#include "unit.h"

#include "publish/io.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 200000 };

static char octets[LONG + 1];

static void write_file(int folder, struct str text)
{
	int fd = openat(folder, "file", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_true(io_write(fd, text));
	assert_true(io_close(fd));
}

static void compare(int folder, struct str held, struct str wanted)
{
	bool same = !str_equal(held, wanted);
	struct digest other = {"none"};
	write_file(folder, held);
	assert_int_equal(io_compare(folder, "file", wanted, &same, &other), HELD_OCTETS);
	assert_int_equal(same, str_equal(held, wanted));
	if (!same)
		assert_string_equal(other.hex, digest_of(held).hex);
}

/* Files that are the same, that differ in any part, that are longer or shorter, and the digest of what they hold. */
static void files_are_compared(void **state)
{
	char path[] = "/tmp/evcal-io-XXXXXX";
	bool same;
	struct digest other;
	(void)state;
	assert_non_null(mkdtemp(path));
	int folder = open(path, O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (char)('a' + i % 23);
	struct str text = {octets, LONG};
	assert_int_equal(io_compare(folder, "file", text, &same, &other), HELD_NOTHING);
	compare(folder, STR(""), STR(""));
	compare(folder, STR(""), text);
	compare(folder, text, STR(""));
	compare(folder, text, text);
	compare(folder, text, str_part(text, 0, LONG - 1));
	compare(folder, str_part(text, 0, LONG - 1), text);
	compare(folder, str_part(text, 0, 65536), text);
	compare(folder, text, str_part(text, 0, 65536));
	static const size_t places[] = {0, 1, 65535, 65536, 131072, LONG - 1};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		static char changed[LONG];
		memcpy(changed, octets, LONG);
		changed[places[i]] = '!';
		compare(folder, (struct str){changed, LONG}, text);
	}
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	assert_int_equal(mkdirat(folder, "file", 0700), 0);
	assert_int_equal(io_compare(folder, "file", text, &same, &other), HELD_OTHER);
	assert_int_equal(unlinkat(folder, "file", AT_REMOVEDIR), 0);
	close(folder);
	rmdir(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "unit.h"

#include "publish/io.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 200000 };

static char octets[LONG + 1];

static char base[] = "/tmp/evcal-io-XXXXXX";

static int open_base(void)
{
	strcpy(base + sizeof(base) - 7, "XXXXXX");
	assert_non_null(mkdtemp(base));
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (char)('a' + i % 23);
	return open(base, O_RDONLY | O_DIRECTORY);
}

static void close_base(int folder)
{
	close(folder);
	rmdir(base);
}

static void write_file(int folder, const struct pieces *text)
{
	int fd = openat(folder, "file", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_true(io_write(fd, text));
	assert_true(io_close(fd));
}

static void digest(int folder, struct str held)
{
	struct digest found = {"none"};
	write_file(folder, PIECES(held));
	assert_int_equal(io_digest(folder, "file", &found), HELD_OCTETS);
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
		digest(folder, (struct str){octets, lengths[i]});
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	assert_int_equal(mkdirat(folder, "file", 0700), 0);
	assert_int_equal(io_digest(folder, "file", &found), HELD_OTHER);
	assert_int_equal(unlinkat(folder, "file", AT_REMOVEDIR), 0);
	close_base(folder);
}

/* Thousands of pieces, of one octet and of many, are the text that they were cut from; empty ones do no harm. */
static void pieces_are_written_whole(void **state)
{
	struct str text = {octets, LONG};
	struct pieces pieces = {0};
	struct buffer held = {0}, joined = {0};
	(void)state;
	int folder = open_base();
	for (size_t begin = 0, len = 0; begin < text.len; begin += len) {
		len = begin ? 1 + begin % 97 : 9973;
		len = len < text.len - begin ? len : text.len - begin;
		pieces_add(&pieces, str_part(text, begin, begin + len));
		pieces_add(&pieces, STR(""));
	}
	assert_true(pieces.count > 1024); /* more than the system takes at a time */
	write_file(folder, &pieces);
	assert_int_equal(io_read(folder, "file", &held), HELD_OCTETS);
	assert_true(str_equal(buffer_str(&held), text));
	pieces_join(&pieces, &joined);
	assert_true(str_equal(buffer_str(&joined), text));
	assert_string_equal(pieces_digest(&pieces).hex, digest_of(text).hex);
	pieces_free(&pieces);
	buffer_free(&held);
	buffer_free(&joined);
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	close_base(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_have_digests),
		cmocka_unit_test(pieces_are_written_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

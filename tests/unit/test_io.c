#define _GNU_SOURCE /* syscall() */

#include "unit.h"

#include "base/hash.h"
#include "publish/io.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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

/* As few bytes as a call may write: what is left goes on within a piece, or at the next. */
static size_t most;

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	size_t left = most;
	struct iovec cut[4];
	int used = 0;
	for (; used < count && used < 4 && left; used++) {
		cut[used] = parts[used];
		cut[used].iov_len = parts[used].iov_len < left ? parts[used].iov_len : left;
		left -= cut[used].iov_len;
	}
	return syscall(SYS_writev, fd, most ? cut : parts, most ? used : count);
}

/* Pieces of any size, some of them empty, more than one call takes. */
static void pieces_are_written_whole(void **state)
{
	(void)state;
	int folder = open_base();
	srand(3);
	for (int round = 0; round < 300; round++) {
		struct pieces pieces = {0};
		struct buffer all = {0}, read = {0};
		for (int count = rand() % 700; count; count--) {
			struct str piece = {bytes + rand() % 100, (size_t)rand() % 9};
			pieces_add(&pieces, piece);
			buffer_add(&all, piece);
		}
		most = (size_t)rand() % 12;
		assert_int_equal(pieces.len, all.len);
		int fd = openat(folder, "file", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		assert_true(io_write_pieces(fd, &pieces));
		assert_true(io_close(fd));
		assert_int_equal(io_read(folder, "file", LONG, &read), HELD_BYTES);
		assert_true(str_equal(buffer_str(&read), buffer_str(&all)));
		assert_string_equal(digest_of_pieces(&pieces).hex, digest_of(buffer_str(&all)).hex);
		pieces_free(&pieces);
		buffer_free(&all);
		buffer_free(&read);
	}
	most = 0;
	assert_int_equal(unlinkat(folder, "file", 0), 0);
	close_base(folder);
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
		cmocka_unit_test(pieces_are_written_whole),
		cmocka_unit_test(files_have_digests),
		cmocka_unit_test(files_are_read_up_to_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

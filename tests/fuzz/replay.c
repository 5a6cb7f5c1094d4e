/* In place of libFuzzer: gives a target the files that it is told, and prints TAP. What breaks one ends the program. */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct arena arena = {0};
	for (int i = 1; i < argc; i++) {
		struct str bytes = STR("");
		if (source_read(&arena, argv[i], 16 << 20, &bytes) != READ_OK) {
			printf("not ok %d %s: it cannot be read\n", i, argv[i]);
			return 3;
		}
		fflush(stdout);
		LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
		printf("ok %d %s\n", i, argv[i]);
	}
	printf("1..%d\n", argc - 1);
	arena_free(&arena);
	return 0;
}

#define _GNU_SOURCE /* dl_iterate_phdr() */

#include "base/program.h"

#include <elf.h>
#include <link.h>
#include <string.h>

struct objects {
	struct hasher *hasher;
	bool all; /* have a build ID, up to now */
};

/* The build ID among the notes of a segment, or nothing. */
static struct str id_among(const char *notes, size_t len)
{
	while (len > sizeof(ElfW(Nhdr))) {
		ElfW(Nhdr) header;
		memcpy(&header, notes, sizeof(header));
		size_t name = (header.n_namesz + 3u) & ~3u, bytes = (header.n_descsz + 3u) & ~3u;
		size_t whole = sizeof(header) + name + bytes;
		if (whole > len)
			break;
		if (header.n_type == NT_GNU_BUILD_ID && header.n_namesz == sizeof(ELF_NOTE_GNU) &&
			!memcmp(notes + sizeof(header), ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)))
			return (struct str){notes + sizeof(header) + name, header.n_descsz};
		notes += whole;
		len -= whole;
	}
	return STR("");
}

static int add_object(struct dl_phdr_info *info, size_t size, void *context)
{
	struct objects *objects = context;
	(void)size;
	/* What the kernel adds is no library, and has no file. */
	if (strstr(info->dlpi_name, "vdso"))
		return 0;
	struct str id = STR("");
	for (int i = 0; i < info->dlpi_phnum && !id.len; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		/* NOLINTNEXTLINE(performance-no-int-to-ptr): it is a number that dl_iterate_phdr() gives */
		const char *notes = (const char *)(info->dlpi_addr + segment->p_vaddr);
		if (segment->p_type == PT_NOTE)
			id = id_among(notes, segment->p_memsz);
	}
	objects->all &= id.len > 0;
	hasher_add(objects->hasher, id);
	return 0;
}

bool program_digest(struct digest *digest)
{
	struct objects objects = {hasher_open(), true};
	dl_iterate_phdr(add_object, &objects);
	*digest = hasher_close(objects.hasher);
	return objects.all;
}

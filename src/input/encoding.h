/*
 * Bytes that are no text are found before libyaml sees them, since it would stop at the first and give no line for it.
 */
#ifndef INPUT_ENCODING_H
#define INPUT_ENCODING_H

#include "report/finding.h"

/*
 * The bytes without a byte order mark of UTF-8.
 */
struct str encoding_strip(struct str bytes);

/*
 * Bytes that may be Windows-1252, as Excel saves a CSV file, or UTF-16 with a byte order mark, as its "Unicode text"
 * is, as UTF-8 without a byte order mark, in the arena. Bytes that are UTF-8, or none of these, come back as they are;
 * encoding_check() says what is wrong with the latter.
 */
struct str encoding_decode(struct arena *arena, struct str bytes);

/*
 * Looks through a source. Not UTF-8, UTF-16 or a NUL: one finding (encoding), the source is broken, returns false.
 * Every control character but tab and line breaks: a finding (control-character) each. Then *text is the source with
 * blanks in their places, byte for byte as long; it lives in the arena, or is the source itself where there are none.
 * So stands a zero width space for each byte order mark within the text.
 * With text NULL, control characters pass.
 */
bool encoding_check(struct findings *findings, struct arena *arena, uint32_t source, struct str *text);

/* Adds a finding for every control character (not tab, not line break) in a text that span covers. True where there is
 * none. */
bool encoding_check_text(struct findings *findings, struct span span, struct str text);

#endif

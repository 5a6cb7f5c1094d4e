#include "cmd/invite_status.h"

#include "base/arena.h"
#include "cmd/invite_name.h"
#include "cmd/invite_slip.h"
#include "cmd/known.h"
#include "mail/message.h"
#include "publish/io.h"
#include "publish/journal.h"
#include "report/csv.h"
#include "report/escape.h"
#include "report/json_text.h"
#include "report/output.h"
#include "session/session.h"

#include <fcntl.h>
#include <stdio.h>

enum { MAIL_MOST = 64 << 20, SUFFIX = sizeof("+20210331") - 1 };

/* What became of the last mail to a person about an event, or about one of its dates. */
struct status_row {
	struct str id, address, date; /* date: "2021-03-31", or empty */
	const char *state;
	struct wording said;
	struct str time;
};

/* True if the mail that is written now is another than the one that was sent. */
static bool has_changed(struct arena *arena, const char *directory, const struct journal_entry *entry)
{
	struct buffer mail = {0};
	struct str path = str_format(arena, "%s/%.*s.eml", directory, STR_ARG(entry->key));
	bool held = io_read(AT_FDCWD, path.ptr, MAIL_MOST, &mail) == HELD_BYTES;
	bool changed = held && !message_has(buffer_str(&mail), entry->message);
	buffer_free(&mail);
	return changed;
}

static void set_state(struct status_row *row, const char *state, struct wording said)
{
	row->state = state;
	row->said = said;
}

static struct status_row row_of(
	struct arena *arena, const char *directory, const struct journal *journal, const struct journal_entry *entry)
{
	size_t slash = str_find(entry->key, '/');
	struct str name = str_part(entry->key, slash < entry->key.len ? slash + 1 : slash, entry->key.len);
	struct status_row row = {.id = str_part(entry->key, 0, slash), .time = entry->time};
	if (name.len > SUFFIX && name.ptr[name.len - SUFFIX] == '+') {
		const char *date = name.ptr + name.len - SUFFIX + 1;
		row.date = str_format(arena, "%.4s-%.2s-%.2s", date, date + 4, date + 6);
		name.len -= SUFFIX;
	}
	row.address = invite_address(arena, name);
	if (entry->state == JOURNAL_BEGUN)
		set_state(&row, "begun", (struct wording)W("begun", "begonnen"));
	else if (entry->state == JOURNAL_FAILED)
		set_state(&row, "failed", (struct wording)W("failed", "mislukt"));
	else if (entry->ended == entry->step || !journal_find(journal, entry->key))
		set_state(&row, "withdrawn", (struct wording)W("withdrawn", "ingetrokken"));
	else if (has_changed(arena, directory, entry))
		set_state(&row, "changed", (struct wording)W("changed since", "sindsdien gewijzigd"));
	else
		set_state(&row, "sent", (struct wording)W("sent", "verstuurd"));
	return row;
}

/* --- printing ---------------------------------------------------------------------------------------------------- */

static void print_json(const struct status_row *rows, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
			list, json_pack("{s:o, s:o, s:o, s:s, s:o}", "id", json_text(rows[i].id), "address",
				      json_text(rows[i].address), "recurrence_id", json_text_or_null(rows[i].date),
				      "state", rows[i].state, "time", json_text(rows[i].time)));
	json_t *report = json_pack("{s:i, s:o}", "version", 1, "invitations", list);
	json_print(stdout, report);
	json_decref(report);
}

static void print_csv(const struct status_row *rows, size_t count)
{
	struct csv csv = {.stream = stdout, .dutch = local_language() == LANGUAGE_NL};
	const char *names[] = {
		"id", LOCAL("address", "adres"), LOCAL("date", "datum"), "status", LOCAL("time", "tijd")};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		csv_cell(&csv, str_from(names[i]));
	csv_end_row(&csv);
	for (size_t i = 0; i < count; i++) {
		csv_cell(&csv, rows[i].id);
		csv_cell(&csv, rows[i].address);
		csv_cell(&csv, rows[i].date);
		csv_cell(&csv, str_from(local_text(rows[i].said)));
		csv_cell(&csv, rows[i].time);
		csv_end_row(&csv);
	}
}

static void print_table(struct arena *arena, const struct status_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%.*s  %-*s  %.*s%s%.*s\n", STR_ARG(rows[i].time), LOCAL(13, 19), local_text(rows[i].said),
			STR_ARG(escape(arena, rows[i].address)), rows[i].date.len ? "  " : "", STR_ARG(rows[i].date));
	if (!count)
		fputs(LOCAL("no invitations were sent from this folder\n",
			      "uit deze map zijn geen uitnodigingen verstuurd\n"),
			stderr);
}

static enum exit_status print_rows(struct loaded *loaded, const struct options *options)
{
	struct arena *arena = &loaded->arena;
	const char *directory = options->output ? options->output : "invites";
	struct str id = str_from(options->operands.items[0]), of_rdate = str_format(arena, "%.*s-", STR_ARG(id));
	struct journal journal;
	if (!journal_open(&journal, arena, directory, false))
		return EXIT_TROUBLE;
	struct status_row *rows = arena_alloc(arena, (journal.count + 1) * sizeof(*rows));
	size_t count = 0;
	for (size_t i = 0; i < journal.count; i++) {
		struct str of = str_part(journal.items[i]->key, 0, str_find(journal.items[i]->key, '/'));
		bool rdate = str_starts(of, of_rdate) && of.len == of_rdate.len + 8;
		if (str_equal(of, id) || rdate)
			rows[count++] = row_of(arena, directory, &journal, journal.items[i]);
	}
	if (options->format == INVITE_JSON)
		print_json(rows, count);
	else if (options->format == INVITE_CSV)
		print_csv(rows, count);
	else
		print_table(arena, rows, count);
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}

enum exit_status invite_status(const struct options *options)
{
	struct loaded loaded;
	enum exit_status status = EXIT_TROUBLE;
	if (load_unchecked(&loaded, options, READ_SHOWN))
		status = known_word(&loaded.calendar, VALUE_EVENT, options->operands.items[0])
				 ? print_rows(&loaded, options)
				 : EXIT_USAGE;
	loaded_free(&loaded);
	return status;
}

#include "base/wording.h"
#include "report/columns.h"
#include "report/diff.h"
#include "report/escape.h"
#include "report/markdown_cell.h"

#include <string.h>

/* What GitHub takes in a comment, and what is kept of that for what stands at the end. Bytes are counted, of which
 * there are no fewer than characters. */
enum { COMMENT_MOST = 65536, ROOM_FOR_END = 8192, CELL_MOST = 300, FINDINGS_MOST = 50 };

struct comment {
	struct buffer out;
	size_t rows_left, details_left; /* left out */
};

/* Text that makes no markup; nobody is mentioned, and no issue is linked, since an invisible space parts the mark. */
static void add_cell(struct buffer *out, struct str text)
{
	bool cut = text.len > CELL_MOST;
	text.len = cut ? CELL_MOST : text.len;
	while (cut && text.len && (text.ptr[text.len] & 0xC0) == 0x80)
		text.len--;
	while (text.len) {
		size_t end = 0;
		while (end < text.len && !strchr("@#", text.ptr[end] ? text.ptr[end] : ' '))
			end++;
		markdown_add(out, str_part(text, 0, end));
		if (end < text.len)
			buffer_format(out, "%c&#8203;", text.ptr[end++]);
		text = str_part(text, end, text.len);
	}
	if (cut)
		buffer_add(out, STR("…"));
}

/* Lines as they are, between fences that are longer than any in them. */
static void add_fenced(struct buffer *out, const char *language, struct str text)
{
	size_t longest = 2, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	struct buffer fence = {0};
	for (size_t i = 0; i <= longest; i++)
		buffer_byte(&fence, '`');
	buffer_format(out, "%.*s%s\n", STR_ARG(buffer_str(&fence)), language);
	for (size_t i = 0; i < text.len;) {
		bool shown;
		size_t len = escape_next(str_part(text, i, text.len), &shown);
		if (text.ptr[i] == '\n')
			buffer_byte(out, '\n');
		else
			escape_add(out, str_part(text, i, i + len));
		i += len;
	}
	buffer_format(out, "%.*s\n", STR_ARG(buffer_str(&fence)));
	buffer_free(&fence);
}

/* Takes a part in, if there is room for it. */
static void take(struct comment *comment, struct buffer *part, size_t *left_out)
{
	if (comment->out.len + part->len > COMMENT_MOST - ROOM_FOR_END)
		++*left_out;
	else
		buffer_add(&comment->out, buffer_str(part));
	buffer_free(part);
}

static void add_row(struct comment *comment, const struct diff_event *event)
{
	struct buffer row = {0};
	buffer_format(&row, "| %s | ", diff_said(event->kind));
	add_cell(&row, event->summary);
	buffer_format(&row, " `%.*s` | ", STR_ARG(event->id));
	diff_add_times(&row, event);
	if (event->value_count) {
		buffer_add(&row, STR("; "));
		for (size_t i = 0; i < event->value_count; i++)
			buffer_format(&row, "%s%s", i ? ", " : "", event->values[i].property);
	}
	buffer_add(&row, STR(" |\n"));
	take(comment, &row, &comment->rows_left);
}

static void add_dates(struct buffer *out, char sign, const char *said, struct diff_dates dates)
{
	if (!dates.count)
		return;
	buffer_format(out, "%c %s ", sign, said);
	diff_add_dates(out, dates);
	buffer_byte(out, '\n');
}

static void add_details(struct comment *comment, const struct diff_event *event)
{
	struct buffer lines = {0}, part = {0};
	for (size_t i = 0; i < event->value_count; i++)
		diff_add_lines(&lines, "", event->values[i].property, event->values[i].before, event->values[i].after);
	add_dates(&lines, '+', LOCAL("dates that come:", "datums erbij:"), event->added);
	add_dates(&lines, '-', LOCAL("dates that go:", "datums eraf:"), event->removed);
	if (event->kind == CHANGE_GONE)
		buffer_format(&lines, "%s\n", diff_copies());
	if (lines.len) {
		buffer_format(&part, "\n<details><summary>%.*s</summary>\n\n", STR_ARG(event->id));
		add_fenced(&part, event->kind == CHANGE_GONE ? "" : "diff", buffer_str(&lines));
		buffer_add(&part, STR("\n</details>\n"));
		take(comment, &part, &comment->details_left);
	}
	buffer_free(&lines);
}

static void add_feed(struct comment *comment, const struct diff_feed *feed)
{
	struct buffer lines = {0}, part = {0};
	for (size_t i = 0; i < feed->entered.count; i++)
		buffer_format(&lines, "+ %.*s\n", STR_ARG(feed->entered.items[i]));
	for (size_t i = 0; i < feed->left.count; i++)
		buffer_format(&lines, "- %.*s\n", STR_ARG(feed->left.items[i]));
	buffer_format(&part,
		LOCAL("\n<details><summary>feed %.*s: %zu in, %zu out</summary>\n\n",
			"\n<details><summary>feed %.*s: %zu erbij, %zu eruit</summary>\n\n"),
		STR_ARG(feed->id), feed->entered.count, feed->left.count);
	add_fenced(&part, "diff", buffer_str(&lines));
	buffer_add(&part, STR("\n</details>\n"));
	take(comment, &part, &comment->details_left);
	buffer_free(&lines);
}

static void add_findings(struct comment *comment, const struct findings *findings)
{
	struct buffer lines = {0};
	size_t shown = 0;
	for (; shown < findings->count && shown < FINDINGS_MOST && lines.len < ROOM_FOR_END / 2; shown++) {
		const struct finding *finding = &findings->items[shown];
		struct str text = finding->text;
		const struct source *source = source_get(findings->sources, finding->span.source);
		text.len = text.len > CELL_MOST ? CELL_MOST : text.len;
		buffer_format(&lines, "%.*s:%u: %s: %.*s [%s]\n", STR_ARG(source->name),
			source_place(findings->sources, finding->span).line, severity_name(finding->severity),
			STR_ARG(text), code_row(finding->code)->name);
	}
	if (!findings->count)
		return;
	buffer_format(&comment->out, "\n%s\n\n", LOCAL("New findings:", "Nieuwe meldingen:"));
	add_fenced(&comment->out, "", buffer_str(&lines));
	if (shown < findings->count)
		buffer_format(&comment->out, LOCAL("\nand %zu more\n", "\nen nog %zu\n"), findings->count - shown);
	buffer_free(&lines);
}

static void add_left_out(struct comment *comment)
{
	if (comment->rows_left)
		buffer_format(&comment->out,
			LOCAL("\nLeft out, since a comment has no room for them: %zu events.\n",
				"\nWeggelaten, omdat ze niet in een opmerking passen: %zu activiteiten.\n"),
			comment->rows_left);
	if (comment->details_left)
		buffer_format(&comment->out,
			LOCAL("\nLeft out, since a comment has no room for them: the details of %zu.\n",
				"\nWeggelaten, omdat ze niet in een opmerking passen: de details van %zu.\n"),
			comment->details_left);
}

void diff_markdown(FILE *stream, const struct diff *diff, const struct findings *findings)
{
	struct comment comment = {0};
	buffer_add(&comment.out, STR("<!-- evcal diff -->\n**"));
	buffer_add(&comment.out, str_from(LOCAL("For subscribers", "Voor abonnees")));
	buffer_add(&comment.out, STR(":** "));
	diff_add_counts(&comment.out, diff);
	buffer_byte(&comment.out, '\n');
	if (diff->count)
		buffer_add(&comment.out, str_from(LOCAL("\n| change | event | when, and what else |\n|---|---|---|\n",
						 "\n| wijziging | activiteit | wanneer, en wat nog meer |\n"
						 "|---|---|---|\n")));
	for (size_t i = 0; i < diff->count; i++)
		add_row(&comment, &diff->events[i]);
	for (size_t i = 0; i < diff->count; i++)
		add_details(&comment, &diff->events[i]);
	for (size_t i = 0; i < diff->feed_count; i++)
		add_feed(&comment, &diff->feeds[i]);
	add_left_out(&comment);
	add_findings(&comment, findings);
	fwrite(comment.out.ptr, 1, comment.out.len, stream);
	buffer_free(&comment.out);
}

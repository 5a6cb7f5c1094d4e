#include "import/csv.h"

#include "base/arena.h"
#include "text/markdown.h"

#include <string.h>

static bool take_row(void *context, const struct row *row)
{
	struct table *table = context;
	struct cell *cells = arena_alloc(table->arena, row->count * sizeof(*cells));
	memcpy(cells, row->cells, row->count * sizeof(*cells));
	table->rows = arena_grow(table->arena, table->rows, table->count, sizeof(*table->rows));
	table->rows[table->count] = *row;
	table->rows[table->count++].cells = cells;
	return true;
}

static void put_location(const struct table *table, const struct row *row, struct node *map)
{
	struct str location = STR("");
	struct span span = {0};
	for (size_t i = 0; i < table->width; i++) {
		const struct heading *column = &table->columns[i];
		struct cell cell = table_cell(table, row, i);
		struct str text = text_line(table->arena, cell.text);
		bool is_place =
			column->use == USE_PLACE || (column->use == USE_KEY && !strcmp(column->key->name, "location"));
		if (!is_place || !text.len)
			continue;
		span = span.source ? span : cell.span;
		location =
			location.len ? str_format(table->arena, "%.*s, %.*s", STR_ARG(location), STR_ARG(text)) : text;
	}
	draft_put_text(table->import, map, IN_EVENT, "location", span, location);
}

/* Puts the words of a list under a key, behind those that another column gave. */
static void put_words(const struct table *table, struct node *map, const char *name, struct node *words)
{
	struct node *into = node_empty(table->arena, words->span, NODE_MAP), *held = NULL;
	if (!words->count || !draft_put(table->import, into, IN_EVENT, name, words))
		return;
	for (uint32_t i = 0; i < map->count; i++)
		if (str_equal(map->entries[i].key->text, str_from(name)) && map->entries[i].value->kind == NODE_LIST)
			held = map->entries[i].value;
	if (!held)
		node_put(table->arena, map, name, words);
	for (uint32_t i = 0; held && i < words->count; i++)
		node_add(table->arena, held, words->items[i]);
}

/* A type of the calendar by its id or name, else a category. */
static void put_type(const struct table *table, struct node *map, const struct cell *cell)
{
	const struct types *types = &table->import->calendar->types;
	struct arena *arena = table->arena;
	struct node *list = node_empty(arena, cell->span, NODE_LIST);
	struct str word = text_line(arena, cell->text);
	for (size_t i = 0; i < types->count; i++)
		if (str_equal_nocase(types->items[i]->id.str, word) ||
			str_equal_nocase(types->items[i]->name.str, word)) {
			draft_put_text(table->import, map, IN_EVENT, "type", cell->span, types->items[i]->id.str);
			return;
		}
	node_add(arena, list, node_text(arena, cell->span, word));
	put_words(table, map, "categories", list);
}

static void put_status(const struct table *table, struct node *map, const struct cell *cell)
{
	bool draft = str_equal_nocase(cell->text, STR("concept")) || str_equal_nocase(cell->text, STR("draft"));
	draft_put_text(
		table->import, map, IN_EVENT, draft ? "draft" : "status", cell->span, draft ? STR("true") : cell->text);
}

static void put_detail(
	const struct table *table, struct node *details, const struct heading *column, const struct cell *cell)
{
	struct str label = text_line(table->arena, column->name.text), text = text_line(table->arena, cell->text);
	if (label.len && text.len && !node_get(details, label))
		node_put(table->arena, details, str_copy(table->arena, label).ptr,
			node_text(table->arena, cell->span, text));
}

/*
 * Where to register: an address of the web or of mail, or a number; and where to take part online. What the key does
 * not take is a line of the description.
 */
static void put_way(const struct table *table, struct node *map, struct node *registration, struct node *details,
	const struct heading *column, const struct cell *cell)
{
	static const struct {
		enum use use;
		unsigned where;
		const char *key;
	} ways[] = {{USE_REGISTRATION, IN_REGISTRATION, "url"}, {USE_REGISTRATION, IN_REGISTRATION, "email"},
		{USE_REGISTRATION, IN_REGISTRATION, "phone"}, {USE_CAPACITY, IN_REGISTRATION, "capacity"},
		{USE_DEADLINE, IN_REGISTRATION, "deadline"}, {USE_FULL, IN_REGISTRATION, "full"},
		{USE_ONLINE, IN_EVENT, "conference"}};
	/* Without one of the first three there is no registration. */
	bool alone = column->use != USE_REGISTRATION && column->use != USE_ONLINE && !registration->count;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		struct node *value = node_text(table->arena, cell->span, cell->text);
		struct node *into = ways[i].where == IN_EVENT ? map : registration;
		if (alone || ways[i].use != column->use || node_get(into, str_from(ways[i].key)) ||
			!draft_takes(table->import, key_find(str_from(ways[i].key), ways[i].where), value))
			continue;
		if (!str_equal(value->text, STR("false")))
			node_put(table->arena, into, ways[i].key, value);
		return;
	}
	put_detail(table, details, column, cell);
}

static void put_key(const struct table *table, struct node *map, struct node *details, const struct heading *column,
	const struct cell *cell)
{
	struct str text = cell->text;
	const char *name = column->key->name;
	bool listed = kinds[column->key->kind].built == BUILT_LIST;
	/* It is put together of all its columns. */
	if (!strcmp(name, "location"))
		return;
	if (!listed && node_get(map, str_from(name))) {
		put_detail(table, details, column, cell);
		return;
	}
	/* A number of minutes or hours has its unit in the name. */
	if (column->key->kind == KIND_DURATION && strspn(text.ptr, "0123456789") >= text.len)
		text = str_format(table->arena, "%.*s%s", STR_ARG(text),
			strstr(str_copy(table->arena, column->name.text).ptr, "min") ? "m" : "h");
	if (column->key->kind == KIND_MARKDOWN &&
		!markdown_from_text(table->arena, text_clean(table->arena, text), &text))
		ADD(table->import, MSG_GUESSED_TEXT, cell->span, cell->text);
	if (column->key->kind == KIND_LINE)
		text = text_line(table->arena, text);
	if (!listed) {
		draft_put_text(table->import, map, IN_EVENT, name, cell->span, text);
		return;
	}
	struct node *list = node_empty(table->arena, cell->span, NODE_LIST);
	while (text.len) {
		size_t end = 0;
		while (end < text.len && !strchr(",;\n", text.ptr[end]))
			end++;
		struct str word = text_line(table->arena, str_part(text, 0, end));
		if (word.len)
			node_add(table->arena, list, node_text(table->arena, cell->span, word));
		text = str_part(text, end + (end < text.len), text.len);
	}
	put_words(table, map, name, list);
}

static void put_cell(const struct table *table, struct node *map, struct node *registration, struct node *details,
	const struct heading *column, const struct cell *cell)
{
	switch (column->use) {
	case USE_KEY:
		put_key(table, map, details, column, cell);
		break;
	case USE_TYPE:
		put_type(table, map, cell);
		break;
	case USE_STATUS:
		put_status(table, map, cell);
		break;
	case USE_DETAIL:
		put_detail(table, details, column, cell);
		break;
	case USE_REGISTRATION:
	case USE_CAPACITY:
	case USE_DEADLINE:
	case USE_FULL:
	case USE_ONLINE:
		put_way(table, map, registration, details, column, cell);
		break;
	default:
		break;
	}
}

/* That of --timezone, for a time, unless a column says another. */
static void put_zone(const struct table *table, struct node *map)
{
	const struct node *start = node_get(map, STR("start"));
	if (start && str_find(start->text, ':') < start->text.len && !node_get(map, STR("timezone")))
		draft_put_zone(table->import, map, start->span, table->import->zone);
}

static void read_row(const struct table *table, const struct row *row)
{
	struct import *import = table->import;
	struct node *map = node_empty(table->arena, row->span, NODE_MAP);
	struct node *details = node_empty(table->arena, row->span, NODE_MAP);
	struct node *registration = node_empty(table->arena, row->span, NODE_MAP);
	int year;
	if (!table_put_times(table, row, map, &year))
		return;
	/* Where to register decides what becomes of its places and its deadline. */
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < table->width; i++) {
			struct cell cell = table_cell(table, row, i);
			if (cell.text.len && (table->columns[i].use == USE_REGISTRATION) == !round)
				put_cell(table, map, registration, details, &table->columns[i], &cell);
		}
	put_zone(table, map);
	put_location(table, row, map);
	if (registration->count)
		draft_put(import, map, IN_EVENT, "registration", registration);
	if (details->count)
		draft_put(import, map, IN_EVENT, "details", details);
	if (!node_get(map, STR("summary")))
		ADD(import, MSG_NOT_IMPORTED_SUMMARY, row->span, STR(""));
	/* The id that the table gives, unless it is taken. */
	struct str id = STR("");
	for (uint32_t i = 0; i < map->count; i++)
		if (str_equal(map->entries[i].key->text, STR("id"))) {
			id = map->entries[i].value->text;
			map->entries[i] = map->entries[--map->count];
		}
	if (map_get(&import->taken, id))
		id = STR("");
	import_add(import, map, row->span, id, year);
}

void import_csv(struct import *import, uint32_t source)
{
	struct table table = {.import = import, .arena = import->findings->arena};
	struct csv_taker taker = {table_knows, take_row, &table};
	csv_read(import->findings, source, &taker);
	if (source_get(import->findings->sources, source)->broken)
		return;
	if (!table_find_columns(&table)) {
		finding_add(import->findings, MSG_CANNOT_IMPORT_COLUMNS, (struct span){source, 0, 0}, NO_WORDS);
		return;
	}
	table_find_order(&table);
	for (size_t i = table.header + 1; i < table.count; i++)
		read_row(&table, &table.rows[i]);
}

#include "unit.h"

#include "base/arena.h"
#include "decode/decoder.h"
#include "decode/inherit.h"
#include "decode/keys.h"
#include "model/calendar.h"

static void kinds_are_complete(void **state)
{
	(void)state;
	for (int i = 0; i < KINDS; i++) {
		const struct value_kind *kind = &kinds[i];
		bool words = i == KIND_CHOICE || i == KIND_KEY; /* the words come from the table of keys */
		assert_non_null(kind->name);
		assert_true(kind->shape.en && *kind->shape.en && kind->shape.nl && *kind->shape.nl);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(kind->name, kinds[j].name);
		assert_int_equal(kind->read != NULL, kind->size >= sizeof(struct at));
		assert_int_equal(kind->types != 0, kind->built == BUILT_ONE);
		assert_int_equal((kind->pattern != NULL) + (kind->add_pattern != NULL), kind->types && !words);
		assert_true(!kind->never || (kind->why.en && kind->why.nl));
		bool items = kind->built == BUILT_LIST || kind->built == BUILT_PAIR ||
			     kind->built == BUILT_MAP_OR_ONE || kind->built == BUILT_NAMED_MAPS ||
			     kind->built == BUILT_NAMED;
		assert_true(!items || kinds[kind->item].built == BUILT_ONE);
		assert_true(kind->built != BUILT_LIST || kinds[kind->item].read);
		assert_true(kind->built != BUILT_PAIR || kinds[kind->item + 1].types);
		bool holds = kind->built >= BUILT_MAP && kind->built != BUILT_NAMED;
		assert_int_equal(kind->holds != 0, holds);
		assert_true(!holds || mapping_of(kind->holds)->where == kind->holds);
	}
}

/* The size of the struct that a mapping is decoded into. */
static size_t size_of(unsigned where)
{
	switch (where) {
	case IN_CALENDAR:
		return sizeof(struct calendar);
	case IN_TYPE:
		return sizeof(struct type);
	case IN_FEED:
		return sizeof(struct feed);
	case IN_FILE:
		return sizeof(struct events_file);
	case IN_OVERRIDE:
		return sizeof(struct override);
	case IN_PERSON:
		return sizeof(struct person);
	case IN_CONFERENCE:
		return sizeof(struct conference);
	case IN_REGISTRATION:
		return sizeof(struct registration);
	default:
		return sizeof(struct event);
	}
}

static void keys_are_complete(void **state)
{
	(void)state;
	for (const struct key *key = keys; key->name; key++) {
		struct str name = str_from(key->name), example = str_from(key->example);
		struct str doc[] = {str_from(key->doc.en), str_from(key->doc.nl)};
		assert_true(key->where && !(key->required & ~key->where));
		assert_true(key->kind < KINDS && kinds[key->kind].read);
		assert_int_equal(key->words != NULL, key->kind == KIND_CHOICE);
		assert_true(str_starts(example, name) && example.ptr[name.len] == ':');
		assert_true(str_ends(doc[0], STR(".")) && str_ends(doc[1], STR(".")));
		assert_true(!key->property || key_of_property(str_from(key->property)));
		assert_true(!(key->flags & KEY_SELECTS) || key->where == IN_FEED);
		assert_true(!(key->flags & (KEY_ENDS | KEY_NEEDS_RULE)) || (key->where & IN_EVENT));
	}
}

/* Bytes of a key's member. */
static size_t member_size(const struct key *key)
{
	return key_points(key) ? sizeof(void *) : kinds[key->kind].size;
}

/* In every mapping, each key has a name and a member of its own. */
static void members_do_not_overlap(void **state)
{
	(void)state;
	for (const struct mapping *mapping = mappings; mapping->where; mapping++)
		for (const struct key *key = keys; key->name; key++) {
			size_t end = key->offset + member_size(key);
			if (!(key->where & mapping->where))
				continue;
			assert_true(end <= size_of(mapping->where));
			for (const struct key *other = keys; other < key; other++) {
				size_t other_end = other->offset + member_size(other);
				if (!(other->where & mapping->where))
					continue;
				assert_string_not_equal(key->name, other->name);
				assert_true(end <= other->offset || other_end <= key->offset);
			}
		}
}

static void meant_keys(void **state)
{
	static const struct {
		const char *written;
		unsigned where;
		const char *name;
		bool sure;
	} cases[] = {
		{"titel", IN_EVENT, "summary", true},
		{"naam", IN_EVENT, "summary", true},
		{"naam", IN_PERSON, "name", true},
		{"Start_Date", IN_EVENT, "start", true},
		{"start date", IN_EVENT, "start", true},
		{"recurrence", IN_EVENT, "rrule", true},
		{"sumary", IN_EVENT, "summary", true},
		{"stat", IN_EVENT, "start", false},
		{"ur", IN_EVENT, "url", false},
	};
	bool sure;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct key *key = key_meant(str_from(cases[i].written), cases[i].where, &sure);
		assert_non_null(key);
		assert_string_equal(key->name, cases[i].name);
		if (sure != cases[i].sure)
			fail_msg("%s: sure %d", cases[i].written, sure);
	}
	assert_null(key_meant(STR("xyz"), IN_EVENT, &sure));
	assert_null(key_meant(STR(""), IN_EVENT, &sure));
	assert_null(key_find(STR(""), IN_EVENT));
	assert_string_equal(key_called(STR("aantal plaatsen"), IN_REGISTRATION)->name, "capacity");
	assert_null(key_called(STR("sumary"), IN_EVENT));
}

/* A value that an event does not give, as if it had been read: bytes that are easy to know again. */
static void fill(const struct key *key, struct event *event)
{
	struct at *value = key_room(key, &test_arena, event);
	memset(value, 0x01, kinds[key->kind].size);
	value->given = GIVEN_VALID;
}

/* One that gives nothing. */
static struct event nothing(void)
{
	struct event event = {0};
	event_open(&event);
	return event;
}

static bool is_filled(const struct key *key, const struct event *event)
{
	struct event expected = nothing();
	fill(key, &expected);
	return !memcmp(key_value(key, &expected), key_value(key, event), kinds[key->kind].size);
}

static void each_is_inherited(void **state)
{
	const unsigned sources[] = {IN_DEFAULTS, IN_TYPE};
	struct arena *arena = &test_arena;
	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		for (const struct key *key = keys; key->name; key++) {
			struct event event = nothing(), own = nothing(), other = nothing();
			if (!(key->where & IN_EVENT) || kinds[key->kind].merge)
				continue;
			bool shared = key->where & sources[i];
			fill(key, &other);
			inherit(arena, &event, &other, sources[i]);
			assert_int_equal(is_filled(key, &event), shared && !(key->flags & KEY_NEEDS_RULE));
			const struct rule rule = {.at.given = GIVEN_VALID};
			if (!at_valid(&event.rrule->at))
				event.rrule = &rule;
			inherit(arena, &event, &other, sources[i]);
			assert_int_equal(is_filled(key, &event), shared);
			key_room(key, arena, &own)->given = GIVEN_INVALID;
			inherit(arena, &own, &other, sources[i]);
			assert_int_equal(key_value(key, &own)->given, GIVEN_INVALID);
		}
}

static struct detail detail(const char *label, const char *text)
{
	return (struct detail){
		{.at.given = GIVEN_VALID, .str = str_from(label)}, {.at.given = GIVEN_VALID, .str = str_from(text)}};
}

/* Details are merged label by label: the nearer text counts. */
static void details_are_merged(void **state)
{
	struct arena *arena = &test_arena;
	(void)state;
	struct detail own[] = {detail("Prijs", "gratis")},
		      further[] = {detail("Prijs", "10 euro"), detail("Zaal", "3")};
	const struct details few = {{.given = GIVEN_VALID}, own, 1}, more = {{.given = GIVEN_VALID}, further, 2};
	struct event event = nothing(), other = nothing();
	event.details = &few;
	other.details = &more;
	inherit(arena, &event, &other, IN_TYPE);
	assert_int_equal(event.details->count, 2);
	assert_true(str_equal(event.details->items[0].text.str, STR("gratis")));
	assert_true(str_equal(event.details->items[1].label.str, STR("Zaal")));
}

/* The value that absent ones share is as large as any. */
static void absent_values_are_zero(void **state)
{
	static const char zero[1024];
	(void)state;
	struct event event = nothing();
	for (const struct key *key = keys; key->name; key++)
		if (key_points(key))
			assert_memory_equal(key_value(key, &event), zero, kinds[key->kind].size);
}

/* However many keys say when an event ends: where it gives one of them, it takes none; else it takes all. */
static void ends_are_one(void **state)
{
	const unsigned sources[] = {IN_DEFAULTS, IN_TYPE};
	struct arena *arena = &test_arena;
	(void)state;
	struct event all = nothing();
	(void)state;
	for (const struct key *key = keys; key->name; key++)
		if (key->flags & KEY_ENDS)
			fill(key, &all);
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		struct event event = nothing();
		inherit(arena, &event, &all, sources[i]);
		for (const struct key *key = keys; key->name; key++) {
			struct event own = nothing();
			if (!(key->flags & KEY_ENDS))
				continue;
			assert_int_equal(is_filled(key, &event), (key->where & sources[i]) != 0);
			key_room(key, arena, &own)->given = GIVEN_VALID;
			inherit(arena, &own, &all, sources[i]);
			for (const struct key *other = keys; other->name; other++)
				if (other->flags & KEY_ENDS)
					assert_false(is_filled(other, &own));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_complete),
		cmocka_unit_test(keys_are_complete),
		cmocka_unit_test(members_do_not_overlap),
		cmocka_unit_test(meant_keys),
		cmocka_unit_test(each_is_inherited),
		cmocka_unit_test(details_are_merged),
		cmocka_unit_test(absent_values_are_zero),
		cmocka_unit_test(ends_are_one),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}

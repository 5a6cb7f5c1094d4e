#include "unit.h"

#include "base/address.h"

static void what_an_address_is(void **state)
{
	static const char *const good[] = {"a@example.org", "Jan.de-Boer+x@mail.example.org",
		"o'neil_1@xn--caf-dma.example", "1@2.example", "#!$%&*/=?^`{|}~@example.org",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl@example.org"};
	static const char *const bad[] = {"", "@", "a@", "@example.org", "a", "a@example", "a@@example.org",
		"a@b@example.org", ".a@example.org", "a.@example.org", "a..b@example.org", "a b@example.org",
		"a@example..org", "a@-example.org", "a@example-.org", "a@example.org.", "a@.example.org",
		"a@exam_ple.org", "a,b@example.org", "\"a b\"@example.org", "a@[192.0.2.1]", "caf\u00E9@example.org",
		"a@caf\u00E9.example", "a@example.org\n", "<a@example.org>", "mailto:a@example.org",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm@example.org"};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!address_is_email(str_from(good[i])))
			fail_msg("%s is one", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (address_is_email(str_from(bad[i])))
			fail_msg("%s is none", bad[i]);
	assert_false(address_is_email((struct str){"a\0@example.org", 14}));
}

static void what_was_meant(void **state)
{
	static const struct {
		const char *written, *meant;
	} cases[] = {
		{"mailto:info@example.org", "info@example.org"},
		{"MAILTO: info@example.org", "info@example.org"},
		{"Test <info@example.org>", "info@example.org"},
		{"\"Test, meer\" <info@example.org>", "info@example.org"},
		{"<info@example.org>", "info@example.org"},
		{"Test <mailto:info@example.org>;", "info@example.org"},
		{"info@example.org;", "info@example.org"},
		{" info@example.org.", "info@example.org"},
		{"'info@example.org'", "info@example.org"},
		{"info @example.org", "info@example.org"},
		{"info@ example . org", "info@example.org"},
		{"info@exam ple.org", "info@example.org"},
		{"info@example\u00A0.org", "info@example.org"},
		{"in\u200Bfo@exa\u00ADmple.org", "info@example.org"},
		{"in\tfo@example.org", "info@example.org"},
		{"info@@example.org", "info@example.org"},
		{"in.fo@example..org", "in.fo@example.org"},
		{"info@example,org", "info@example.org"},
		{"info at example.org", "info@example.org"},
		{"info(at)example.org", "info@example.org"},
		{"info [AT] example.org", "info@example.org"},
		/* Where it is not sure, nothing is better than the address of somebody else. */
		{"", ""},
		{"info", ""},
		{"info@example", ""},
		{"jan jansen@example.org", ""},
		{"a@example.org, b@example.org", ""},
		{"a@example.org,secretaris", ""},
		{"a@example.org secretaris.nl", ""},
		{"caf\u00E9@example.org", ""},
		{"<>", ""},
		{"<", ""},
		{"\u200B", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str meant = address_mend(&test_arena, str_from(cases[i].written));
		if (!str_equal(meant, str_from(cases[i].meant)))
			fail_msg("%s: \"%.*s\"", cases[i].written, STR_ARG(meant));
	}
}

static void several_of_them(void **state)
{
	(void)state;
	assert_true(address_several(STR("a@example.org,b@example.org")));
	assert_true(address_several(STR("A <a@example.org>; B <b@example.org>")));
	assert_true(address_several(STR("a@example.org\nb@example.org")));
	assert_false(address_several(STR("a@example.org, A@example.org")));
	assert_false(address_several(STR("a@example.org <a@example.org>")));
	assert_false(address_several(STR("a@example.org, b")));
	assert_false(address_several(STR("")));
}

static void hosts(void **state)
{
	(void)state;
	assert_true(address_is_host(STR("localhost")));
	assert_true(address_is_host(STR("a-b.example.org")));
	assert_false(address_is_host(STR("")));
	assert_false(address_is_host(STR("example.org:80")));
	assert_false(address_is_host(STR("a123456789b123456789c123456789d123456789e123456789f123456789abcd.org")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_address_is),
		cmocka_unit_test(what_was_meant),
		cmocka_unit_test(several_of_them),
		cmocka_unit_test(hosts),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}

/* YAML to findings: a file of any bytes, read as an events file and as calendar.yaml. */
#include "fuzz.h"

#include "decode/decode.h"
#include "decode/inherit.h"
#include "input/encoding.h"

static void look_at_node(const struct fuzz *fuzz, const struct node *node, int depth)
{
	MUST(depth < 100);
	fuzz_span(fuzz, node->span);
	for (uint32_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
		look_at_node(fuzz, node->items[i], depth + 1);
	for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
		MUST(node->entries[i].key->kind == NODE_TEXT);
		look_at_node(fuzz, node->entries[i].key, depth + 1);
		look_at_node(fuzz, node->entries[i].value, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = encoding_strip((struct str){(const char *)bytes, size});
	for (int is_calendar = 0; is_calendar < 2; is_calendar++) {
		struct fuzz fuzz;
		struct calendar calendar = {0};
		fuzz_begin(&fuzz);
		struct zones zones = {.arena = fuzz.arena};
		struct decoder decoder = {.findings = &fuzz.findings, .zones = &zones};
		struct file_events events = {0};
		uint32_t source = fuzz_source(&fuzz, is_calendar ? "calendar.yaml" : "a.yaml", text);
		const struct node *root = node_read(&fuzz.findings, source);
		/* Aliases make a large tree of a short text. */
		if (root && root->weight < 10000)
			look_at_node(&fuzz, root, 0);
		MUST(!source_get(&fuzz.sources, source)->broken || fuzz.findings.count);
		if (is_calendar)
			decode_calendar(&decoder, source, root, &calendar);
		else
			decode_events(&decoder, source, root, &events);
		MUST(!decoder.zones_failed);
		inherit_events(&fuzz.findings, &events, &calendar);
		calendar_join(&calendar, &fuzz.findings, &events, 1);
		fuzz_report(&fuzz);
		fuzz_end(&fuzz);
	}
	return 0;
}

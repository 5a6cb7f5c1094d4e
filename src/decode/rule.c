#include "decode/rule.h"

#include "base/arena.h"
#include "decode/values.h"
#include "time/recurrence.h"

struct span rule_span(const struct sources *sources, const struct rule *rule, struct extent at)
{
	/* Behind a quote, or as it stands; a text of several lines is not found byte for byte, and shown whole. */
	struct span span = rule->at.span;
	struct str written = source_text(sources, span);
	size_t quote = written.len && (written.ptr[0] == '"' || written.ptr[0] == '\'');
	if (written.len < quote || !str_starts(str_part(written, quote, written.len), rule->text))
		return span;
	uint32_t begin = span.begin + (uint32_t)quote;
	return (struct span){span.source, begin + (uint32_t)at.begin, begin + (uint32_t)at.end};
}

static void add_rule_fault(struct decoder *decoder, const struct rule *rule, const struct rule_fault *fault)
{
	struct span span = rule_span(decoder->findings->sources, rule, fault->at);
	switch (fault->kind) {
	case FAULT_FORM:
		ADD(decoder, fault->right.len ? MSG_BAD_RRULE_FORM_NEAR : MSG_BAD_RRULE_FORM, span, fault->name,
			fault->right);
		break;
	case FAULT_NAME:
		ADD(decoder, fault->right.len ? MSG_BAD_RRULE_NAME_NEAR : MSG_BAD_RRULE_NAME, span, fault->name,
			fault->right);
		break;
	case FAULT_VALUE:
		ADD(decoder, MSG_BAD_RRULE_VALUE, span, fault->name, fault->value, fault->right);
		break;
	case FAULT_TWICE:
		ADD(decoder, MSG_BAD_RRULE_TWICE, span, fault->name);
		break;
	case FAULT_NO_FREQ:
		finding_add(decoder->findings, MSG_BAD_RRULE_FREQ, span, NO_WORDS);
		break;
	case FAULT_WITH:
		ADD(decoder, MSG_BAD_RRULE_WITH, span, fault->value, fault->right);
		break;
	}
}

bool value_rule(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct rule *rule = value;
	struct text text;
	struct rule_fault faults[RULE_FAULTS_MOST];
	struct arena *arena = decoder->findings->arena;
	if (!value_line(decoder, key, node, &text))
		return false;
	rule->text = text.str;
	rule->recurrence = arena_alloc(arena, sizeof(*rule->recurrence));
	size_t count = rule_read(arena, text.str, rule->recurrence, faults);
	for (size_t i = 0; i < count; i++)
		add_rule_fault(decoder, rule, &faults[i]);
	return !count;
}

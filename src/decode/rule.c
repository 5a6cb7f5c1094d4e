#include "decode/rule.h"

#include "base/arena.h"
#include "decode/values.h"
#include "input/locate.h"
#include "time/recurrence.h"

struct span rule_span(const struct sources *sources, const struct rule *rule, struct extent at)
{
	struct locator locator = locator_open(sources, rule->at.span, rule->text);
	return locator_find(&locator, at);
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

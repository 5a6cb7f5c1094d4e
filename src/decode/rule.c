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

static size_t add_rule_fault(struct decoder *decoder, const struct rule_fault *fault, struct span span)
{
	switch (fault->kind) {
	case FAULT_FORM:
		return ADD(decoder, fault->right.len ? MSG_BAD_RRULE_FORM_NEAR : MSG_BAD_RRULE_FORM, span, fault->name,
			fault->right);
	case FAULT_NAME:
		return ADD(decoder, fault->right.len ? MSG_BAD_RRULE_NAME_NEAR : MSG_BAD_RRULE_NAME, span, fault->name,
			fault->right);
	case FAULT_VALUE:
		return ADD(decoder, MSG_BAD_RRULE_VALUE, span, fault->name, fault->value, fault->right);
	case FAULT_TWICE:
		return ADD(decoder, MSG_BAD_RRULE_TWICE, span, fault->name);
	case FAULT_NO_FREQ:
		return finding_add(decoder->findings, MSG_BAD_RRULE_FREQ, span, NO_WORDS);
	case FAULT_WITH:
		break;
	}
	return ADD(decoder, MSG_BAD_RRULE_WITH, span, fault->value, fault->right);
}

/* The text of a rule with all that is sure put right; false where something is not, or parts of it overlap. */
static bool mend(
	struct arena *arena, struct str text, const struct rule_fault *faults, size_t count, struct str *mended)
{
	struct buffer out = {0};
	size_t from = 0;
	bool sure = true;
	for (size_t i = 0; i < count; i++) {
		sure &= faults[i].sure && faults[i].at.begin >= from;
		if (!sure)
			break;
		buffer_add(&out, str_part(text, from, faults[i].at.begin));
		buffer_add(&out, faults[i].right);
		from = faults[i].at.end;
	}
	buffer_add(&out, str_part(text, from, text.len));
	*mended = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return sure;
}

bool value_rule(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct rule *rule = value;
	struct text text;
	struct rule_fault faults[RULE_FAULTS_MOST], left[RULE_FAULTS_MOST];
	struct findings *findings = decoder->findings;
	struct arena *arena = findings->arena;
	if (!value_line(decoder, key, node, &text))
		return false;
	rule->text = text.str;
	rule->recurrence = arena_alloc(arena, sizeof(*rule->recurrence));
	size_t count = rule_read(arena, text.str, rule->recurrence, faults);
	struct str mended;
	bool sure = count && mend(arena, text.str, faults, count, &mended);
	if (sure) {
		*rule->recurrence = (struct recurrence){0};
		sure = !rule_read(arena, mended, rule->recurrence, left);
	}
	for (size_t i = 0; i < count; i++) {
		struct span span = rule_span(findings->sources, rule, faults[i].at);
		size_t number = add_rule_fault(decoder, &faults[i], span);
		/* One that cannot be found byte for byte is shown whole. */
		struct str written = source_text(findings->sources, span);
		if (sure && str_equal(written, str_part(text.str, faults[i].at.begin, faults[i].at.end)))
			finding_fix(findings, number, span, faults[i].right);
	}
	if (sure)
		rule->text = mended;
	return !count || sure;
}

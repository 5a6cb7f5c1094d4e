#include "input/indents.h"

#include <stdlib.h>

/* The keys and dashes that stand no deeper than a column. */
static size_t depth_at(const struct indents *indents, size_t column)
{
	size_t depth = indents->depth;
	while (depth && indents->columns[depth - 1].column > column)
		depth--;
	return depth;
}

bool indents_fit(const struct indents *indents, size_t column, bool dash)
{
	size_t depth = depth_at(indents, column);
	const struct indent *top = depth ? &indents->columns[depth - 1] : NULL;
	if (!indents->depth || (indents->open && column > indents->parent))
		return true;
	if (!top || top->column != column)
		return false;
	if (dash)
		return top->dash || (indents->open && indents->parent == column);
	/* A list may stand at the column of its key. */
	return !top->dash || (depth > 1 && top[-1].column == column);
}

const struct indent *indents_dash(const struct indents *indents, size_t column)
{
	size_t depth = depth_at(indents, column);
	const struct indent *top = depth ? &indents->columns[depth - 1] : NULL;
	return top && top->dash && top->column == column ? top : NULL;
}

int indents_nearest(const struct indents *indents, size_t column, bool dash)
{
	int best = INDENTS_NOWHERE;
	for (size_t i = 0; i < indents->depth; i++) {
		int other = (int)indents->columns[i].column, distance = abs(other - (int)column);
		if (indents->columns[i].dash == dash && distance <= INDENTS_NEAR &&
			(best == INDENTS_NOWHERE || distance <= abs(best - (int)column)))
			best = other;
	}
	return best;
}

void indents_enter(struct indents *indents, struct indent column)
{
	indents->depth = depth_at(indents, column.column);
	struct indent *top = indents->depth ? &indents->columns[indents->depth - 1] : NULL;
	/* A key behind a list that stands at its column. */
	if (top && !column.dash && top->dash && top->column == column.column) {
		indents->depth--;
		top = indents->depth ? top - 1 : NULL;
	}
	if (top && top->column == column.column && top->dash == column.dash)
		*top = column;
	else if (indents->depth < INDENTS_DEPTH_MAXIMUM)
		indents->columns[indents->depth++] = column;
}

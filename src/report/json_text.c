#include "report/json_text.h"

json_t *json_text(struct str s)
{
	json_t *text = json_stringn(s.ptr, s.len);
	return text ? text : json_string("?");
}

json_t *json_text_or_null(struct str s)
{
	return s.len ? json_text(s) : json_null();
}

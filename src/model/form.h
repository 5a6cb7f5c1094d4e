/* What an iCalendar file is for. */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

/* What a VEVENT is for. RFC 5546, 3.2 says what each method must and must not have. */
enum form {
	FORM_PUBLISH,
	FORM_REQUEST, /* an occurrence that is called off is an EXDATE */
	FORM_CANCEL,  /* the event, whose status is cancelled, as a whole; no alarm */
	FORM_WITHDRAW /* the event goes on, but not for this person: no STATUS, no alarm */
};

#endif

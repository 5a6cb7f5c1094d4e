#include "decode/columns.h"

/* As header_squeeze() leaves them. */
const struct header headers[] = {
	{"email", COLUMN_EMAIL},
	{"emailadres", COLUMN_EMAIL},
	{"emailaddress", COLUMN_EMAIL},
	{"mail", COLUMN_EMAIL},
	{"mailadres", COLUMN_EMAIL},
	{"mailaddress", COLUMN_EMAIL},
	{"epost", COLUMN_EMAIL},
	{"epostadres", COLUMN_EMAIL},
	{"uwemail", COLUMN_EMAIL},
	{"uwemailadres", COLUMN_EMAIL},
	{"jeemail", COLUMN_EMAIL},
	{"jeemailadres", COLUMN_EMAIL},
	{"youremail", COLUMN_EMAIL},
	{"youremailaddress", COLUMN_EMAIL},
	{"email1value", COLUMN_EMAIL},
	{"emaildeelnemer", COLUMN_EMAIL},
	{"emailadresdeelnemer", COLUMN_EMAIL},
	{"mailadresdeelnemer", COLUMN_EMAIL},
	{"attendeeemail", COLUMN_EMAIL},
	{"participantemail", COLUMN_EMAIL},
	{"participantemailaddress", COLUMN_EMAIL},
	{"naam", COLUMN_NAME},
	{"name", COLUMN_NAME},
	{"volledigenaam", COLUMN_NAME},
	{"fullname", COLUMN_NAME},
	{"weergavenaam", COLUMN_NAME},
	{"displayname", COLUMN_NAME},
	{"voorenachternaam", COLUMN_NAME},
	{"firstandlastname", COLUMN_NAME},
	{"naamdeelnemer", COLUMN_NAME},
	{"deelnemer", COLUMN_NAME},
	{"attendee", COLUMN_NAME},
	{"uwnaam", COLUMN_NAME},
	{"jenaam", COLUMN_NAME},
	{"yourname", COLUMN_NAME},
	{"voornaam", COLUMN_FIRST},
	{"roepnaam", COLUMN_FIRST},
	{"voornamen", COLUMN_FIRST},
	{"voorletters", COLUMN_FIRST},
	{"firstname", COLUMN_FIRST},
	{"givenname", COLUMN_FIRST},
	{"forename", COLUMN_FIRST},
	{"initials", COLUMN_FIRST},
	{"tussenvoegsel", COLUMN_INFIX},
	{"tussenvoegsels", COLUMN_INFIX},
	{"voorvoegsel", COLUMN_INFIX},
	{"voorvoegsels", COLUMN_INFIX},
	{"middlename", COLUMN_INFIX},
	{"infix", COLUMN_INFIX},
	{"achternaam", COLUMN_LAST},
	{"familienaam", COLUMN_LAST},
	{"lastname", COLUMN_LAST},
	{"surname", COLUMN_LAST},
	{"familyname", COLUMN_LAST},
	{"status", COLUMN_STATUS},
	{"deelname", COLUMN_STATUS},
	{"aanmelding", COLUMN_STATUS},
	{"aanmeldstatus", COLUMN_STATUS},
	{"participation", COLUMN_STATUS},
	{"rol", COLUMN_ROLE},
	{"role", COLUMN_ROLE},
	{"deelnamerol", COLUMN_ROLE},
	{NULL, COLUMN_OTHER},
};

struct str header_squeeze(struct str name, char squeezed[HEADER_MOST])
{
	size_t len = 0;
	for (size_t i = 0; i < name.len && name.ptr[i] != '(' && name.ptr[i] != '['; i++) {
		char c = ascii_lower(name.ptr[i]);
		bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
		if (kept && len == HEADER_MOST)
			return STR("");
		if (kept)
			squeezed[len++] = c;
	}
	return (struct str){squeezed, len};
}

const struct header *header_find(struct str name)
{
	char room[HEADER_MOST];
	struct str squeezed = header_squeeze(name, room);
	for (size_t i = 0; headers[i].name; i++)
		if (str_equal(squeezed, str_from(headers[i].name)))
			return &headers[i];
	return NULL;
}

/*
 * Systems differ in the old names of zones: IANA keeps them in the file "backward", and Debian 13 and Ubuntu 24.04 put
 * most of them into a package of their own, tzdata-legacy. The table here has what is in that package, so that an old
 * name is known where its zone lacks, and is nowhere taken for a misspelt one of another place.
 */
#include "time/zone_hint.h"

#include "base/suggest.h"

/* Old names and the present ones. */
static const struct synonym renamed[] = {{"Africa/Asmera", "Africa/Asmara"},
	{"America/Argentina/ComodRivadavia", "America/Argentina/Catamarca"},
	{"America/Buenos_Aires", "America/Argentina/Buenos_Aires"},
	{"America/Catamarca", "America/Argentina/Catamarca"}, {"America/Cordoba", "America/Argentina/Cordoba"},
	{"America/Fort_Wayne", "America/Indiana/Indianapolis"}, {"America/Godthab", "America/Nuuk"},
	{"America/Indianapolis", "America/Indiana/Indianapolis"}, {"America/Jujuy", "America/Argentina/Jujuy"},
	{"America/Knox_IN", "America/Indiana/Knox"}, {"America/Louisville", "America/Kentucky/Louisville"},
	{"America/Mendoza", "America/Argentina/Mendoza"}, {"America/Rosario", "America/Argentina/Cordoba"},
	{"Antarctica/South_Pole", "Antarctica/McMurdo"}, {"Asia/Ashkhabad", "Asia/Ashgabat"},
	{"Asia/Calcutta", "Asia/Kolkata"}, {"Asia/Choibalsan", "Asia/Ulaanbaatar"}, {"Asia/Chungking", "Asia/Shanghai"},
	{"Asia/Dacca", "Asia/Dhaka"}, {"Asia/Katmandu", "Asia/Kathmandu"}, {"Asia/Macao", "Asia/Macau"},
	{"Asia/Rangoon", "Asia/Yangon"}, {"Asia/Saigon", "Asia/Ho_Chi_Minh"}, {"Asia/Thimbu", "Asia/Thimphu"},
	{"Asia/Ujung_Pandang", "Asia/Makassar"}, {"Asia/Ulan_Bator", "Asia/Ulaanbaatar"},
	{"Atlantic/Faeroe", "Atlantic/Faroe"}, {"Australia/ACT", "Australia/Sydney"},
	{"Australia/LHI", "Australia/Lord_Howe"}, {"Australia/NSW", "Australia/Sydney"},
	{"Australia/North", "Australia/Darwin"}, {"Australia/Queensland", "Australia/Brisbane"},
	{"Australia/South", "Australia/Adelaide"}, {"Australia/Tasmania", "Australia/Hobart"},
	{"Australia/Victoria", "Australia/Melbourne"}, {"Australia/West", "Australia/Perth"},
	{"Brazil/Acre", "America/Rio_Branco"}, {"Brazil/DeNoronha", "America/Noronha"},
	{"Brazil/East", "America/Sao_Paulo"}, {"Brazil/West", "America/Manaus"}, {"Canada/Atlantic", "America/Halifax"},
	{"Canada/Central", "America/Winnipeg"}, {"Canada/Eastern", "America/Toronto"},
	{"Canada/Mountain", "America/Edmonton"}, {"Canada/Newfoundland", "America/St_Johns"},
	{"Canada/Pacific", "America/Vancouver"}, {"Canada/Saskatchewan", "America/Regina"},
	{"Canada/Yukon", "America/Whitehorse"}, {"Chile/Continental", "America/Santiago"},
	{"Chile/EasterIsland", "Pacific/Easter"}, {"Cuba", "America/Havana"}, {"Egypt", "Africa/Cairo"},
	{"Eire", "Europe/Dublin"}, {"Europe/Kiev", "Europe/Kyiv"}, {"Europe/Uzhgorod", "Europe/Kyiv"},
	{"Europe/Zaporozhye", "Europe/Kyiv"}, {"GB", "Europe/London"}, {"GB-Eire", "Europe/London"},
	{"GMT+0", "Etc/GMT"}, {"GMT-0", "Etc/GMT"}, {"GMT0", "Etc/GMT"}, {"Greenwich", "Etc/GMT"},
	{"Hongkong", "Asia/Hong_Kong"}, {"Iceland", "Atlantic/Reykjavik"}, {"Iran", "Asia/Tehran"},
	{"Israel", "Asia/Jerusalem"}, {"Jamaica", "America/Jamaica"}, {"Japan", "Asia/Tokyo"},
	{"Kwajalein", "Pacific/Kwajalein"}, {"Libya", "Africa/Tripoli"}, {"Mexico/BajaNorte", "America/Tijuana"},
	{"Mexico/BajaSur", "America/Mazatlan"}, {"Mexico/General", "America/Mexico_City"}, {"NZ", "Pacific/Auckland"},
	{"NZ-CHAT", "Pacific/Chatham"}, {"Navajo", "America/Denver"}, {"PRC", "Asia/Shanghai"},
	{"Pacific/Enderbury", "Pacific/Kanton"}, {"Pacific/Ponape", "Pacific/Pohnpei"},
	{"Pacific/Truk", "Pacific/Chuuk"}, {"Poland", "Europe/Warsaw"}, {"Portugal", "Europe/Lisbon"},
	{"ROC", "Asia/Taipei"}, {"ROK", "Asia/Seoul"}, {"Singapore", "Asia/Singapore"}, {"Turkey", "Europe/Istanbul"},
	{"UCT", "Etc/UTC"}, {"US/Alaska", "America/Anchorage"}, {"US/Aleutian", "America/Adak"},
	{"US/Arizona", "America/Phoenix"}, {"US/Central", "America/Chicago"},
	{"US/East-Indiana", "America/Indiana/Indianapolis"}, {"US/Eastern", "America/New_York"},
	{"US/Hawaii", "Pacific/Honolulu"}, {"US/Indiana-Starke", "America/Indiana/Knox"},
	{"US/Michigan", "America/Detroit"}, {"US/Mountain", "America/Denver"}, {"US/Pacific", "America/Los_Angeles"},
	{"US/Samoa", "Pacific/Pago_Pago"}, {"Universal", "Etc/UTC"}, {"W-SU", "Europe/Moscow"}, {"Zulu", "Etc/UTC"},
	{NULL, NULL}};

/* Names of a clock and not of a place, and the zones that "backward" has for them. */
static const struct synonym clocks[] = {{"CET", "Europe/Brussels"}, {"CST6CDT", "America/Chicago"},
	{"EET", "Europe/Athens"}, {"EST", "America/Panama"}, {"EST5EDT", "America/New_York"},
	{"HST", "Pacific/Honolulu"}, {"MET", "Europe/Brussels"}, {"MST", "America/Phoenix"},
	{"MST7MDT", "America/Denver"}, {"PST8PDT", "America/Los_Angeles"}, {"WET", "Europe/Lisbon"}, {NULL, NULL}};

/* An instant of a January behind all changes but those that come every year. */
static const int64_t far_off = 4102444800;

/* True if two zones have the same offsets all year. */
static bool same_clock(const struct zone *one, const struct zone *other)
{
	int64_t at = far_off;
	for (int change = 0; change < 3; change++) {
		int64_t next = zone_next_change(one, at);
		if (zone_offset(one, at) != zone_offset(other, at) || zone_next_change(other, at) != next)
			return false;
		if (next == INT64_MAX)
			return true;
		at = next;
	}
	return true;
}

/* The offset outside daylight time. */
static int32_t standard_offset(const struct zone *zone)
{
	int64_t next = zone_next_change(zone, far_off);
	int32_t january = zone_offset(zone, far_off), later = next == INT64_MAX ? january : zone_offset(zone, next);
	return january < later ? january : later;
}

/* "UTC+1", "GMT-03:30", "+0200": in seconds; else false. */
static bool read_offset(struct str written, int32_t *offset)
{
	int digits = 0, number = 0;
	struct str prefix = str_part(written, 0, written.len < 3 ? written.len : 3);
	if (str_equal_nocase(prefix, STR("UTC")) || str_equal_nocase(prefix, STR("GMT")))
		written = str_trim(str_part(written, 3, written.len));
	if (!written.len || (written.ptr[0] != '+' && written.ptr[0] != '-'))
		return false;
	size_t colon = str_find(written, ':');
	for (size_t i = 1; i < written.len; i++) {
		if (i == colon && digits && i + 3 == written.len)
			continue;
		if (written.ptr[i] < '0' || written.ptr[i] > '9' || ++digits > 4)
			return false;
		number = number * 10 + (written.ptr[i] - '0');
	}
	if (digits <= 2)
		number *= 100;
	*offset = (number / 100 * 60 + number % 100) * (written.ptr[0] == '-' ? -60 : 60);
	return digits && number % 100 < 60;
}

static struct str last_part(struct str name)
{
	size_t begin = name.len;
	while (begin && name.ptr[begin - 1] != '/')
		begin--;
	return str_part(name, begin, name.len);
}

struct zone_search {
	struct str written;
	struct str exact, city; /* but for case: the whole name, its last part */
	bool cities;            /* several places have that last part */
	struct suggestion near; /* of the spellings */
	struct str near_name;
};

/* Looks at a spelling of a zone's name. */
static void consider(struct zone_search *search, struct str spelling, struct str name)
{
	struct str city = last_part(spelling), written = search->written;
	if (str_equal_nocase(spelling, written))
		search->exact = name;
	/* Without a region it is a clock, or an old name that must be exact. */
	if (city.len == spelling.len || str_starts(spelling, STR("Etc/")))
		return;
	if (str_equal_nocase(city, last_part(written))) {
		search->cities |= search->city.len && !str_equal(search->city, name);
		search->city = name;
	}
	struct str compared = str_find(written, '/') == written.len ? city : spelling;
	suggest(&search->near, written, compared);
	if (search->near.best.ptr == compared.ptr)
		search->near_name = name;
}

/* The nearest name, so near that it can only be a slip of the pen: Mumbai is two letters from Dubai. */
static struct str nearest(struct zones *zones, struct str written)
{
	const size_t letters_a_slip = 6;
	struct zone_search search = {.written = written};
	size_t count;
	const struct str *names = zones_names(zones, &count);
	for (size_t i = 0; i < count; i++)
		if (!synonym_meant(renamed, names[i]).len)
			consider(&search, names[i], names[i]);
	for (const struct synonym *row = renamed; row->written; row++)
		consider(&search, str_from(row->written), str_from(row->meant));
	if (search.exact.len || search.cities)
		return search.exact;
	if (search.city.len)
		return search.city;
	return search.near.best.len && search.near.distance * letters_a_slip <= written.len ? search.near_name
											    : STR("");
}

struct zone_hint zone_hint(struct zones *zones, struct str written, const struct zone *own)
{
	char spelling[64];
	int32_t offset;
	const struct zone *zone;
	if (written.len > sizeof(spelling))
		return (struct zone_hint){0};
	for (size_t i = 0; i < written.len; i++)
		spelling[i] = written.ptr[i] == ' ' ? '_' : written.ptr[i];
	struct str name = {spelling, written.len}, meant = synonym_meant(renamed, name);
	bool is_renamed = meant.len, is_sure = true;
	if (!is_renamed && read_offset(written, &offset)) {
		if (own && standard_offset(own) == offset)
			return (struct zone_hint){.name = zone_name(own)};
		meant = offset ? STR("") : STR("UTC");
	} else if (!is_renamed) {
		meant = synonym_meant(clocks, name);
		is_sure = !meant.len;
		if (!meant.len) {
			meant = nearest(zones, name);
		} else if (own && zone_get(zones, meant, &zone) == ZONE_OK && same_clock(own, zone)) {
			meant = zone_name(own);
			is_sure = true;
		}
	}
	if (!meant.len || zone_get(zones, meant, &zone) != ZONE_OK)
		return (struct zone_hint){0};
	return (struct zone_hint){meant, is_renamed, is_sure};
}

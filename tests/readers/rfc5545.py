"""The examples of RFC 5545, 3.8.5.3: all of its rules, with the occurrences that the RFC lists, as it writes them.

A row is (what the RFC calls it, DTSTART, rule, dates, refused). All times are 9:00 in America/New_York. Of a rule that
has no end the dates are the first ones; a list that the RFC cuts short with "..." is written out. The last column is
None where evcal takes the rule, else the code of the error:

- outlook-rrule: the rule is outside what Outlook can hold.
- outlook-timezone: Outlook can hold the rule, but it has no end, and the clock changes of the United States have been
  others since 2007, so that one yearly pair does not do for it. `list` shows its dates even so.
"""

RRULE, ZONE = "outlook-rrule", "outlook-timezone"
SEPTEMBER_2 = "1997-09-02"

WEEKLY_TEN = "1997 EDT September 2,9,16,23,30; October 7,14,21 / 1997 EST October 28; November 4"
FIVE_WEEKS = "1997 EDT September 2,4,9,11,16,18,23,25,30; October 2"
JANUARIES = "1998 EST January 1-31 / 1999 EST January 1-31 / 2000 EST January 1-31"

EXAMPLES = [
    ("daily for 10 occurrences", SEPTEMBER_2, "FREQ=DAILY;COUNT=10", "1997 EDT September 2-11", None),
    ("daily until December 24", SEPTEMBER_2, "FREQ=DAILY;UNTIL=19971224T000000Z",
     "1997 EDT September 2-30; October 1-25 / 1997 EST October 26-31; November 1-30; December 1-23", None),
    ("every other day", SEPTEMBER_2, "FREQ=DAILY;INTERVAL=2",
     "1997 EDT September 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; October 2,4,6,8,10,12,14,16,18,20,22,24 / "
     "1997 EST October 26,28,30; November 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29; December 1,3", ZONE),
    ("every 10 days, 5 occurrences", SEPTEMBER_2, "FREQ=DAILY;INTERVAL=10;COUNT=5",
     "1997 EDT September 2,12,22; October 2,12", None),
    ("every day in January, yearly", "1998-01-01",
     "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", JANUARIES, RRULE),
    ("every day in January, daily", "1998-01-01", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", JANUARIES, RRULE),
    ("weekly for 10 occurrences", SEPTEMBER_2, "FREQ=WEEKLY;COUNT=10", WEEKLY_TEN, None),
    ("weekly until December 24", SEPTEMBER_2, "FREQ=WEEKLY;UNTIL=19971224T000000Z",
     WEEKLY_TEN + ",11,18,25; December 2,9,16,23", None),
    ("every other week", SEPTEMBER_2, "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
     "1997 EDT September 2,16,30; October 14 / 1997 EST October 28; November 11,25; December 9,23 / "
     "1998 EST January 6,20; February 3,17", ZONE),
    ("Tuesday and Thursday for five weeks, until", SEPTEMBER_2,
     "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", FIVE_WEEKS, None),
    ("Tuesday and Thursday for five weeks, counted", SEPTEMBER_2, "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
     FIVE_WEEKS, None),
    ("every other week on Monday, Wednesday and Friday", "1997-09-01",
     "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
     "1997 EDT September 1,3,5,15,17,19,29; October 1,3,13,15,17 / "
     "1997 EST October 27,29,31; November 10,12,14,24,26,28; December 8,10,12,22", None),
    ("every other week on Tuesday and Thursday", SEPTEMBER_2, "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
     "1997 EDT September 2,4,16,18,30; October 2,14,16", None),
    ("first Friday for 10 occurrences", "1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
     "1997 EDT September 5; October 3 / 1997 EST November 7; December 5 / "
     "1998 EST January 2; February 6; March 6; April 3 / 1998 EDT May 1; June 5", None),
    ("first Friday until December 24", "1997-09-05", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
     "1997 EDT September 5; October 3 / 1997 EST November 7; December 5", None),
    ("first and last Sunday of every other month", "1997-09-07", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
     "1997 EDT September 7,28 / 1997 EST November 2,30 / 1998 EST January 4,25; March 1,29 / 1998 EDT May 3,31", RRULE),
    ("second-to-last Monday", "1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
     "1997 EDT September 22; October 20 / 1997 EST November 17; December 22 / 1998 EST January 19; February 16", RRULE),
    ("third-to-the-last day", "1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3",
     "1997 EDT September 28 / 1997 EST October 29; November 28; December 29 / 1998 EST January 29; February 26", RRULE),
    ("2nd and 15th", SEPTEMBER_2, "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
     "1997 EDT September 2,15; October 2,15 / 1997 EST November 2,15; December 2,15 / 1998 EST January 2,15", RRULE),
    ("first and last day", "1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
     "1997 EDT September 30; October 1 / 1997 EST October 31; November 1,30; December 1,31 / "
     "1998 EST January 1,31; February 1", RRULE),
    ("10th thru 15th of every 18 months", "1997-09-10",
     "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
     "1997 EDT September 10,11,12,13,14,15 / 1999 EST March 10,11,12,13", RRULE),
    ("every Tuesday, every other month", SEPTEMBER_2, "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
     "1997 EDT September 2,9,16,23,30 / 1997 EST November 4,11,18,25 / "
     "1998 EST January 6,13,20,27; March 3,10,17,24,31", RRULE),
    ("yearly in June and July", "1997-06-10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
     "1997 EDT June 10; July 10 / 1998 EDT June 10; July 10 / 1999 EDT June 10; July 10 / "
     "2000 EDT June 10; July 10 / 2001 EDT June 10; July 10", RRULE),
    ("January, February and March of every other year", "1997-03-10",
     "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
     "1997 EST March 10 / 1999 EST January 10; February 10; March 10 / 2001 EST January 10; February 10; March 10 / "
     "2003 EST January 10; February 10; March 10", RRULE),
    ("1st, 100th and 200th day of every third year", "1997-01-01",
     "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
     "1997 EST January 1 / 1997 EDT April 10; July 19 / 2000 EST January 1 / 2000 EDT April 9; July 18 / "
     "2003 EST January 1 / 2003 EDT April 10; July 19 / 2006 EST January 1", RRULE),
    ("20th Monday of the year", "1997-05-19", "FREQ=YEARLY;BYDAY=20MO",
     "1997 EDT May 19 / 1998 EDT May 18 / 1999 EDT May 17", RRULE),
    ("Monday of week 20", "1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
     "1997 EDT May 12 / 1998 EDT May 11 / 1999 EDT May 17", RRULE),
    ("every Thursday in March", "1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
     "1997 EST March 13,20,27 / 1998 EST March 5,12,19,26 / 1999 EST March 4,11,18,25", RRULE),
    ("every Thursday in June, July and August", "1997-06-05", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
     "1997 EDT June 5,12,19,26; July 3,10,17,24,31; August 7,14,21,28 / "
     "1998 EDT June 4,11,18,25; July 2,9,16,23,30; August 6,13,20,27 / "
     "1999 EDT June 3,10,17,24; July 1,8,15,22,29; August 5,12,19,26", RRULE),
    # With EXDATE:19970902, since DTSTART is no Friday.
    ("every Friday the 13th", SEPTEMBER_2, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
     "1998 EST February 13; March 13; November 13 / 1999 EDT August 13 / 2000 EDT October 13", RRULE),
    ("first Saturday that follows the first Sunday", "1997-09-13",
     "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
     "1997 EDT September 13; October 11 / 1997 EST November 8; December 13 / "
     "1998 EST January 10; February 7; March 7 / 1998 EDT April 11; May 9; June 13", RRULE),
    ("first Tuesday after a Monday in November, every 4 years", "1996-11-05",
     "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
     "1996 EST November 5 / 2000 EST November 7 / 2004 EST November 2", RRULE),
    ("third instance of Tuesday, Wednesday or Thursday", "1997-09-04",
     "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997 EDT September 4; October 7 / 1997 EST November 6", None),
    ("second-to-last weekday", "1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
     "1997 EDT September 29 / 1997 EST October 30; November 27; December 30 / "
     "1998 EST January 29; February 26; March 30", RRULE),
    # Within a day: there are no dates to compare with.
    ("every 3 hours", SEPTEMBER_2, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "", RRULE),
    ("every 15 minutes", SEPTEMBER_2, "FREQ=MINUTELY;INTERVAL=15;COUNT=6", "", RRULE),
    ("every hour and a half", SEPTEMBER_2, "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "", RRULE),
    ("every 20 minutes every day, daily", SEPTEMBER_2,
     "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", "", RRULE),
    ("every 20 minutes every day, minutely", SEPTEMBER_2,
     "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", "", RRULE),
    ("the week begins on Monday", "1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
     "1997 EDT August 5,10,19,24", None),
    ("the week begins on Sunday", "1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
     "1997 EDT August 5,17,19,31", None),
    ("February 30 is ignored", "2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
     "2007 EST January 15,30; February 15 / 2007 EDT March 15,30", RRULE),
]

MONTHS = "January February March April May June July August September October November December".split()
OFFSETS = {"EST": "-05:00", "EDT": "-04:00"}


def occurrences(dates):
    """The starts of a row, as RFC 3339 has them."""
    found = []
    for line in filter(None, dates.split(" / ")):
        year, zone, rest = line.split(" ", 2)
        for part in rest.split("; "):
            month, days = part.split(" ")
            for days in days.split(","):
                first, _, last = days.partition("-")
                for day in range(int(first), int(last or first) + 1):
                    found.append(f"{year}-{MONTHS.index(month) + 1:02}-{day:02}T09:00:00{OFFSETS[zone]}")
    return found

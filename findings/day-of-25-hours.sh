#!/usr/bin/env bash
# One would guess: an event of one whole day in iCalendar (DTSTART;VALUE=DATE:20261101, DTEND;VALUE=DATE:20261102) is one day in calcurse on every date, as a date has no hours.
# True: on the day on which the reader's clocks go back, which has 25 hours, calcurse keeps it as an event that repeats daily until that same day, and exports it with an RRULE.
# In a zone without a change on that day, and on the day of 23 hours, it is one day.
# Who meets it: whoever passes such events on from calcurse, or compares what it read with the calendar it came from. Versions: calcurse 4.7.1 (Debian 4.7.1-1).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq calcurse=4.7.1-1 2> /dev/null
dpkg-deb -x calcurse_4.7.1-1_*.deb .
{
  printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n'
  printf 'BEGIN:VEVENT\r\nUID:autumn\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261101\r\nDTEND;VALUE=DATE:20261102\r\nSUMMARY:Autumn\r\nEND:VEVENT\r\n'
  printf 'BEGIN:VEVENT\r\nUID:spring\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260308\r\nDTEND;VALUE=DATE:20260309\r\nSUMMARY:Spring\r\nEND:VEVENT\r\n'
  printf 'END:VCALENDAR\r\n'
} > days.ics
changed=0
show() {
  local zone=$1 pattern=$2 expected=$3 found
  mkdir -p "data/$zone"
  [ -e "data/$zone/apts" ] || TZ=$zone ./usr/bin/calcurse -D "data/$zone" -q -i days.ics
  found=$(TZ=$zone ./usr/bin/calcurse -D "data/$zone" -x | grep -A6 -e "$pattern" | grep -c RRULE || true)
  echo "calcurse 4.7.1 in $zone, $pattern: $found recurrence rules"
  [ "$found" = "$expected" ] || { echo "  no longer $expected"; changed=1; }
}
show America/New_York "DATE:20261101" 1
show America/New_York "DATE:20260308" 0
show UTC "DATE:20261101" 0
cat data/America/New_York/apts
exit $changed

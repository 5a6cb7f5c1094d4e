# The same feed as people would make it in Ruby: Psych, and icalendar.
#
#     competitor.rb OUT DIRECTORY
require "date"
require "icalendar"
require "yaml"

STAMP = Icalendar::Values::DateTime.new("20201217T090000Z")
UNITS = { "m" => "M", "h" => "H" }.freeze

# Every value as text: half of what YAML 1.1 would make of "16:00" would have to be undone.
def plain(node)
  case node
  when Psych::Nodes::Mapping then node.children.each_slice(2).to_h { |key, value| [key.value, plain(value)] }
  when Psych::Nodes::Sequence then node.children.map { |item| plain(item) }
  else node.value
  end
end

def load(path)
  plain(Psych.parse(File.read(path)).root)
end

def moment(text, zone)
  return Icalendar::Values::Date.new(text.delete("-")) if text.length == 10

  Icalendar::Values::DateTime.new(DateTime.strptime(text, "%Y-%m-%d %H:%M"), "tzid" => zone)
end

def times(given, zone)
  start = given["start"]
  last = given.fetch("end", start)
  last = "#{start[0, 10]} #{last}" if last.length == 5
  last = (Date.iso8601(last) + 1).iso8601 if last.length == 10
  [moment(start, zone), moment(last, zone)]
end

# What a subscriber finds below the description.
def lines(given)
  registration = given.fetch("registration", {})
  below = [["Online deelnemen", given["conference"]], ["Aanmelden", registration["url"]],
           ["Aanmelden kan tot en met", registration["deadline"]], ["Aantal plaatsen", registration["capacity"]],
           ["Meer informatie", given["url"]]]
  below.select { |_, value| value }.map { |label, value| "#{label}: #{value}" }.join("\n")
end

def add_alarm(event, given)
  before = given["reminder"]
  event.alarm do |alarm|
    alarm.action = "DISPLAY"
    alarm.description = given["summary"]
    alarm.summary = nil
    alarm.trigger = "-PT#{before[0..-2]}#{UNITS[before[-1]]}"
  end
end

def make_event(calendar, given)
  start, last = times(given, given.fetch("timezone", calendar["timezone"]))
  timed = start.is_a?(Icalendar::Values::DateTime)
  event = Icalendar::Event.new
  event.uid = "#{given['id']}@#{calendar['domain']}"
  event.dtstamp = event.last_modified = STAMP
  event.sequence = 0
  event.dtstart = start
  event.dtend = last
  event.rrule = given["rrule"] if given["rrule"]
  event.summary = given["summary"]
  event.description = [given["description"].strip, lines(given)].reject(&:empty?).join("\n\n")
  event.location = given["location"] || given["conference"] if given["location"] || given["conference"]
  event.geo = given["geo"].map(&:to_f) if given["geo"]
  event.append_custom_property("conference", Icalendar::Values::Uri.new(given["conference"])) if given["conference"]
  event.categories = [calendar["types"][given["type"]]["name"], *given.fetch("categories", [])]
  event.status = given["status"].upcase if given["status"]
  event.transp = timed ? "OPAQUE" : "TRANSPARENT"
  event.append_custom_property("x_microsoft_cdo_busystatus", timed ? "BUSY" : "FREE")
  event.organizer = Icalendar::Values::CalAddress.new("mailto:#{calendar['organizer']['email']}",
                                                      "cn" => calendar["organizer"]["name"])
  event.url = given["url"] if given["url"]
  event.contact = given["contact"] if given["contact"]
  add_alarm(event, given) if given["reminder"]
  event
end

out, directory = ARGV
calendar = load("#{directory}/calendar.yaml")
feed = Icalendar::Calendar.new
feed.prodid = "-//evcal//competitor//EN"
feed.publish
feed.append_custom_property("x_wr_calname", calendar["feeds"][0]["name"])
feed.append_custom_property("x_wr_timezone", calendar["timezone"])
Dir.glob("#{directory}/deel-*.yaml").sort.each do |path|
  load(path)["events"].each { |given| feed.add_event(make_event(calendar, given)) }
end
File.write(out, feed.to_ical)

# Prints import/windows.inc, made of CLDR's windowsZones.xml: each of Windows' names for a zone, the IANA zone that it
# stands for by itself, and all that it stands for in some country, between spaces.
function value(name,  text) {
	text = $0
	sub(".* " name "=\"", "", text)
	sub("\".*", "", text)
	return text
}
/<mapTimezones / {
	print "/*\n * Made of CLDR's windowsZones.xml (tz " value("typeVersion") \
		", Debian's unicode-cldr-core) by \"make windows-zones\"."
	print " * Copyright 1991-2022 Unicode, Inc.; its terms are in src/debian/copyright.\n */"
}
/<mapZone / {
	name = value("other")
	if (value("territory") == "001") {
		order[++count] = name
		own[name] = value("type")
	} else {
		all[name] = all[name] " " value("type")
	}
}
END {
	for (i = 1; i <= count; i++) {
		line = sprintf("{\"%s\", \"%s\",", order[i], own[order[i]])
		zones = split(all[order[i]], zone, " ")
		piece = " \""
		for (z = 1; z <= zones; z++) {
			if (length(line piece zone[z]) > 112) {
				print line piece "\""
				line = "\t"
				piece = "\""
			}
			piece = piece " " zone[z]
		}
		print line piece " \"},"
	}
}

# Prints build/libical.inc: the functions that the first input, libical's header, declares and that the others name.
# Once as a list for a macro, and, where LIBICAL_NAMES is defined, as the names that stand for members of the list's struct.
{
	for (rest = $0; match(rest, /ical[a-z0-9]*_[a-z0-9_]+ *\(?/); rest = substr(rest, RSTART + RLENGTH)) {
		name = substr(rest, RSTART, RLENGTH)
		called = sub(/ *\($/, "", name)
		sub(/ +$/, "", name)
		if (NR == FNR && called)
			declared[name] = 1
		if (NR != FNR && declared[name]) {
			declared[name] = 0
			list = list " \\\n\tF(" name ")"
			names = names "#define " name " (libical()->" name ")\n"
		}
	}
}
END {
	printf "#ifndef LIBICAL_NAMES\n#define LIBICAL_FUNCTIONS(F)%s\n#else\n%s#endif\n", list, names
}

#compdef evcal
# Completions of evcal, for zsh: source this file behind compinit, or install it as _evcal in a folder of $fpath.
# tests/cli/completions.py holds the words to the program.

_evcal_commands() {
	local -a commands=(
		'validate:check the event definitions and show every finding'
		'export:write the feeds and a file for each event'
		'invite:write a meeting request for each person, or withdraw it'
		'list:show what is on when, each date of a rule by itself'
		'new:print an event of a type, ready to be filled in'
		'schema:print a JSON Schema, for editors'
		'help:explain a command or a finding'
	)
	commands=(${commands:#(${(j.|.)~already}):*})
	_describe -t commands command commands
}

# _evcal_ask WORD...: what the program, as it is named on the line, prints. Findings would be printed over the prompt.
_evcal_ask() {
	local program=${(Q)words[1]}
	[[ $program != \~* ]] || program=${~program}
	whence -- $program >/dev/null || program=evcal
	$program "$@" 2>/dev/null </dev/null
}

# _evcal_own event|type|category|feed: the calendar's own words, without those that are on the line already.
_evcal_own() {
	local -a lines=(${(f)"$(_evcal_ask list -C $directory --format=$1)"})
	local -a taken=(${${(M)given:#--$1=*}#--$1=}) expl
	if [[ $1 == event ]]; then
		lines=(${${lines/$'\t'/:}%:})
		_describe -t events event lines
	else
		_wanted $1 expl $1 compadd - ${lines:|taken}
	fi
}

_evcal_topics() {
	local rules_text=${"$(_evcal_ask help rules)"//$'\n' ##/ }
	local -a rules=(${(f)rules_text})
	rules=('rules:list the codes of all findings' ${rules/ ##(error|warning) ##/:})
	rules=(${rules:#(${(j.|.)~already}):*})
	_evcal_commands
	_describe -t findings finding rules
}

_evcal_operand() {
	local -a schemas=('events:an events file' 'calendar:calendar.yaml')
	case $command:$#already in
	:*) [[ -n $ended ]] || _evcal_commands ;;
	validate:*) _files ;;
	invite:0) _evcal_own event ;;
	new:0) _evcal_own type ;;
	schema:0) _describe -t schemas schema schemas ;;
	help:*) _evcal_topics ;;
	esac
}

_evcal() {
	local curcontext=$curcontext command directory ended option word
	local -A opt_args
	local -a given already options=(
		'(-C --directory)'{-C+,--directory=}'[the calendar directory]:calendar directory:_files -/'
		'--color=[when to colour]:when:((auto\:"on a terminal" always never))'
		'(-q --quiet)'{-q,--quiet}'[no summary and no progress]'
		'(-h --help)'{-h,--help}'[show help]'
		'--version[show the version]'
	)
	# What stands before the cursor. The command is the first word that is neither an option nor the value of one.
	for word in ${words[2,CURRENT-1]}; do
		if [[ -n $option ]]; then
			given+=($option=${(Q)word})
			option=
		elif [[ -n $ended || $word != -?* ]]; then
			[[ -n $command ]] && already+=(${(Q)word}) || command=$word
		else
			case $word in
			--) ended=yes ;;
			--*=*) given+=(${(Q)word}) ;;
			--(attendees|category|color|directory|feed|format|from|man|output|stdin-name|to|type|until)) option=$word ;;
			-[^-Co]#C) option=--directory ;;
			-[^-Co]#o) option=--output ;;
			-[^-Co]#C*) given+=(--directory=${(Q)word#-[^C]#C}) ;;
			esac
		fi
	done
	directory=${${${(M)given:#--directory=*}[-1]#--directory=}:-events}
	[[ $directory != \~* ]] || directory=${~directory}
	[[ $directory == *[\`\(\{]* ]] || directory=${(e)directory}
	case $command in
	validate)
		options+=(
			'--format=[how findings are printed]:format:((
				text\:"for people" json\:"for programs" github\:"annotations" sarif\:"for code scanning"))'
			'--stdin-name=[the file that standard input stands in for]:file:_files'
			'--strict[warnings make it fail too]'
		)
		;;
	export)
		options+=(
			'--dry-run[say what subscribers would see, and write nothing]'
			'*--feed=[write this feed only]:feed: _evcal_own feed'
			'--format=[how --dry-run is printed]:format:((text\:"for people" json\:"for programs"))'
			'--locked[fail where revisions.yaml would have to change]'
			'(-o --output)'{-o+,--output=}'[where to write]:folder:_files -/'
			'--strict[warnings make it fail too]'
		)
		;;
	invite)
		options+=(
			'*--attendees=[a CSV file of people to invite]:file:_files'
			'--cancel[withdraw the invitation of these people]'
			'--format=[calendar files, or mail messages]:format:((ics\:"calendar files" eml\:"mail messages"))'
			'--locked[fail where revisions.yaml would have to change]'
			'(-o --output)'{-o+,--output=}'[where to write]:folder:_files -/'
			'--strict[warnings make it fail too]'
			'*--to=[one to invite]:person: '
		)
		;;
	list)
		options+=(
			'*--category=[events of this category only]:category: _evcal_own category'
			'*--feed=[events of this feed only]:feed: _evcal_own feed'
			'--format=[how it is printed]:format:((
				table\:"for people" json\:"for programs" tsv\:"columns with tabs between" id\:"each id"
				event\:"each id with its day and summary" type\:"the types" category\:"the categories" feed\:"the feeds"))'
			'--from=[what is not over before this day]:day:(today tomorrow yesterday)'
			'--strict[warnings make it fail too]'
			'*--type=[events of this type only]:type: _evcal_own type'
			'--until=[what begins on this day or before]:day:(today tomorrow yesterday)'
		)
		;;
	help) options+=('--man=[print the manual page of a section]:section:((1\:"the program" 5\:"the format"))') ;;
	esac
	_arguments -s -S : $options '*: : _evcal_operand'
}

# Sourced, rather than called by the completion system.
if [[ $funcstack[1] == _evcal ]]; then
	_evcal "$@"
else
	compdef _evcal evcal
fi

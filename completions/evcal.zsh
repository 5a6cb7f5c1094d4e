#compdef evcal
# Completions of evcal, for zsh: source this file behind compinit, or install it as _evcal in a folder of $fpath.

# --- the tables: "make completions" writes them, from src/cmd/options.def and commands.def ---
# Sets what there is, and what $command has: for _evcal.
_evcal_tables() {
	verbs=(
		'validate:check the event definitions and show every finding'
		'export:write the feeds and a file for each event'
		'diff:say what subscribers will see when one state replaces another'
		'invite:write a meeting request for each person, or withdraw it'
		'list:show what is on when, each date of a rule by itself'
		'import:print the events of another calendar or a table, ready for a file'
		'init:begin a calendar: make the folder, calendar.yaml and a first events file'
		'new:print an event of a type, ready to be filled in'
		'schema:print a JSON Schema, for editors'
		'help:explain a command, a finding or a key'
	)
	valued=( --format --timezone --attendees --to --date --from --until --type --category
		 --feed --search --prefix --name --domain --email --like --start --mailer --jobs
		 --delay --allow --stdin-name --output --forget --wait --man --directory --language
		 --color )
	letters=( o --output C --directory )
	options=(
		'(-C --directory)'{-C+,--directory=}'[the calendar directory]:DIR: _evcal_value folder directory'
		'--language=[the language of what evcal says]:LANGUAGE:((
				nl\:"Dutch"
				en\:"English"))'
		'--color=[when to colour]:WHEN:((
				auto\:"on a terminal"
				always never))'
		'(-q --quiet)'{-q,--quiet}'[no summary and no progress]'
		'(-h --help)'{-h,--help}'[show this help]'
		'--version[show the version]'
	)
	case $command in
	validate)
		most=99 operand=' _evcal_value file operand'
		options+=(
			'--format=[how findings are printed]:FORMAT:((
				text\:"for people"
				json\:"for programs"
				github\:"annotations"
				sarif\:"for code scanning"))'
			'--strict[fail on warnings too]'
			'*--allow=[let warnings of this code pass --strict]:CODE: _evcal_value code allow'
			'--fix[write into the files what is surely meant]'
			'--stdin-name=[the file that standard input stands in for]:FILE: _evcal_value file stdin-name'
		)
		;;
	export)
		most=0 operand=' '
		options+=(
			'--format=[how --dry-run is printed]:FORMAT:((
				text\:"for people"
				json\:"for programs"))'
			'--strict[fail on warnings too]'
			'*--allow=[let warnings of this code pass --strict]:CODE: _evcal_value code allow'
			'(-o --output)'{-o+,--output=}'[where to write]:DIR: _evcal_value folder output'
			'*--feed=[write this feed only]:ID: _evcal_value feed feed'
			'*--forget=[say that nobody has to be told that this event is gone]:ID: '
			'--dry-run[say what subscribers would see]'
			'--locked[fail if revisions.yaml would have to change]'
			'--wait=[how long to wait for another run of evcal]:DURATION: '
		)
		;;
	diff)
		most=2 operand=' _evcal_value folder operand'
		options+=(
			'--format=[how it is printed]:FORMAT:((
				text\:"for people"
				markdown\:"a comment for a pull request"
				json\:"for programs"))'
			'--exit-code[status 1 if subscribers see a difference]'
		)
		;;
	invite)
		most=1 operand=' _evcal_value event operand'
		options+=(
			'--format=[how invitations are written]:FORMAT:((
				ics\:"calendar files"
				eml\:"mail messages"
				table\:"of --status"
				json\:"of --status"
				csv\:"of --status"))'
			'*--attendees=[a CSV file of people to invite]:FILE: _evcal_value file attendees'
			'*--to=[one to invite]:PERSON: '
			'--date=[only to this date of an event that recurs]:DATE:((today tomorrow yesterday))'
			'--cancel[withdraw the invitation of these people]'
			'--status[show who was sent an invitation]'
			'--send[hand each mail that is new or changed to a mailer]'
			'--mailer=[with --send]:COMMAND: '
			'--resend[with --send]'
			'--new-journal[with --send]'
			'--jobs=[with --send]:NUMBER: '
			'--delay=[with --send]:DURATION: '
			'--strict[fail on warnings too]'
			'*--allow=[let warnings of this code pass --strict]:CODE: _evcal_value code allow'
			'(-o --output)'{-o+,--output=}'[where to write]:DIR: _evcal_value folder output'
			'--locked[fail if revisions.yaml would have to change]'
			'--wait=[how long to wait for another run of evcal]:DURATION: '
		)
		;;
	list)
		most=0 operand=' '
		options+=(
			'--format=[how it is printed]:FORMAT:((
				table\:"for people"
				json\:"for programs"
				tsv\:"columns with tabs between"
				csv\:"for a spreadsheet"
				markdown\:"a table for a newsletter"
				id\:"each id once"
				event\:"each id with its first day and summary"
				type\:"the words of --type"
				category\:"the words of --category"
				feed\:"the words of --feed"))'
			'--from=[what is not over before this day]:DAY:((today tomorrow yesterday))'
			'--until=[what begins on this day or before]:DAY:((today tomorrow yesterday))'
			'*--type=[events of this type only]:TYPE: _evcal_value type type'
			'*--category=[events of this category only]:CATEGORY: _evcal_value category category'
			'*--feed=[events of this feed only]:ID: _evcal_value feed feed'
			'*--search=[events that have all these words]:WORDS: '
			'--prefix=[only what has an id that begins with this]:TEXT: '
			'--all[drafts and announced events in every format]'
			'--strict[fail on warnings too]'
			'*--allow=[let warnings of this code pass --strict]:CODE: _evcal_value code allow'
		)
		;;
	import)
		most=99 operand=' _evcal_value file operand'
		options+=(
			'--format=[what the files are]:FORMAT:((
				auto\:"what the file looks like"
				ics\:"iCalendar"
				csv\:"a table"
				yaml2ics\:"the YAML of yaml2ics"))'
			'--timezone=[of which zone times are that name none]:ZONE: '
			'--strict[fail on warnings too]'
			'*--allow=[let warnings of this code pass --strict]:CODE: _evcal_value code allow'
		)
		;;
	init)
		most=1 operand=' _evcal_value folder operand'
		options+=(
			'--name=[the name of the calendar and of the organizer]:NAME: '
			'--domain=[a host name of yours]:HOST: '
			'--email=[the e-mail address of the organizer]:ADDRESS: '
		)
		;;
	new)
		most=1 operand=' _evcal_value type operand'
		options+=(
			'--like=[copy this event for its next time]:ID: _evcal_value event like'
			'--start=[with --like]:DAY:((today tomorrow yesterday))'
		)
		;;
	schema)
		most=1 operand='((
				events\:"an events file"
				calendar\:"calendar.yaml"))'
		;;
	help)
		most=99 operand=' _evcal_value topic operand'
		options+=(
			'--man=[print a manual page]:SECTION:((
				1\:"the program"
				5\:"the format"
				7\:"publishing and inviting"))'
		)
		;;
	esac
}
# --- the end of the tables ---

_evcal_commands() {
	local -a left=(${verbs:#(${(j.|.)~already}):*})
	_describe -t commands command left
}

# _evcal_ask WORD...: what the program, as it is named on the line, prints. Findings would be printed over the prompt.
_evcal_ask() {
	local program=${(Q)words[1]}
	[[ $program != \~* ]] || program=${~program}
	whence -- $program >/dev/null || program=evcal
	$program "$@" 2>/dev/null </dev/null
}

# _evcal_help PATTERN TOPIC...: "word:meaning" of each line in the help on the topics that has the pattern between them,
# in lines.
_evcal_help() {
	local text=${"$(_evcal_ask help $@[2,-1])"//$'\n' ##/ }
	lines=(${(M)${(f)text}:#[^ ]# ##$~1*})
	lines=(${lines/ ##$~1/:})
}

# _evcal_value KIND NAME: what a value of that kind can be, without what was given to the option of that name already.
_evcal_value() {
	local -a taken=(${${(M)given:#--$2=*}#--$2=}) lines expl
	case $1 in
	file) _files ;;
	folder) _files -/ ;;
	event)
		lines=(${(f)"$(_evcal_ask list -C $directory --format=event --prefix=)"})
		lines=(${${lines/$'\t'/:}%:})
		_describe -t events event lines
		;;
	feed | type | category)
		lines=(${(f)"$(_evcal_ask list -C $directory --format=$1 --prefix=)"})
		_wanted $1 expl $1 compadd - ${lines:|taken}
		;;
	code)
		_evcal_help 'warning ##' rules
		lines=(${lines:#(${(j.|.)~taken}):*})
		_describe -t findings finding lines
		;;
	topic)
		_evcal_help '((error|warning) ##|)' rules keys
		lines=('rules:list the codes of all findings' 'keys:list all keys of the format' $lines)
		lines=(${lines:#(${(j.|.)~already}):*})
		_evcal_commands
		_describe -t topics topic lines
		;;
	esac
}

_evcal() {
	local curcontext=$curcontext command directory ended option word rest most operand
	local -A opt_args letters
	local -a given already verbs options valued
	_evcal_tables
	local with_value="[${(kj..)letters}]" without="[^-${(kj..)letters}]"
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
			--*) ((!valued[(Ie)$word])) || option=$word ;;
			-$~without#$~with_value*)
				rest=${word##-$~without#}
				option=$letters[$rest[1]]
				[[ -z $rest[2] ]] || { given+=($option=${(Q)rest[2,-1]}) && option= }
				;;
			esac
		fi
	done
	directory=${${${(M)given:#--directory=*}[-1]#--directory=}:-events}
	[[ $directory != \~* ]] || directory=${~directory}
	[[ $directory == *[\`\(\{]* ]] || directory=${(e)directory}
	_evcal_tables
	if [[ -z $command ]]; then
		[[ -z $ended ]] && operand=' _evcal_commands' || operand=' '
	elif (($#already >= most)); then
		operand=' '
	fi
	_arguments -s -S : $options "*: :${operand:- }"
}

# Sourced, rather than called by the completion system.
if [[ $funcstack[1] == _evcal ]]; then
	_evcal "$@"
else
	compdef _evcal evcal
fi

# Completions of evcal, for bash 4.4 or later: source this file, or install it where bash-completion looks. It needs
# nothing of bash-completion itself.

# --- the tables: "make completions" writes them, from src/cmd/options.def and commands.def ---
# The options of each command, with "=" if a value follows.
declare -gA _evcal_options=(
	[validate]="--format= --strict --allow= --fix --stdin-name="
	[export]="--format= --strict --allow= --output= --feed= --forget= --dry-run --locked --wait="
	[diff]="--format= --exit-code"
	[invite]="--format= --attendees= --to= --date= --cancel --status --send --mailer= --resend --new-journal --jobs= --delay= --strict --allow= --output= --locked --wait="
	[list]="--format= --from= --until= --type= --category= --feed= --search= --prefix= --all --strict --allow="
	[import]="--format= --timezone= --strict --allow="
	[init]="--name= --domain= --email="
	[new]="--like= --start="
	[schema]=""
	[help]="--man="
)
_evcal_common="--directory= --language= --color= --quiet --help --version"
# What a value is, and the words that it is one of.
declare -gA _evcal_values=(
	["validate --format"]="word text json github sarif"
	["export --format"]="word text json"
	["diff --format"]="word text markdown json"
	["invite --format"]="word ics eml table json csv"
	["import --format"]="word auto ics csv yaml2ics"
	[--timezone]="word"
	[--attendees]="file"
	[--to]="word"
	[--date]="word today tomorrow yesterday"
	["list --format"]="word table json tsv csv markdown id event type category feed"
	[--from]="word today tomorrow yesterday"
	[--until]="word today tomorrow yesterday"
	[--type]="type"
	[--category]="category"
	[--feed]="feed"
	[--search]="word"
	[--prefix]="word"
	[--name]="word"
	[--domain]="word"
	[--email]="word"
	[--like]="event"
	[--start]="word today tomorrow yesterday"
	[--mailer]="word"
	[--jobs]="word"
	[--delay]="word"
	[--allow]="code"
	[--stdin-name]="file"
	[--output]="folder"
	[--forget]="word"
	[--wait]="word"
	["help --man"]="word 1 5 7"
	[--directory]="folder"
	[--language]="word nl en"
	[--color]="word auto always never"
)
# The same of operands, behind how many there may be.
declare -gA _evcal_operands=(
	[validate]="99 file"
	[export]="0 nothing"
	[diff]="2 folder"
	[invite]="1 event"
	[list]="0 nothing"
	[import]="99 file"
	[init]="1 folder"
	[new]="1 type"
	[schema]="1 word events calendar"
	[help]="99 topic"
)
# The letters that a value follows.
declare -gA _evcal_letters=(
	[o]=--output
	[C]=--directory
)
# --- the end of the tables ---

# _evcal_unquote WORD: the word as the shell would read it, in REPLY. Nothing is run for it.
_evcal_unquote() {
	local -
	set +u
	REPLY=$1
	[[ $1 == *[\`\(\)\<\>\|\&\;$'\n']* || $1 == *"\${"* ]] || eval "REPLY=$1" 2>/dev/null
}

# Sets words, what stands before the cursor as the shell parts it, the last being cur; and lead, how much of cur lies
# before what bash would replace. COMP_WORDS is parted at every "=" and ":" too.
_evcal_split() {
	local line=${COMP_LINE:0:COMP_POINT} word rest i
	words=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		rest=${line#"${line%%[![:space:]]*}"}
		((i < COMP_CWORD)) || word=$rest
		if ((!i)) || [[ $rest != "$line" || $word == [\<\>]* || ${words[-1]} == *[\<\>] ]]; then
			words+=("$word")
		else
			words[-1]+=$word
		fi
		line=${rest#"$word"}
	done
	cur=${words[-1]} lead=${words[-1]%"$word"} quote=''
	if [[ $word == [\"\']* ]]; then
		quote=${word:0:1}
		lead+=$quote
	elif [[ $word =~ ^[=:]+$ ]]; then
		lead=$cur
	fi
}

# _evcal_take NAME WORD: notes the value of an option; the NAME of the others is "operand", the first is the command.
_evcal_take() {
	_evcal_unquote "$2"
	if [[ $1 == operand && ! $command ]]; then
		command=$REPLY
		return
	fi
	given[$1]+=$REPLY$'\n'
	case $1 in
	--directory) directory=$REPLY ;;
	operand) ((++operands)) ;;
	esac
}

# Reads what stands before cur: the command, the number of its operands, the calendar directory, what was given of
# each option; the option whose value cur is; whether "--" has ended the options.
_evcal_read() {
	local word i
	for ((i = 1; i < ${#words[@]} - 1; i++)); do
		word=${words[i]}
		if [[ $option ]]; then
			_evcal_take "$option" "$word"
			option=''
		elif [[ $word == *[\<\>] ]]; then
			option=$word
		elif [[ $ended || $word != -?* ]]; then
			_evcal_take operand "$word"
		elif [[ $word == -- ]]; then
			ended=yes
		elif [[ $word == --*=* ]]; then
			_evcal_take "${word%%=*}" "${word#*=}"
		elif [[ " $_evcal_common ${_evcal_options[*]} " == *" $word= "* ]]; then
			option=$word
		elif [[ $word =~ ^-[^$letters-]*([$letters])(.*)$ ]]; then
			option=${_evcal_letters[${BASH_REMATCH[1]}]}
			if [[ ${BASH_REMATCH[2]} ]]; then
				_evcal_take "$option" "${BASH_REMATCH[2]}"
				option=''
			fi
		fi
	done
}

# _evcal_offer PREFIX NAME WORD...: those words, behind the prefix, that begin with cur and were not given to NAME yet.
_evcal_offer() {
	local already=$'\n'${given[$2]-} word
	for word in "${@:3}"; do
		[[ $word && $already != *$'\n'"$word"$'\n'* ]] || continue
		[[ $quote ]] || printf -v word %q "$word"
		word=$1$quote$word
		[[ $word != "$cur"* ]] || COMPREPLY+=("${word#"$lead"}")
	done
}

# _evcal_offer_own PREFIX NAME FORMAT: the calendar's own words that begin with cur, as "evcal list" prints them. Ids
# need no quotes, and there may be many: they are offered without a loop.
_evcal_offer_own() {
	local - lines IFS=$'\n' REPLY=${cur#"$1$quote"}
	set -f
	[[ $quote ]] || _evcal_unquote "$REPLY"
	# shellcheck disable=SC2207 # mapfile reads a pipe byte by byte
	lines=($("$program" list -qC "$directory" --format="$3" --prefix="$REPLY" 2>/dev/null </dev/null))
	if [[ $1$quote != "$lead" || ${given[$2]-} || "${lines[*]}" == *[!a-z0-9$'\n'-]* ]]; then
		_evcal_offer "$1" "$2" "${lines[@]}"
	else
		COMPREPLY=("${lines[@]}")
	fi
}

# _evcal_offer_paths file|folder PREFIX: bash completes a path itself where it is all that would be replaced.
_evcal_offer_paths() {
	local path found
	if [[ $lead == "$2"* ]]; then
		if [[ $1 == file ]]; then compopt -o default; else compopt -o dirnames; fi
		return
	fi
	_evcal_unquote "${cur#"$2"}"
	mapfile -t found < <(compgen -A "${1/folder/directory}" -- "$REPLY")
	for path in "${found[@]}"; do
		[[ ! -d $path ]] || path+=/
		printf -v path %q "$path"
		COMPREPLY+=("$2$path")
	done
	[[ ${COMPREPLY-} != */ ]] || compopt -o nospace
}

# _evcal_offer_help PREFIX NAME PATTERN TOPIC...: the first words of the lines that match in the help on the topics.
_evcal_offer_help() {
	local line found=()
	while IFS= read -r line; do
		# shellcheck disable=SC2053 # it is a pattern
		[[ $line != $3 ]] || found+=("${line%% *}")
	done < <("$program" help "${@:4}" 2>/dev/null)
	_evcal_offer "$1" "$2" "${found[@]}"
}

# _evcal_value PREFIX NAME KIND WORD...: what cur can be behind the prefix, as a value of that kind or one of the words.
_evcal_value() {
	case $3 in
	file | folder) _evcal_offer_paths "$3" "$1" ;;
	event | feed | type | category) _evcal_offer_own "$1" "$2" "$3" ;;
	code) _evcal_offer_help "$1" "$2" '[a-z]*\ warning\ *' rules ;;
	topic)
		_evcal_offer "$1" "$2" "${!_evcal_options[@]}" rules keys
		_evcal_offer_help "$1" "$2" '[a-z]*' rules keys
		;;
	word) _evcal_offer "$1" "$2" "${@:4}" ;;
	esac
}

# _evcal_option_value NAME PREFIX: the same of an option.
_evcal_option_value() {
	local value
	read -ra value <<<"${_evcal_values[$1]-${_evcal_values["$command $1"]-}}"
	[[ $1 != *[\<\>] ]] || value=(file)
	[[ ! ${value-} ]] || _evcal_value "$2" "$1" "${value[@]}"
}

_evcal_operand() {
	local value
	if [[ ! $command ]]; then
		[[ $ended ]] || _evcal_offer "" operand "${!_evcal_options[@]}"
	elif [[ ${_evcal_operands[$command]-} ]]; then
		read -ra value <<<"${_evcal_operands[$command]}"
		((operands >= value[0])) || _evcal_value "" operand "${value[@]:1}"
	fi
}

_evcal() {
	local IFS=$' \t\n' words cur lead quote program=evcal directory=events command='' operands=0 option='' ended=''
	local -A given=()
	local letters=${!_evcal_letters[*]}
	letters=${letters// }
	COMPREPLY=()
	_evcal_unquote "$1"
	! hash -- "$REPLY" 2>/dev/null || program=$REPLY
	_evcal_split
	_evcal_read
	if [[ $option ]]; then
		_evcal_option_value "$option" ""
	elif [[ $ended || $cur != -* ]]; then
		_evcal_operand
	elif [[ $cur == --*=* ]]; then
		_evcal_option_value "${cur%%=*}" "${cur%%=*}="
	elif [[ $cur =~ ^(-[^$letters-]*([$letters])). ]]; then
		_evcal_option_value "${_evcal_letters[${BASH_REMATCH[2]}]}" "${BASH_REMATCH[1]}"
	else
		mapfile -t COMPREPLY < <(compgen -W "$_evcal_common ${_evcal_options[${command:- }]-}" -- "$cur")
		[[ ${COMPREPLY-} != *= ]] || compopt -o nospace
	fi
}

complete -F _evcal evcal

# Completions of evcal, for bash 4.4 or later: source this file, or install it where bash-completion looks. It needs
# nothing of bash-completion itself. tests/cli/completions.py holds the tables to the program.

# The options of each command, with "=" where a value follows; those of every command are in _evcal_common.
declare -gA _evcal_options=(
	[validate]="--format= --stdin-name= --strict"
	[export]="--dry-run --feed= --format= --locked --output= --strict"
	[invite]="--attendees= --cancel --format= --locked --output= --strict --to="
	[list]="--category= --feed= --format= --from= --strict --type= --until="
	[new]=""
	[schema]=""
	[help]="--man="
)
_evcal_common="--color= --directory= --help --quiet --version"

# The words that an option takes.
declare -gA _evcal_choices=(
	[--color]="always auto never"
	[--from]="today tomorrow yesterday"
	[--man]="1 5"
	[--until]="today tomorrow yesterday"
	["export --format"]="json text"
	["invite --format"]="eml ics"
	["list --format"]="category event feed id json table tsv type"
	["validate --format"]="github json sarif text"
)

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
		elif [[ $word =~ ^-[^Co-]*([Co])(.*)$ ]]; then
			option=${letters[${BASH_REMATCH[1]}]}
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

# _evcal_offer_own PREFIX NAME FORMAT: the calendar's own words, as "evcal list" prints them.
_evcal_offer_own() {
	local lines
	mapfile -t lines < <("$program" list -C "$directory" --format="$3" 2>/dev/null </dev/null)
	_evcal_offer "$1" "$2" "${lines[@]%%$'\t'*}"
}

# _evcal_offer_paths file|directory PREFIX: bash completes a path itself where it is all that would be replaced.
_evcal_offer_paths() {
	local path found
	if [[ $lead == "$2"* ]]; then
		if [[ $1 == file ]]; then compopt -o default; else compopt -o dirnames; fi
		return
	fi
	_evcal_unquote "${cur#"$2"}"
	mapfile -t found < <(compgen -A "$1" -- "$REPLY")
	for path in "${found[@]}"; do
		[[ ! -d $path ]] || path+=/
		printf -v path %q "$path"
		COMPREPLY+=("$2$path")
	done
	[[ ${COMPREPLY-} != */ ]] || compopt -o nospace
}

# _evcal_value OPTION PREFIX: what cur can be behind the prefix, as the value of the option.
_evcal_value() {
	local choices
	read -ra choices <<<"${_evcal_choices[$1]-${_evcal_choices["$command $1"]-}}"
	case $1 in
	--category | --feed | --type) _evcal_offer_own "$2" "$1" "${1#--}" ;;
	--directory | --output) _evcal_offer_paths directory "$2" ;;
	--attendees | --stdin-name | *[\<\>]) _evcal_offer_paths file "$2" ;;
	*) _evcal_offer "$2" "$1" "${choices[@]}" ;;
	esac
}

_evcal_operand() {
	case $command:$operands in
	:*) [[ $ended ]] || _evcal_offer "" operand "${!_evcal_options[@]}" ;;
	validate:*) _evcal_offer_paths file "" ;;
	invite:0) _evcal_offer_own "" operand event ;;
	new:0) _evcal_offer_own "" operand type ;;
	schema:0) _evcal_offer "" operand calendar events ;;
	help:*)
		local lines
		mapfile -t lines < <("$program" help rules 2>/dev/null)
		_evcal_offer "" operand "${!_evcal_options[@]}" rules "${lines[@]%% *}"
		;;
	esac
}

_evcal() {
	local IFS=$' \t\n' words cur lead quote program=evcal directory=events command='' operands=0 option='' ended=''
	local -A given=() letters=([C]=--directory [o]=--output)
	COMPREPLY=()
	_evcal_unquote "$1"
	! hash -- "$REPLY" 2>/dev/null || program=$REPLY
	_evcal_split
	_evcal_read
	if [[ $option ]]; then
		_evcal_value "$option" ""
	elif [[ $ended || $cur != -* ]]; then
		_evcal_operand
	elif [[ $cur == --*=* ]]; then
		_evcal_value "${cur%%=*}" "${cur%%=*}="
	elif [[ $cur =~ ^(-[^Co-]*([Co])). ]]; then
		_evcal_value "${letters[${BASH_REMATCH[2]}]}" "${BASH_REMATCH[1]}"
	else
		mapfile -t COMPREPLY < <(compgen -W "$_evcal_common ${_evcal_options[${command:- }]-}" -- "$cur")
		[[ ${COMPREPLY-} != *= ]] || compopt -o nospace
	fi
}

complete -F _evcal evcal

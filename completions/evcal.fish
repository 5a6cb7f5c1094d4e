# Completions of evcal, for fish: source this file, or install it where fish looks. tests/cli/completions.py holds the
# words to the program.

# What stands before the cursor, a line each: "--option<tab>value", or "operand<tab>word", the first being the command;
# and "ended<tab>" for "--".
function __evcal_scan
    set -l option
    set -l ended
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            printf '%s\t%s\n' $option $word
            set option
        else if test -n "$ended"; or not string match -qr -- '^-.' $word
            printf 'operand\t%s\n' $word
        else if test $word = --
            set ended yes
            printf 'ended\t\n'
        else if string match -q -- '--*=*' $word
            string replace = \t -- $word
        else if set -l cluster (string match -r -- '^-[^Co-]*([Co])(.*)$' $word)
            set option --directory
            test $cluster[2] = C; or set option --output
            if test -n "$cluster[3]"
                printf '%s\t%s\n' $option $cluster[3]
                set option
            end
        else if contains -- $word --{attendees,category,color,directory,feed,format,from,man,output,stdin-name} \
                --{to,type,until}
            set option $word
        end
    end
end

# The words that were given to an option, or as operands.
function __evcal_given
    __evcal_scan | string replace -rf -- "^$argv[1]\t" ''
end

# __evcal_at COMMAND [MOST]: whether that is the command, with so many operands at most; of "", that it goes here.
function __evcal_at
    set -l operands (__evcal_given operand)
    test "$operands[1]" = "$argv[1]"; or return
    test -n "$argv[1]"; or not count (__evcal_given ended) >/dev/null; or return
    test -z "$argv[2]"; or test (count $operands) -le (math $argv[2] + 1)
end

# What the program, as it is named on the line, prints; findings would be printed over the prompt.
function __evcal_ask
    set -l program (commandline -opc)[1]
    set program (string replace -r '^~(?=/)' $HOME -- $program)
    type -q $program; or set program evcal
    command $program $argv 2>/dev/null </dev/null
end

# __evcal_own event|type|category|feed: the calendar's own words, without those that are on the line already.
function __evcal_own
    set -l directory (__evcal_given --directory)[-1]
    test -n "$directory"; or set directory events
    set directory (string replace -r '^~(?=/|$)' $HOME -- $directory)
    if set -l parts (string match -r '^\$(\w+)(.*)$' -- $directory)
        set directory "$$parts[2]$parts[3]"
    end
    set -l given (__evcal_given --$argv[1])
    for line in (__evcal_ask list -C $directory --format=$argv[1])
        contains -- $line $given; or string match -e \t -- $line; or printf '%s\t\n' $line
    end
end

# Also where the value stands in one word with its option.
function __evcal_folders
    __fish_complete_directories (string replace -r -- '^(--[a-z-]+=|-[^Co-]*[Co])' '' (commandline -ct)) ''
end

function __evcal_topics
    set -l given (__evcal_given operand)[2..-1]
    set -l rules (__evcal_ask help rules | string collect)
    set rules (string replace -ra '\n +' ' ' -- $rules | string replace -r ' +(error|warning) +' \t)
    for line in rules\t'list the codes of all findings' $rules
        contains -- (string split -m1 \t -- $line)[1] $given; or echo $line
    end
    __evcal_commands | while read -l line
        contains -- (string split -m1 \t -- $line)[1] $given; or echo $line
    end
end

function __evcal_commands
    printf '%s\t%s\n' \
        validate 'check the event definitions and show every finding' \
        export 'write the feeds and a file for each event' \
        invite 'write a meeting request for each person, or withdraw it' \
        list 'show what is on when, each date of a rule by itself' \
        new 'print an event of a type, ready to be filled in' \
        schema 'print a JSON Schema, for editors' \
        help 'explain a command or a finding'
end

complete -c evcal -e
complete -c evcal -f
complete -c evcal -n '__evcal_at ""' -a '(__evcal_commands)'
complete -c evcal -s C -l directory -x -a '(__evcal_folders)' -d 'the calendar directory'
complete -c evcal -l color -x -a "auto\t'on a terminal' always\t'' never\t''" -d 'when to colour'
complete -c evcal -s q -l quiet -d 'no summary and no progress'
complete -c evcal -s h -l help -d 'show help'
complete -c evcal -l version -d 'show the version'

complete -c evcal -n '__evcal_at validate' -F
complete -c evcal -n '__evcal_at validate' -l format -x -d 'how findings are printed' \
    -a "text\t'for people' json\t'for programs' github\t'annotations' sarif\t'for code scanning'"
complete -c evcal -n '__evcal_at validate' -l stdin-name -rF -d 'the file that standard input stands in for'
complete -c evcal -n '__evcal_at validate' -l strict -d 'warnings make it fail too'

complete -c evcal -n '__evcal_at export' -l dry-run -d 'say what subscribers would see, and write nothing'
complete -c evcal -n '__evcal_at export' -l feed -x -a '(__evcal_own feed)' -d 'write this feed only'
complete -c evcal -n '__evcal_at export' -l format -x -d 'how --dry-run is printed' \
    -a "text\t'for people' json\t'for programs'"
complete -c evcal -n '__evcal_at export' -l locked -d 'fail where revisions.yaml would have to change'
complete -c evcal -n '__evcal_at export' -s o -l output -x -a '(__evcal_folders)' -d 'where to write'
complete -c evcal -n '__evcal_at export' -l strict -d 'warnings make it fail too'

complete -c evcal -n '__evcal_at invite 0' -a '(__evcal_own event)'
complete -c evcal -n '__evcal_at invite' -l attendees -rF -d 'a CSV file of people to invite'
complete -c evcal -n '__evcal_at invite' -l cancel -d 'withdraw the invitation of these people'
complete -c evcal -n '__evcal_at invite' -l format -x -d 'calendar files, or mail messages' \
    -a "ics\t'calendar files' eml\t'mail messages'"
complete -c evcal -n '__evcal_at invite' -l locked -d 'fail where revisions.yaml would have to change'
complete -c evcal -n '__evcal_at invite' -s o -l output -x -a '(__evcal_folders)' -d 'where to write'
complete -c evcal -n '__evcal_at invite' -l strict -d 'warnings make it fail too'
complete -c evcal -n '__evcal_at invite' -l to -x -d 'one to invite'

complete -c evcal -n '__evcal_at list' -l category -x -a '(__evcal_own category)' -d 'events of this category only'
complete -c evcal -n '__evcal_at list' -l feed -x -a '(__evcal_own feed)' -d 'events of this feed only'
complete -c evcal -n '__evcal_at list' -l format -x -d 'how it is printed' -a "table\t'for people' json\t'for programs'
    tsv\t'columns with tabs between' id\t'each id' event\t'each id with its day and summary'
    type\t'the types' category\t'the categories' feed\t'the feeds'"
complete -c evcal -n '__evcal_at list' -l from -x -d 'what is not over before this day' \
    -a "today\t'' tomorrow\t'' yesterday\t''"
complete -c evcal -n '__evcal_at list' -l strict -d 'warnings make it fail too'
complete -c evcal -n '__evcal_at list' -l type -x -a '(__evcal_own type)' -d 'events of this type only'
complete -c evcal -n '__evcal_at list' -l until -x -d 'what begins on this day or before' \
    -a "today\t'' tomorrow\t'' yesterday\t''"

complete -c evcal -n '__evcal_at new 0' -a '(__evcal_own type)'
complete -c evcal -n '__evcal_at schema 0' -a "events\t'an events file' calendar\t'calendar.yaml'"
complete -c evcal -n '__evcal_at help' -a '(__evcal_topics)'
complete -c evcal -n '__evcal_at help' -l man -x -d 'print the manual page of a section' \
    -a "1\t'the program' 5\t'the format'"

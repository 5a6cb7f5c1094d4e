# Completions of evcal, for fish: source this file, or install it where fish looks.

# What stands before the cursor, a line each: "--option<tab>value", or "operand<tab>word", the first being the command;
# and "ended<tab>" for "--".
function __evcal_scan
    set -l option
    set -l ended
    set -l letters (string join '' $__evcal_letters)
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
        else if set -l cluster (string match -r -- "^-[^$letters-]*([$letters])(.*)\$" $word)
            set option $__evcal_lettered[(contains -i -- $cluster[2] $__evcal_letters)]
            if test -n "$cluster[3]"
                printf '%s\t%s\n' $option $cluster[3]
                set option
            end
        else if contains -- $word $__evcal_valued
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

# The folder that --directory names on the line, as the shell would read it.
function __evcal_directory
    set -l directory (__evcal_given --directory)[-1]
    test -n "$directory"; or set directory events
    set directory (string replace -r '^~(?=/|$)' $HOME -- $directory)
    if set -l parts (string match -r '^\$(\w+)(.*)$' -- $directory)
        set directory "$$parts[2]$parts[3]"
    end
    echo $directory
end

# __evcal_help PATTERN TOPIC...: "word<tab>meaning" of each line in the help on the topics that has the pattern between.
function __evcal_help
    set -l lines (__evcal_ask help $argv[2..-1] | string collect)
    string replace -ra '\n +' ' ' -- $lines | string replace -rf "^(\S+) +$argv[1]" '$1\t'
end

# __evcal_value KIND NAME: what a value of that kind can be, without what was given to the option of that name already.
function __evcal_value
    set -l given (__evcal_given --$argv[2])
    switch $argv[1]
        case folder
            # Also where the value stands in one word with its option.
            set -l letters (string join '' $__evcal_letters)
            set -l begun (string replace -r -- "^(--[a-z-]+=|-[^$letters-]*[$letters])" '' (commandline -ct))
            __fish_complete_directories $begun ''
            return
        case event feed type category
            set lines (__evcal_ask list -C (__evcal_directory) --format=$argv[1] --prefix=)
        case code
            set lines (__evcal_help 'warning +' rules)
        case topic
            set given (__evcal_given operand)[2..-1]
            set lines rules\t'list the codes of all findings' keys\t'list all keys of the format' \
                (__evcal_help '(?:(?:error|warning) +)?' rules keys) (__evcal_commands)
    end
    for line in $lines
        set -l word (string split -m1 \t -- $line)
        contains -- $word[1] $given; or printf '%s\t%s\n' $word[1] "$word[2]"
    end
end

complete -c evcal -e
complete -c evcal -f
complete -c evcal -n '__evcal_at ""' -a '(__evcal_commands)'

# --- the tables: "make completions" writes them, from src/cmd/options.def and commands.def ---
function __evcal_commands
    printf '%s\t%s\n' \
        validate 'check the event definitions and show every finding' \
        export 'write the feeds and a file for each event' \
        diff 'say what subscribers will see when one state replaces another' \
        invite 'write a meeting request for each person, or withdraw it' \
        list 'show what is on when, each date of a rule by itself' \
        import 'print the events of another calendar or a table, ready for a file' \
        init 'begin a calendar: make the folder, calendar.yaml and a first events file' \
        new 'print an event of a type, ready to be filled in' \
        schema 'print a JSON Schema, for editors' \
        help 'explain a command, a finding or a key'
end

# The options that a value follows, and the letters of some with their names.
set -g __evcal_valued --format --timezone --attendees --to --date --from --until --type --category \
    --feed --search --prefix --name --domain --email --like --start --mailer --jobs \
    --delay --allow --stdin-name --output --forget --wait --man --directory --language \
    --color
set -g __evcal_letters o C
set -g __evcal_lettered --output --directory

complete -c evcal -s C -l directory -d 'the calendar directory' -x \
    -a '(__evcal_value folder directory)'
complete -c evcal -l language -d 'the language of what evcal says' -x \
    -a "nl\t'Dutch'
        en\t'English'"
complete -c evcal -l color -d 'when to colour' -x \
    -a "auto\t'on a terminal'
        always\t''
        never\t''"
complete -c evcal -s q -l quiet -d 'no summary and no progress'
complete -c evcal -s h -l help -d 'show this help'
complete -c evcal -l version -d 'show the version'
complete -c evcal -n '__evcal_at validate' -F
complete -c evcal -n '__evcal_at validate' -l format -d 'how findings are printed' -x \
    -a "text\t'for people'
        json\t'for programs'
        github\t'annotations'
        sarif\t'for code scanning'"
complete -c evcal -n '__evcal_at validate' -l strict -d 'fail on warnings too'
complete -c evcal -n '__evcal_at validate' -l allow -d 'let warnings of this code pass --strict' -x \
    -a '(__evcal_value code allow)'
complete -c evcal -n '__evcal_at validate' -l fix -d 'write into the files what is surely meant'
complete -c evcal -n '__evcal_at validate' -l stdin-name -d 'the file that standard input stands in for' -r -F
complete -c evcal -n '__evcal_at export' -l format -d 'how --dry-run is printed' -x \
    -a "text\t'for people'
        json\t'for programs'"
complete -c evcal -n '__evcal_at export' -l strict -d 'fail on warnings too'
complete -c evcal -n '__evcal_at export' -l allow -d 'let warnings of this code pass --strict' -x \
    -a '(__evcal_value code allow)'
complete -c evcal -n '__evcal_at export' -s o -l output -d 'where to write' -x \
    -a '(__evcal_value folder output)'
complete -c evcal -n '__evcal_at export' -l feed -d 'write this feed only' -x \
    -a '(__evcal_value feed feed)'
complete -c evcal -n '__evcal_at export' -l forget -d 'say that nobody has to be told that this event is gone' -x
complete -c evcal -n '__evcal_at export' -l dry-run -d 'say what subscribers would see'
complete -c evcal -n '__evcal_at export' -l locked -d 'fail if revisions.yaml would have to change'
complete -c evcal -n '__evcal_at export' -l wait -d 'how long to wait for another run of evcal' -x
complete -c evcal -n '__evcal_at diff 1' \
    -a '(__evcal_value folder operand)'
complete -c evcal -n '__evcal_at diff' -l format -d 'how it is printed' -x \
    -a "text\t'for people'
        markdown\t'a comment for a pull request'
        json\t'for programs'"
complete -c evcal -n '__evcal_at diff' -l exit-code -d 'status 1 if subscribers see a difference'
complete -c evcal -n '__evcal_at invite 0' \
    -a '(__evcal_value event operand)'
complete -c evcal -n '__evcal_at invite' -l format -d 'how invitations are written' -x \
    -a "ics\t'calendar files'
        eml\t'mail messages'
        table\t'of --status'
        json\t'of --status'
        csv\t'of --status'"
complete -c evcal -n '__evcal_at invite' -l attendees -d 'a CSV file of people to invite' -r -F
complete -c evcal -n '__evcal_at invite' -l to -d 'one to invite' -x
complete -c evcal -n '__evcal_at invite' -l date -d 'only to this date of an event that recurs' -x \
    -a "today\t''
        tomorrow\t''
        yesterday\t''"
complete -c evcal -n '__evcal_at invite' -l cancel -d 'withdraw the invitation of these people'
complete -c evcal -n '__evcal_at invite' -l status -d 'show who was sent an invitation'
complete -c evcal -n '__evcal_at invite' -l send -d 'hand each mail that is new or changed to a mailer'
complete -c evcal -n '__evcal_at invite' -l mailer -d 'with --send' -x
complete -c evcal -n '__evcal_at invite' -l resend -d 'with --send'
complete -c evcal -n '__evcal_at invite' -l new-journal -d 'with --send'
complete -c evcal -n '__evcal_at invite' -l jobs -d 'with --send' -x
complete -c evcal -n '__evcal_at invite' -l delay -d 'with --send' -x
complete -c evcal -n '__evcal_at invite' -l strict -d 'fail on warnings too'
complete -c evcal -n '__evcal_at invite' -l allow -d 'let warnings of this code pass --strict' -x \
    -a '(__evcal_value code allow)'
complete -c evcal -n '__evcal_at invite' -s o -l output -d 'where to write' -x \
    -a '(__evcal_value folder output)'
complete -c evcal -n '__evcal_at invite' -l locked -d 'fail if revisions.yaml would have to change'
complete -c evcal -n '__evcal_at invite' -l wait -d 'how long to wait for another run of evcal' -x
complete -c evcal -n '__evcal_at list' -l format -d 'how it is printed' -x \
    -a "table\t'for people'
        json\t'for programs'
        tsv\t'columns with tabs between'
        csv\t'for a spreadsheet'
        markdown\t'a table for a newsletter'
        id\t'each id once'
        event\t'each id with its first day and summary'
        type\t'the words of --type'
        category\t'the words of --category'
        feed\t'the words of --feed'"
complete -c evcal -n '__evcal_at list' -l from -d 'what is not over before this day' -x \
    -a "today\t''
        tomorrow\t''
        yesterday\t''"
complete -c evcal -n '__evcal_at list' -l until -d 'what begins on this day or before' -x \
    -a "today\t''
        tomorrow\t''
        yesterday\t''"
complete -c evcal -n '__evcal_at list' -l type -d 'events of this type only' -x \
    -a '(__evcal_value type type)'
complete -c evcal -n '__evcal_at list' -l category -d 'events of this category only' -x \
    -a '(__evcal_value category category)'
complete -c evcal -n '__evcal_at list' -l feed -d 'events of this feed only' -x \
    -a '(__evcal_value feed feed)'
complete -c evcal -n '__evcal_at list' -l search -d 'events that have all these words' -x
complete -c evcal -n '__evcal_at list' -l prefix -d 'only what has an id that begins with this' -x
complete -c evcal -n '__evcal_at list' -l all -d 'drafts and announced events in every format'
complete -c evcal -n '__evcal_at list' -l strict -d 'fail on warnings too'
complete -c evcal -n '__evcal_at list' -l allow -d 'let warnings of this code pass --strict' -x \
    -a '(__evcal_value code allow)'
complete -c evcal -n '__evcal_at import' -F
complete -c evcal -n '__evcal_at import' -l format -d 'what the files are' -x \
    -a "auto\t'what the file looks like'
        ics\t'iCalendar'
        csv\t'a table'
        yaml2ics\t'the YAML of yaml2ics'"
complete -c evcal -n '__evcal_at import' -l timezone -d 'of which zone times are that name none' -x
complete -c evcal -n '__evcal_at import' -l strict -d 'fail on warnings too'
complete -c evcal -n '__evcal_at import' -l allow -d 'let warnings of this code pass --strict' -x \
    -a '(__evcal_value code allow)'
complete -c evcal -n '__evcal_at init 0' \
    -a '(__evcal_value folder operand)'
complete -c evcal -n '__evcal_at init' -l name -d 'the name of the calendar and of the organizer' -x
complete -c evcal -n '__evcal_at init' -l domain -d 'a host name of yours' -x
complete -c evcal -n '__evcal_at init' -l email -d 'the e-mail address of the organizer' -x
complete -c evcal -n '__evcal_at new 0' \
    -a '(__evcal_value type operand)'
complete -c evcal -n '__evcal_at new' -l like -d 'copy this event for its next time' -x \
    -a '(__evcal_value event like)'
complete -c evcal -n '__evcal_at new' -l start -d 'with --like' -x \
    -a "today\t''
        tomorrow\t''
        yesterday\t''"
complete -c evcal -n '__evcal_at schema 0' \
    -a "events\t'an events file'
        calendar\t'calendar.yaml'"
complete -c evcal -n '__evcal_at help' \
    -a '(__evcal_value topic operand)'
complete -c evcal -n '__evcal_at help' -l man -d 'print a manual page' -x \
    -a "1\t'the program'
        5\t'the format'
        7\t'publishing and inviting'"
# --- the end of the tables ---

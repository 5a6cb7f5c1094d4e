"""bash, zsh and fish in a terminal of their own, for the test of the completions: what TAB offers there.

Each is started without the user's settings, in a folder of its own, and asks nothing whatever the number of words. A key
makes it print a mark: when the mark comes, all that was typed before it has been dealt with.
"""
import collections
import fcntl
import os
import pathlib
import pty
import re
import select
import shlex
import struct
import subprocess
import termios
import time

import pyte

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "completions"
# A shell that says nothing for so many seconds has hung.
COLUMNS, PATIENCE = 160, 600
PROMPT, KILL_LINE, CLEAR_SCREEN = "READY> ", b"\x15", b"\x0c"
PRINT_MARK = r"printf '\033]7777;mark\007'"

# The keys that make each shell print a mark, and the mark. bash takes its line off the screen to run a command, so there
# it is a character that it puts into the line.
CHARACTER = "§"
MARKS = {"bash": (CHARACTER.encode(), CHARACTER.encode()), "zsh": (b"\x18\r", b"\x1b]7777;mark\x07"),
         "fish": (b"\x18\r", b"\x1b]7777;mark\x07")}

# words: with their descriptions, or None; line: the command line as TAB leaves it.
Offer = collections.namedtuple("Offer", "words line")

BASH = f"""
PS1='{PROMPT}'
bind 'set bell-style none'
bind 'set show-all-if-ambiguous on'
bind 'set page-completions off'
bind 'set completion-query-items 0'
bind 'set completion-display-width 0'
bind 'set enable-bracketed-paste off'
"""
ZSH = f"""
PS1='{PROMPT}'
unset zle_bracketed_paste
unsetopt beep prompt_sp prompt_cr list_ambiguous
LISTMAX=10000
mark() {{ {PRINT_MARK} }}
zle -N mark
bindkey '^X^M' mark
zstyle ':completion:*' list-grouped no
zstyle ':completion:*' list-packed no
autoload -U compinit
"""
FISH = f"""
function fish_prompt; printf '{PROMPT}'; end
function fish_greeting; end
function mark; {PRINT_MARK}; end
bind \\cx\\r mark
"""


def settings(shell, home):
    """Writes the settings of a shell; gives its command. Those that are "installed" find the file by themselves."""
    name, installed = shell.removesuffix(", installed"), shell.endswith(", installed")
    if name == "bash":
        # Installed, bash-completion loads it, and "=" and ":" part no words; else every unset variable is an error.
        load = ("COMP_WORDBREAKS=${COMP_WORDBREAKS//[:=]}\nsource /usr/share/bash-completion/bash_completion"
                if installed else f"set -u\nsource {FILES}/evcal.bash")
        place = home / "data" / "bash-completion" / "completions" / "evcal"
        (home / "bashrc").write_text(f"{BASH}{load}\n")
        command = ["bash", "--noprofile", "--rcfile", home / "bashrc", "-i"]
    elif name == "zsh":
        place = home / "functions" / "_evcal"
        load = ["compinit -u -D", f"source {FILES}/evcal.zsh"]
        if installed:
            load = [f"fpath=({place.parent} $fpath)", "compinit -u -D"]
        (home / ".zshrc").write_text(ZSH + "\n".join(load) + "\n")
        command = ["zsh", "-d", "-i"]
    else:
        place = home / "data" / "fish" / "vendor_completions.d" / "evcal.fish"
        load = "" if installed else f"source {FILES}/evcal.fish\n"
        (home / "fish").mkdir()
        (home / "fish" / "config.fish").write_text(FISH + load)
        command = ["fish", "-i"]
    if installed:
        place.parent.mkdir(parents=True)
        place.symlink_to(FILES / f"evcal.{name}")
    return command


class Terminal:
    """One shell that runs in a folder, on a screen of so many rows; path is where it finds the program."""

    def __init__(self, shell, folder, home, path, rows):
        self.name = shell.split(",")[0]
        self.screen = pyte.Screen(COLUMNS, rows)
        self.stream = pyte.ByteStream(self.screen)
        command = settings(shell, home)
        environment = {"HOME": str(folder), "ZDOTDIR": str(home), "XDG_CONFIG_HOME": str(home), "TERM": "xterm",
                       "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home), "HISTFILE": "/dev/null",
                       "LC_ALL": "C.UTF-8", "PATH": f"{path}:{os.environ['PATH']}",
                       # fish 4 asks for keyboard protocols, in sequences that the screen would show.
                       "fish_features": "no-keyboard-protocols"}
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))
        # The session is its own, so that a signal of the shell's reaches nobody else.
        self.child = subprocess.Popen(["setsid", "--ctty", "--wait", *command], stdin=theirs, stdout=theirs,
                                      stderr=theirs, cwd=folder, env=environment)
        os.close(theirs)
        self.wait_for(PROMPT.encode())
        self.keys(b"")

    def wait_for(self, octets):
        """Reads until the octets have come."""
        read, end = b"", time.monotonic() + PATIENCE
        while octets not in read:
            if not select.select([self.ours], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"{self.name} does not answer:\n" + "\n".join(self.lines()))
            part = os.read(self.ours, 1 << 16)
            self.stream.feed(part)
            # The end may be the first half of what is waited for.
            read = read[-len(octets):] + part

    def keys(self, keys):
        """Presses keys and waits until all of them have been dealt with."""
        key, mark = MARKS[self.name]
        os.write(self.ours, keys + key)
        self.wait_for(mark)

    def lines(self):
        """The lines of the screen that are not empty."""
        lines = (line.replace(CHARACTER, "").rstrip() for line in self.screen.display)
        return [line for line in lines if line]

    def offer(self, line):
        """What TAB offers behind a line: a list, or the one word that it put there."""
        self.keys(KILL_LINE + CLEAR_SCREEN)
        self.keys(KILL_LINE + line.encode() + b"\t")
        rows = self.lines()
        shown = [row for row in rows if not row.startswith(PROMPT.rstrip())]
        after = [row for row in rows if row.startswith(PROMPT.rstrip())][-1][len(PROMPT):]
        if shown:
            return Offer(LISTS[self.name](shown), after)
        if after.rstrip() == line.rstrip():
            return Offer({}, after)
        return Offer({plain(shlex.split(after)[-1]): None}, after)

    def close(self):
        os.close(self.ours)
        self.child.wait()


def plain(word):
    """A word as the table of cases has it: the value alone, an option without "=", a folder without "/", no quoting."""
    return re.sub(r"^(--|…)[a-z-]+=(?=.)", "", word.replace("\\", "")).rstrip("=/")


def bash_list(rows):
    return {plain(row): None for row in rows}


def zsh_list(rows):
    """"word  -- description", or words alone in columns."""
    words = {}
    for row in rows:
        found = re.match(r"(\S.*?) +-- (.*)", row)
        if found:
            words[plain(found[1])] = found[2]
        else:
            words.update({plain(word): None for word in re.split(r"  +", row)})
    return words


def fish_list(rows):
    """"word  (description)", or words alone, in columns."""
    words, word = {}, None
    for cell in (cell for row in rows for cell in re.split(r"  +", row.strip())):
        if cell.startswith("(") and word:
            words[word] = cell[1:-1]
        else:
            word = plain(cell)
            words[word] = None
    return words


LISTS = {"bash": bash_list, "zsh": zsh_list, "fish": fish_list}

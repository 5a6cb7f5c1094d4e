# evcal: make | make feeds | make check | make help

# The user's, from the command line or the environment, as are CC (make's own is cc), CPPFLAGS, LDFLAGS and LDLIBS.
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
DESTDIR ?=
PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
datadir ?= $(PREFIX)/share
mandir ?= $(datadir)/man
bashcompdir ?= $(datadir)/bash-completion/completions
zshcompdir ?= $(datadir)/zsh/site-functions
fishcompdir ?= $(datadir)/fish/vendor_completions.d

BUILD = build
PROGRAM = $(BUILD)/evcal
VERSION = $(shell sed -n 's/^.define EVCAL_VERSION "\(.*\)"/\1/p' src/base/version.h)

# A line a step, as "CC src/main.c"; V=1 shows the commands themselves, make -s nothing.
V ?= 0
silent = $(findstring s,$(firstword -$(MAKEFLAGS)))
step = $(if $(filter-out 0,$(V)),,@$(if $(silent),,echo '$(1)' && ))

# --- what it needs -------------------------------------------------------------------------------------------------
# Debian and Ubuntu; the same names serve apt-get and the message where there is no apt.
LIBRARIES = libical yaml-0.1 libutf8proc jansson md4c libxxhash
PACKAGES = gcc pkg-config libc6-dev libical-dev libyaml-dev libutf8proc-dev libjansson-dev libmd4c-dev libxxhash-dev libcsv-dev tzdata
TEST_PACKAGES = $(PACKAGES) bash-completion bats chromium clang fish khal libcmocka-dev mandoc msmtp nodejs python3 python3-aiosmtpd python3-commonmark python3-icalendar python3-pyte python3-vobject python3-yaml python3-dateutil shellcheck strace valgrind zsh
NODE_PACKAGES = ajv@8 axe-core@4 html-validate@9 ical.js@2 puppeteer-core@24 yaml@2
RIVAL_PACKAGES = ical-generator@8 js-yaml@4 luxon@3
RIVAL_DEBIAN_PACKAGES = ruby ruby-icalendar
COVERAGE_PACKAGES = gcovr
FUZZ_PACKAGES = $(PACKAGES) clang libclang-rt-dev python3
DEB_PACKAGES = $(PACKAGES) debhelper dpkg-dev
LINT_PACKAGES = $(PACKAGES) clang-format clang-tidy cppcheck shellcheck

# Ours stand apart, so that CFLAGS and LDFLAGS are the user's.
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wvla -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers \
	-Werror=implicit-function-declaration -Werror=missing-braces
# _FORTIFY_SOURCE needs optimising, and may be the user's already, or the compiler's own.
OPTIMISED = $(filter-out -O0,$(filter -O%,$(CFLAGS)))
FORTIFIED = $(findstring _FORTIFY_SOURCE,$(CC) $(CPPFLAGS) $(CFLAGS))
# An older libc takes 3 as 2.
FORTIFY = $(if $(FORTIFIED),,$(if $(OPTIMISED),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3))
# The OpenSSF's guide and Debian's hardening=+all, as far as the compiler knows them for its machine; asked once.
HARDENING_ASKED = -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero
knows = $(shell echo 'int x;' | $(CC) -Werror $(1) -x c -c -o /dev/null - >/dev/null 2>&1 && echo '$(1)')
HARDENING_KNOWN = $(eval HARDENING_KNOWN := $(foreach flag,$(HARDENING_ASKED),$(call knows,$(flag))))$(HARDENING_KNOWN)
HARDENING = $(FORTIFY) -fstack-protector-strong -fPIE -fno-strict-overflow -Wformat -Werror=format-security $(HARDENING_KNOWN)
HARDENING_LD = -Wl,--as-needed -pie -Wl,-z,relro,-z,now
# Dates after 2038 and large files, where time_t and off_t have 32 bits. No function of a library that we call takes one.
WIDE = -D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64
CPPFLAGS_OURS = -D_XOPEN_SOURCE=700 $(WIDE) -Isrc -I$(BUILD) $(LIBRARY_CFLAGS)
# The folder that it is built in leaves no trace in the program.
CFLAGS_OURS = -std=c11 -pthread $(WARNINGS) $(HARDENING) "-ffile-prefix-map=$$PWD=." -MMD -MP
# libcsv has no pkg-config file.
LDLIBS_OURS = $(LIBRARY_LIBS) -lcsv -pthread
COMPILE = $(CC) $(CPPFLAGS_OURS) $(CPPFLAGS) $(CFLAGS_OURS) $(CFLAGS)
COMPILE_TEST = $(COMPILE) $(LDFLAGS) $(HARDENING_LD) -o $@

# Asked once, when the first file is compiled.
LIBRARY_CFLAGS = $(need_libraries)$(eval LIBRARY_CFLAGS := $(shell \
	$(PKG_CONFIG) --cflags $(LIBRARIES)))$(LIBRARY_CFLAGS)
LIBRARY_LIBS = $(eval LIBRARY_LIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES)))$(LIBRARY_LIBS)
has_tool = $(shell command -v $(firstword $(1)))
has_library = $(shell $(PKG_CONFIG) --exists $(1) && echo yes)
has_header = $(shell printf '\043include <$(1)>\n' | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 && echo yes)
MISSING_LIBRARIES = $(if $(call has_tool,$(PKG_CONFIG)),$(foreach library,$(LIBRARIES), \
	$(if $(call has_library,$(library)),,$(library:yaml-0.1=libyaml))), \
	$(PKG_CONFIG) (it finds $(LIBRARIES:yaml-0.1=libyaml)))
MISSING = $(strip $(MISSING_LIBRARIES) \
	$(if $(call has_tool,$(CC)),$(if $(call has_header,csv.h),,libcsv),$(CC)))
need_cmocka = $(if $(call has_library,cmocka),,$(error the unit tests need cmocka; on Debian and Ubuntu "make check" installs it))
need_libraries = $(if $(MISSING),$(error evcal cannot be built: these are missing, or their headers are: $(MISSING). \
	On Debian and Ubuntu "make deps" installs them))

# --- what it is made of --------------------------------------------------------------------------------------------
OBJECTS = \
	base/address.o \
	base/alike.o \
	base/arena.o \
	base/casefold.o \
	base/fence.o \
	base/hash.o \
	base/program.o \
	base/punycode.o \
	base/read_full.o \
	base/scalar.o \
	base/str.o \
	base/suggest.o \
	base/threads.o \
	base/unseen.o \
	base/url.o \
	base/wording.o \
	check/across.o \
	check/check.o \
	check/clash.o \
	check/outlook.o \
	check/outlook_rule.o \
	check/recurrence.o \
	check/remembered.o \
	check/time.o \
	cmd/commands.o \
	cmd/completion.o \
	cmd/confine.o \
	cmd/diff.o \
	cmd/excerpt.o \
	cmd/export.o \
	cmd/given_day.o \
	cmd/help.o \
	cmd/help_keys.o \
	cmd/import.o \
	cmd/init.o \
	cmd/invite.o \
	cmd/invite_name.o \
	cmd/invite_slip.o \
	cmd/invite_status.o \
	cmd/known.o \
	cmd/like.o \
	cmd/list.o \
	cmd/list_rows.o \
	cmd/list_search.o \
	cmd/man.o \
	cmd/new.o \
	cmd/options.o \
	cmd/page.o \
	cmd/parse.o \
	cmd/preview.o \
	cmd/schema.o \
	cmd/send.o \
	cmd/shapes.o \
	cmd/tables.o \
	cmd/template.o \
	cmd/validate.o \
	decode/agree.o \
	decode/attendees.o \
	decode/color.o \
	decode/columns.o \
	decode/decode.o \
	decode/geo.o \
	decode/inherit.o \
	decode/keys.o \
	decode/kinds.o \
	decode/mapping.o \
	decode/patterns.o \
	decode/revisions.o \
	decode/rule.o \
	decode/shape.o \
	decode/structures.o \
	decode/typed.o \
	decode/values.o \
	decode/values_time.o \
	ical/compare.o \
	ical/diff.o \
	ical/file.o \
	ical/fold.o \
	ical/invite.o \
	ical/lines.o \
	ical/property.o \
	ical/published.o \
	ical/snapshot.o \
	ical/vevent.o \
	ical/vtimezone.o \
	import/csv.o \
	import/csv_columns.o \
	import/csv_times.o \
	import/draft.o \
	import/ics.o \
	import/ics_event.o \
	import/ics_lines.o \
	import/ics_when.o \
	import/tzid.o \
	import/write.o \
	import/yaml2ics.o \
	input/beneath.o \
	input/csv.o \
	input/encoding.o \
	input/file.o \
	input/filename.o \
	input/folder.o \
	input/indent.o \
	input/indents.o \
	input/inspect.o \
	input/layout.o \
	input/locate.o \
	input/outline.o \
	input/quoting.o \
	input/recognise.o \
	input/slips.o \
	input/source.o \
	input/syntax.o \
	input/yaml.o \
	mail/header.o \
	mail/message.o \
	mail/transfer.o \
	page/atom.o \
	page/data.o \
	page/event.o \
	page/html.o \
	page/index.o \
	page/links.o \
	page/parts.o \
	page/showing.o \
	publish/cache.o \
	publish/folder.o \
	publish/fresh.o \
	publish/io.o \
	publish/journal.o \
	publish/lock.o \
	publish/manifest.o \
	publish/replace.o \
	publish/staging.o \
	publish/transaction.o \
	report/columns.o \
	report/csv.o \
	report/diff.o \
	report/diff_markdown.o \
	report/diff_text.o \
	report/escape.o \
	report/finding.o \
	report/github.o \
	report/json.o \
	report/json_text.o \
	report/limit.o \
	report/listing.o \
	report/markdown_cell.o \
	report/output.o \
	report/sarif.o \
	report/text.o \
	report/trouble.o \
	resolve/occurrences.o \
	resolve/resolve.o \
	resolve/select.o \
	resolve/timing.o \
	resolve/zones.o \
	session/fix.o \
	session/forget.o \
	session/git.o \
	session/language.o \
	session/load.o \
	session/lost.o \
	session/revise.o \
	session/show.o \
	session/texts.o \
	text/document.o \
	text/entities.o \
	text/escape.o \
	text/html.o \
	text/links.o \
	text/markdown.o \
	text/markup.o \
	text/mask.o \
	text/plain.o \
	text/tags.o \
	text/words.o \
	text/wrapped.o \
	time/date.o \
	time/day.o \
	time/expand.o \
	time/libical.o \
	time/read_duration.o \
	time/read_moment.o \
	time/read_range.o \
	time/recurrence.o \
	time/scan.o \
	time/supported.o \
	time/yearly.o \
	time/zone.o \
	time/zone_hint.o
LIBRARY_OBJECTS = $(OBJECTS:%=$(BUILD)/%)
MAIN_OBJECT = $(BUILD)/main.o
# The stations; the commands, and what joins stations for them, are tested from outside.
STATION_OBJECTS = $(filter-out $(BUILD)/cmd/% $(BUILD)/session/%,$(LIBRARY_OBJECTS))

UNITS = address base beneath csv date day escape fold io keys locate markdown markdown_cell message snapshot suggest transaction words zone
UNIT_PROGRAMS = $(UNITS:%=$(BUILD)/unit/test_%)
READER_PROGRAMS = $(BUILD)/readers/message
# What libFuzzer feeds; without it, what has broken them once.
FUZZ_TARGETS = calendar csv fold manifest revisions rules yaml
FUZZ_PROGRAMS = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
FUZZ_MAIN = tests/fuzz/replay.c
# What is preloaded to let allocations fail.
FAULT_SHIM = $(BUILD)/faults/shim.so
BENCH_PROGRAMS = $(BUILD)/bench/floor $(BUILD)/bench/measure $(BUILD)/bench/parse

MAN_PAGES = $(BUILD)/evcal.1 $(BUILD)/evcal.5 $(BUILD)/evcal-publish.7

# The program prints its own manual. Where CC compiles for another machine, EVCAL_NATIVE is an evcal for this one.
machine = $(shell $(1) -dumpmachine 2>/dev/null | sed 's/-.*//; s/^i.86$$/i386/')
CROSS = $(if $(filter cc,$(CC)),,$(filter-out $(call machine,cc),$(call machine,$(CC))))
EVCAL_NATIVE ?= $(if $(CROSS),,$(PROGRAM))

all: $(PROGRAM) $(if $(EVCAL_NATIVE),man,no-man)

man: $(MAN_PAGES)

no-man: $(PROGRAM)
	@echo 'No manual pages: $(CC) compiles for another machine; EVCAL_NATIVE=FILE, an evcal for this one, makes them'

$(PROGRAM): $(MAIN_OBJECT) $(LIBRARY_OBJECTS)
	$(call step,LD $@)$(CC) $(CFLAGS) $(LDFLAGS) $(HARDENING_LD) -o $@ $^ $(LDLIBS_OURS) $(LDLIBS)

# libical is loaded on demand: time/libical.h.
LIBICAL_USERS = $(wildcard $(patsubst %,src/%/*.[ch],ical import time))
$(BUILD)/libical.inc: src/time/libical.awk $(LIBICAL_USERS)
	@mkdir -p $(@D)
	$(call step,GEN $@)echo '\043include <libical/ical.h>' | $(CC) $(CPPFLAGS_OURS) $(CPPFLAGS) -E - | \
		awk -f $< - $(LIBICAL_USERS) >$@

# Before the first is compiled nothing is known of what it includes.
$(LIBRARY_OBJECTS): | $(BUILD)/libical.inc

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(call step,CC $<)$(COMPILE) -c -o $@ $<

# The frames of the manual pages as lines of C; the program fills the tables in, and prints the whole.
$(BUILD)/man/%.inc: src/man/%.in
	@mkdir -p $(@D)
	$(call step,GEN $@)sed -e 's/[\\"]/\\&/g' -e 's/.*/\t"&",/' $< >$@

# The frame of web pages and their style, the same way.
$(BUILD)/page/%.inc: src/page/%
	@mkdir -p $(@D)
	$(call step,GEN $@)sed -e 's/[\\"]/\\&/g' -e 's/.*/\t"&\\n",/' $< >$@

PAGE_FRAMES = $(BUILD)/page/frame.html.inc $(BUILD)/page/style.css.inc
$(BUILD)/page/parts.o: $(PAGE_FRAMES)

FRAMES = $(MAN_PAGES:$(BUILD)/%=$(BUILD)/man/%.inc) $(PAGE_FRAMES)
$(BUILD)/cmd/man.o: $(MAN_PAGES:$(BUILD)/%=$(BUILD)/man/%.inc)

$(MAN_PAGES): $(PROGRAM)
	$(if $(EVCAL_NATIVE),,$(error the manual pages need EVCAL_NATIVE=FILE: an evcal for this machine))
	$(call step,MAN $@)$(EVCAL_NATIVE) help --man=$(subst .,,$(suffix $@)) >$@

$(BUILD)/unit/%: tests/unit/%.c $(STATION_OBJECTS)
	$(need_cmocka)
	@mkdir -p $(@D)
	$(call step,CC $<)$(COMPILE_TEST) $< $(STATION_OBJECTS) -lcmocka $(LDLIBS_OURS) $(LDLIBS)

$(BUILD)/readers/%: tests/readers/%.c $(STATION_OBJECTS)
	@mkdir -p $(@D)
	$(call step,CC $<)$(COMPILE_TEST) $< $(STATION_OBJECTS) $(LDLIBS_OURS) $(LDLIBS)

$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h tests/fuzz/replay.c $(STATION_OBJECTS)
	@mkdir -p $(@D)
	$(call step,CC $<)$(filter-out -MMD -MP,$(COMPILE_TEST)) -Itests/fuzz $< tests/fuzz/fuzz.c $(FUZZ_MAIN) \
		$(STATION_OBJECTS) $(LDLIBS_OURS) $(LDLIBS)

$(FAULT_SHIM): tests/faults/shim.c
	@mkdir -p $(@D)
	$(call step,CC $<)$(CC) -std=c11 $(WARNINGS) -O1 -fPIC -shared -o $@ $<

# What evcal is measured against: without the hardening, so that nobody can say it was slowed down.
$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(call step,CC $<)$(CC) -std=c11 $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--as-needed \
		$(LDLIBS_OURS) $(LDLIBS)

-include $(LIBRARY_OBJECTS:.o=.d) $(MAIN_OBJECT:.o=.d) $(UNIT_PROGRAMS:=.d) $(READER_PROGRAMS:=.d)

# --- the main job --------------------------------------------------------------------------------------------------
# The time of a revision is that of the newest commit: the same commit gives the same octets.
feeds: deps
	@$(MAKE) --no-print-directory all
	$(call step,EXPORT public)epoch=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} && [ -n "$$epoch" ] || { \
		echo 'make feeds: git does not say when the newest commit was made; SOURCE_DATE_EPOCH=SECONDS does' >&2; exit 1; }; \
	SOURCE_DATE_EPOCH=$$epoch EVCAL_TODAY=$${EVCAL_TODAY:-$$(date +%F)} $(PROGRAM) -C events export -o public

# --- tests ---------------------------------------------------------------------------------------------------------
# SUITES="golden cli" runs these suites; TEST=name the tests that have this in their names.
check: deps-check
	@$(MAKE) --no-print-directory -j$$(nproc) test

# The same with what is there: nothing is installed.
test: all units
	@BUILD=$(BUILD) tests/run

# Before a piece of work is called done. What fails is told again at the end.
check-all:
	@failed=; for target in check lint faults fuzz hostile clang tsan asan valgrind; do \
		echo "make $$target"; \
		$(MAKE) --no-print-directory ALL=1 $$target || failed="$$failed $$target"; \
	done; [ -z "$$failed" ] || { echo "failed:$$failed" >&2; exit 1; }

units: $(UNIT_PROGRAMS) $(READER_PROGRAMS) $(FUZZ_PROGRAMS) $(BENCH_PROGRAMS) $(FAULT_SHIM)

ASAN = BUILD=build/asan CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DEVCAL_UNFENCED -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0"

# The web pages in a browser; in a folder of its own, such as SHOTS=/tmp/shots, screenshots of them.
SHOTS =
page-check: all deps-check
	@BUILD=$(BUILD) EVCAL=$(PROGRAM) node tests/page/browser.js --all $(SHOTS)

# What was made to be slow, at 1 MiB.
hostile: all
	@BUILD=$(BUILD) EVCAL=$(PROGRAM) /usr/bin/python3 tests/hostile/run.py --all

# Every call fails once, and evcal is killed before every one; some minutes. FAULTS="kill invite" tries only those.
FAULTS =
faults: deps-check
	@$(MAKE) --no-print-directory all $(FAULT_SHIM)
	@BUILD=$(BUILD) /usr/bin/python3 tests/faults/run.py $(FAULTS)

# Hostile input, found by clang's libFuzzer: a minute for all of it, or FUZZ_SECONDS for each target.
FUZZ_SECONDS = 8
MUTANTS = 10000
fuzz: deps-fuzz
	@$(MAKE) --no-print-directory BUILD=build/clang-fuzz CC=clang FUZZ_MAIN= CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0" LDFLAGS=-fsanitize=fuzzer,address,undefined fuzz-programs
	@BUILD=build/clang-fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh $(FUZZ_TARGETS)
	@$(MAKE) --no-print-directory $(ASAN) build/asan/evcal
	@EVCAL=build/asan/evcal /usr/bin/python3 tests/fuzz/whole.py $(MUTANTS)

fuzz-programs: $(FUZZ_PROGRAMS)

# How fast it is, next to what it could cost at the least and to what people would use instead; a few minutes.
# BENCH_SIZES="100 1000" measures less.
bench: deps-bench
	@$(MAKE) --no-print-directory all $(BENCH_PROGRAMS)
	@BUILD=$(BUILD) /usr/bin/python3 tests/bench/run.py

# The same tests under the sanitizers, and under valgrind. Their runtimes open files of their own, so nothing is fenced.
asan: deps-check
	@$(MAKE) --no-print-directory $(ASAN) all units
	@BUILD=build/asan tests/run

clang: deps-check
	@$(MAKE) --no-print-directory BUILD=build/clang CC=clang all units
	@BUILD=build/clang tests/run

# Where threads are at work: large calendars, with and without findings.
tsan: deps-check
	@$(MAKE) --no-print-directory BUILD=build/tsan CC=clang CFLAGS="-O1 -g -fsanitize=thread -DEVCAL_UNFENCED -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0" LDFLAGS=-fsanitize=thread all
	@BUILD=build/tsan EVCAL=$$PWD/build/tsan/evcal bats tests/cli/threads.bats

# Which lines and branches of src/ the tests reach: build/coverage/index.html shows them. Without optimising, so that a
# branch is one of the source. A failed assert() is our bug, which no test can show, so its branch does not count.
coverage: deps-check deps-coverage
	@$(MAKE) --no-print-directory BUILD=build/coverage CFLAGS="-O0 -g --coverage -fprofile-update=atomic -DEVCAL_UNFENCED -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0" LDFLAGS=--coverage all units
	@find build/coverage -name '*.gcda' -delete
	-@BUILD=build/coverage tests/run
	@gcovr --root . --filter src/ --object-directory build/coverage --exclude-branches-by-pattern '.*\bassert\(.*' --html-details build/coverage/index.html --print-summary build/coverage

valgrind: deps-check
	@$(MAKE) --no-print-directory all units
	@BUILD=$(BUILD) tests/valgrind.sh

golden: all
	@BUILD=$(BUILD) tests/golden.sh --update

lint: deps-lint $(FRAMES) $(BUILD)/libical.inc
	clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	git ls-files 'src/*.c' | xargs -P 2 -I {} clang-tidy --quiet {} -- -std=c11 $(CPPFLAGS_OURS)
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem -Isrc src
	shellcheck $$(git ls-files '*.sh' 'tests/*.bash' 'completions/*.bash') tests/run .ci/run

format: deps-lint
	clang-format -i $$(git ls-files '*.c' '*.h')

# --- set-up --------------------------------------------------------------------------------------------------------
# Each installs what is missing, and asks nothing where all is there.
install_packages = $(if $(shell command -v apt-get),$(call install_with_apt,$(1)),$(name_missing))

install_with_apt = \
	missing=$$(for p in $(1); do \
		dpkg-query -W -f='$${Status}\n' $$p 2>/dev/null | grep -q 'install ok installed' || \
			{ [ $$p = nodejs ] && command -v node >/dev/null; } || echo $$p; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=$$(command -v sudo) || { \
		echo 'Packages are missing. As root:' >&2; \
		echo "  apt-get update && apt-get install -y --no-install-recommends" $$missing >&2; exit 1; }; \
	echo "Installing:" $$missing >&2; \
	$$sudo apt-get update -qq && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null

name_missing = $(if $(MISSING),\
	echo 'There is no apt-get to install what is missing (libraries with their headers): $(MISSING)' >&2; exit 1,:)

deps:
	@$(call install_packages,$(PACKAGES))

# node_packages FOLDER,NAMES: what npm has, asked for only where something is missing. In one go: npm removes what it is
# not asked for. Debian's npm has hundreds of dependencies, so that any other that is there will do.
node_packages = \
	for package in $(2); do \
		if [ -e "$(1)/node_modules/$${package%@*}/package.json" ]; then continue; fi; \
		command -v npm >/dev/null || ($(call install_packages,npm)) || exit; \
		echo "Installing:" $(2) >&2; \
		mkdir -p $(1) && npm install --prefix $(1) --no-save --no-audit --no-fund --silent --prefer-offline $(2); exit; \
	done

deps-check:
	@$(call install_packages,$(TEST_PACKAGES))
	@$(call node_packages,build,$(NODE_PACKAGES))

# What people would use instead, to measure against.
deps-bench: deps-check
	@$(call node_packages,build/bench,$(RIVAL_PACKAGES))
	@$(call install_packages,$(RIVAL_DEBIAN_PACKAGES))

deps-fuzz:
	@$(call install_packages,$(FUZZ_PACKAGES))

deps-coverage:
	@$(call install_packages,$(COVERAGE_PACKAGES))

deps-deb:
	@$(call install_packages,$(DEB_PACKAGES))

deps-lint:
	@$(call install_packages,$(LINT_PACKAGES))

# --- install -------------------------------------------------------------------------------------------------------
# $(call each_installed,DO): DO MODE FILE PLACE for each file, until one fails.
each_installed = $(1) 755 "$(PROGRAM)" "$(bindir)/evcal" && \
	$(1) 644 "$(BUILD)/evcal.1" "$(mandir)/man1/evcal.1" && \
	$(1) 644 "$(BUILD)/evcal.5" "$(mandir)/man5/evcal.5" && \
	$(1) 644 "$(BUILD)/evcal-publish.7" "$(mandir)/man7/evcal-publish.7" && \
	$(1) 644 completions/evcal.bash "$(bashcompdir)/evcal" && \
	$(1) 644 completions/evcal.zsh "$(zshcompdir)/_evcal" && \
	$(1) 644 completions/evcal.fish "$(fishcompdir)/evcal.fish"

install: $(PROGRAM) man
	@umask 022; put() { echo "INSTALL $(DESTDIR)$$3" && install -D -m "$$1" "$$2" "$(DESTDIR)$$3"; }; \
	$(call each_installed,put)

# Of a DESTDIR the folders go too, where they are empty; those of a system stay.
uninstall:
	@take() { \
		rm -f "$(DESTDIR)$$3" || return; \
		folder=$${3%/*}; \
		[ -z "$(DESTDIR)" ] || [ ! -d "$(DESTDIR)$$folder" ] || \
			(cd "$(DESTDIR)" && rmdir -p --ignore-fail-on-non-empty "$${folder#/}"); \
	}; \
	$(call each_installed,take)

# In a DESTDIR, what is installed there; without one, all of it in a folder of its own, and uninstall after it.
check-install: all
	@BUILD=$(BUILD) PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" tests/install.sh

# --- release -------------------------------------------------------------------------------------------------------
DIST = $(BUILD)/evcal-$(VERSION).tar
# Of the last commit, and the same from the same one, whoever makes it.
dist:
	@mkdir -p $(BUILD)
	@git diff --quiet HEAD || echo 'make dist: what is not committed is left out' >&2
	@git diff --quiet HEAD src/base/version.h || { echo 'make dist: commit the version first' >&2; exit 1; }
	$(call step,TAR $(DIST).gz)git -c tar.umask=0022 -c core.autocrlf=false archive \
		--prefix=evcal-$(VERSION)/ -o $(DIST) HEAD
	@gzip -9nf $(DIST)

# A package for the Debian or Ubuntu that makes it. src/debian lies beside what is built, in a copy of its own.
DEB_TREE = $(BUILD)/deb/evcal-$(VERSION)
deb: deps-deb
	@grep -q '^## $(VERSION) (' src/CHANGELOG.md || { echo 'src/CHANGELOG.md lacks $(VERSION)' >&2; exit 1; }
	@rm -rf $(BUILD)/deb
	@mkdir -p $(DEB_TREE)
	@cp -R Makefile README.md completions src src/debian $(DEB_TREE)
	@src/debian/changelog.sh src/debian/control <src/CHANGELOG.md >$(DEB_TREE)/debian/changelog
	$(call step,DEB $(BUILD)/evcal_$(VERSION))cd $(DEB_TREE) && env -u MAKEFLAGS -u MFLAGS \
		DEB_BUILD_OPTIONS="$${DEB_BUILD_OPTIONS:+$$DEB_BUILD_OPTIONS }noautodbgsym" $(if $(filter-out 0,$(V)),,DH_QUIET=1) \
		dpkg-buildpackage -b -us -uc -d
	@if command -v lintian >/dev/null; then lintian --allow-root --fail-on error $(BUILD)/deb/*.deb; fi
	@mv $(BUILD)/deb/*.deb $(BUILD)
	@rm -rf $(BUILD)/deb

# The schemas that the events name in their first line; tests/cli/manual.py holds them to what the program prints.
schema: $(PROGRAM)
	$(call step,GEN events/.schema/events.json)$(PROGRAM) schema events --language=nl >events/.schema/events.json
	$(call step,GEN events/.schema/calendar.json)$(PROGRAM) schema calendar --language=nl >events/.schema/calendar.json

# Windows' names for time zones, as CLDR has them.
CLDR_ZONES = /usr/share/unicode/cldr/common/supplemental/windowsZones.xml
windows-zones:
	$(if $(wildcard $(CLDR_ZONES)),,$(error $(CLDR_ZONES) is missing: it is in Debian's package unicode-cldr-core))
	$(call step,GEN src/import/windows.inc)awk -f src/import/windows.awk $(CLDR_ZONES) >src/import/windows.inc

# The tables in the completion files; tests/cli/completions.py holds them to what the program prints.
completions: $(PROGRAM)
	@for shell in bash zsh fish; do \
		$(PROGRAM) help --completion=$$shell >$(BUILD)/tables.$$shell && \
		sed -i -e '/^# --- the tables/,/^# --- the end/{//!d}' -e "/^# --- the tables/r $(BUILD)/tables.$$shell" \
			completions/evcal.$$shell || exit; \
	done

clean:
	rm -rf $(BUILD)

help:
	@echo 'make            build $(PROGRAM), a line a step; V=1 shows the commands'
	@echo 'make feeds      set up, build, export events/ to public/'
	@echo 'make check      set up, build, run all tests; SUITES="golden cli" these suites, TEST=name tests of that name'
	@echo 'make test       the same with what is there, and installs nothing; make check-all: all there is'
	@echo 'make clang      the tests with clang; make asan: with the sanitizers; make tsan, make valgrind'
	@echo 'make fuzz       look for input that breaks it, for a minute, and 10,000 whole runs; FUZZ_SECONDS=600, MUTANTS=500'
	@echo 'make coverage   which lines and branches the tests reach'
	@echo 'make hostile    what was made to be slow costs no more than it is worth, at 1 MiB'
	@echo 'make faults     let every system call and allocation fail, and kill it before each; some minutes'
	@echo 'make lint       clang-format, clang-tidy, cppcheck, shellcheck; make format: format the code'
	@echo 'make page-check look at the web pages in a browser; SHOTS=FOLDER keeps screenshots'
	@echo 'make bench      how fast it is, and how fast it could be; BENCH_SIZES="100 1000" for less'
	@echo 'make golden     write the expected results of tests/ anew, to be read in the diff'
	@echo 'make install    to PREFIX (now $(PREFIX)) under DESTDIR; make check-install; make uninstall'
	@echo 'make deb        a Debian package, in $(BUILD); make dist: a tarball of the last commit'
	@echo 'make schema     write events/.schema anew, which editors read; make man: the manual pages, in $(BUILD)'
	@echo 'make completions  write the tables of completions/ anew, from the options and commands of the program'
	@echo 'make clean      remove $(BUILD)'
	@echo
	@echo 'CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS, PKG_CONFIG, PREFIX, bindir, datadir, mandir, bashcompdir, zshcompdir,'
	@echo 'fishcompdir and DESTDIR may come from the environment. Where CC compiles for another machine,'
	@echo 'EVCAL_NATIVE=FILE, an evcal for this one, prints the manual pages.'

.PHONY: all man page-check windows-zones feeds check test check-all units fuzz fuzz-programs deps-fuzz asan clang tsan valgrind bench golden lint format deps deps-check deps-bench deps-lint install uninstall check-install schema completions clean help faults hostile coverage deps-coverage no-man deps-deb dist deb
.DELETE_ON_ERROR:

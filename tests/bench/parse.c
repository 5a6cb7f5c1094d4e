/*
 * The least that reading can cost: libyaml parses the files, event by event, and nothing is kept. It is a program of
 * its own because loading libical, and ICU with it, takes longer than parsing a small calendar.
 *
 *   parse FILE...
 */
#include <yaml.h>

#include <stdio.h>
#include <stdlib.h>

static void parse_file(const char *path)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type = YAML_NO_EVENT;
	FILE *file = fopen(path, "rb");
	if (!file || !yaml_parser_initialize(&parser)) {
		perror(path);
		exit(1);
	}
	yaml_parser_set_input_file(&parser, file);
	while (type != YAML_STREAM_END_EVENT) {
		if (!yaml_parser_parse(&parser, &event)) {
			fprintf(stderr, "%s: %s\n", path, parser.problem);
			exit(1);
		}
		type = event.type;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	fclose(file);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		parse_file(argv[i]);
	return 0;
}

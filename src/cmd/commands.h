/*
 * Which function runs a command. The commands and session/ alone join the stations.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

/* Runs the command that the command line names; argv[0] is the program. Returns the exit status. */
int commands_run(int argc, char **argv);

#endif

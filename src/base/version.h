/* The program's version, as --version, SARIF and PRODID's users see it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define EVCAL_VERSION "0.1.0"

#endif

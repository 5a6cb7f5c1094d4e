/* The version, and the only place where it stands: the program, the tarball and the package take it from here. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define EVCAL_VERSION "1.0.0"

#endif

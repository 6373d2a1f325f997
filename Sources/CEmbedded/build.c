#include "build.h"

#define TEXT_OF(tokens) #tokens
#define TEXT(macro) TEXT_OF(macro)

#ifdef REGBENCH_BUILD
const char *regbench_build(void) { return TEXT(REGBENCH_BUILD); }
#else
const char *regbench_build(void) { return "unknown"; }
#endif

#ifndef CEMBEDDED_BUILD_H
#define CEMBEDDED_BUILD_H

/// The commit this binary was built from, followed by "-dirty" where the work tree differed from
/// it; "unknown" where nobody said (a plain `swift build`).
const char *regbench_build(void);

#endif

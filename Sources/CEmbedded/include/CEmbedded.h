#ifndef CEMBEDDED_H
#define CEMBEDDED_H
#include <stddef.h>

#include "build.h"
#include "mnist5k.h"
#include "published.h"

#endif

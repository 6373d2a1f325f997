#ifndef CEMBEDDED_H
#define CEMBEDDED_H
#include <stddef.h>
#endif

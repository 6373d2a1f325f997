#include <CZlib.h>

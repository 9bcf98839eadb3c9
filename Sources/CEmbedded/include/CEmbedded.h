// Files that travel inside the binary.
#ifndef COMPOSEX_CEMBEDDED_H
#define COMPOSEX_CEMBEDDED_H

#endif

// libyaml, as Swift sees it. Nothing of ours: the composer on its events is Swift (Sources/ComposeXEngine/YAML).
#ifndef COMPOSEX_CYAML_H
#define COMPOSEX_CYAML_H

#include <yaml.h>

#endif

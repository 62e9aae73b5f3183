// size: the inspector: its page, compressed, and the schema of that root
// than: counter
#include "inspector.hpp"

#include "probe.hpp"

int main() {
  probe::serve<probe::counter<probe::number_only>>(&inspector);
}

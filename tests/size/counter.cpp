// size: the smallest firmware: one root, one field, one command
#include "probe.hpp"

int main() {
  probe::serve<probe::counter<probe::number_only>>();
}

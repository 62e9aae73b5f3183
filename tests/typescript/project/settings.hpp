#pragma once

#define STORES lamp

struct settings {
  bool on;
};

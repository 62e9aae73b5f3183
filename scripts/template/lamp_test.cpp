#include "lamp.hpp"

#include <cstdio>

#include <musubi/testkit/mounted.hpp>

#define EXPECT(...) \
  if (!(__VA_ARGS__)) return std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__), 1

int main() {
  musubi::testkit::mounted<lamp> page;
  musubi::testkit::mounted<lamp> other;

  EXPECT(page.dispatch(lamp::Switch{true}).ok);
  other.run();
  EXPECT(other.state().on);  // every browser follows

  const auto refused = page.dispatch(lamp::Dim{101});
  EXPECT(!refused.ok && refused.field() == "brightness");
  EXPECT(page.state().brightness == 50);
  return 0;
}

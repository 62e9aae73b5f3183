// What musubi_add_inspector makes of a store and of the folder web/.

#include "lamp.hpp"
#include "web_ui.hpp"

#include <cstdio>

#define REQUIRE(...) \
  if (!(__VA_ARGS__)) return std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__), 1

int main() {
  REQUIRE(web_ui.assets.size() == 4 + 5);
  REQUIRE(web_ui.find("/")->etag == "3dc9dc6cc42d6615");  // still the page of web/
  REQUIRE(web_ui.find("/inspector.html") != nullptr);

  REQUIRE(web_ui.content_security_policy == "default-src 'self'; img-src *");

  const auto* schema = web_ui.find("/inspector/schema.json");
  REQUIRE(schema != nullptr);
  REQUIRE(schema->content_type == "application/json");
  const std::string_view text(reinterpret_cast<const char*>(schema->plain.data()),
                              schema->plain.size());
  constexpr std::string_view expected =
      R"({"version":1,"roots":["Package.Lamp"],"stores":{"Package.Lamp":{)"
      R"("params":{"type":"object","properties":{}},)"
      R"("state":{"type":"object","properties":{"on":{"type":"boolean"}}},)"
      R"("uploads":[],"commands":{},"events":{}}},"$defs":{}})";
  REQUIRE(text.substr(0, text.size() - 1) == expected);
  REQUIRE(text.back() == '\n');
  return 0;
}

/// Arbitrary bytes as JSON text: what the scanner takes for well formed, cJSON reads, and what the
/// scanner says of the parts agrees with what it says of the whole.

#include <cjson/cJSON.h>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include <musubi/json/reader.hpp>

namespace {

using musubi::json::scanner;
using musubi::json::well_formed;

void require(bool invariant) {
  if (!invariant) std::abort();
}

// Walks over the elements of an array by hand: each is a value of its own.
void walk_elements(std::string_view text) {
  scanner scan(text);
  require(scan.take('['));
  if (scan.take(']')) return;
  do {
    std::string_view element;
    require(scan.value(element) && !element.empty() && well_formed(element));
  } while (scan.take(','));
  require(scan.take(']') && scan.finished());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!well_formed(text)) return 0;

  const std::unique_ptr<cJSON, void (*)(cJSON*)> read(
      cJSON_ParseWithLengthOpts(text.data(), text.size(), nullptr, 0), &cJSON_Delete);
  require(read != nullptr);

  scanner scan(text);
  std::string_view raw;
  require(scan.value(raw) && scan.finished() && well_formed(raw));
  require(well_formed(" " + text + "\n"));
  if (raw.front() == '[') walk_elements(raw);
  if (raw.front() == '"') {
    std::string_view inside;
    require(scanner(raw).string(inside) && inside.size() + 2 == raw.size());
  }
  // a part of a number may be a number; of anything else, no part from the beginning is a value
  const char last = raw.back();
  require((last >= '0' && last <= '9') || !well_formed(raw.substr(0, raw.size() - 1)));
  return 0;
}

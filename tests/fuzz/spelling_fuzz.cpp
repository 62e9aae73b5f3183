/// Lines, each a text message to a host of `mirror`: what it answers does not depend on how a
/// message is spelt. The mutator knows JSON, so that most inputs are messages that somebody could
/// have sent.

#include "support/mirror.hpp"
#include "support/respelling.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include <musubi/net/internal/utf8.hpp>

namespace {

using namespace musubi::test;

constexpr std::size_t most_lines = 12;
constexpr std::size_t longest_line = 1024;

std::vector<std::string> lines_of(std::string_view input) {
  std::vector<std::string> lines;
  while (!input.empty() && lines.size() < most_lines) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    lines.emplace_back(input.substr(0, std::min(end, longest_line)));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return lines;
}

std::uint64_t hash(std::string_view bytes) {
  std::uint64_t made = 0xCBF29CE484222325U;
  for (const char byte : bytes) made = (made ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  return made;
}

/// Every value in it, from the outside in.
void collect(spelt& from, std::vector<spelt*>& into) {
  into.push_back(&from);
  for (spelt& each : from.items) collect(each, into);
}

std::string some_text(spelling_chance& chance) {
  static const std::string words[] = {"id",
                                      "module",
                                      "params",
                                      "name",
                                      "store_id",
                                      "payload",
                                      "image",
                                      "words",
                                      "count",
                                      "label",
                                      "leaves",
                                      "command",
                                      "phx_join",
                                      "phx_leave",
                                      "echo",
                                      "relabel",
                                      "hit",
                                      "by",
                                      "m",
                                      "secret",
                                      "",
                                      "\"",
                                      "\\",
                                      "\xC3\xA9",
                                      "a\\u0062",
                                      "phoenix",
                                      "eco",
                                      "1",
                                      "2",
                                      "heartbeat",
                                      "named",
                                      "items",
                                      "Test.Mirror",
                                      "musubi:connection:m",
                                      "musubi:connection:",
                                      "\xF0\x9F\x8D\xB5"};
  std::string made = words[chance.below(std::size(words))];
  if (chance.one_in(4)) made += words[chance.below(std::size(words))];
  if (chance.one_in(8)) made += '\0';
  return made;
}

spelt some_value(spelling_chance& chance) {
  spelt made;
  switch (chance.below(5)) {
    case 0:
    case 1:
      made.what = spelt::kind::string;
      made.text = some_text(chance);
      break;
    case 2: {
      static constexpr std::string_view scalars[] = {
          "null", "true", "false", "0", "-1", "7", "1.5", "1e3", "-0", "1e400", "9007199254740993"};
      made.text = scalars[chance.below(std::size(scalars))];
      break;
    }
    case 3:
      made.what = spelt::kind::array;
      break;
    default:
      made.what = spelt::kind::object;
  }
  return made;
}

void mutate(spelt& message, spelling_chance& chance) {
  std::vector<spelt*> all;
  collect(message, all);
  spelt& at = *all[chance.below(all.size())];
  const std::size_t count = at.items.size();
  if (at.what == spelt::kind::object && chance.below(3) != 0) {
    switch (count == 0 ? 0 : chance.below(4)) {
      case 0:  // one more member, perhaps of a name that is there
        at.keys.push_back(count != 0 && chance.one_in(2) ? at.keys[chance.below(count)]
                                                         : some_text(chance));
        at.items.push_back(some_value(chance));
        return;
      case 1:
        at.keys[chance.below(count)] = some_text(chance);
        return;
      case 2: {
        const auto gone = static_cast<std::ptrdiff_t>(chance.below(count));
        at.keys.erase(at.keys.begin() + gone);
        at.items.erase(at.items.begin() + gone);
        return;
      }
      default:
        at.items[chance.below(count)] = some_value(chance);
        return;
    }
  }
  if (at.what == spelt::kind::array && chance.below(3) != 0) {
    if (count == 0 || chance.one_in(2)) {
      at.items.push_back(some_value(chance));
    } else {
      at.items.erase(at.items.begin() + static_cast<std::ptrdiff_t>(chance.below(count)));
    }
    return;
  }
  at = some_value(chance);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  spelling_chance chance(seed);
  std::vector<std::string> lines = lines_of({reinterpret_cast<const char*>(data), size});
  if (lines.empty() || chance.one_in(8)) return LLVMFuzzerMutate(data, size, most);
  std::string& line = lines[chance.below(lines.size())];
  std::optional<spelt> message = parse_spelling(line);
  if (!message) return LLVMFuzzerMutate(data, size, most);
  for (std::size_t i = chance.below(3) + 1; i != 0; --i) mutate(*message, chance);
  line = spell(*message, chance);
  if (chance.one_in(6)) lines.push_back(lines[chance.below(lines.size())]);
  std::string made;
  for (const std::string& each : lines) made += each + "\n";
  if (made.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, made.data(), made.size());
  return made.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (!musubi::net::is_utf8(input)) return 0;  // the WebSocket does not let it through
  const std::vector<std::string> sent = lines_of(input);
  for (const std::string& each : sent) {
    if (!musubi::net::is_utf8(each)) return 0;  // cut inside a character
  }
  spelling_chance chance(hash(input));
  std::vector<std::string> other;
  for (const std::string& each : sent) other.push_back(respelt(each, chance));
  if (reflected(sent) != reflected(other)) std::abort();
  return 0;
}

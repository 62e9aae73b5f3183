#include <algorithm>

#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/key_fault.hpp>

namespace musubi::detail {

namespace {

/// Reads a field from the text of its value, which is empty when there is none.
bool read_field(const field_reader& field, std::string_view text, bool twice, void* record,
                decode_error& error) noexcept {
  if (twice) return error.expect(given_once);
  if (!text.empty()) {
    json::reader from(text);
    return field.read(from, record, error);
  }
  if (field.clear == nullptr || !error.absent_means_null) return error.expect(field.expected);
  field.clear(record);
  return true;
}

}  // namespace

bool record_reader::read(json::reader& from, void* record, decode_error& error) const noexcept {
  if (from.next() != json::value_kind::object) return error.expect("object");
  constexpr std::size_t most = 8;  // fields at once, whose texts are on the stack
  const json::reader begin = from;
  std::size_t first = 0;
  do {
    const auto these = names.subspan(first, std::min(most, names.size() - first));
    std::string_view texts[most];
    std::uint32_t twice = 0;
    from = begin;
    if (!json::find_members(from, these, texts, twice)) {
      return error.expect(json::expected_instead_of(from.problem()));
    }
    for (std::size_t i = 0; i != these.size(); ++i) {
      if (!read_field(fields[first + i], texts[i], (twice >> i & 1U) != 0, record, error)) {
        return error.within(these[i]);
      }
    }
    first += these.size();
  } while (first != names.size());
  return true;
}

}  // namespace musubi::detail

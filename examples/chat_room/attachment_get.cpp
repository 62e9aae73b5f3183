#include "attachment_get.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace chat_room {

musubi::status attachment_get::open(const musubi::get_request& request,
                                    musubi::get_answer& answer) noexcept {
  const std::string_view digits = request.segment("id");
  const char* const end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, id_).ptr != end) return musubi::refuse("no such file");
  const attachment* const found = all_attachments.find(id_);
  if (found == nullptr) return musubi::refuse("no such file, or no longer");
  answer.content_type = found->state().content_type;
  answer.file_name = found->state().name;
  answer.length = found->content().size();
  answer.etag = musubi::text<64>::clipped("a", id_);
  return {};
}

// The file may have made room for another meanwhile: then the answer ends in the middle.
musubi::result<std::size_t> attachment_get::read(std::uint64_t offset,
                                                 std::span<char> into) const noexcept {
  const attachment* const found = all_attachments.find(id_);
  if (found == nullptr) return musubi::fail("the file is no longer there");
  const auto rest = found->content().subspan(static_cast<std::size_t>(offset));
  const std::size_t bytes = std::min(rest.size(), into.size());
  std::memcpy(into.data(), rest.data(), bytes);
  return bytes;
}

}  // namespace chat_room

#include <musubi/memory/slice.hpp>
#include <musubi/store/upload/upload_type.hpp>

namespace musubi::detail {

namespace {

struct problem_text {
  std::string_view code;
  std::string_view message;
};
constexpr problem_text problems[] = {
    {"", ""},
    {"too_large", "file exceeds the maximum size"},
    {"too_many_files", "too many files selected"},
    {"not_accepted", "file type is not accepted"},
    {"chunk_timeout", "upload timed out between chunks"},
    {"chunk_too_large", "chunk size exceeded the configured limit"},
    {"external_failed", "external upload failed"},
    {"preflight_rejected", "upload was rejected"},
    {"internal", "internal upload error"},
};
static_assert(std::size(problems) == static_cast<std::size_t>(upload_problem::internal) + 1);

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_extension(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

/// ".png" of "holiday.png"; nothing of ".profile", which is a name.
std::string_view extension_of(std::string_view file_name) noexcept {
  file_name = slice(file_name, file_name.rfind('/') + 1);
  const std::size_t dot = file_name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : slice(file_name, dot);
}

}  // namespace

std::string_view code_of(upload_problem why) noexcept {
  return problems[static_cast<std::size_t>(why)].code;
}
std::string_view message_of(upload_problem why) noexcept {
  return problems[static_cast<std::size_t>(why)].message;
}

bool upload_type::accepts(std::string_view file_name) const noexcept {
  if (accept.empty()) return true;
  const std::string_view extension = extension_of(file_name);
  for (const std::string_view each : accept) {
    if (same_extension(each, extension)) return true;
  }
  return false;
}

void upload_type::write_config(json::writer& out, std::uint32_t most_bytes) const noexcept {
  out.raw("{\"accept\":");
  if (accept.empty()) {
    out.raw("\"any\"");
  } else {
    char before = '[';
    for (const std::string_view each : accept) {
      out.raw(before);
      out.string(each);
      before = ',';
    }
    out.raw(']');
  }
  out.raw(",\"max_entries\":");
  out.number(max_entries);
  out.raw(",\"max_file_size\":");
  out.number(max_file_size);
  out.raw(",\"chunk_size\":");
  out.number(chunk_size < most_bytes ? chunk_size : most_bytes);
  out.raw('}');
}

void write_upload_marker(json::writer& out, std::string_view name) noexcept {
  out.raw(",\"");
  out.raw(name);
  out.raw("\":{\"__musubi_upload__\":\"");
  out.raw(name);
  out.raw("\"}");
}

}  // namespace musubi::detail

#pragma once
/// A browser that sends files to the stores of a page, without a network (contract section 10.3).

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>
#include <musubi/testkit/answer.hpp>

namespace musubi::testkit {

/// The outcome of sending a file.
struct sent_file {
  bool accepted = false;  ///< by the preflight
  std::string ref;        ///< of its entry, if accepted
  /// Why it was refused or failed: a code of the contract, or the reason of the sub-channel. Empty
  /// on success.
  std::string problem;
  std::string message;        ///< the message for people
  std::uint32_t percent = 0;  ///< progress in the last reply
};

/// The browser's end of one file's sub-channel.
class file_line final : public upload_line {
 public:
  bool joined = false;
  bool closed = false;
  std::string refused;  ///< the reason, if refused
  std::uint32_t percent = 0;

 private:
  void reply_joined(std::string_view) noexcept override { joined = true; }
  void reply_progress(std::string_view, std::uint8_t now) noexcept override { percent = now; }
  void refuse(std::string_view, std::string_view reason) noexcept override { refused = reason; }
  void close(bool) noexcept override { closed = true; }
};

/// The request of a preflight with one file.
[[nodiscard]] inline std::string preflight(std::string_view upload, std::string_view store_id,
                                           std::string_view name, std::size_t size) {
  string_output into;
  json::writer out(into);
  out.raw("{\"store_id\":");
  out.raw(store_id);
  out.raw(",\"name\":");
  out.string(upload);
  out.raw(",\"entries\":[{\"client_ref\":\"0\",\"name\":");
  out.string(name);
  out.raw(",\"size\":");
  out.number(size);
  out.raw(",\"type\":\"\"}]}");
  return into.take();
}

/// The outcome of a preflight for its file. Sets `chunk_bytes` to the size of its chunks.
[[nodiscard]] inline sent_file judged(const answer& of, std::size_t& chunk_bytes) {
  sent_file made;
  if (!of.ok) {
    made.problem = of.reason();
    return made;
  }
  const document parsed(of.body);
  const json::value entry = parsed.root().member("entries").member("0");
  if (entry) {
    made.accepted = true;
    made.ref = *entry.member("entry_ref").string();
    chunk_bytes =
        static_cast<std::size_t>(*parsed.root().member("config").member("chunk_size").integer());
  } else {
    const json::value error = parsed.root().member("errors").first().member("error");
    made.problem = *error.member("code").string();
    made.message = *error.member("message").string();
  }
  return made;
}

/// Sends the bytes of an accepted file; `run` is called after each step.
template <class Run>
void send_chunks(upload_table& table, sent_file& file, std::string_view bytes,
                 std::size_t chunk_bytes, Run&& run) {
  file_line line;
  upload* entry = table.find(file.ref);
  entry->join(line, "1");
  run();
  for (std::size_t at = 0; line.joined && !line.closed && at < bytes.size(); at += chunk_bytes) {
    const std::string_view chunk = bytes.substr(at, chunk_bytes);
    entry->chunk("2", std::as_bytes(std::span(chunk)));
    run();
  }
  file.percent = line.percent;
  file.problem = line.refused;
  if (!line.closed) {  // the browser leaves
    entry->left();
    run();
  }
}

}  // namespace musubi::testkit

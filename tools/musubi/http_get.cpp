#include "http_get.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace musubi::tool {

namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20U;

/// The value of a field of a head; nothing if it has none.
std::optional<std::string_view> field(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at < head.size(); at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !std::equal(name.begin(), name.end(), line.begin(), same)) {
      continue;
    }
    const std::size_t begin = line.find_first_not_of(" \t", name.size() + 1);
    return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
  }
  return std::nullopt;
}

template <class Number>
bool read_number(std::string_view text, Number& into, int base = 10) {
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, into, base);
  return error == std::errc() && stopped == end;
}

/// The content of a body in chunks (RFC 9112 section 7.1); nothing while it is not complete.
/// `malformed` is set when it will never be.
std::optional<std::string> join_chunks(std::string_view from, bool& malformed) {
  std::string all;
  for (;;) {
    const std::size_t end = from.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    std::size_t size = 0;
    malformed =
        !read_number(from.substr(0, std::min(end, from.find(';'))), size, 16) || size > most_bytes;
    if (malformed) return std::nullopt;
    if (size == 0) return all;
    if (from.size() < end + 2 + size + 2) return std::nullopt;
    all.append(from.substr(end + 2, size));
    from.remove_prefix(end + 2 + size + 2);
  }
}

}  // namespace

http_get::http_get(runtime& loop, net::connector& network, const http_request& wanted,
                   void (*done)(void*), void* user)
    : loop_(loop), network_(network), done_(done), user_of_this_(user) {
  out_ = "GET " + wanted.path + " HTTP/1.1\r\nHost: " + wanted.host +
         "\r\nConnection: close\r\nAccept-Encoding: identity\r\n";
  if (!wanted.token.empty()) out_ += "Authorization: Bearer " + wanted.token + "\r\n";
  out_ += "\r\n";
  loop_.arm_after(late_, wanted.timeout);
  loop_.push(begin_job_);
}

http_get::~http_get() {
  if (stream_ != nullptr) stream_->close();
}

void http_get::begin() noexcept {
  stream_ = network_.open();
  if (stream_ == nullptr) return end("there is no stream to connect with");
  stream_->attach(*this);
  on_writable();
}

void http_get::on_writable() noexcept {
  while (!out_.empty()) {
    const net::io_result wrote = stream_->try_write(std::as_bytes(std::span(out_)));
    out_.erase(0, wrote.bytes);
    if (wrote.outcome == net::io::would_block) return stream_->want_write();
    if (wrote.outcome == net::io::closed) return end("the server cannot be reached");
  }
  stream_->want_read();
}

void http_get::on_readable() noexcept {
  std::array<char, 16384> room;
  for (;;) {
    const net::io_result got = stream_->try_read(std::as_writable_bytes(std::span(room)));
    in_.append(room.data(), got.bytes);
    if (in_.size() > most_bytes) return end("the answer is longer than 4 MiB");
    if (got.outcome == net::io::done && got.bytes != 0) continue;
    look(got.outcome == net::io::closed);
    if (stream_ != nullptr) stream_->want_read();
    return;
  }
}

void http_get::look(bool closed) noexcept {
  const std::size_t end_of_head = in_.find("\r\n\r\n");
  if (end_of_head == std::string::npos) {
    if (closed) end("the server has ended the connection without an answer");
    return;
  }
  const std::string_view head = std::string_view(in_).substr(0, end_of_head + 2);
  if (!head.starts_with("HTTP/1.") || head.size() < 12 ||
      !read_number(head.substr(9, 3), status_)) {
    return end("this is no HTTP server");
  }
  if (field(head, "Content-Encoding").value_or("identity") != "identity") {
    return end("the answer comes compressed");
  }
  const std::size_t begin = end_of_head + 4;
  if (field(head, "Transfer-Encoding")) {
    bool malformed = false;
    auto all = join_chunks(std::string_view(in_).substr(begin), malformed);
    if (malformed || (!all && closed)) return end("the answer is malformed, or not complete");
    if (!all) return;
    body_ = std::move(*all);
    return end({});
  }
  std::size_t length = in_.size() - begin;
  if (const auto said = field(head, "Content-Length")) {
    if (!read_number(*said, length)) return end("the length of the answer is no number");
    if (in_.size() - begin < length) {
      if (closed) end("the connection was lost in the middle of the answer");
      return;
    }
  } else if (!closed) {
    return;
  }
  body_ = in_.substr(begin, length);
  end({});
}

void http_get::end(std::string_view problem) noexcept {
  late_.cancel();
  if (stream_ != nullptr) stream_->close();
  stream_ = nullptr;
  const std::string_view known = problem.empty() ? std::string_view() : network_.why();
  problem_ = known.empty() ? problem : known;
  done_(user_of_this_);
}

}  // namespace musubi::tool

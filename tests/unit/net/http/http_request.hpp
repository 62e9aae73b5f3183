#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>

/// Requests for the tests of the HTTP layer.
namespace musubi::net::http::testing {

/// A parsed request and the bytes it points into.
class parsed_request {
 public:
  explicit parsed_request(std::string text) : text_{std::move(text)} {
    head_progress progress;
    const auto outcome = parse_head(text_, progress, head_);
    EXPECT_EQ(outcome.what, head_outcome::kind::complete)
        << outcome.status << ' ' << outcome.reason;
  }
  parsed_request(const parsed_request&) = delete;
  parsed_request& operator=(const parsed_request&) = delete;

  operator const head&() const { return head_; }
  const head* operator->() const { return &head_; }

 private:
  std::string text_;
  head head_;
};

/// A GET of `path` with these field lines, each ending with CRLF, beside Host.
inline std::string get(std::string_view path, std::string_view fields = {}) {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: device.local\r\n" + std::string{fields} +
         "\r\n";
}

}  // namespace musubi::net::http::testing

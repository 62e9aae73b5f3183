#pragma once

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>

namespace loadgen {

/// One line of results: a flat JSON object.
class json_line {
 public:
  explicit json_line(std::string_view workload) { text("workload", workload); }

  json_line& text(std::string_view key, std::string_view value) {
    begin(key);
    line_.append("\"").append(value).append("\"");
    return *this;
  }
  template <std::integral T>
  json_line& number(std::string_view key, T value) {
    begin(key);
    line_ += std::to_string(value);
    return *this;
  }
  json_line& number(std::string_view key, double value) {
    begin(key);
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.6g", value);
    line_ += digits;
    return *this;
  }
  void print() const {
    std::printf("%s}\n", line_.c_str());
    std::fflush(stdout);
  }

 private:
  void begin(std::string_view key) {
    line_ += line_.empty() ? "{\"" : ",\"";
    line_.append(key).append("\":");
  }
  std::string line_;
};

}  // namespace loadgen

#pragma once
/// A log's output that keeps its lines, for tests.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <musubi/hosted/log_output.hpp>

namespace musubi::test {

class kept_lines final : public log_output {
 public:
  void write(log_level level, std::string_view line) noexcept override {
    lines_.push_back(std::string(to_text(level)) + ": " + std::string(line));
  }
  /// Those since the last call, each with its level in front.
  std::vector<std::string> take() { return std::exchange(lines_, {}); }

 private:
  std::vector<std::string> lines_;
};

}  // namespace musubi::test

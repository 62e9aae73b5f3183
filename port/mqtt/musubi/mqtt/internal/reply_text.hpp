#pragma once
/// The beginning of what a page says to a client that reads only the reasons of refusals.

#include <array>
#include <cstddef>
#include <string_view>

#include <musubi/json/internal/output.hpp>

namespace musubi::mqtt {

/// Keeps the first bytes, and drops the others.
class reply_text final : public json::output {
 public:
  reply_text() noexcept { clear(); }
  void clear() noexcept {
    is_full_ = false;
    failed_ = false;
    cursor_ = kept_.data();
    end_ = kept_.data() + kept_.size();
  }
  [[nodiscard]] std::string_view view() const noexcept {
    return {kept_.data(), is_full_ ? size_ : static_cast<std::size_t>(cursor_ - kept_.data())};
  }

 private:
  bool make_room() noexcept override {
    if (!is_full_) size_ = static_cast<std::size_t>(cursor_ - kept_.data());
    is_full_ = true;
    cursor_ = dropped_.data();
    end_ = dropped_.data() + dropped_.size();
    return true;
  }

  std::array<char, 192> kept_{};
  std::array<char, 2 * reserve_limit> dropped_{};
  std::size_t size_ = 0;
  bool is_full_ = false;
};

}  // namespace musubi::mqtt

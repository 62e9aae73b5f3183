#pragma once
/// GET /readings.csv: the samples of the overview's charts, for spreadsheets and scripts.

#include "sampling/history.hpp"
#include "sampling/readings.hpp"

#include <cstdint>
#include <span>

#include <musubi/musubi.hpp>

namespace gateway {

struct gateway_socket;

/// A line for each sample, the oldest first: its age in seconds, and the values, empty where one
/// was not known. For those who may connect, as the page is.
class readings {
 public:
  static constexpr std::string_view path = "/readings.csv";

  musubi::status open(const musubi::get_request&, musubi::get_answer& answer,
                      const gateway_socket& visitor);
  musubi::result<std::size_t> read(std::uint64_t offset, std::span<char> into);

 private:
  [[nodiscard]] std::size_t write_line(std::span<char> into) const;
  /// The next sample is `piece_`'s number `at_`. False: there is none.
  [[nodiscard]] bool find_next();

  std::uint64_t now_ = 0;
  std::uint32_t unread_ = 0;  // the first sample that is not in `piece_` yet
  stretch<machine_value::count> piece_;
  std::size_t at_ = 0;
};

}  // namespace gateway

#pragma once
/// The envelope of one render cycle (contract section 6.1).

#include <cstdint>

#include <musubi/schema/operations.hpp>
#include <musubi/store/page/internal/sink.hpp>

namespace musubi {

/// Opens itself at the first thing that is written, so a cycle that changed nothing writes nothing.
class envelope final : public operations {
 public:
  /// The lists of an envelope, in the order in which they are written and applied.
  enum class part : std::uint8_t { ops, stream_ops, upload_ops, events };

  /// From `version` to the next.
  envelope(page_sink& sink, std::uint32_t version) noexcept
      : operations(sink.out()), sink_(&sink), version_(version) {}

  /// Where the next item of `list` is written, which is not before the one that was written to
  /// last. Not for operations.
  [[nodiscard]] json::writer& item(part list) noexcept;

  /// Ends the envelope; false when there was nothing to send.
  bool finish() noexcept;

 private:
  void open() noexcept override;
  bool head_at_once() noexcept;
  void write_head() noexcept;

  page_sink* sink_;
  std::uint32_t version_;
  part at_ = part::ops;
  bool opened_ = false;
  bool first_ = true;
};

}  // namespace musubi

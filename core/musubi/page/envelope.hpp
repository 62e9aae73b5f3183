#pragma once
/// The envelope of one render cycle (contract section 6.1).

#include <cstdint>

#include <musubi/page/sink.hpp>
#include <musubi/store/operations.hpp>

namespace musubi {

/// Opens itself at the first operation, so a cycle that changed nothing writes nothing.
class envelope final : public operations {
 public:
  /// From `version` to the next.
  envelope(page_sink& sink, std::uint32_t version) noexcept
      : operations(sink.out()), sink_(&sink), version_(version) {}

  /// Ends the envelope; false when there was nothing to send.
  bool finish() noexcept {
    if (count() == 0) return false;
    out().raw("],\"stream_ops\":[],\"upload_ops\":[],\"events\":[]}");
    sink_->end_patch();
    return true;
  }

 private:
  void open() noexcept override {
    sink_->begin_patch();
    json::writer& to = out();
    to.raw("{\"type\":\"patch\",\"root_id\":\"");
    sink_->write_root_id(to);
    to.raw("\",\"base_version\":");
    to.number(version_);
    to.raw(",\"version\":");
    to.number(version_ + 1);
    to.raw(",\"ops\":[");
  }

  page_sink* sink_;
  std::uint32_t version_;
};

}  // namespace musubi

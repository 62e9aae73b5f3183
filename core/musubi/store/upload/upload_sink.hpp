#pragma once
/// The destination of an upload's bytes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace musubi {

/// The result of passing bytes, or their end, to a sink.
enum class upload_step : std::uint8_t {
  done,    ///< accepted, and ready for more
  later,   ///< accepted, but not ready for more until `settled` is called
  failed,  ///< not written: the upload fails
};

/// Receives the bytes of one upload in chunks, to write them to a file on a gateway or to flash on
/// a board. The application derives from it, owns it, and returns it from `open_upload`. The
/// library does not buffer the file.
///
///   open_upload --> write ... write --> finish --> consumed --> release
///                     |                   |
///                     +---- cancelled, failed, timed out, page gone --> release
///
/// A sink serves one upload, from `open_upload` until `release`, which is always called exactly
/// once. All functions are called on the host's thread and must not block it: a sink with a slow
/// medium keeps the bytes of one chunk and returns `later`.
class upload_sink {
 public:
  /// Takes the next bytes, at most a chunk. Takes all of them, or returns `failed`.
  virtual upload_step write(std::span<const std::byte> bytes) noexcept = 0;
  /// All announced bytes have arrived. Return `failed` if they are not a valid file.
  virtual upload_step finish() noexcept { return upload_step::done; }
  /// The upload is over and its entry destroyed. Discard everything the application has not
  /// consumed. The application may use the sink again.
  virtual void release() noexcept = 0;
  /// Why it failed, for the person who sends the file. Empty: a general sentence. Must stay valid
  /// until the application uses the sink again.
  [[nodiscard]] virtual std::string_view reason() const noexcept { return {}; }

  /// Waits for this sink. For the library.
  class waiter {
   public:
    virtual void settled(bool well) noexcept = 0;

   protected:
    ~waiter() = default;
  };
  void waited_for_by(waiter* who) noexcept { waiter_ = who; }

 protected:
  upload_sink() noexcept = default;
  upload_sink(const upload_sink&) = delete;
  upload_sink& operator=(const upload_sink&) = delete;
  ~upload_sink() = default;

  /// Call after returning `later`, when the bytes have been written or could not be. Host's thread
  /// only. The browser sends nothing until then; the upload fails if this takes longer than
  /// `chunk_timeout`.
  void settled(bool well = true) noexcept {
    if (waiter_ != nullptr) waiter_->settled(well);
  }

 private:
  waiter* waiter_ = nullptr;
};

}  // namespace musubi

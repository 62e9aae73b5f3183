#pragma once
/// Where the bytes of an upload go.

#include <cstddef>
#include <cstdint>
#include <span>

namespace musubi {

/// What a sink made of bytes, or of their end.
enum class upload_step : std::uint8_t {
  done,    ///< taken, and ready for more
  later,   ///< taken, but not ready for more: `settled` will tell
  failed,  ///< could not be written: the upload ends
};

/// Takes the bytes of one upload, piece by piece: a file on a gateway, a writer of flash on a
/// board. The application derives from it, keeps it, and hands it out in `open_upload`; nothing of
/// the file is ever held by anybody else.
///
///   open_upload --> write ... write --> finish --> consumed --> release
///                     |                   |
///                     +---- cancelled, failed, timed out, page gone --> release
///
/// One upload has a sink to itself, from `open_upload` until `release`, which comes in every case
/// and once. Everything is called on the host's thread, on which other clients wait: a sink whose
/// medium is slow keeps the bytes of one chunk and answers `later`.
class upload_sink {
 public:
  /// The next bytes, at most a chunk; all of them are taken, or the answer is `failed`.
  virtual upload_step write(std::span<const std::byte> bytes) noexcept = 0;
  /// All bytes have come: as many as the browser announced. `failed` if they are not a good file.
  virtual upload_step finish() noexcept { return upload_step::done; }
  /// The upload is over and its entry gone: what the application has not taken elsewhere is to be
  /// thrown away. The sink is the application's again.
  virtual void release() noexcept = 0;

  /// Whoever waits for this sink. For the library.
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

  /// Behind a `later`: the bytes are written, or could not be. From the host's thread. The browser
  /// sends nothing meanwhile; an upload whose sink takes longer than `chunk_timeout` fails.
  void settled(bool well = true) noexcept {
    if (waiter_ != nullptr) waiter_->settled(well);
  }

 private:
  waiter* waiter_ = nullptr;
};

}  // namespace musubi

#pragma once
/// One file of an upload, as seen by a store.

#include <cstdint>
#include <string_view>

#include <musubi/store/upload/upload_sink.hpp>

namespace musubi {

/// The state of a file.
enum class upload_status : std::uint8_t {
  pending,    ///< accepted; nothing has arrived yet
  uploading,  ///< in progress
  success,    ///< complete: ready to be consumed
  error,      ///< failed: it will not complete
};

/// One accepted file. Valid until it is consumed or cancelled, or its store is destroyed.
class upload_entry {
 public:
  upload_entry(const upload_entry&) = delete;
  upload_entry& operator=(const upload_entry&) = delete;

  static constexpr std::size_t ref_bytes = 13;
  /// Its identifier on the wire: `u_` and eleven unguessable characters.
  [[nodiscard]] std::string_view ref() const noexcept { return {ref_, sizeof ref_}; }
  /// The name that the browser sent: a label, which need not be unique. Never use it as a key or a
  /// path.
  [[nodiscard]] std::string_view client_name() const noexcept { return {names_, name_size_}; }
  /// The MIME type that the browser sent; may be empty.
  [[nodiscard]] std::string_view client_type() const noexcept {
    return {names_ + name_size_, type_size_};
  }
  /// Size in bytes, as announced. The device never receives more, and exactly this when `status` is
  /// `success`. For an external upload it is unverified.
  [[nodiscard]] std::uint64_t client_size() const noexcept { return client_size_; }
  /// In percent.
  [[nodiscard]] std::uint8_t progress() const noexcept { return progress_; }
  [[nodiscard]] upload_status status() const noexcept { return status_; }

  /// The sink that `open_upload` returned, as its own type. Only for a file sent over the channel,
  /// while its status is `uploading` or `success`.
  template <class Sink>
  [[nodiscard]] Sink& sink() const noexcept {
    return static_cast<Sink&>(*sink_);
  }
  /// The value that `upload_external` returned.
  template <class Meta>
  [[nodiscard]] const Meta& meta() const noexcept {
    return *static_cast<const Meta*>(meta_);
  }

 protected:
  upload_entry() noexcept = default;
  ~upload_entry() = default;

  char ref_[ref_bytes];
  upload_status status_ = upload_status::pending;
  std::uint8_t progress_ = 0;
  std::uint16_t name_size_ = 0;
  std::uint16_t type_size_ = 0;
  char* names_ = nullptr;  // name, followed by type
  std::uint64_t client_size_ = 0;
  upload_sink* sink_ = nullptr;
  void* meta_ = nullptr;
};

}  // namespace musubi

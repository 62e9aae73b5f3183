#pragma once
/// One file of an upload, as far as a store knows it.

#include <cstdint>
#include <string_view>

#include <musubi/store/upload_sink.hpp>

namespace musubi {

/// How far a file has come.
enum class upload_status : std::uint8_t {
  pending,    ///< accepted; nothing has come yet
  uploading,  ///< on its way
  success,    ///< all there: to be consumed
  error,      ///< it will not come
};

/// One accepted file. Lives until it is consumed or cancelled, or its store is gone.
class upload_entry {
 public:
  upload_entry(const upload_entry&) = delete;
  upload_entry& operator=(const upload_entry&) = delete;

  static constexpr std::size_t ref_bytes = 13;
  /// Its name between browser and device: `u_` and eleven characters that nobody can guess.
  [[nodiscard]] std::string_view ref() const noexcept { return {ref_, sizeof ref_}; }
  /// The name that the browser gives it: a label, which many files may have; never a key or a path.
  [[nodiscard]] std::string_view client_name() const noexcept { return {names_, name_size_}; }
  /// The MIME type that the browser guessed; may be empty.
  [[nodiscard]] std::string_view client_type() const noexcept {
    return {names_ + name_size_, type_size_};
  }
  /// Bytes, as announced. No more will come, and not one less when `status` is `success`; of an
  /// external upload it is only what the browser says.
  [[nodiscard]] std::uint64_t client_size() const noexcept { return client_size_; }
  /// Percent.
  [[nodiscard]] std::uint8_t progress() const noexcept { return progress_; }
  [[nodiscard]] upload_status status() const noexcept { return status_; }

  /// What `open_upload` answered with, as the type that it is. For a file that came over the
  /// channel, while its status is `uploading` or `success`.
  template <class Sink>
  [[nodiscard]] Sink& sink() const noexcept {
    return static_cast<Sink&>(*sink_);
  }
  /// What `upload_external` answered with.
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
  char* names_ = nullptr;  // name and type, one behind the other
  std::uint64_t client_size_ = 0;
  upload_sink* sink_ = nullptr;
  void* meta_ = nullptr;
};

}  // namespace musubi

#pragma once
/// A store's access to the files that were uploaded to it.

#include <musubi/mistake/call.hpp>

#include <utility>

#include <musubi/store/upload/internal/upload_table.hpp>
#include <musubi/store/upload/upload_entry.hpp>

namespace musubi {

namespace detail {
template <class Upload>
inline constexpr bool right_upload = [] {
  if constexpr (requires { Upload::accept; }) {
    return true;
  } else {
    return sizeof(mistake::files_of_no_upload<Upload>) != 0;
  }
}();
}  // namespace detail

template <class Upload, class Take, class>
void context::consume_uploads(Take&& take) {
  static_assert(detail::right_upload<Upload>);
  auto* book = on_page().uploads();
  if (book == nullptr) return fail(musubi::fail("consume_uploads of a store without uploads"));
  constexpr const char* type = &detail::type_key<Upload>;
  upload_entry* file = book->next(*this, type, nullptr);
  while (file != nullptr) {
    const bool taken = file->status() == upload_status::success && take(std::as_const(*file));
    upload_entry* const following = book->next(*this, type, file);
    if (taken) book->consumed(*file);
    file = following;
  }
  book->settle(*this, type);
}

template <class Upload, class Use, class>
void context::each_upload(Use&& use) {
  static_assert(detail::right_upload<Upload>);
  auto* book = on_page().uploads();
  constexpr const char* type = &detail::type_key<Upload>;
  upload_entry* file = book == nullptr ? nullptr : book->next(*this, type, nullptr);
  while (file != nullptr) {
    upload_entry* const following = book->next(*this, type, file);  // `use` may cancel the file
    use(std::as_const(*file));
    file = following;
  }
}

template <class Upload, class>
bool context::cancel_upload(std::string_view ref) {
  static_assert(detail::right_upload<Upload>);
  auto* book = on_page().uploads();
  constexpr const char* type = &detail::type_key<Upload>;
  upload_entry* file = book == nullptr ? nullptr : book->next(*this, type, nullptr);
  while (file != nullptr && file->ref() != ref) file = book->next(*this, type, file);
  if (file == nullptr) return false;
  book->cancel(*file);
  return true;
}

}  // namespace musubi

#pragma once
/// Mistakes in the uploads of a store.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Store>
struct uploads_not_listed {
  static_assert(right<uploads_not_listed>,
                "musubi: this store has open_upload or upload_external but no list of uploads, so "
                "no browser could send a file; add a public `using uploads = "
                "musubi::uploads<Avatar>;`");
};
template <class Store, class List>
struct uploads_of_another_kind {
  static_assert(right<uploads_of_another_kind>,
                "musubi: the uploads of a store are listed as `using uploads = "
                "musubi::uploads<Avatar, Document>;`");
};
template <class Store, class Upload>
struct upload_without_accept {
  static_assert(right<upload_without_accept>,
                "musubi: an upload declares which files it accepts: static constexpr std::array "
                "accept{\".png\"}, or static constexpr auto accept = musubi::any_file");
};
template <class Store, class Upload>
struct extension_without_dot {
  static_assert(right<extension_without_dot>,
                "musubi: an upload's accept lists extensions with their dot: \".png\"");
};
template <class Store, class Upload>
struct awkward_upload_name {
  static_assert(right<awkward_upload_name>,
                "musubi: an upload's name must be printable ASCII without quotes and slashes, and "
                "not begin with __musubi_; rename it");
};
template <class Store, class Upload>
struct proxy_upload_name {
  static_assert(right<proxy_upload_name>,
                "musubi: the browser's store has a member snapshot, subscribe, dispatchCommand and "
                "handleEvent of its own, which would hide this upload; rename it");
};
template <class Store, class Upload>
struct upload_named_as_a_field {
  static_assert(
      right<upload_named_as_a_field>,
      "musubi: an upload has the same name as a field of this store's State; rename one of them");
};
template <class Store, class Upload, class Other>
struct duplicate_upload_name {
  static_assert(right<duplicate_upload_name>,
                "musubi: two uploads of one store have the same name; rename one of them: static "
                "constexpr std::string_view name = \"other_avatar\"");
};
template <class Store, class Upload>
struct upload_without_limits {
  static_assert(right<upload_without_limits>,
                "musubi: max_entries, max_file_size and chunk_size of an upload are at least 1, "
                "max_file_size is at most 2^53 - 1 bytes, and chunk_timeout is above zero");
};
template <class Store, class Upload>
struct upload_that_goes_nowhere {
  static_assert(right<upload_that_goes_nowhere>,
                "musubi: this upload has no destination; add a public "
                "`musubi::result<musubi::upload_sink*> open_upload(const Upload&, const "
                "musubi::upload_entry&, musubi::context&)`, or upload_external");
};
template <class Store, class Upload>
struct upload_that_goes_two_ways {
  static_assert(right<upload_that_goes_two_ways>,
                "musubi: an upload has both open_upload and upload_external, but its files have "
                "one destination; remove one of them");
};
template <class Store, class Upload>
struct progress_of_another_form {
  static_assert(right<progress_of_another_form>,
                "musubi: a store's handle_progress is `void handle_progress(const Upload&, const "
                "musubi::upload_entry&, musubi::context&)`, and public");
};
template <class Store, class Upload, class Meta>
struct meta_that_is_no_struct {
  static_assert(right<meta_that_is_no_struct>,
                "musubi: upload_external returns a plain struct with a trivial destructor; its "
                "fields are the meta that the browser's uploader reads");
};

}  // namespace musubi::mistake

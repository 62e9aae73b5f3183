#pragma once
/// Mistakes in the uploads of a store.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Store>
struct uploads_not_listed {
  static_assert(right<uploads_not_listed>,
                "musubi: this store has open_upload or upload_external and no list of its uploads, "
                "so that no browser could send a file; add, public, `using uploads = "
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
                "musubi: an upload says which files it takes: static constexpr std::array "
                "accept{\".png\"}, or static constexpr auto accept = musubi::any_file");
};
template <class Store, class Upload>
struct extension_without_dot {
  static_assert(right<extension_without_dot>,
                "musubi: an upload's accept lists extensions with their dot, as \".png\"");
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
  static_assert(right<upload_named_as_a_field>,
                "musubi: an upload has the name of a field of this store's State; rename one of "
                "them");
};
template <class Store, class Upload, class Other>
struct duplicate_upload_name {
  static_assert(right<duplicate_upload_name>,
                "musubi: two uploads of one store have the same name; give one of them another: "
                "static constexpr std::string_view name = \"other_avatar\"");
};
template <class Store, class Upload>
struct upload_without_limits {
  static_assert(
      right<upload_without_limits>,
      "musubi: max_entries, max_file_size and chunk_size of an upload are at least 1, "
      "max_file_size is at most 2^53 - 1 bytes, and chunk_timeout is longer than nothing");
};
template <class Store, class Upload>
struct upload_that_goes_nowhere {
  static_assert(right<upload_that_goes_nowhere>,
                "musubi: an upload of this store goes nowhere; add `musubi::result<"
                "musubi::upload_sink*> open_upload(const Upload&, const musubi::upload_entry&, "
                "musubi::context&)`, or upload_external, and public");
};
template <class Store, class Upload>
struct upload_that_goes_two_ways {
  static_assert(right<upload_that_goes_two_ways>,
                "musubi: an upload has open_upload and upload_external; its files go one way, take "
                "one of them out");
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
                "musubi: what upload_external answers with is a plain struct that needs no "
                "destructor: its fields are the meta that the browser's uploader reads");
};

}  // namespace musubi::mistake

#pragma once
/// Finds the mistakes in the uploads of a store.

#include <musubi/mistake/upload.hpp>

#include <string_view>
#include <type_traits>

#include <musubi/memory/safe_integer.hpp>
#include <musubi/schema/mistakes_of_fields.hpp>
#include <musubi/schema/named_list.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/store/upload/uploads.hpp>

namespace musubi::detail {

template <class Upload>
consteval bool extensions_begin_with_a_dot() {
  for (const std::string_view each : accept_list<Upload>) {
    if (each.size() < 2 || each[0] != '.') return false;
  }
  return true;
}

template <class Upload>
concept accepts_files =
    std::is_same_v<std::remove_cvref_t<decltype(Upload::accept)>, any_file_type> || requires {
  typename std::integral_constant<std::size_t, std::size(Upload::accept)>;
  std::string_view(*std::begin(Upload::accept));
};

/// Each option must be absent or a valid constant.
template <class Upload>
concept has_right_limits =
    (
        !requires { Upload::max_entries; } || requires { requires(Upload::max_entries > 0); }) &&
    (
        !requires { Upload::chunk_size; } || requires { requires(Upload::chunk_size > 0); }) &&
    (
        !requires { Upload::max_file_size; } ||
        requires {
          requires(Upload::max_file_size > 0 && safe_integer::fits(Upload::max_file_size));
        }) &&
    (
        !requires { Upload::chunk_timeout; } ||
        requires { requires(duration(Upload::chunk_timeout) > duration(0)); });

/// The mistakes in the result type of `upload_external`.
template <class Store, class Upload>
consteval auto mistakes_of_meta() {
  if constexpr (!sends_elsewhere<Store, Upload>) {
    return no_mistake;
  } else {
    using type = typename upload_meta<Store, Upload>::type;
    if constexpr (!std::is_class_v<type> || !std::is_trivially_destructible_v<type>) {
      return mistakes<mistake::meta_that_is_no_struct<Store, Upload, type>>();
    } else {
      return detail::name<Store, type>(mistakes_of_value<type, place::sent>());
    }
  }
}

template <class Store, class Upload>
consteval auto mistakes_of_way() {
  if constexpr (!opens_upload<Store, Upload> && !sends_elsewhere<Store, Upload>) {
    return mistakes<mistake::upload_that_goes_nowhere<Store, Upload>>();
  } else if constexpr (opens_upload<Store, Upload> && sends_elsewhere<Store, Upload>) {
    return mistakes<mistake::upload_that_goes_two_ways<Store, Upload>>();
  } else if constexpr (!follows_progress<Store, Upload> &&
                       has_member<Store, handle_progress_name>() &&
                       upload_count<typename uploads_of<Store>::type> == 1) {
    return mistakes<mistake::progress_of_another_form<Store, Upload>>();
  } else {
    return mistakes_of_meta<Store, Upload>();
  }
}

template <class Store, class Upload>
consteval auto mistakes_of_upload_name() {
  constexpr std::string_view name = upload_name<Upload>;
  if constexpr (!plain_name(name) || is_reserved_key(name)) {
    return mistakes<mistake::awkward_upload_name<Store, Upload>>();
  } else if constexpr (is_proxy_member(name)) {
    return mistakes<mistake::proxy_upload_name<Store, Upload>>();
  } else if constexpr (index_of_name<typename Store::State>(name) !=
                       field_count<typename Store::State>()) {
    return mistakes<mistake::upload_named_as_a_field<Store, Upload>>();
  } else {
    return no_mistake;
  }
}

template <class Store, class Upload>
consteval auto mistakes_of_upload() {
  if constexpr (!accepts_files<Upload>) {
    return mistakes<mistake::upload_without_accept<Store, Upload>>();
  } else if constexpr (!extensions_begin_with_a_dot<Upload>()) {
    return mistakes<mistake::extension_without_dot<Store, Upload>>();
  } else if constexpr (!has_right_limits<Upload>) {
    return mistakes<mistake::upload_without_limits<Store, Upload>>();
  } else {
    return detail::join(mistakes_of_upload_name<Store, Upload>(), mistakes_of_way<Store, Upload>());
  }
}

template <class Store, class List>
struct mistakes_in_uploads {
  static consteval auto find() { return mistakes<mistake::uploads_of_another_kind<Store, List>>(); }
};
template <class Store, class... Uploads>
struct mistakes_in_uploads<Store, uploads<Uploads...>> {
  static consteval auto find() {
    if constexpr (sizeof...(Uploads) != 0) {
      return detail::join(mistakes_of_upload<Store, Uploads>()...,
                          duplicates_in<by_command_name, mistake::duplicate_upload_name, Store,
                                        Uploads...>::find());
    } else if constexpr (has_member<Store, open_upload_name>() ||
                         has_member<Store, upload_external_name>()) {
      return mistakes<mistake::uploads_not_listed<Store>>();
    } else {
      return no_mistake;
    }
  }
};

/// The mistakes of a store whose State has none.
template <class Store>
consteval auto mistakes_of_uploads() {
  return mistakes_in_uploads<Store, typename uploads_of<Store>::type>::find();
}

}  // namespace musubi::detail

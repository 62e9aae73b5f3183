#pragma once
/// Files that browsers send to a store (contract section 10).
///
///     struct Avatar {                                          // upload "avatar"
///       static constexpr std::array accept{".png", ".jpg"};    // or musubi::any_file
///       static constexpr std::uint32_t max_file_size = 500'000;
///     };
///     using uploads = musubi::uploads<Avatar>;
///     musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
///                                                      musubi::context&);
///
/// `open_upload` returns the sink for the bytes of a file when its first chunk arrives. When the
/// file is complete, a command consumes it:
///
///     musubi::status handle(const Save&, musubi::context& ctx) {
///       ctx.consume_uploads<Avatar>([&](const musubi::upload_entry& file) {
///         return keep(file.sink<file_sink>());   // false: it stays until the next call
///       });
///
/// Instead of `open_upload`, a store may tell the browser to send a file elsewhere:
///
///     struct S3 {
///       static constexpr std::string_view uploader = "s3";     // registered by the page
///       musubi::text<256> url;                                 // the rest is read by the uploader
///     };
///     musubi::result<S3> upload_external(const Avatar&, const musubi::upload_entry&,
///                                        musubi::context&);
///
/// An upload that not everybody may send says what it needs, as a command does (commands.hpp). It
/// is asked when a file is announced, and when its first chunk arrives.
///
/// If the store has a `void handle_progress(const Avatar&, const musubi::upload_entry&,
/// musubi::context&)`, it is called as the file progresses.

#include <array>
#include <concepts>
#include <new>

#include <musubi/async/clock.hpp>
#include <musubi/memory/internal/largest.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/guard.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/schema/type_key.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/command/internal/needs.hpp>
#include <musubi/store/upload/upload_type.hpp>

namespace musubi {

/// The uploads of a store.
template <class... Uploads>
struct uploads {};

/// `static constexpr auto accept = musubi::any_file;`
struct any_file_type {};
inline constexpr any_file_type any_file;

namespace detail {

/// The `uploads` of a store; empty if it has none.
template <class Store>
struct uploads_of {
  using type = uploads<>;
};
template <class Store>
requires requires {
  typename Store::uploads;
}
struct uploads_of<Store> {
  using type = typename Store::uploads;
};

template <class List>
inline constexpr std::size_t upload_count = 0;
template <class... Uploads>
inline constexpr std::size_t upload_count<uploads<Uploads...>> = sizeof...(Uploads);
template <class Store>
inline constexpr bool has_uploads = upload_count<typename uploads_of<Store>::type> != 0;

// --- the values of a declaration, or the contract's defaults (section 10.1) ---

template <class Upload>
inline constexpr std::string_view upload_name = command_name<Upload>;

template <class Upload>
consteval auto accepted() {
  if constexpr (std::is_same_v<std::remove_cvref_t<decltype(Upload::accept)>, any_file_type>) {
    return std::array<std::string_view, 0>{};
  } else {
    std::array<std::string_view, std::size(Upload::accept)> made{};
    std::size_t at = 0;
    for (const std::string_view each : Upload::accept) made[at++] = each;
    return made;
  }
}
template <class Upload>
inline constexpr auto accept_list = accepted<Upload>();

template <class Upload>
consteval std::uint32_t max_entries_of() {
  if constexpr (requires { Upload::max_entries; }) {
    return static_cast<std::uint32_t>(Upload::max_entries);
  } else {
    return 1;
  }
}
template <class Upload>
consteval std::uint64_t max_file_size_of() {
  if constexpr (requires { Upload::max_file_size; }) {
    return static_cast<std::uint64_t>(Upload::max_file_size);
  } else {
    return 8'000'000;
  }
}
template <class Upload>
consteval std::uint32_t chunk_size_of() {
  if constexpr (requires { Upload::chunk_size; }) {
    return static_cast<std::uint32_t>(Upload::chunk_size);
  } else {
    return 64'000;
  }
}
template <class Upload>
consteval duration chunk_timeout_of() {
  if constexpr (requires { Upload::chunk_timeout; }) {
    return Upload::chunk_timeout;
  } else {
    return std::chrono::seconds(10);
  }
}

// --- the functions of the store that serve it ---

template <class Store, class Upload>
concept opens_upload = requires(Store& store, const upload_entry& file, context& ctx) {
  { store.open_upload(Upload{}, file, ctx) } -> std::convertible_to<result<upload_sink*>>;
};
template <class Store, class Upload>
concept sends_elsewhere = requires(Store& store, const upload_entry& file, context& ctx) {
  requires is_result<decltype(store.upload_external(Upload{}, file, ctx))>;
};
template <class Store, class Upload>
concept follows_progress = requires(Store& store, const upload_entry& file, context& ctx) {
  store.handle_progress(Upload{}, file, ctx);
};

/// The return type of `upload_external`, or void.
template <class Store, class Upload>
struct upload_meta {
  struct type {};
  static constexpr std::size_t bytes = 0;
};
template <class Store, class Upload>
requires sends_elsewhere<Store, Upload>
struct upload_meta<Store, Upload> {
  using type = typename decltype(std::declval<Store&>().upload_external(
      Upload{}, std::declval<const upload_entry&>(), std::declval<context&>()))::value_type;
  static_assert(alignof(type) <= alignof(std::max_align_t));
  static constexpr std::size_t bytes = sizeof(type);
};

template <class Meta>
consteval std::string_view uploader_of() {
  if constexpr (requires { std::string_view(Meta::uploader); }) {
    return Meta::uploader;
  } else {
    return "external";
  }
}

/// The uploads of a store whose context is a `Node` with a function `store()`.
template <class Node, class Store>
class upload_calls {
  static Store& store_of(context& of) noexcept { return static_cast<Node&>(of).store(); }
  static void mark(context& of) noexcept { static_cast<Node&>(of).mark(); }

  static constexpr status threw = fail("the store threw");

  template <class Upload>
  static result<upload_sink*> open(context& of, const upload_entry& file) noexcept {
    if (!lacks<Store, Upload>(of).empty()) return refuse("forbidden");  // not any more
    result<upload_sink*> answer = threw;
    (void)guarded([&] { answer = store_of(of).open_upload(Upload{}, file, of); });
    return answer;
  }
  template <class Upload>
  static status external(context& of, const upload_entry& file, void* meta) noexcept {
    status answer = threw;
    (void)guarded([&] {
      auto made = store_of(of).upload_external(Upload{}, file, of);
      answer = made.error();
      if (made.ok()) new (meta) typename upload_meta<Store, Upload>::type(std::move(*made));
    });
    return answer;
  }
  template <class Upload>
  static void write_meta(json::writer& out, const void* meta) noexcept {
    using type = typename upload_meta<Store, Upload>::type;
    codec<type>::write(out, *static_cast<const type*>(meta));
  }
  template <class Upload>
  static status progress(context& of, const upload_entry& file) noexcept {
    status answer = threw;
    (void)guarded([&] {
      if constexpr (std::is_void_v<decltype(store_of(of).handle_progress(Upload{}, file, of))>) {
        store_of(of).handle_progress(Upload{}, file, of);
        answer = {};
      } else {
        answer = store_of(of).handle_progress(Upload{}, file, of);
      }
    });
    return answer;
  }

  template <class Upload>
  static consteval upload_type type_of() {
    upload_type made{.key = &type_key<Upload>,
                     .name = upload_name<Upload>,
                     .accept = accept_list<Upload>,
                     .max_entries = max_entries_of<Upload>(),
                     .chunk_size = chunk_size_of<Upload>(),
                     .max_file_size = max_file_size_of<Upload>(),
                     .chunk_timeout = chunk_timeout_of<Upload>(),
                     .missing = nullptr,
                     .open = nullptr,
                     .external = nullptr,
                     .write_meta = nullptr,
                     .uploader = {},
                     .progress = nullptr,
                     .mark = &mark};
    if constexpr (has_needs<Store, Upload>) made.missing = &lacks<Store, Upload>;
    if constexpr (opens_upload<Store, Upload>) {
      made.open = &open<Upload>;
    } else {
      made.external = &external<Upload>;
      made.write_meta = &write_meta<Upload>;
      made.uploader = uploader_of<typename upload_meta<Store, Upload>::type>();
    }
    if constexpr (follows_progress<Store, Upload>) made.progress = &progress<Upload>;
    return made;
  }
  template <class List>
  struct table;
  template <class... Uploads>
  struct table<uploads<Uploads...>> {
    static constexpr std::array<upload_type, sizeof...(Uploads)> types{type_of<Uploads>()...};
  };

 public:
  static constexpr upload_list list{table<typename uploads_of<Store>::type>::types};
};

/// The most bytes that a result of one store's `upload_external` needs.
template <class Store, class List>
inline constexpr std::size_t most_meta_bytes = 0;
template <class Store, class... Uploads>
requires(sizeof...(Uploads) != 0) inline constexpr std::size_t
    most_meta_bytes<Store, uploads<Uploads...>> = largest({upload_meta<Store, Uploads>::bytes...});

template <class... Uploads>
void write_upload_markers(json::writer& out, uploads<Uploads...>) noexcept {
  (write_upload_marker(out, upload_name<Uploads>), ...);
}

}  // namespace detail
}  // namespace musubi

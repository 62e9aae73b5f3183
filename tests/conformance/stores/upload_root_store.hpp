#pragma once

#include "stores/texts.hpp"

#include <array>
#include <string>

#include <musubi/musubi.hpp>

namespace conformance {

/// An upload that goes elsewhere (contract section 17.1).
struct upload_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.UploadRootStore";

  struct Avatar {
    static constexpr std::array accept{".png"};
    static constexpr std::uint32_t max_entries = 2;
    static constexpr std::uint32_t max_file_size = 1'000'000;
    static constexpr std::uint32_t chunk_size = 1024;
  };
  using uploads = musubi::uploads<Avatar>;
  struct S3 {
    static constexpr std::string_view uploader = "s3";
    musubi::text<300> url;
  };
  struct State {
    short_text title;
  };

  musubi::result<S3> upload_external(const Avatar&, const musubi::upload_entry& file,
                                     musubi::context&) {
    S3 there;
    if (there.url.assign("https://uploads.example.test/" + std::string(file.client_name()))) {
      return there;
    }
    return musubi::refuse("the name is too long");
  }
  State render() const { return {"uploads"}; }
};

}  // namespace conformance

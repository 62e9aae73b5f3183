// Uploads that no browser could send, or that would go nowhere.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <array>
#include <chrono>

struct shown : store {
  struct State {
    int number;
  };
  State render() const;
};
/// Takes files of whatever upload.
struct takes_files : shown {
  template <class Upload>
  musubi::result<musubi::upload_sink*> open_upload(const Upload&, const musubi::upload_entry&,
                                                   musubi::context&);
};

// mistake: files and no list
// expect: musubi: this store has open_upload or upload_external but no list of uploads, so no
// names: without_list
struct without_list : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
};
MUSUBI_TEST_SERVE(without_list);

// mistake: a list of another kind
// expect: musubi: the uploads of a store are listed as `using uploads = musubi::uploads<
// names: with_one, Avatar
struct with_one : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = Avatar;
};
MUSUBI_TEST_SERVE(with_one);

// mistake: an upload that does not say what it takes (contract section 10.1)
// expect: musubi: an upload declares which files it accepts: static constexpr std::array
// names: without_accept, Avatar
struct without_accept : takes_files {
  struct Avatar {};
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(without_accept);

// mistake: numbers for extensions
// expect: musubi: an upload declares which files it accepts: static constexpr std::array
// names: with_numbers, Avatar
struct with_numbers : takes_files {
  struct Avatar {
    static constexpr std::array accept{1, 2};
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(with_numbers);

// mistake: an extension that no file has (contract section 10.1)
// expect: musubi: an upload's accept lists extensions with their dot
// names: without_dot, Avatar
struct without_dot : takes_files {
  struct Avatar {
    static constexpr std::array accept{"png"};
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(without_dot);

// mistake: no files at all
// expect: musubi: max_entries, max_file_size and chunk_size of an upload are at least 1
// names: without_entries, Avatar
struct without_entries : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
    static constexpr int max_entries = 0;
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(without_entries);

// mistake: files larger than a browser can count
// expect: musubi: max_entries, max_file_size and chunk_size of an upload are at least 1
// names: with_endless_files, Avatar
struct with_endless_files : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
    static constexpr std::uint64_t max_file_size = ~std::uint64_t{0};
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(with_endless_files);

// mistake: no time for a chunk
// expect: chunk_timeout is above zero
// names: without_time, Avatar
struct without_time : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
    static constexpr std::chrono::seconds chunk_timeout{0};
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(without_time);

// mistake: two things under one key of the state (contract section 10.1)
// expect: musubi: an upload has the same name as a field of this store's State; rename one of
// names: with_name_of_a_field, Number
struct with_name_of_a_field : takes_files {
  struct Number {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Number>;
};
MUSUBI_TEST_SERVE(with_name_of_a_field);

// mistake: an upload named like a member that every store has in a browser
// expect: musubi: the browser's store has a member snapshot, subscribe, dispatchCommand and
// names: with_name_of_a_member, Snapshot
struct with_name_of_a_member : takes_files {
  struct Snapshot {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Snapshot>;
};
MUSUBI_TEST_SERVE(with_name_of_a_member);

// mistake: two uploads of one name
// expect: musubi: two uploads of one store have the same name; rename one of them: static
// names: with_twins, Avatar, Other
struct with_twins : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  struct Other {
    static constexpr auto accept = musubi::any_file;
    static constexpr std::string_view name = "avatar";
  };
  using uploads = musubi::uploads<Avatar, Other>;
};
MUSUBI_TEST_SERVE(with_twins);

// mistake: a name that the protocol keeps for itself
// expect: musubi: an upload's name must be printable ASCII without quotes and slashes, and not
// begin names: with_marker, Avatar
struct with_marker : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
    static constexpr std::string_view name = "__musubi_upload__";
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(with_marker);

// mistake: files that nobody would take
// expect: musubi: this upload has no destination; add a public `musubi::result<musubi::upload_sink*>
// names: that_goes_nowhere, Avatar
struct that_goes_nowhere : shown {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
};
MUSUBI_TEST_SERVE(that_goes_nowhere);

// mistake: a file cannot come here and go elsewhere
// expect: musubi: an upload has both open_upload and upload_external, but its files have one
// names: that_goes_two_ways, Avatar
struct that_goes_two_ways : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
  struct Place {
    int number;
  };
  musubi::result<Place> upload_external(const Avatar&, const musubi::upload_entry&,
                                        musubi::context&);
};
MUSUBI_TEST_SERVE(that_goes_two_ways);

// mistake: a place that no browser could read
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_address, Place, url
struct with_address : shown {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
  struct Place {
    const char* url;
  };
  musubi::result<Place> upload_external(const Avatar&, const musubi::upload_entry&,
                                        musubi::context&);
};
MUSUBI_TEST_SERVE(with_address);

// mistake: a handle_progress that would never be called
// expect: musubi: a store's handle_progress is `void handle_progress(const Upload&
// names: with_progress, Avatar
struct with_progress : takes_files {
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
  void handle_progress(int);
};
MUSUBI_TEST_SERVE(with_progress);

#pragma once
/// What codecs write, diff and read, as texts that a test can compare.

#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <string_view>

#include <musubi/json/internal/reader.hpp>
#include <musubi/schema/codec_record.hpp>

namespace musubi::test {

template <class Write>
std::string written(Write&& write) {
  std::string bytes(65536, '\0');
  json::buffer_output out(bytes.data(), bytes.size());
  json::writer to(out);
  write(to);
  EXPECT_FALSE(out.failed());
  return std::string(out.view());
}

template <class T>
std::string to_json(const T& value) {
  return written([&](json::writer& to) { codec<T>::write(to, value); });
}

/// Operations in brackets; nothing at all when there is none.
class bracketed final : public operations {
 public:
  using operations::operations;

 private:
  void open() noexcept override { out().raw('['); }
};

/// An output without room for a whole operation, so that no short way is taken.
class narrow_output final : public json::output {
 public:
  narrow_output() noexcept : output(window_, window_ + sizeof window_) {}
  [[nodiscard]] std::string all() {
    (void)make_room();
    return text_;
  }

 private:
  bool make_room() noexcept override {
    text_.append(window_, cursor_);
    cursor_ = window_;
    return true;
  }
  char window_[reserve_limit];
  std::string text_;
};

/// The operations from `before` to `after`, "" when there is none. Where there is a short way, the
/// general one has to come to the same.
template <class T>
std::string diff(const T& before, const T& after) {
  const auto write = [&](json::writer& to) {
    bracketed ops(to);
    codec<T>::diff(ops, pointer::root(), before, after);
    if (ops.count() != 0) to.raw(']');
    EXPECT_EQ(ops.count() == 0, codec<T>::equal(before, after));
  };
  std::string text = written(write);
  narrow_output narrow;
  json::writer general(narrow);
  write(general);
  EXPECT_EQ(narrow.all(), text);
  return text;
}

/// How reading went: "" for well, else "field: expected". `error` has the rules.
template <class T>
std::string outcome_of(T& into, std::string_view json, decode_error& error) {
  json::reader read(json);
  if (codec<T>::read(read, into, error)) return "";
  return written([&](json::writer& to) { error.write_field(to); }) + ": " +
         std::string(error.expected());
}

/// The same by the table of its fields, as where flash is little.
template <class T>
std::string outcome_by_table(T& into, std::string_view json, decode_error& error) {
  json::reader read(json);
  if (detail::reader_of<T>.read(read, &into, error)) return "";
  return written([&](json::writer& to) { error.write_field(to); }) + ": " +
         std::string(error.expected());
}

/// The same. Where there is a short way, the general one has to come to the same; so has the table
/// of a struct's fields.
template <class T>
std::string read_into(T& into, std::string_view json, bool absent_means_null = false) {
  if (!json::well_formed(json)) return "unreadable";
  decode_error error;
  error.absent_means_null = absent_means_null;
  decode_error general = error.another();
  general.go_general();
  T other = into;
  if constexpr (requires { codec<T>::is_record; }) {
    T third = into;
    T again = into;
    decode_error by_table = general.another();
    decode_error by_codec = general.another();
    EXPECT_EQ(outcome_by_table(third, json, by_table), outcome_of(again, json, by_codec)) << json;
    if (by_codec.expected().empty()) {
      EXPECT_EQ(to_json(third), to_json(again)) << json;
    }
  }
  std::string told = outcome_of(into, json, error);
  EXPECT_EQ(outcome_of(other, json, general), told) << json;
  if (told.empty()) {
    EXPECT_EQ(to_json(other), to_json(into)) << json;
  }
  return told;
}

/// What is wrong with `json` as a `T`; "" when nothing is.
template <class T>
std::string fault_in(std::string_view json, bool absent_means_null = false) {
  T into{};
  return read_into(into, json, absent_means_null);
}

/// Reads what is known to be right.
template <class T>
T read(std::string_view json) {
  T into{};
  EXPECT_EQ(read_into(into, json), "") << json;
  return into;
}

}  // namespace musubi::test

/// The TypeScript of C++ types: contract section 12.2.

#include <gtest/gtest.h>
#include <string>
#include <variant>

#include <musubi/memory/internal/as_text.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/typescript/types.hpp>

namespace musubi::typescript {
namespace {

enum class mode { off, eco = 2, comfort };

struct point {
  std::int32_t x;
  std::int32_t y;
};
struct nothing {};
struct named {
  static constexpr std::string_view module = "Home.Named";
  point at;
};
struct a_field_called_module {
  text<8> module;
};
struct listed {
  std::int32_t celsius_;
  text<8> type_;
  bool tricky_;
  static constexpr auto fields =
      musubi::fields(musubi::field("celsius", &listed::celsius_, "What the room should reach."),
                     musubi::field("content-type", &listed::type_),
                     musubi::field("tricky", &listed::tricky_, "Ends */ here.\nTwo lines."));
};
struct valve {
  static constexpr std::string_view module = "Home.Valve";
  struct State {
    std::int32_t open;
  };
};

}  // namespace

/// An application's own types, one of which says what it is in TypeScript.
struct colour {
  std::uint32_t rgb;
};
struct blob {
  std::uint32_t size;
};

}  // namespace musubi::typescript

template <>
struct musubi::codec<musubi::typescript::colour> {
  static constexpr std::string_view typescript = "`#${string}`";
};
template <>
struct musubi::codec<musubi::typescript::blob> {};

namespace musubi::typescript {
namespace {

/// What `write` writes.
template <class Write>
std::string written(Write write) {
  output counted("Musubi");
  write(counted);
  std::string text(counted.size(), '\0');
  output out("Musubi", text.data());
  write(out);
  return text;
}
template <class T>
std::string type() {
  return written([](output& out) { write_type<T>(out); });
}

TEST(typescript_types, scalars_are_primitive_types) {
  EXPECT_EQ(type<bool>(), "boolean");
  EXPECT_EQ(type<std::int8_t>(), "number");
  EXPECT_EQ(type<safe_integer>(), "number");
  EXPECT_EQ(type<fixed<2>>(), "number");
  EXPECT_EQ(type<as_text<std::uint64_t>>(), "string");
  EXPECT_EQ(type<float>(), "number");
  EXPECT_EQ(type<double>(), "number");
  EXPECT_EQ(type<text<16>>(), "string");
}

TEST(typescript_types, an_enum_is_the_union_of_its_names) {
  EXPECT_EQ(type<mode>(), R"("off" | "eco" | "comfort")");
}

TEST(typescript_types, an_optional_may_be_null) {
  EXPECT_EQ(type<std::optional<text<4>>>(), "string | null");
  EXPECT_EQ(type<std::optional<mode>>(), R"("off" | "eco" | "comfort" | null)");
}

TEST(typescript_types, a_list_is_an_array_in_the_long_form_where_its_items_are_unions) {
  EXPECT_EQ((type<list<std::int32_t, 4>>()), "number[]");
  EXPECT_EQ((type<std::array<bool, 2>>()), "boolean[]");
  EXPECT_EQ((type<list<list<point, 4>, 2>>()), "{ x: number; y: number }[][]");
  EXPECT_EQ((type<list<mode, 4>>()), R"(Array<"off" | "eco" | "comfort">)");
  EXPECT_EQ((type<list<std::optional<point>, 4>>()), "Array<{ x: number; y: number } | null>");
}

TEST(typescript_types, a_dict_is_a_record) {
  EXPECT_EQ((type<dict<text<4>, double, 4>>()), "Record<string, number>");
  EXPECT_EQ((type<dict<text<4>, std::optional<bool>, 4>>()), "Record<string, boolean | null>");
}

TEST(typescript_types, a_struct_stands_where_it_is_used) {
  EXPECT_EQ(type<point>(), "{ x: number; y: number }");
  EXPECT_EQ(type<nothing>(), "{}");
}

TEST(typescript_types, a_struct_with_a_module_is_called_by_it) {
  EXPECT_EQ(type<named>(), "Home.Named");
  EXPECT_EQ((type<list<named, 2>>()), "Home.Named[]");
  EXPECT_EQ(type<a_field_called_module>(), "{ module: string }");
}

TEST(typescript_types, a_constant_is_the_type_of_its_value) {
  EXPECT_EQ(type<constant<"open">>(), R"("open")");
  EXPECT_EQ(type<constant<true>>(), "true");
  EXPECT_EQ(type<constant<-7>>(), "-7");
}

TEST(typescript_types, a_variant_is_the_union_of_its_alternatives) {
  struct open {
    constant<"open"> type;
  };
  using choice = std::variant<open, named>;
  EXPECT_EQ(type<choice>(), R"({ type: "open" } | Home.Named)");
  EXPECT_EQ(type<std::optional<choice>>(), R"({ type: "open" } | Home.Named | null)");
  EXPECT_EQ((type<list<choice, 4>>()), R"(Array<{ type: "open" } | Home.Named>)");
  EXPECT_EQ((type<dict<text<4>, choice, 4>>()), R"(Record<string, { type: "open" } | Home.Named>)");
  EXPECT_EQ(type<stream<choice>>(), R"(Musubi.StreamField<{ type: "open" } | Home.Named>)");
}

TEST(typescript_types, a_child_is_the_store_of_its_module) {
  EXPECT_EQ(type<child<valve>>(), R"(Musubi.StoreField<"Home.Valve">)");
  EXPECT_EQ((type<list<child<valve>, 4>>()), R"(Musubi.StoreField<"Home.Valve">[])");
  EXPECT_EQ(type<std::optional<child<valve>>>(), R"(Musubi.StoreField<"Home.Valve"> | null)");
}

TEST(typescript_types, streams_and_async_values_are_fields_of_their_kind) {
  EXPECT_EQ(type<stream<named>>(), "Musubi.StreamField<Home.Named>");
  EXPECT_EQ(type<async<point>>(), "Musubi.AsyncField<{ x: number; y: number }>");
  EXPECT_EQ(type<async<stream<named>>>(), "Musubi.AsyncField<Musubi.StreamField<Home.Named>>");
  EXPECT_EQ(type<async<std::optional<child<valve>>>>(),
            R"(Musubi.AsyncField<Musubi.StoreField<"Home.Valve"> | null>)");
}

TEST(typescript_types, what_only_its_own_codec_knows_is_unknown_unless_that_says_more) {
  EXPECT_EQ(type<blob>(), "unknown");
  EXPECT_EQ(type<colour>(), "`#${string}`");
}

TEST(typescript_types, fields_on_lines_have_their_documentation_and_quotes_where_needed) {
  EXPECT_EQ(written([](output& out) { write_block<listed>(out, 2); }),
            "{\n"
            "    /** What the room should reach. */\n"
            "    celsius: number\n"
            "    \"content-type\": string\n"
            "    /** Ends *\\/ here. Two lines. */\n"
            "    tricky: boolean\n"
            "  }");
  EXPECT_EQ(written([](output& out) { write_block<nothing>(out, 2); }), "{}");
}

struct noted {
  std::int32_t celsius;
  std::int32_t target;
  float load;
  bool on;
  static constexpr auto about =
      musubi::about(musubi::field(&noted::celsius, "What the room should reach.").unit("°C"),
                    musubi::field(&noted::target).unit("°C").range(5, 30),
                    musubi::field(&noted::load, "Of all cores.").range(0, 1.5),
                    musubi::field(&noted::on).device_class("heat"));
};

TEST(typescript_types, the_documentation_of_a_field_has_its_unit_and_range) {
  EXPECT_EQ(written([](output& out) { write_block<noted>(out, 0); }),
            "{\n"
            "  /** What the room should reach. In °C. */\n"
            "  celsius: number\n"
            "  /** In °C, from 5 to 30. */\n"
            "  target: number\n"
            "  /** Of all cores. From 0 to 1.5. */\n"
            "  load: number\n"
            "  on: boolean\n"
            "}");
}

TEST(typescript_types, the_root_namespace_is_the_bundles) {
  output out("Device");
  write_type<child<valve>>(out);
  EXPECT_EQ(out.size(), std::string_view(R"(Device.StoreField<"Home.Valve">)").size());
}

}  // namespace
}  // namespace musubi::typescript

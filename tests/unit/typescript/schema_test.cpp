/// The JSON schema of stores, which the inspector's page is made from.

#include <gtest/gtest.h>
#include <string>
#include <variant>

#include <musubi/musubi.hpp>
#include <musubi/typescript/schema.hpp>

namespace musubi::typescript::schemas {
namespace {

template <class... Stores>
struct roots {};

enum class mode { off, eco = 2, comfort };

struct point {
  std::int8_t x;
  std::uint8_t y;
};
struct nothing {};
struct named {
  static constexpr std::string_view module = "Home.Named";
  point at;
};
struct listed {
  bool on_;
  named where_;
  static constexpr auto fields =
      musubi::fields(musubi::field("is-on", &listed::on_, "Whether \"it\" is on.\n\\o/ ok"),
                     musubi::field("where", &listed::where_, "Where."));
};
struct valve {
  static constexpr std::string_view module = "Home.Valve";
  struct State {
    bool open;
  };
};

}  // namespace

/// An application's own types, some of which say what they are in TypeScript.
struct hue {
  std::uint32_t rgb;
};
struct when {
  std::uint32_t seconds;
};
struct lump {
  std::uint32_t size;
};
struct described_lump {
  lump it_;
  static constexpr auto fields =
      musubi::fields(musubi::field("it", &described_lump::it_, "A lump."));
};

}  // namespace musubi::typescript::schemas

template <>
struct musubi::codec<musubi::typescript::schemas::hue> {
  static constexpr std::string_view typescript = "`#${string}`";
};
template <>
struct musubi::codec<musubi::typescript::schemas::when> {
  static constexpr std::string_view typescript = "string";
};
template <>
struct musubi::codec<musubi::typescript::schemas::lump> {};

namespace musubi::typescript::schemas {
namespace {

/// The schema of `T`.
template <class T>
std::string type() {
  output counted("");
  write_schema<T>(counted);
  std::string text(counted.size(), '\0');
  output out("", text.data());
  write_schema<T>(out);
  return text;
}

TEST(typescript_schema, integers_have_the_range_of_their_type) {
  EXPECT_EQ(type<std::int8_t>(), R"({"type":"integer","minimum":-128,"maximum":127})");
  EXPECT_EQ(type<std::uint32_t>(), R"({"type":"integer","minimum":0,"maximum":4294967295})");
  EXPECT_EQ(type<std::int32_t>(),
            R"({"type":"integer","minimum":-2147483648,"maximum":2147483647})");
  EXPECT_EQ(type<safe_integer>(),
            R"({"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991})");
}

TEST(typescript_schema, numbers_have_their_step_where_there_is_one) {
  EXPECT_EQ(type<float>(), R"({"type":"number"})");
  EXPECT_EQ(type<double>(), R"({"type":"number"})");
  EXPECT_EQ(type<fixed<1>>(), R"({"type":"number","multipleOf":0.1,)"
                              R"("minimum":-214748364.8,"maximum":214748364.7})");
  EXPECT_EQ(type<fixed<9>>(), R"({"type":"number","multipleOf":0.000000001,)"
                              R"("minimum":-2.147483648,"maximum":2.147483647})");
}

TEST(typescript_schema, integers_as_text_are_strings_of_digits) {
  EXPECT_EQ(type<as_text<std::uint64_t>>(), R"({"type":"string","pattern":"^[0-9]+$"})");
  EXPECT_EQ(type<as_text<std::int64_t>>(), R"({"type":"string","pattern":"^-?[0-9]+$"})");
}

TEST(typescript_schema, other_scalars_are_what_they_are) {
  EXPECT_EQ(type<bool>(), R"({"type":"boolean"})");
  EXPECT_EQ(type<text<16>>(), R"({"type":"string","maxBytes":16})");
  EXPECT_EQ(type<mode>(), R"({"enum":["off","eco","comfort"]})");
}

struct noted {
  std::int32_t celsius;
  std::optional<fixed<1>> volts;
  float load;
  static constexpr auto about =
      musubi::about(musubi::field(&noted::celsius, "Inside.").unit("°C").range(5, 30),
                    musubi::field(&noted::volts).unit("V").device_class("voltage").range(-1, 2.5),
                    musubi::field(&noted::load).range(0, 1).step(0.25));
};

TEST(typescript_schema, fields_have_their_range_unit_and_device_class) {
  EXPECT_EQ(
      type<noted>(),
      R"({"type":"object","properties":{"celsius":{"type":"integer","minimum":5,"maximum":30,)"
      R"("description":"Inside.","unit":"°C"},"volts":{"anyOf":[{"type":"number",)"
      R"("multipleOf":0.1,"minimum":-1,"maximum":2.5},{"type":"null"}],"unit":"V",)"
      R"("deviceClass":"voltage"},"load":{"type":"number","multipleOf":0.25,"minimum":0,)"
      R"("maximum":1}}})");
}

TEST(typescript_schema, an_optional_may_be_null) {
  EXPECT_EQ(type<std::optional<bool>>(), R"({"anyOf":[{"type":"boolean"},{"type":"null"}]})");
}

TEST(typescript_schema, a_variant_is_one_of_its_alternatives) {
  struct open {
    constant<"open"> type;
  };
  using choice = std::variant<open, named>;
  EXPECT_EQ(type<choice>(), R"({"oneOf":[{"type":"object","properties":{"type":{"const":"open"}}},)"
                            R"({"$ref":"#/$defs/Home.Named"}]})");
  EXPECT_EQ(type<constant<true>>(), R"({"const":true})");
}

TEST(typescript_schema, lists_and_dicts_have_their_capacity) {
  EXPECT_EQ((type<list<bool, 4>>()), R"({"type":"array","items":{"type":"boolean"},"maxItems":4})");
  EXPECT_EQ((type<std::array<bool, 2>>()),
            R"({"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":2})");
  EXPECT_EQ((type<dict<text<4>, bool, 3>>()),
            R"({"type":"object","additionalProperties":{"type":"boolean"},"maxProperties":3})");
}

TEST(typescript_schema, a_struct_has_its_fields_in_order_with_their_documentation) {
  EXPECT_EQ(type<nothing>(), R"({"type":"object","properties":{}})");
  EXPECT_EQ(type<listed>(),
            R"({"type":"object","properties":{)"
            R"("is-on":{"type":"boolean","description":"Whether \"it\" is on.\n\\o/ ok"},)"
            R"("where":{"$ref":"#/$defs/Home.Named","description":"Where."}}})");
}

TEST(typescript_schema, what_a_state_places_has_words_of_its_own) {
  EXPECT_EQ(type<child<valve>>(), R"({"store":"Home.Valve"})");
  EXPECT_EQ(type<stream<named>>(), R"({"stream":{"$ref":"#/$defs/Home.Named"}})");
  EXPECT_EQ(type<async<bool>>(), R"({"async":{"type":"boolean"}})");
}

TEST(typescript_schema,
     a_type_with_a_codec_of_its_own_is_anything_unless_that_says_a_type_of_json) {
  EXPECT_EQ(type<lump>(), "{}");
  EXPECT_EQ(type<hue>(), "{}");
  EXPECT_EQ(type<when>(), R"({"type":"string"})");
  EXPECT_EQ(type<described_lump>(),
            R"({"type":"object","properties":{"it":{"description":"A lump."}}})");
}

struct line {
  static constexpr std::string_view module = "Shop.Line";
  struct Props {
    std::int32_t qty;
  };
  struct State {
    std::uint8_t qty;
  };
};
struct cart {
  static constexpr std::string_view module = "Shop.Cart";
  struct Params {
    mode how;
  };
  struct State {
    list<child<line>, 4> lines;
    stream<named> log;
  };
  struct Add {
    text<8> sku;
  };
  struct Clear {
    struct Reply {
      bool ok;
    };
  };
  using commands = musubi::commands<Add, Clear>;
  struct Toast {
    text<8> msg;
  };
  struct Ping {};
  using events = musubi::events<Toast, Ping>;
  struct Photo {
    [[maybe_unused]] static constexpr auto accept = any_file;
  };
  struct Plan {
    [[maybe_unused]] static constexpr auto accept = any_file;
  };
  using uploads = musubi::uploads<Photo, Plan>;
  status handle(const Add&, context&) { return {}; }
  result<Clear::Reply> handle(const Clear&, context&) { return Clear::Reply{true}; }
};

constexpr std::string_view whole =
    R"({"version":1,"roots":["Shop.Cart"],"stores":{)"
    R"("Shop.Cart":{"params":{"type":"object","properties":{"how":{"enum":["off","eco","comfort"]}}},)"
    R"("state":{"type":"object","properties":{)"
    R"("lines":{"type":"array","items":{"store":"Shop.Line"},"maxItems":4},)"
    R"("log":{"stream":{"$ref":"#/$defs/Home.Named"}}}},)"
    R"("uploads":["photo","plan"],)"
    R"("commands":{"add":{"payload":{"type":"object","properties":{)"
    R"("sku":{"type":"string","maxBytes":8}}}},)"
    R"("clear":{"payload":{"type":"object","properties":{}},)"
    R"("reply":{"type":"object","properties":{"ok":{"type":"boolean"}}}}},)"
    R"("events":{"toast":{"type":"object","properties":{"msg":{"type":"string","maxBytes":8}}},)"
    R"("ping":{"type":"object","properties":{}}}},)"
    R"("Shop.Line":{"params":{"type":"object","properties":{}},)"
    R"("state":{"type":"object","properties":{"qty":{"type":"integer","minimum":0,"maximum":255}}},)"
    R"("uploads":[],"commands":{},"events":{}}},)"
    R"("$defs":{"Home.Named":{"type":"object","properties":{"at":{"type":"object","properties":{)"
    R"("x":{"type":"integer","minimum":-128,"maximum":127},)"
    R"("y":{"type":"integer","minimum":0,"maximum":255}}}}}}})";

TEST(typescript_schema, has_the_roots_and_every_store_and_named_struct_once) {
  EXPECT_EQ((schema<roots<cart>>.view()), whole);
}

TEST(typescript_schema, of_no_stores_is_a_schema_too) {
  EXPECT_EQ(schema<roots<>>.view(), R"({"version":1,"roots":[],"stores":{},"$defs":{}})");
}

namespace in_object {
struct socket {
  using roots = schemas::roots<cart>;
};
struct another_socket {
  using roots = schemas::roots<line>;
};
}  // namespace in_object

TEST(typescript_schema, in_an_object_file_it_stands_after_a_line_with_the_number_of_stores) {
  const auto& text = embedded_schema<in_object::socket>;
  EXPECT_EQ(text.view(),
            '\0' + std::string("musubi_add_inspector: 2 stores\n") + std::string(whole) + "\n");
  EXPECT_EQ(text.text[text.view().size()], '\0');
}

TEST(typescript_schema, the_roots_of_several_sockets_stand_in_one) {
  const std::string text(schema<in_object::socket::roots, in_object::another_socket::roots>.view());
  EXPECT_EQ(text.find(R"({"version":1,"roots":["Shop.Cart","Shop.Line"],)"), 0U);
}

}  // namespace
}  // namespace musubi::typescript::schemas

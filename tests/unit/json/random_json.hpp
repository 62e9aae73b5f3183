#pragma once
/// JSON texts of every shape, the same ones in every run.

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace musubi::test {

/// Writes well-formed JSON, and damages it on demand.
class random_json {
 public:
  explicit random_json(unsigned seed) : random_(seed) {}
  /// Only what takes the short way: no white space, no escapes, no exponents.
  static random_json usual(unsigned seed) {
    random_json made(seed);
    made.usual_ = true;
    return made;
  }

  std::string value(int depth = 0) {
    switch (random_() % (depth < 4 ? 8U : 6U)) {
      case 0:
        return "null";
      case 1:
        return "true";
      case 2:
        return "false";
      case 3:
        return number();
      case 4:
      case 5:
        return string();
      case 6: {
        std::string text = "[" + space();
        for (std::size_t i = 0, count = random_() % 4; i < count; ++i) {
          if (i != 0) text += "," + space();
          text += value(depth + 1) + space();
        }
        return text + "]";
      }
      default: {
        std::string text = "{" + space();
        for (std::size_t i = 0, count = random_() % 4; i < count; ++i) {
          if (i != 0) text += "," + space();
          text += string() + space() + ":" + space() + value(depth + 1) + space();
        }
        return text + "}";
      }
    }
  }
  /// `text` with a byte or two replaced, removed or put in.
  std::string damaged(std::string text) {
    constexpr std::string_view bytes = "{}[]\",:\\0129eE+-.truefalsn \t\x01\x7F\xC3";
    for (std::size_t i = 0, count = 1 + random_() % 2; i < count && !text.empty(); ++i) {
      const std::size_t at = random_() % text.size();
      const char byte = bytes[random_() % bytes.size()];
      switch (random_() % 4) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.erase(at, 1);
          break;
        case 2:
          text.insert(at, 1, byte);
          break;
        default:
          text.resize(at);
          break;
      }
    }
    return text;
  }

 private:
  template <std::size_t N>
  std::string one_of(const std::string_view (&choices)[N]) {
    return std::string(choices[random_() % N]);
  }
  std::string space() {
    if (usual_) return {};
    constexpr std::string_view choices[] = {"", "", "", " ", "\n\t", "\r\n"};
    return one_of(choices);
  }
  std::string number() {
    constexpr std::string_view usual[] = {"0", "-0", "7", "-12", "3.25", "123456789012345", "-0.5"};
    if (usual_) return one_of(usual);
    constexpr std::string_view choices[] = {"0",   "-0",     "7",     "-12",  "3.25",
                                            "1e3", "2E-2",   "6e+07", "-0.5", "9007199254740993",
                                            "1e9", "5e-324", "1e308"};
    return one_of(choices);
  }
  std::string string() {
    constexpr std::string_view choices[] = {"",
                                            "a",
                                            "key",
                                            "\\n",
                                            "\\\"",
                                            "\\\\",
                                            "\\/\\b\\f\\r",
                                            "\\u00e9",
                                            "é",
                                            "\\t\\u2028",
                                            "\\ud83c\\udf75",
                                            "\U0001F375"};
    constexpr std::string_view usual[] = {"a", "key",   "é", "a longer text with spaces",
                                          "/", "{}[],:"};
    std::string text = "\"";
    for (std::size_t i = 0, count = random_() % 3; i < count; ++i) {
      text += usual_ ? one_of(usual) : one_of(choices);
    }
    return text + "\"";
  }

  std::mt19937 random_;
  bool usual_ = false;
};

}  // namespace musubi::test

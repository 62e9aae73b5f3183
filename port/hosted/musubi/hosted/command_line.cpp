#include <algorithm>
#include <cstdlib>
#include <string>

#include <musubi/hosted/command_line.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::program {

namespace {

outcome wrong(std::string_view name, std::string_view what) {
  outcome made{outcome::kind::wrong};
  (void)(made.sentence.append(slice(name, 0, 64)) && made.sentence.append(": ") &&
         made.sentence.append(what));
  return made;
}

const option* option_named(std::span<const option> options, std::string_view name) noexcept {
  for (const option& each : options) {
    if (!each.is_operand() && each.name() == name) return &each;
  }
  return nullptr;
}

const option* operand_at(std::span<const option> options, std::size_t place) noexcept {
  for (const option& each : options) {
    if (each.is_operand() && place-- == 0) return &each;
  }
  return nullptr;
}

/// Most columns of the usage in the help text; a longer one gets a line of its own.
constexpr std::size_t widest_usage = 22;

void print_row(std::FILE* to, std::string_view usage, std::string_view help,
               std::string_view otherwise, std::size_t width) {
  std::string row("  ");
  row += usage;
  if (usage.size() > width) {
    row += '\n';
    row.append(width + 4, ' ');
  } else {
    row.append(width + 2 - usage.size(), ' ');
  }
  const auto indented = [&](std::string_view text) {
    for (const char c : text) {
      row += c;
      if (c == '\n') row.append(width + 4, ' ');
    }
  };
  indented(help);
  if (!otherwise.empty()) {
    row += " (";
    indented(otherwise);
    row += ')';
  }
  std::fprintf(to, "%s\n", row.c_str());
}

}  // namespace

outcome parse(std::span<const char* const> arguments, std::span<const option> options) {
  std::size_t place = 0;
  bool only_operands = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view given = arguments[i];
    if (only_operands || !given.starts_with('-') || given == "-") {
      const option* const operand = operand_at(options, place++);
      if (operand == nullptr) return wrong(given, "unexpected argument; see --help");
      const complaint about = operand->take(given);
      if (!about.empty()) return wrong(operand->name(), about);
      continue;
    }
    if (given == "--") {
      only_operands = true;
      continue;
    }
    if (given == "--help" || given == "-h") return {outcome::kind::help};
    if (given == "--version") return {outcome::kind::version};

    const std::size_t equals = given.find('=');
    const std::string_view name = slice(given, 0, equals);
    const option* const known = option_named(options, name);
    if (known == nullptr) return wrong(name, "unknown option; see --help");
    std::string_view value;
    if (equals != std::string_view::npos) {
      if (known->is_flag()) return wrong(name, "takes no value");
      value = slice(given, equals + 1);
    } else if (!known->is_flag()) {
      if (++i == arguments.size()) return wrong(name, "needs a value");
      value = arguments[i];
    }
    const complaint about = known->take(value);
    if (!about.empty()) return wrong(name, about);
  }
  return {};
}

void print_help(std::FILE* to, std::string_view name, std::string_view purpose,
                std::span<const option> options) {
  std::string usage("usage: ");
  usage += name;
  usage += " [OPTION]...";
  std::size_t width = std::string_view("--version").size();
  for (const option& each : options) {
    if (each.is_operand()) {
      usage += " [";
      usage += each.name();
      usage += ']';
    }
    if (each.usage().size() <= widest_usage) width = std::max(width, each.usage().size());
  }
  std::fprintf(to, "%s\n\n%s\n\n", std::string(purpose).c_str(), usage.c_str());
  for (const option& each : options) {
    print_row(to, each.usage(), each.help(), each.otherwise(), width);
  }
  print_row(to, "--help", "show this help and exit", {}, width);
  print_row(to, "--version", "show the version and exit", {}, width);
}

std::string_view name_of(const char* const* argv) noexcept {
  if (argv == nullptr || argv[0] == nullptr) return "musubi";
  const std::string_view path = argv[0];
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : slice(path, slash + 1);
}

void read(int argc, const char* const* argv, std::string_view purpose,
          std::span<const option> options) {
  const std::size_t count = argc > 1 ? static_cast<std::size_t>(argc) - 1 : 0;
  const outcome made = parse(std::span(argv + (count == 0 ? 0 : 1), count), options);
  const std::string name(name_of(argv));
  switch (made.what) {
    case outcome::kind::run:
      return;
    case outcome::kind::help:
      print_help(stdout, name, purpose, options);
      std::exit(std::fflush(stdout) == 0 ? 0 : 1);
    case outcome::kind::version:
      std::printf("%s (Musubi for devices) %s\n", name.c_str(), std::string(version()).c_str());
      std::exit(std::fflush(stdout) == 0 ? 0 : 1);
    case outcome::kind::wrong:
      refuse(argv, made.sentence);
  }
}

void refuse(const char* const* argv, std::string_view what) {
  std::fprintf(stderr, "%s: %s\n", std::string(name_of(argv)).c_str(), std::string(what).c_str());
  std::exit(2);
}

std::string_view version() noexcept {
  return MUSUBI_VERSION;
}

}  // namespace musubi::program

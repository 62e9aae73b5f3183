#include <string>
#include <vector>

#include <musubi/asio/command_line.hpp>
#include <musubi/hosted/bind_address.hpp>

namespace musubi::asio {

program::complaint take_bind(std::string_view value, options& into) {
  std::string bind;
  const program::complaint wrong = program::take_bind(value, bind);
  if (!wrong.empty()) return wrong;
  into.unix_path = program::unix_path_of(bind);
  if (into.unix_path.empty()) into.bind = bind;
  return {};
}

program::complaint take_certificate(std::string_view value, tls_options& into) {
  if (value.empty()) return "empty";
  into.certificate = value;
  into.on = true;
  return {};
}

program::complaint take_tls_folder(std::string_view value, tls_options& into) {
  if (value.empty()) return "empty";
  into.folder = value;
  into.on = true;
  return {};
}

options from_command_line(int argc, const char* const* argv, std::string_view purpose,
                          options chosen, std::initializer_list<program::option> more) {
  std::string bind = chosen.bind;
  if (!chosen.unix_path.empty()) {
    bind = program::unix_prefix;
    bind += chosen.unix_path;
  }
  std::vector<program::option> table{
      {"--bind ADDRESS", chosen, take_bind, "listen on this IP address, or on unix:PATH", bind},
      {"--port NUMBER", chosen.port, "listen on this port; 0: any free port"},
      {"--tls FOLDER", chosen.tls, take_tls_folder,
       "speak https, with a certificate that is made at first\nstart and kept in this folder"},
      {"--certificate FILE", chosen.tls, take_certificate,
       "speak https, with this certificate (PEM, and those that\nlead to its root)"},
      {"--key FILE", chosen.tls.key, "the private key of the certificate (PEM)"},
      {"--log-level LEVEL", chosen.log_level,
       "log messages up to this level: error, warning, notice,\ninfo, debug; or none"},
  };
  table.insert(table.end(), more);
  program::read(argc, argv, purpose, table);
  if (chosen.tls.certificate.empty() != chosen.tls.key.empty()) {
    program::refuse(argv, "--certificate and --key belong together");
  }
  return chosen;
}

}  // namespace musubi::asio

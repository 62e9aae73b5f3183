#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <musubi/hosted/replace_file.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/tls/device_certificate.hpp>

namespace musubi::tls {

namespace {

using std::chrono::days;

constexpr days authority_life{3653};
/// The most that browsers accept.
constexpr days certificate_life{397};
constexpr days renewed_before{30};
/// Clocks of clients may be late.
constexpr days backdated{1};

template <auto Free>
struct freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using x509_ptr = std::unique_ptr<X509, freed<&X509_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed<&EVP_PKEY_free>>;
using extension = std::unique_ptr<X509_EXTENSION, freed<&X509_EXTENSION_free>>;
using memory_file = std::unique_ptr<BIO, freed<&BIO_free>>;

/// A certificate with its key.
struct signer {
  x509_ptr shown;
  key_ptr secret;
  explicit operator bool() const noexcept { return shown != nullptr && secret != nullptr; }
};

bool is_address(const std::string& name) {
  net::ip_address ignored;
  return net::read_ip(name, ignored);
}

std::string general_name(const std::string& name) {
  std::string made = is_address(name) ? "IP:" : "DNS:";
  return made += name;
}

/// What the authority may sign for, as OpenSSL's configuration has it.
std::string constraints(std::span<const std::string> names) {
  std::string all =
      "critical,permitted;DNS:local,permitted;DNS:localhost"
      ",permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/255.240.0.0"
      ",permitted;IP:192.168.0.0/255.255.0.0,permitted;IP:169.254.0.0/255.255.0.0"
      ",permitted;IP:127.0.0.0/255.0.0.0"
      ",permitted;IP:::1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF"
      ",permitted;IP:FC00::/FE00::,permitted;IP:FE80::/FFC0::";
  for (const std::string& name : names) {
    if (!is_address(name)) all += ",permitted;DNS:" + name;
  }
  return all;
}

bool add(X509& to, X509& issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &to, nullptr, nullptr, 0);
  const extension made(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
  return made != nullptr && X509_add_ext(&to, made.get(), -1) == 1;
}

bool set_times(X509& of, std::chrono::sys_seconds now, days life) {
  const auto seconds = [](auto time) {
    return static_cast<time_t>(time.time_since_epoch().count());
  };
  return ASN1_TIME_set(X509_getm_notBefore(&of), seconds(now - backdated)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(&of), seconds(now - backdated + life)) != nullptr;
}

bool set_serial(X509& of) {
  unsigned char random[16];
  if (RAND_bytes(random, sizeof random) != 1) return false;
  random[0] = static_cast<unsigned char>(random[0] & 0x7FU);
  const std::unique_ptr<BIGNUM, freed<&BN_free>> number(BN_bin2bn(random, sizeof random, nullptr));
  return number != nullptr &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&of)) != nullptr;
}

bool set_name(X509_NAME& of, std::string name) {
  name.resize(std::min<std::size_t>(name.size(), 64));  // the most of a common name
  return X509_NAME_add_entry_by_txt(&of, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                                    0) == 1;
}

/// A certificate without extensions, not signed yet.
x509_ptr blank(EVP_PKEY& secret, const std::string& name, std::chrono::sys_seconds now, days life) {
  x509_ptr made(X509_new());
  const bool good = made != nullptr && X509_set_version(made.get(), 2) == 1 && set_serial(*made) &&
                    set_times(*made, now, life) &&
                    set_name(*X509_get_subject_name(made.get()), name) &&
                    X509_set_pubkey(made.get(), &secret) == 1;
  return good ? std::move(made) : nullptr;
}

signer make_authority(std::span<const std::string> names, std::chrono::sys_seconds now) {
  signer made;
  made.secret.reset(EVP_EC_gen("P-256"));
  if (made.secret == nullptr) return {};
  const std::string of = names.empty() ? std::string("this device") : names.front();
  made.shown = blank(*made.secret, "Musubi on " + of, now, authority_life);
  if (made.shown == nullptr) return {};
  X509& shown = *made.shown;
  const bool good = X509_set_issuer_name(&shown, X509_get_subject_name(&shown)) == 1 &&
                    add(shown, shown, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add(shown, shown, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    add(shown, shown, NID_subject_key_identifier, "hash") &&
                    add(shown, shown, NID_name_constraints, constraints(names)) &&
                    X509_sign(&shown, made.secret.get(), EVP_sha256()) > 0;
  return good ? std::move(made) : signer{};
}

x509_ptr make_certificate(const signer& authority, EVP_PKEY& secret,
                          const std::string& alternatives, const std::string& name,
                          std::chrono::sys_seconds now) {
  x509_ptr made = blank(secret, name, now, certificate_life);
  if (made == nullptr) return nullptr;
  X509& issuer = *authority.shown;
  const bool good = X509_set_issuer_name(made.get(), X509_get_subject_name(&issuer)) == 1 &&
                    add(*made, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                    add(*made, issuer, NID_key_usage, "critical,digitalSignature") &&
                    add(*made, issuer, NID_ext_key_usage, "serverAuth") &&
                    add(*made, issuer, NID_subject_key_identifier, "hash") &&
                    add(*made, issuer, NID_authority_key_identifier, "keyid") &&
                    add(*made, issuer, NID_subject_alt_name, alternatives) &&
                    X509_sign(made.get(), authority.secret.get(), EVP_sha256()) > 0;
  return good ? std::move(made) : nullptr;
}

/// The names that the authority may sign for, as OpenSSL's configuration has them.
std::string allowed_alternatives(const signer& authority, std::span<const std::string> names) {
  const std::unique_ptr<NAME_CONSTRAINTS, freed<&NAME_CONSTRAINTS_free>> limits(
      static_cast<NAME_CONSTRAINTS*>(
          X509_get_ext_d2i(authority.shown.get(), NID_name_constraints, nullptr, nullptr)));
  std::string all;
  for (const std::string& name : names) {
    const x509_ptr probe(X509_new());
    if (probe == nullptr || limits == nullptr) return {};
    if (!add(*probe, *authority.shown, NID_subject_alt_name, general_name(name))) continue;
    (void)X509_check_purpose(probe.get(), -1, 0);  // has OpenSSL read the names for the next call
    if (NAME_CONSTRAINTS_check(probe.get(), limits.get()) != X509_V_OK) continue;
    if (!all.empty()) all += ',';
    all += general_name(name);
  }
  return all;
}

bool has_alternatives(X509& shown, const std::string& alternatives) {
  const x509_ptr other(X509_new());
  if (other == nullptr || !add(*other, *other, NID_subject_alt_name, alternatives)) return false;
  const int at = X509_get_ext_by_NID(&shown, NID_subject_alt_name, -1);
  if (at < 0) return false;
  return ASN1_OCTET_STRING_cmp(X509_EXTENSION_get_data(X509_get_ext(&shown, at)),
                               X509_EXTENSION_get_data(X509_get_ext(other.get(), 0))) == 0;
}

bool is_valid(const X509& shown, std::chrono::sys_seconds now) {
  const auto at = [](std::chrono::sys_seconds time) {
    return static_cast<time_t>(time.time_since_epoch().count());
  };
  time_t begin = at(now);
  time_t end = at(now + renewed_before);
  return X509_cmp_time(X509_get0_notBefore(&shown), &begin) < 0 &&
         X509_cmp_time(X509_get0_notAfter(&shown), &end) > 0;
}

memory_file contents(const std::string& path) {
  memory_file file(BIO_new_file(path.c_str(), "r"));
  return file;
}

signer read(const std::string& shown, const std::string& secret) {
  signer got;
  if (const memory_file file = contents(shown)) {
    got.shown.reset(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
  }
  if (const memory_file file = contents(secret)) {
    got.secret.reset(PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr));
  }
  if (!got || X509_check_private_key(got.shown.get(), got.secret.get()) != 1) return {};
  return got;
}

std::string save(const std::string& path, BIO& content) {
  char* bytes = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(&content, &bytes));
  const int error = hosted::replace_file(path, {bytes, size});
  return error == 0 ? std::string() : "tls: " + path + ": " + std::strerror(error);
}

std::string save(const signer& made, const std::string& shown, const std::string& secret) {
  const memory_file key_text(BIO_new(BIO_s_mem()));
  const memory_file shown_text(BIO_new(BIO_s_mem()));
  if (key_text == nullptr || shown_text == nullptr ||
      PEM_write_bio_PrivateKey(key_text.get(), made.secret.get(), nullptr, nullptr, 0, nullptr,
                               nullptr) != 1 ||
      PEM_write_bio_X509(shown_text.get(), made.shown.get()) != 1) {
    return "tls: no memory for OpenSSL";
  }
  if (std::string wrong = save(secret, *key_text); !wrong.empty()) return wrong;
  return save(shown, *shown_text);
}

}  // namespace

device_files::device_files(const std::string& folder)
    : ca(folder + "/ca.crt"),
      ca_key(folder + "/ca.key"),
      certificate(folder + "/server.crt"),
      key(folder + "/server.key"),
      found_as(folder + "/found_as") {}

std::string keep_device_certificate(const device_files& files, std::span<const std::string> names,
                                    std::chrono::sys_seconds now, bool& made) {
  made = false;
  const std::string folder = files.ca.substr(0, files.ca.rfind('/'));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return "tls: " + folder + ": " + std::strerror(errno);
  }
  signer authority = read(files.ca, files.ca_key);
  if (!authority || !is_valid(*authority.shown, now)) {
    authority = make_authority(names, now);
    if (!authority) return "tls: OpenSSL cannot make a certificate";
    if (std::string wrong = save(authority, files.ca, files.ca_key); !wrong.empty()) return wrong;
  }
  const std::string alternatives = allowed_alternatives(authority, names);
  if (alternatives.empty()) return "tls: this machine has no name for a certificate";
  signer shown = read(files.certificate, files.key);
  if (shown && is_valid(*shown.shown, now) && has_alternatives(*shown.shown, alternatives) &&
      X509_verify(shown.shown.get(), X509_get0_pubkey(authority.shown.get())) == 1) {
    return {};
  }
  shown.secret.reset(EVP_EC_gen("P-256"));
  if (shown.secret != nullptr) {
    shown.shown = make_certificate(authority, *shown.secret, alternatives, names.front(), now);
  }
  if (!shown) return "tls: OpenSSL cannot make a certificate";
  made = true;
  return save(shown, files.certificate, files.key);
}

}  // namespace musubi::tls

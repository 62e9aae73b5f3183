#include "support/tls_files.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string>
#include <vector>

#include <musubi/tls/device_certificate.hpp>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::chrono::sys_seconds today{std::chrono::seconds(1'800'000'000)};

X509* read(const std::string& path) {
  BIO* const file = BIO_new_file(path.c_str(), "r");
  X509* const read = PEM_read_bio_X509(file, nullptr, nullptr, nullptr);
  BIO_free(file);
  return read;
}

class a_device_without_certificate : public ::testing::Test {
 protected:
  bool keep(std::chrono::sys_seconds now = today) {
    bool made = false;
    EXPECT_EQ(tls::keep_device_certificate(files, names, now, made), "");
    return made;
  }
  /// What a client that trusts the authority says of the certificate at `when`.
  int verified(std::chrono::sys_seconds when, const char* name) const {
    X509* const authority = read(files.ca);
    X509* const shown = read(files.certificate);
    X509_STORE* const trusted = X509_STORE_new();
    X509_STORE_add_cert(trusted, authority);
    X509_STORE_CTX* const check = X509_STORE_CTX_new();
    X509_STORE_CTX_init(check, trusted, shown, nullptr);
    X509_STORE_CTX_set_time(check, 0, static_cast<time_t>(when.time_since_epoch().count()));
    X509_STORE_CTX_set_purpose(check, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set1_host(X509_STORE_CTX_get0_param(check), name, 0);
    (void)X509_verify_cert(check);
    const int result = X509_STORE_CTX_get_error(check);
    X509_STORE_CTX_free(check);
    X509_STORE_free(trusted);
    X509_free(shown);
    X509_free(authority);
    return result;
  }

  tls_files folder;
  tls::device_files files{folder.path("own")};
  std::vector<std::string> names{"cellar", "cellar.local", "localhost", "192.168.1.7", "::1"};
};

TEST_F(a_device_without_certificate, makes_one_that_clients_accept_who_trust_its_authority) {
  EXPECT_TRUE(keep());
  EXPECT_EQ(verified(today, "cellar.local"), X509_V_OK);
  EXPECT_EQ(verified(today + days(395), "cellar"), X509_V_OK);
  EXPECT_EQ(verified(today, "attic.local"), X509_V_ERR_HOSTNAME_MISMATCH);
  EXPECT_EQ(verified(today + days(398), "cellar"), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_F(a_device_without_certificate, lets_nobody_else_read_its_files) {
  keep();
  for (const std::string& each : {files.ca, files.ca_key, files.certificate, files.key}) {
    EXPECT_EQ(std::filesystem::status(each).permissions(), std::filesystem::perms(0600)) << each;
  }
}

TEST_F(a_device_without_certificate, keeps_what_it_has) {
  keep();
  EXPECT_FALSE(keep());
  EXPECT_FALSE(keep(today + days(300)));
}

TEST_F(a_device_without_certificate, renews_it_before_the_end_by_the_same_authority) {
  keep();
  const auto authority = std::filesystem::last_write_time(files.ca);
  EXPECT_TRUE(keep(today + days(370)));
  EXPECT_EQ(verified(today + days(500), "cellar"), X509_V_OK);
  EXPECT_EQ(std::filesystem::last_write_time(files.ca), authority);
}

TEST_F(a_device_without_certificate, renews_it_when_its_names_change) {
  keep();
  names[3] = "192.168.1.8";
  EXPECT_TRUE(keep());
  EXPECT_FALSE(keep());
}

TEST_F(a_device_without_certificate, leaves_out_names_that_its_authority_must_not_sign_for) {
  keep();
  names.emplace_back("bank.example");
  names.emplace_back("198.51.100.7");
  EXPECT_FALSE(keep());
  EXPECT_EQ(verified(today, "cellar"), X509_V_OK);
  EXPECT_NE(verified(today, "bank.example"), X509_V_OK);
}

TEST_F(a_device_without_certificate, makes_another_one_when_the_clock_was_wrong) {
  keep(std::chrono::sys_seconds(1s));
  EXPECT_TRUE(keep());
  EXPECT_EQ(verified(today, "cellar"), X509_V_OK);
}

TEST_F(a_device_without_certificate, says_which_file_it_cannot_write) {
  bool made = false;
  const tls::device_files nowhere("/proc/nothing");
  EXPECT_EQ(tls::keep_device_certificate(nowhere, names, today, made),
            "tls: /proc/nothing: No such file or directory");
}

}  // namespace
}  // namespace musubi::test

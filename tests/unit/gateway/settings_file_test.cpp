#include "settings/settings_file.hpp"

#include "machine_fixture.hpp"

#include <fstream>
#include <sstream>

namespace gateway::test {

class a_settings_file : public machine {
 protected:
  [[nodiscard]] std::string content(std::string_view path) const {
    std::ostringstream all;
    all << std::ifstream(at(path)).rdbuf();
    return all.str();
  }
  static settings some() {
    settings values;
    values.name = "Cellar = 1";
    values.period = 250;
    values.paused = true;
    values.resets = 3;
    return values;
  }
};

TEST_F(a_settings_file, gives_back_what_was_saved_but_the_pause) {
  const settings_file file(files().path("/settings"));
  ASSERT_TRUE(file.save(some()));
  const settings loaded = file.load();
  EXPECT_EQ(loaded.name.view(), "Cellar = 1");
  EXPECT_EQ(loaded.period, 250U);
  EXPECT_FALSE(loaded.paused);
  EXPECT_EQ(loaded.resets, 0U);
}

TEST_F(a_settings_file, makes_the_folders_that_its_path_lacks) {
  const settings_file file(files().path("/a/b/settings"));
  ASSERT_TRUE(file.save(some()));
  EXPECT_EQ(content("/a/b/settings"), "name=Cellar = 1\nperiod=250\n");
}

TEST_F(a_settings_file, leaves_nothing_else_behind) {
  const settings_file file(files().path("/state/settings"));
  ASSERT_TRUE(file.save(some()));
  ASSERT_TRUE(file.save({}));
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(at("/state"))) {
    ++count;
  }
  EXPECT_EQ(count, 1);
}

TEST_F(a_settings_file, falls_back_to_the_defaults_for_what_makes_no_sense) {
  const settings_file file(files().path("/settings"));
  EXPECT_EQ(file.load().period, settings::default_period);
  write("/settings", "name=   \nperiod=5\nperiod=soon\nperiod\ncolour=blue\n");
  EXPECT_TRUE(file.load().name.empty());
  EXPECT_EQ(file.load().period, settings::default_period);
}

TEST_F(a_settings_file, says_why_it_could_not_be_written_and_keeps_the_old_one) {
  write("/file", "");
  const settings_file below_a_file(files().path("/file/settings"));
  EXPECT_EQ(below_a_file.save(some()).reason(), "the settings file cannot be written");

  // A folder stands where the file should be renamed to.
  write("/settings/inside", "kept");
  const settings_file is_a_folder(files().path("/settings"));
  EXPECT_FALSE(is_a_folder.save(some()));
  EXPECT_EQ(content("/settings/inside"), "kept");
  EXPECT_FALSE(std::filesystem::exists(at("/settings.new")));
}

TEST_F(a_settings_file, without_a_path_keeps_nothing) {
  const settings_file file;
  EXPECT_TRUE(file.save(some()));
  EXPECT_TRUE(file.load().name.empty());
}

}  // namespace gateway::test

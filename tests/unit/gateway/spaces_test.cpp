#include "sampling/spaces.hpp"

#include "machine_fixture.hpp"
#include "shared_host.hpp"

#include <optional>
#include <string>

#include <musubi/async/task_group.hpp>

namespace gateway::test {

using namespace std::chrono_literals;

/// How often a mount was asked, by the last letter of its point.
int times_asked[128];
std::optional<disk_space> counted_space(file_reader& reader, const file_path& point,
                                        const mount_entry& mount) noexcept {
  ++times_asked[static_cast<unsigned char>(point.view().back()) & 127U];
  if (point.view().ends_with("sick")) reader.note(EIO);
  if (point.view().ends_with("file") || point.view().ends_with("sick")) return std::nullopt;
  return disk_space{.size = mount.minor};
}

/// The room on mounts, on a host whose threads are the test.
class spaces_of_mounts : public machine {
 protected:
  spaces_of_mounts() {
    shared_work();
    for (int& each : times_asked) each = 0;
  }
  ~spaces_of_mounts() override {
    tasks_.reset();
    do_all();
    spaces_.reset();
    EXPECT_EQ(shared_work().metrics().used, 0U);
  }
  struct told {
    std::optional<disk_space> space;
    bool failed = false;
  };
  told of(std::string_view point, std::uint32_t minor = 1) {
    const file_tree here = files();
    file_reader reader(here);
    mount_entry mount;
    mount.major = 8;
    mount.minor = minor;
    mount.type = "ext4";
    told answer;
    answer.space = spaces_->of(reader, *file_path::from(point), mount);
    answer.failed = reader.failed();
    return answer;
  }
  void ask() { ASSERT_TRUE(tasks_->spawn(spaces_->ask())); }

  std::optional<spaces> spaces_{std::in_place, files(), counted_space};
  std::optional<musubi::task_group> tasks_{std::in_place};
};

TEST_F(spaces_of_mounts, are_unknown_until_they_were_asked) {
  EXPECT_TRUE(of("/a", 5).failed);
  ask();
  do_all();
  EXPECT_FALSE(of("/a", 5).failed);
  EXPECT_EQ(of("/a", 5).space->size, 5U);
}

TEST_F(spaces_of_mounts, tell_what_is_no_disk_from_what_could_not_be_read) {
  (void)of("/file");
  (void)of("/sick");
  ask();
  do_all();
  EXPECT_FALSE(of("/file").space);
  EXPECT_FALSE(of("/file").failed);
  EXPECT_TRUE(of("/sick").failed);
}

TEST_F(spaces_of_mounts, are_not_asked_again_while_one_hangs_and_keep_nobody_waiting) {
  (void)of("/a");
  ask();
  shared_host().run_for(spaces::mounts::quick);
  EXPECT_TRUE(tasks_->empty());
  EXPECT_TRUE(of("/a").failed);
  ask();
  shared_host().run();
  EXPECT_TRUE(tasks_->empty());
  EXPECT_EQ(shared_work().metrics().used, 1U);
  do_all();
  ask();  // which finds the answer of the first
  do_all();
  EXPECT_EQ(times_asked[unsigned{'a'}], 1);
  EXPECT_FALSE(of("/a").failed);
}

TEST_F(spaces_of_mounts, hold_only_so_many_threads_when_they_hang) {
  for (const char* point : {"/a", "/b", "/c", "/d", "/e"}) (void)of(point);
  ask();
  shared_host().run_for(1s);
  EXPECT_TRUE(tasks_->empty());
  EXPECT_EQ(shared_work().metrics().used, unsigned{spaces::mounts::most_hanging});
}

TEST_F(spaces_of_mounts, are_forgotten_when_a_look_does_not_ask_for_them) {
  (void)of("/a");
  ask();
  do_all();
  spaces_->begin();
  ask();
  do_all();
  EXPECT_EQ(times_asked[unsigned{'a'}], 1);
  EXPECT_TRUE(of("/a").failed);
}

TEST_F(spaces_of_mounts, are_given_up_when_their_host_ends) {
  musubi::hosted::work_queue work(4);
  {
    std::optional<musubi::test::virtual_host> host(std::in_place);
    host->loop().employ(work);
    spaces_.emplace(files(), counted_space);
    (void)of("/a");
    musubi::task_group tasks;
    ASSERT_TRUE(tasks.spawn(spaces_->ask()));
    host->run_for(1s);
    EXPECT_TRUE(tasks.empty());
    EXPECT_EQ(work.metrics().used, 1U);
    host.reset();
    EXPECT_EQ(work.metrics().used, 0U);
  }
  shared_host().loop().make_current();
}

TEST_F(spaces_of_mounts, that_do_not_fit_could_not_be_read) {
  for (std::size_t i = 0; i < spaces::most; ++i) (void)of("/a" + std::to_string(i));
  ask();
  do_all();
  EXPECT_TRUE(of("/more").failed);
  EXPECT_FALSE(of("/a0").failed);
}

}  // namespace gateway::test

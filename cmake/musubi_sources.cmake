# Provides the sources of libraries that are compiled together with Musubi.
#
#   musubi_sources(<name> <result>)
#
# Sets <result> to the source folder of <name>, one of those below: MUSUBI_SOURCES/<name> if it exists
# (scripts/fetch-sources fills it from Debian's source packages), otherwise the pinned commit, downloaded
# with FetchContent. To use your own checkout, set -DFETCHCONTENT_SOURCE_DIR_MUSUBI_<NAME>=<folder>.

include_guard(GLOBAL)
include(FetchContent)

set(MUSUBI_SOURCES "${CMAKE_CURRENT_LIST_DIR}/../build/sources"
  CACHE PATH "Folder with the sources that scripts/fetch-sources obtains")

function(musubi_sources name result)
  # Commits rather than tags, because a tag can be moved.
  set(asio chriskohlhoff/asio 12e0ce9e0500bf0f247dbd1ae894272656456079)          # asio-1-30-2
  set(cjson DaveGamble/cJSON c859b25da02955fef659d658b8f324b5cde87be3)           # v1.7.19
  set(lwip lwip-tcpip/lwip 77dcd25a72509eb83f72b033d219b1d40cd8eb95)             # STABLE-2_2_1_RELEASE
  set(mbedtls Mbed-TLS/mbedtls 2fc8413bfcb51354c8e679141b17b3f1a5942561)         # v2.28.10
  set(wslay tatsuhiro-t/wslay c9a84aa6df8512584c77c8cd15be9536b89c35aa)          # release-1.1.1

  if(IS_DIRECTORY "${MUSUBI_SOURCES}/${name}")
    set(${result} "${MUSUBI_SOURCES}/${name}" PARENT_SCOPE)
    return()
  endif()
  string(TOUPPER "FETCHCONTENT_SOURCE_DIR_MUSUBI_${name}" own)
  if(NOT MUSUBI_FETCH_DEPENDENCIES AND NOT ${own})
    message(FATAL_ERROR "Musubi needs ${name}, which is not installed. Install it "
      "(docs/dependencies.md), run scripts/fetch-sources, or allow MUSUBI_FETCH_DEPENDENCIES.")
  endif()
  if(NOT ${own})
    message(STATUS "Musubi: ${name} is not installed; downloading it")
  endif()
  # Do not run the library's own build files: only a few of its sources are needed.
  list(GET ${name} 0 repository)
  list(GET ${name} 1 commit)
  FetchContent_Declare(musubi_${name}
    GIT_REPOSITORY "https://github.com/${repository}.git" GIT_TAG ${commit} GIT_SUBMODULES ""
    SOURCE_SUBDIR no-build-files-are-used)
  FetchContent_MakeAvailable(musubi_${name})
  set(${result} "${musubi_${name}_SOURCE_DIR}" PARENT_SCOPE)
endfunction()

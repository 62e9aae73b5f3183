# Builds lwIP from its sources, with the configuration of a board or of the tests.
#
#   musubi_add_lwip(<target> <lwip> <folder>...)    a static library of the sources in <lwip>, with
#                                                   lwipopts.h and arch/cc.h from the folders
#   musubi_use_lwip(<target>... [OPTIONS <folder>])    lwIP as the surrounding project has it, by the targets that it
#                                                      links for it: those of an SDK, say. The folder has its
#                                                      lwipopts.h, unless a target's include path does

include_guard(GLOBAL)

function(musubi_add_lwip target lwip)
  set(files def.c inet_chksum.c init.c ip.c mem.c memp.c netif.c pbuf.c stats.c sys.c tcp.c tcp_in.c tcp_out.c
    timeouts.c udp.c ipv4/acd.c ipv4/autoip.c ipv4/dhcp.c ipv4/etharp.c ipv4/icmp.c ipv4/igmp.c
    ipv4/ip4.c ipv4/ip4_addr.c ipv4/ip4_frag.c)
  list(TRANSFORM files PREPEND "${lwip}/src/core/")
  list(APPEND files "${lwip}/src/netif/ethernet.c" "${lwip}/src/apps/mqtt/mqtt.c")
  foreach(part mdns mdns_domain mdns_out) # empty without LWIP_MDNS_RESPONDER; the last two since lwIP 2.2
    list(APPEND files "${lwip}/src/apps/mdns/${part}.c")
  endforeach()
  set(present)
  foreach(file IN LISTS files)
    if(EXISTS "${file}") # acd.c too exists since lwIP 2.2
      list(APPEND present "${file}")
    endif()
  endforeach()
  add_library(${target} STATIC ${present})
  target_include_directories(${target} SYSTEM PUBLIC "${lwip}/src/include" ${ARGN})
  set_target_properties(${target} PROPERTIES C_STANDARD 99)
  target_compile_options(${target} PRIVATE -w) # warnings in third-party code do not concern us
endfunction()

# musubi::deps_lwip with the headers and macros of the targets, and not their sources: an SDK's lwIP is often an INTERFACE
# library of sources, which each target compiles that links it. The program links it, and Musubi does not.
function(musubi_use_lwip)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OPTIONS" "")
  add_library(deps_lwip INTERFACE)
  add_library(musubi::deps_lwip ALIAS deps_lwip)
  if(arg_OPTIONS)
    cmake_path(ABSOLUTE_PATH arg_OPTIONS NORMALIZE)
    target_include_directories(deps_lwip INTERFACE "${arg_OPTIONS}")
  endif()
  foreach(target IN LISTS arg_UNPARSED_ARGUMENTS)
    if(NOT TARGET ${target})
      message(FATAL_ERROR "musubi_use_lwip: there is no target ${target}")
    endif()
    foreach(kind IN ITEMS DEFINITIONS OPTIONS)
      set_property(TARGET deps_lwip APPEND PROPERTY INTERFACE_COMPILE_${kind}
        "$<TARGET_PROPERTY:${target},INTERFACE_COMPILE_${kind}>")
    endforeach()
    target_include_directories(deps_lwip SYSTEM INTERFACE "$<TARGET_PROPERTY:${target},INTERFACE_INCLUDE_DIRECTORIES>")
    target_link_libraries(deps_lwip INTERFACE "$<LINK_ONLY:${target}>")
  endforeach()
endfunction()

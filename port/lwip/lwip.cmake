# Builds lwIP from its sources, with the configuration of a board or of the tests.
#
#   musubi_add_lwip(<target> <lwip> <folder>...)    a static library of the sources in <lwip>, with
#                                                   lwipopts.h and arch/cc.h from the folders

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

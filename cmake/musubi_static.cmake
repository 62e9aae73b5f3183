# MUSUBI_STATIC: programs that contain all their libraries. They run on any system with the same
# processor and kernel, start without a dynamic linker, and have about 1 MB less in memory: of a shared
# C library they use a tenth, and have half of it mapped. Position-independent, as other programs are.
# The system's libraries are not updated with it: build anew when one of them is.

include_guard(GLOBAL)

if(MUSUBI_STATIC)
  add_link_options("$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-static-pie;-Wl,--gc-sections>")
endif()

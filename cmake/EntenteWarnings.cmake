# Warnings of our own code; never exported to whoever uses the library.
add_library(entente_warnings INTERFACE)
target_compile_options(entente_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough
  -Wno-missing-field-initializers  # {.damping = 0.9} is how options are written; the rest have defaults
  $<$<CXX_COMPILER_ID:GNU>:-Wno-psabi>  # lanes of numbers never cross the border of a library
  # False alarms of GCC 12 about std::optional and std::string.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
option(ENTENTE_WERROR "Treat warnings as errors" OFF)
if(ENTENTE_WERROR)
  target_compile_options(entente_warnings INTERFACE -Werror)
endif()

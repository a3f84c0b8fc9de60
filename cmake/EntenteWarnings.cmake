# Warnings of our own code; never exported to whoever uses the library.
add_library(entente_warnings INTERFACE)
target_compile_options(entente_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough)
option(ENTENTE_WERROR "Treat warnings as errors" OFF)
if(ENTENTE_WERROR)
  target_compile_options(entente_warnings INTERFACE -Werror)
endif()

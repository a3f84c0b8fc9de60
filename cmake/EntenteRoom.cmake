# A room is a static library with one public face: the headers beside its sources.
#
#   entente_room(algorithms
#     USES    engine            rooms it may include; each must have been declared above
#     LINKS   ICU::uc           outside libraries that its headers need
#     PRIVATE_LINKS expat       outside libraries that only its sources need
#     SOURCES registry.cpp ...)
#
# A room can only use rooms that already exist, so a cycle cannot be written down.
function(entente_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS;PRIVATE_LINKS;SOURCES" ${ARGN})
  if(ROOM_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "entente_room(${name}): unknown argument ${ROOM_UNPARSED_ARGUMENTS}")
  endif()
  foreach(used IN LISTS ROOM_USES)
    if(NOT TARGET entente_${used})
      message(FATAL_ERROR "entente_room(${name}): room ${used} is not declared above it")
    endif()
  endforeach()

  add_library(entente_${name} STATIC ${ROOM_SOURCES})
  add_library(entente::${name} ALIAS entente_${name})
  set_target_properties(entente_${name} PROPERTIES
    EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON)
  target_compile_features(entente_${name} PUBLIC cxx_std_20)
  # A product fused with a sum rounds once less: the same bits on every machine need it forbidden.
  target_compile_options(entente_${name} PRIVATE -ffp-contract=off)
  target_include_directories(entente_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/entente>)
  list(TRANSFORM ROOM_USES PREPEND entente_)
  target_link_libraries(entente_${name} PUBLIC ${ROOM_USES} ${ROOM_LINKS})
  target_link_libraries(entente_${name} PRIVATE ${ROOM_PRIVATE_LINKS}
    $<BUILD_INTERFACE:entente_warnings>)
  set_property(GLOBAL APPEND PROPERTY ENTENTE_ROOMS ${name})
endfunction()

# cmake --install: the program, the rooms as static libraries, their headers, the bundled datasets,
# and what find_package(entente) needs.
include(CMakePackageConfigHelpers)

get_property(rooms GLOBAL PROPERTY ENTENTE_ROOMS)
list(TRANSFORM rooms PREPEND entente_ OUTPUT_VARIABLE targets)
install(TARGETS ${targets} EXPORT entente-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS entente RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

foreach(room IN LISTS rooms)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/entente
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(DIRECTORY ${PROJECT_BINARY_DIR}/generated/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/entente
  FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/datasets DESTINATION ${CMAKE_INSTALL_DATADIR}/entente)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/entente)
install(EXPORT entente-targets NAMESPACE entente:: DESTINATION ${package_dir})
configure_package_config_file(cmake/entente-config.cmake.in ${PROJECT_BINARY_DIR}/entente-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/entente-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/entente-config.cmake ${PROJECT_BINARY_DIR}/entente-config-version.cmake
  DESTINATION ${package_dir})

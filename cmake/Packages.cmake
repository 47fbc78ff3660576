# Debian packages: `cpack` in the build writes helpdex (the program),
# libhelpdex0 (the shared library) and libhelpdex-dev (headers, manual). What is
# installed without a component is the program's. The units for systemd come
# with it and are off until an operator enables them: only they know the index. Packages for other machines
# are made by the preset "package": a release for /usr, where libraries go into the
# folder of their architecture.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME helpdex)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Helpdex maintainers <maintainers@helpdex.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

set(about "Turns a folder of translated markdown articles into answers: search,
 completions and passages for language models, in the customer's own language.")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME helpdex)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
  "search of a help centre in every language\n${about}")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libhelpdex0)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/triggers)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION
  "search of a help centre in every language, as a library\n${about}")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libhelpdex-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libhelpdex0 (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
  "headers and manual of the library libhelpdex\n${about}")

install(FILES packaging/helpdex.service packaging/helpdex.socket
  DESTINATION lib/systemd/system)
install(FILES packaging/helpdex.yml packaging/nginx.conf
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/helpdex/examples)

foreach(part program library development)
  string(TOUPPER ${part} upper)
  install(FILES packaging/copyright COMPONENT ${part}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
endforeach()

include(CPack)

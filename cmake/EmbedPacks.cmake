# Writes OUTPUT, a C file with the bytes of every locale pack in LOCALES (see
# text/builtin.h), so that the program is one file and finds its packs
# anywhere. Run by the build: cmake -DLOCALES=... -DOUTPUT=... -P this.
file(GLOB packs RELATIVE "${LOCALES}" "${LOCALES}/*.yml")
list(SORT packs)
set(arrays "")
set(rows "")
set(number 0)
foreach(pack IN LISTS packs)
  string(REGEX REPLACE "\\.yml$" "" tag "${pack}")
  file(READ "${LOCALES}/${pack}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays
         "static const unsigned char pack_${number}[] = {${bytes}};\n")
  string(APPEND rows
         "    {\"${tag}\", pack_${number}, sizeof pack_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}"
"/* Made from locales/ by cmake/EmbedPacks.cmake. */
#include \"text/builtin.h\"

${arrays}
const hdx_builtin_pack hdx_builtin_packs[] = {
${rows}};
const size_t hdx_builtin_pack_count = ${number};
")

# Writes OUTPUT, a C file with the bytes of FILE as NAME and NAME_size. Run by
# the build: cmake -DFILE=... -DNAME=... -DHEADER=... -DOUTPUT=... -P this.
file(READ "${FILE}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
get_filename_component(from "${FILE}" NAME)
file(WRITE "${OUTPUT}"
"/* Made from ${from} by cmake/EmbedFile.cmake. */
#include \"${HEADER}\"

const char ${NAME}[] = {${bytes}0};
const size_t ${NAME}_size = sizeof ${NAME} - 1;
")

# cmake -DOPENSSL= -DFOLDER= -P make_certificate.cmake
# Writes an authority (10 years, for private names and addresses only), and a certificate for a board with its
# key (397 days, P-256), as certificate.hpp.
file(MAKE_DIRECTORY "${FOLDER}")
file(WRITE "${FOLDER}/settings" [[
[req]
distinguished_name = nobody
prompt = no
[nobody]
CN = a board in QEMU
[authority]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign
nameConstraints = critical, permitted;DNS:local, permitted;DNS:localhost, permitted;IP:127.0.0.0/255.0.0.0, permitted;IP:10.0.0.0/255.0.0.0
[board]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:musubi.local, DNS:localhost, IP:127.0.0.1, IP:10.0.2.15
]])
function(openssl)
  execute_process(COMMAND "${OPENSSL}" ${ARGN} WORKING_DIRECTORY "${FOLDER}" OUTPUT_QUIET ERROR_VARIABLE said
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "openssl ${ARGN}: ${said}")
  endif()
endfunction()
set(new_key -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
openssl(req -x509 ${new_key} -days 3650 -config settings -extensions authority -subj "/CN=a board's authority"
  -keyout ca.key -out ca.crt)
openssl(req ${new_key} -config settings -keyout server.key -out server.asked)
openssl(x509 -req -in server.asked -CA ca.crt -CAkey ca.key -CAcreateserial -days 397 -extfile settings
  -extensions board -outform DER -out server.der)
openssl(pkey -in server.key -outform DER -out key.der)

function(array name file)
  file(READ "${FOLDER}/${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  set(text "${text}inline constexpr unsigned char ${name}[] = {${bytes}};\n" PARENT_SCOPE)
endfunction()
set(text "#pragma once\n\n")
array(server_certificate server.der)
array(server_key key.der)
file(WRITE "${FOLDER}/certificate.hpp" "${text}")

#!/usr/bin/env bash
# Makes the cluster's authority, once, and a certificate for each process named; one that is there is made anew.
#
#     certificates.sh FOLDER NAME...
#
# FOLDER/authority.crt and, for each name, NAME.crt and NAME.key are what processes get. FOLDER/private/authority.key
# signs them, and nobody else needs it: whoever has it, or any NAME.key, can do everything in the cluster.
# DAYS (of a certificate, default 365) and AUTHORITY_DAYS (default 3650) may be set.
set -euo pipefail
if [ $# -lt 2 ]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi

folder=$1
shift
umask 077
mkdir -p "$folder/private"
chmod 755 "$folder"
authority=$folder/authority.crt
signer=$folder/private/authority.key
if [ ! -e "$signer" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
        -days "${AUTHORITY_DAYS:-3650}" -subj '/CN=gallery authority' \
        -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
        -keyout "$signer" -out "$authority" 2> /dev/null
    chmod 644 "$authority"
    echo "$authority: the authority, until $(openssl x509 -in "$authority" -noout -enddate | cut -d= -f2)"
fi

for name in "$@"; do
    if [[ ! $name =~ ^[A-Za-z0-9._-]+$ || $name == authority ]]; then
        echo "'$name' is no name for a certificate: letters, digits, '-', '_' and '.' are possible." >&2
        exit 2
    fi

    request=$folder/private/$name.csr
    # The cluster does not compare names; a proxy's clients do.
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -subj "/CN=$name" \
        -keyout "$folder/$name.key" -out "$request" 2> /dev/null
    openssl x509 -req -in "$request" -CA "$authority" -CAkey "$signer" -sha256 -days "${DAYS:-365}" \
        -set_serial "0x$(openssl rand -hex 16)" -out "$folder/$name.crt" -extfile <(printf '%s\n' \
            'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' \
            'extendedKeyUsage=serverAuth,clientAuth' "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1") 2> /dev/null
    rm "$request"
    chmod 644 "$folder/$name.crt"
    echo "$folder/$name.crt: until $(openssl x509 -in "$folder/$name.crt" -noout -enddate | cut -d= -f2)"
done

#!/bin/bash
# Fetches the photographs that the default model is trained on, from Debian packages (about 1.6 GB, no root needed), and
# sorts them into a folder:
#
#   photographs/  what is cut into identities
#   cutouts/      objects with alpha
#   held-out/     photographs of packages that are never trained on
#
# Usage: fetch-photographs.sh FOLDER
set -euo pipefail

folder=${1:?"usage: fetch-photographs.sh FOLDER"}
trained="plasma-workspace-wallpapers gnome-backgrounds mate-backgrounds lomiri-wallpapers-20.04 opencv-doc
  stellarium-data supertuxkart-data torcs-data"
cutouts="tuxpaint-stamps-default openclipart-png"
held_out="lomiri-wallpapers-16.04 ukui-wallpapers"

# Maps, charts, screenshots and relief textures are no photographs; pictures of people are left out.
skipped='/html/|normal|_n\.|_nm\.|_nrm|gloss|spec|screenshot|preview|minimap'
skipped="$skipped|images_dark|-d\.webp|shadow|raceline|background\.png|lena|messi|people|person|face|astronaut|lfw"
skipped="$skipped|flags|/computer/|signs_and|icons|Elephants_|5640x|skycultures|license|logo"

mkdir -p "$folder"/{packages,photographs,cutouts,held-out}
folder=$(cd "$folder" && pwd)

fetch() { # package
  if [ ! -d "$folder/packages/$1" ]; then
    (cd "$folder/packages" && apt-get download "$1" 2> /dev/null) ||
      { echo "Package $1 cannot be downloaded: run 'apt-get update', or use Debian 12." >&2; exit 1; }
    dpkg-deb -x "$folder/packages/$1"_*.deb "$folder/packages/$1.part"
    mv "$folder/packages/$1.part" "$folder/packages/$1"
    rm "$folder/packages/$1"_*.deb
  fi
}

# The largest of the files that one folder of sizes (5120x2880.jpg, 1080x1920.jpg) holds.
largest() {
  awk -F'\t' '{ path = $2; key = path; if (key ~ /\/images\/[0-9]+x[0-9]+\./) { sub(/\/[^\/]*$/, "", key) }
    if (!(key in size) || $1 > size[key]) { size[key] = $1; best[key] = path } } END { for (k in best) print best[k] }'
}

sort_into() { # kind smallest-size package...
  local kind=$1 smallest=$2 count=0 package file
  shift 2
  for package in "$@"; do
    fetch "$package"
    while IFS= read -r file; do
      ln -f "$folder/packages/$package/$file" "$folder/$kind/$package-$(echo "$file" | sed 's#^usr/share/##; s#/#-#g')"
      count=$((count + 1))
    done < <(find "$folder/packages/$package" -type f -size "+$smallest" \
      \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' -o -iname '*.webp' \) -printf '%s\t%P\n' |
      grep -Eiv "$skipped" | largest | LC_ALL=C sort)
  done
  echo "$kind: $count files"
  [ "$count" -gt 0 ] || { echo "No $kind were found in: $*" >&2; exit 1; }
}

sort_into photographs 40k $trained
sort_into cutouts 2k $cutouts
sort_into held-out 40k $held_out

#!/bin/sh
# Makes a small world and runs a program in it: no network, no other processes, read-only programs and fonts, one writable folder.
# Called within new namespaces:  unshare -Urmnpi --fork --kill-child sh box.sh <empty folder> <work folder> <program folder> <command...>
# Fails, rather than running the command with less, when any step is not allowed.
set -eu
new=$1 work=$2 office=$3
shift 3
PATH=/usr/sbin:/usr/bin:/sbin:/bin

mount --make-rprivate /
mount -t tmpfs -o size=16m,mode=755,nosuid none "$new"
cd "$new"
mkdir -p usr etc proc dev tmp work old var/cache/fontconfig var/lib/libreoffice
show() { # show <path>: the same path inside, not to be written
  if [ -d "$1" ]; then mkdir -p ".$1"; else : > ".$1"; fi
  mount --bind "$1" ".$1"
  mount -o remount,bind,ro ".$1"
}
show /usr
for name in bin sbin lib lib32 lib64; do
  if [ -L "/$name" ]; then ln -s "usr/$name" "$name"; elif [ -d "/$name" ]; then show "/$name"; fi
done
for path in /etc/fonts /etc/libreoffice /etc/ld.so.cache /etc/alternatives /var/cache/fontconfig /var/lib/libreoffice; do
  if [ -e "$path" ]; then show "$path"; fi
done
case $office in /usr/*) ;; *) show "$office" ;; esac
for name in null zero random urandom; do
  : > "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
mount --bind "$work" work
mount --bind "$work/tmp" tmp
mount -t proc -o nosuid,nodev,noexec none proc
pivot_root . old
cd /
umount -l /old
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs --securebits=+noroot,+noroot_locked "$@"

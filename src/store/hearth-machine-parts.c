/* hearth-machine-parts.c: the disks and network connections of the computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-machine-private.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <mntent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

/* --- disks -------------------------------------------------------------------------------------- */

/* Of the many things that are mounted those that are disks; "/" may be made of layers. */
static gboolean
is_disk (const struct mntent *entry)
{
  return g_str_has_prefix (entry->mnt_fsname, "/dev/") || g_str_equal (entry->mnt_dir, "/");
}

static HearthValue *
describe_disk (const struct mntent *entry)
{
  g_autofree char *name = g_utf8_make_valid (entry->mnt_fsname, -1);
  g_autofree char *place = g_utf8_make_valid (entry->mnt_dir, -1);
  g_autofree char *size = NULL;
  g_autofree char *used = NULL;
  g_autofree char *share = NULL;
  struct statvfs info;
  double unit;

  if (statvfs (entry->mnt_dir, &info) != 0 || info.f_blocks == 0)
    return NULL;
  unit = (double) (info.f_frsize != 0 ? info.f_frsize : info.f_bsize);
  size = _hearth_machine_format_size (unit * (double) info.f_blocks);
  used = _hearth_machine_format_size (unit * (double) (info.f_blocks - info.f_bfree));
  /* As df counts: what only the administrator may use is not there for anybody. */
  share = _hearth_machine_format_share ((double) (info.f_blocks - info.f_bfree),
                                        (double) (info.f_blocks - info.f_bfree + info.f_bavail));
  return hearth_value_object ("fs", hearth_value_string (name), "size", hearth_value_string (size),
                              "used", hearth_value_string (used), "use", hearth_value_string (share),
                              "mount", hearth_value_string (place), NULL);
}

HearthValue *
_hearth_machine_list_disks (void)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  FILE *mounts = setmntent ("/proc/self/mounts", "r");
  struct mntent entry;
  char buffer[4096];

  while (mounts != NULL && getmntent_r (mounts, &entry, buffer, sizeof buffer) != NULL)
    {
      /* A disk may be mounted at several places; the first is enough. */
      if (is_disk (&entry) && g_hash_table_add (seen, g_strdup (entry.mnt_fsname)))
        hearth_builder_add (&out, NULL, describe_disk (&entry));
    }
  if (mounts != NULL)
    endmntent (mounts);
  return hearth_builder_end_array (&out);
}

/* --- network ------------------------------------------------------------------------------------ */

static char *
read_fact (const char *interface,
           const char *fact)
{
  g_autofree char *path = g_build_filename ("/sys/class/net", interface, fact, NULL);

  return _hearth_machine_read (path);
}

static HearthValue *
describe_interface (const struct ifaddrs *entry)
{
  const struct sockaddr_in *address = (const struct sockaddr_in *) (gconstpointer) entry->ifa_addr;
  g_autofree char *mac = read_fact (entry->ifa_name, "address");
  g_autofree char *megabits = read_fact (entry->ifa_name, "speed");
  g_autofree char *speed = NULL;
  char ip[INET_ADDRSTRLEN];

  if (inet_ntop (AF_INET, &address->sin_addr, ip, sizeof ip) == NULL)
    return NULL;
  /* -1 is what the system says when it does not know. */
  speed = g_ascii_strtoll (megabits, NULL, 10) > 0 ? g_strconcat (megabits, " Mb/s", NULL) : g_strdup ("N/A");
  return hearth_value_object ("iface", hearth_value_string (entry->ifa_name), "ip4", hearth_value_string (ip),
                              "mac", hearth_value_string (*mac != '\0' ? mac : "N/A"),
                              "speed", hearth_value_string (speed), NULL);
}

HearthValue *
_hearth_machine_list_network (void)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) != 0)
    return hearth_value_empty_array ();
  for (const struct ifaddrs *at = list; at != NULL; at = at->ifa_next)
    {
      if (at->ifa_addr != NULL && at->ifa_addr->sa_family == AF_INET && g_utf8_validate (at->ifa_name, -1, NULL))
        hearth_builder_add (&out, NULL, describe_interface (at));
    }
  freeifaddrs (list);
  return hearth_builder_end_array (&out);
}

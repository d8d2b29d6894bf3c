/* hearth-last-words.c: the end of what a program said to its standard error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-program-private.h"

#define MAX_KEPT 16384  /* bytes: more than are shown, so that a key that begins before them is seen whole */
#define MAX_SHOWN 2000  /* characters */

void
_hearth_last_words_add (GByteArray   *said,
                        const guint8 *bytes,
                        gsize         length)
{
  g_byte_array_append (said, bytes, (guint) length);
  if (said->len > MAX_KEPT)
    g_byte_array_remove_range (said, 0, said->len - MAX_KEPT);
}

char *
_hearth_last_words_dup (GByteArray *said,
                        GHashTable *secrets)
{
  g_autofree char *masked = _hearth_program_mask (secrets, (const char *) said->data, said->len);
  g_autofree char *valid = g_utf8_make_valid (masked, (gssize) said->len);
  glong length = g_utf8_strlen (g_strstrip (valid), -1);

  return g_strdup (g_utf8_offset_to_pointer (valid, MAX (0, length - MAX_SHOWN)));
}

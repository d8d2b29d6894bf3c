/* fuzz-png-card.c: whatever picture comes in, its card is read or refused with a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-character-card.h"
#include "hearth-data-dir.h"
#include "hearth-png-text.h"

#include "fuzz.h"

#define SIGNATURE_BYTES 8

static guint32
check_of (const guint8 *bytes,
          gsize         length)
{
  guint32 check = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      check ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        check = (check >> 1) ^ ((check & 1) != 0 ? 0xedb88320u : 0);
    }
  return ~check;
}

/* With check sums that are right, so that damage gets further than to their comparison. */
static GBytes *
mend (const guint8 *data,
      gsize         size)
{
  guint8 *copy = g_memdup2 (data, size);
  gsize at = SIGNATURE_BYTES;

  while (copy != NULL && size >= at + 12)
    {
      gsize length = (gsize) copy[at] << 24 | (gsize) copy[at + 1] << 16 | (gsize) copy[at + 2] << 8 | copy[at + 3];
      guint32 check;

      if (length > size - at - 12)
        break;
      check = GUINT32_TO_BE (check_of (copy + at + 4, length + 4));
      memcpy (copy + at + 8 + length, &check, sizeof check);
      at += length + 12;
    }
  return g_bytes_new_take (copy, size);
}

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HEARTH_STORE_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_entry (HearthValue *card)
{
  g_autoptr (HearthValue) entry = hearth_character_card_to_entry (card, "stem", NULL, 0);

  g_assert_nonnull (hearth_value_get_member_string (entry, "name", NULL));
  g_assert_nonnull (hearth_value_get_member_kind (entry, "tags", HEARTH_VALUE_ARRAY));
}

/* What is written is read again, and writing the same changes nothing more. */
static void
check_writing (GBytes *png)
{
  g_autoptr (GBytes) once = hearth_png_text_replace (png, "ccv3", "dGV4dA==", NULL);
  g_autoptr (GBytes) twice = once != NULL ? hearth_png_text_replace (once, "ccv3", "dGV4dA==", NULL) : NULL;
  const char *const keywords[] = { "ccv3", NULL };
  g_autofree char *text = NULL;

  if (once == NULL)
    return;
  text = hearth_png_text_find (once, keywords, NULL);
  g_assert_cmpstr (text, ==, "dGV4dA==");
  g_assert_true (g_bytes_equal (once, twice));
}

static void
run (GBytes *png)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) card = hearth_character_card_read_png (png, &error);

  if (card != NULL)
    check_entry (card);
  else if (error != NULL)
    check_error (error);
  check_writing (png);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) raw = g_bytes_new (data, size);
  g_autoptr (GBytes) mended = mend (data, size);

  run (raw);
  run (mended);
  return 0;
}

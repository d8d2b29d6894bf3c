/* world-decorators.c: settings that cards of version 3 write into the first lines of an entry: "@@depth 2"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-entry.h"

#include <string.h>

/* FALSE: the value is none, the line does not count. */
typedef gboolean (*Reader) (WorldEntry *self,
                            const char *value);

static gboolean
read_number (const char *value,
             gint64     *number)
{
  gint64 read;
  char *end;

  read = g_ascii_strtoll (value, &end, 10);
  if (end == value || *end != '\0')
    return FALSE;
  *number = CLAMP (read, 0, WORLD_FOR_EVER);
  return TRUE;
}

static gboolean
read_always (WorldEntry *self,
             const char *value)
{
  self->constant = TRUE;
  return TRUE;
}

/* Unless another line says that it is always there: settle(). */
static gboolean
read_never (WorldEntry *self,
            const char *value)
{
  return TRUE;
}

static gboolean
read_min_answers (WorldEntry *self,
                  const char *value)
{
  return read_number (value, &self->min_answers);
}

static gboolean
read_every (WorldEntry *self,
            const char *value)
{
  return read_number (value, &self->every);
}

static gboolean
read_keep (WorldEntry *self,
           const char *value)
{
  self->sticky = WORLD_FOR_EVER;
  return TRUE;
}

static gboolean
read_once (WorldEntry *self,
           const char *value)
{
  self->cooldown = WORLD_FOR_EVER;
  return TRUE;
}

static gboolean
read_depth (WorldEntry *self,
            const char *value)
{
  return read_number (value, &self->depth);
}

static gboolean
read_scan_depth (WorldEntry *self,
                 const char *value)
{
  return read_number (value, &self->scan_depth);
}

static gboolean
read_greeting (WorldEntry *self,
               const char *value)
{
  return read_number (value, &self->greeting);
}

static gboolean
read_role (WorldEntry *self,
           const char *value)
{
  static const char *const roles[] = { "system", "user", "assistant" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (value, roles[i]))
      {
        self->role = roles[i];
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_position (WorldEntry *self,
               const char *value)
{
  static const struct { const char *name; WorldPosition position; } places[] = {
    { "before_desc", WORLD_BEFORE_CHARACTER }, { "after_desc", WORLD_AFTER_CHARACTER },
    { "personality", WORLD_IN_PERSONALITY },   { "scenario", WORLD_IN_SCENARIO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (value, places[i].name))
      {
        self->position = places[i].position;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_more_keys (WorldEntry *self,
                const char *value)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (world_key_free);

  world_add_keys (keys, value);
  if (keys->len == 0)
    {
      g_ptr_array_unref (keys);
      return FALSE;
    }
  g_ptr_array_add (self->more_keys, keys);
  return TRUE;
}

static gboolean
read_excluded_keys (WorldEntry *self,
                    const char *value)
{
  guint before = self->excluded_keys->len;

  if (!self->style.is_pattern)
    world_add_keys (self->excluded_keys, value);
  return self->excluded_keys->len > before;
}

static gboolean
read_disabled_prompt (WorldEntry *self,
                      const char *value)
{
  self->disables = g_str_equal (value, "system_prompt") ? "main"
                   : g_str_equal (value, "post_history_instructions") ? "jailbreak" : NULL;
  return self->disables != NULL;
}

enum { NEVER, ALWAYS, DEPTH, POSITION }; /* of those below */

static const struct { const char *name; Reader read; gboolean repeats; } decorators[] = {
  [NEVER] = { "dont_activate", read_never },
  [ALWAYS] = { "activate", read_always },
  [DEPTH] = { "depth", read_depth },
  [POSITION] = { "position", read_position },
  { "constant", read_always },
  { "activate_only_after", read_min_answers },
  { "activate_only_every", read_every },
  { "keep_activate_after_match", read_keep },
  { "dont_activate_after_match", read_once },
  { "role", read_role },
  { "scan_depth", read_scan_depth },
  { "is_greeting", read_greeting },
  { "additional_keys", read_more_keys, TRUE },
  { "exclude_keys", read_excluded_keys, TRUE },
  { "disable_ui_prompt", read_disabled_prompt },
};

/* Applies one line, "name" or "name value". Of a name that came before only some count again. */
static gboolean
apply (WorldEntry *self,
       const char *line,
       guint      *seen)
{
  gsize length = strcspn (line, " \t\r");
  g_autofree char *value = g_strstrip (g_strdup (line + length));

  for (guint i = 0; i < G_N_ELEMENTS (decorators); i++)
    {
      if (strlen (decorators[i].name) != length || strncmp (line, decorators[i].name, length) != 0)
        continue;
      if ((*seen & (1u << i)) && !decorators[i].repeats)
        return TRUE;
      if (!decorators[i].read (self, value))
        return FALSE;
      *seen |= 1u << i;
      return TRUE;
    }
  return FALSE;
}

/* Where lines contradict each other. */
static void
settle (WorldEntry *self,
        guint       seen)
{
  if ((seen & (1u << NEVER)) && !(seen & (1u << ALWAYS)))
    self->enabled = FALSE;
  if ((seen & (1u << DEPTH)) && !(seen & (1u << POSITION)))
    self->position = WORLD_AT_DEPTH;
}

void
world_read_decorators (WorldEntry *self)
{
  const char *at = self->content;
  gboolean counts = FALSE; /* the line before did, or one that it stands for */
  guint seen = 0;
  char *rest;

  g_return_if_fail (self != NULL);

  while (g_str_has_prefix (at, "@@"))
    {
      gsize length = strcspn (at, "\n");
      g_autofree char *line = g_strndup (at, length);

      if (line[2] != '@')
        counts = apply (self, line + 2, &seen);
      else if (!counts)
        counts = apply (self, line + 3, &seen);
      at += length + (at[length] == '\n' ? 1 : 0);
    }
  settle (self, seen);
  rest = g_strdup (at);
  g_free (self->content);
  self->content = rest;
}

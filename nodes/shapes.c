/* shapes.c: chores that several nodes share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-json.h"
#include "hearth-stream.h"

#include <string.h>

#include "hearth-i18n.h"

static GError *
new_error (const char *error_class,
           guint       retry_after_ms,
           const char *message,
           const char *plain)
{
  GError *error = hearth_error_new_class (error_class, retry_after_ms, message);

  hearth_error_set_plain (error, plain);
  return error;
}

static GError * G_GNUC_PRINTF (3, 0)
new_error_valist (const char *error_class,
                  guint       retry_after_ms,
                  const char *format,
                  va_list     arguments)
{
  g_autofree char *message = NULL;
  g_autofree char *plain = NULL;
  va_list again;

  va_copy (again, arguments);
  message = g_strdup_vprintf (_(format), arguments);
  plain = g_strdup_vprintf (format, again);
  va_end (again);
  return new_error (error_class, retry_after_ms, message, plain);
}

GError *
hearth_shape_new_error (const char *error_class,
                        guint       retry_after_ms,
                        const char *format,
                        ...)
{
  va_list arguments;
  GError *error;

  va_start (arguments, format);
  error = new_error_valist (error_class, retry_after_ms, format, arguments);
  va_end (arguments);
  return error;
}

gboolean
hearth_shape_fail (GError    **error,
                   const char *format,
                   ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, new_error_valist ("node", 0, format, arguments));
  va_end (arguments);
  return FALSE;
}

gboolean
hearth_shape_fail_literal (GError    **error,
                           const char *sentence)
{
  g_propagate_error (error, new_error ("node", 0, _(sentence), sentence));
  return FALSE;
}

/* The character an escape stands for; '\0' when @letter is none and stays as it is. */
static char
unescape_letter (char letter)
{
  switch (letter)
    {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '"':
    case '\'':
    case '\\':
      return letter;
    default:
      return '\0';
    }
}

char *
hearth_shape_unescape (const char *text)
{
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      char meant = *p == '\\' ? unescape_letter (p[1]) : '\0';

      g_string_append_c (out, meant != '\0' ? meant : *p);
      if (meant != '\0')
        p++;
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || c == 0xfeff;
}

char *
hearth_shape_trim (char *text)
{
  char *end;

  g_return_val_if_fail (text != NULL, NULL);

  while (is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *end = '\0';
  return text;
}

HearthValue *
hearth_shape_print_list (HearthBuilder *list)
{
  g_autoptr(HearthValue) array = hearth_builder_end_array (list);
  g_autofree char *text = hearth_json_print (array);

  return hearth_value_string (text);
}

static char **
dup_parts (HearthValue *list,
           const char  *text)
{
  g_autoptr(GStrvBuilder) parts = NULL;

  if (list == NULL)
    return g_strsplit_set (text, strchr (text, '\n') != NULL ? "\n" : ",", -1);
  parts = g_strv_builder_new ();
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      g_autofree char *part = hearth_value_to_text (hearth_value_at (list, i));

      g_strv_builder_add (parts, part);
    }
  return g_strv_builder_end (parts);
}

HearthValue *
hearth_shape_split_list (HearthValue *list,
                         const char  *text)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(HearthBuilder) texts = HEARTH_BUILDER_INIT;
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (list != NULL || text != NULL, NULL);

  parts = dup_parts (list, text);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = hearth_shape_trim (parts[i]);

      if (*part != '\0' && g_hash_table_add (seen, part))
        hearth_builder_add (&texts, NULL, hearth_value_string (part));
    }
  return hearth_builder_end_array (&texts);
}

HearthValue *
hearth_shape_dup_json (HearthStep *step,
                       const char *key,
                       GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, key);

  /* An editor that stores JSON as text stores an empty field as "". */
  if (value == NULL || (hearth_value_is (value, STRING) && hearth_value_get_string (value, NULL)[0] == '\0'))
    return NULL;
  return hearth_step_dup_input_json (step, key, error);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  hearth_step_fail (user_data, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED,
                                                    _("The run was stopped.")));
  return G_SOURCE_REMOVE;
}

GSource *
hearth_shape_watch_cancel (HearthStep *step)
{
  GSource *watch;

  g_return_val_if_fail (step != NULL, NULL);

  watch = g_cancellable_source_new (hearth_step_get_cancellable (step));
  g_source_set_callback (watch, G_SOURCE_FUNC (cancelled_cb), step, NULL);
  g_source_set_static_name (watch, "node cancel watch");
  g_source_attach (watch, NULL);
  return watch;
}

void
hearth_shape_unwatch (GSource *watch)
{
  g_source_destroy (watch);
  g_source_unref (watch);
}

/* --- stream relay ------------------------------------------------------------ */

typedef struct
{
  HearthStep         *step;   /* borrowed; owns this */
  HearthStreamReader *reader; /* borrowed from the step */
  HearthRelayFunc     func;
  gpointer            user_data;
  GDestroyNotify      destroy;
  GSource            *watch;
  gboolean            full;   /* a consumer has no room; wait for resume */
} Relay;

static void
relay_free (gpointer data)
{
  Relay *self = data;

  hearth_shape_unwatch (self->watch);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

/* Passes one chunk on. FALSE: stop reading for now, or for ever, since an error chunk has ended
 * the step and @self is gone. */
static gboolean
relay_pass (Relay       *self,
            HearthValue *chunk)
{
  gboolean is_error = hearth_chunk_is (chunk, "error_chunk");
  gboolean room = hearth_step_yield (self->step, self->func (self->step, chunk, self->user_data));

  if (is_error)
    return FALSE;
  self->full = !room;
  return room;
}

static void
relay_pump (Relay *self)
{
  while (!hearth_step_is_cancelled (self->step))
    {
      HearthValue *chunk = NULL;

      switch (hearth_stream_reader_read (self->reader, &chunk))
        {
        case HEARTH_STREAM_CHUNK:
          if (!relay_pass (self, chunk))
            return;
          break;
        case HEARTH_STREAM_EMPTY:
          return;
        case HEARTH_STREAM_END:
          hearth_step_complete (self->step);
          return;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
readable_cb (HearthStreamReader *reader,
             gpointer            user_data)
{
  Relay *self = user_data;

  if (!self->full)
    relay_pump (self);
}

void
hearth_shape_relay_start (HearthStep     *step,
                          const char     *key,
                          const char     *no_stream,
                          HearthRelayFunc func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  HearthStreamReader *reader;
  Relay *self;

  g_return_if_fail (step != NULL && key != NULL && func != NULL);

  reader = hearth_step_get_stream (step, key);
  if (reader == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      hearth_step_yield (step, hearth_chunk_new_error (no_stream));
      return;
    }

  self = g_new0 (Relay, 1);
  self->step = step;
  self->reader = reader;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, relay_free);
  hearth_stream_reader_set_notify (reader, readable_cb, self);
  relay_pump (self);
}

void
hearth_shape_relay_resume (HearthStep *step)
{
  Relay *self = hearth_step_get_data (step);

  if (self == NULL)
    return;
  self->full = FALSE;
  relay_pump (self);
}

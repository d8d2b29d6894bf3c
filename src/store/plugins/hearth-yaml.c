/* hearth-yaml.c: YAML files read as values
 *
 * libyaml's events are built into values by a stack of the lists and mappings that are open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-yaml.h"

#include <string.h>
#include <yaml.h>

#include "hearth-json.h"
#include "hearth-i18n.h"

#define MAX_KEY_BYTES 256
#define MAX_NOTED_LINES 4096 /* whose paths may be long */

G_DEFINE_QUARK (hearth-yaml-error-quark, hearth_yaml_error)

/* A list or a mapping that has not ended. */
typedef struct
{
  HearthBuilder members;
  GHashTable   *keys;    /* of a mapping; NULL: a list */
  char         *key;     /* the one whose value comes next, or NULL */
  char         *path;    /* of itself */
  guint         n_items;
} Frame;

typedef struct
{
  GPtrArray   *frames; /* of Frame, the innermost last */
  GHashTable  *lines;  /* or NULL */
  HearthValue *root;
  guint        n_values;
  gboolean     ended;
} Reader;

static void
frame_free (gpointer data)
{
  Frame *self = data;

  hearth_builder_clear (&self->members);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_free (self->key);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail (GError            **error,
      HearthYamlError     code,
      const yaml_event_t *event,
      const char         *message)
{
  g_set_error (error, HEARTH_YAML_ERROR, (gint) code, _("Line %u: %s"), (guint) event->start_mark.line + 1, message);
  return FALSE;
}

/* --- scalars ----------------------------------------------------------------------------- */

static gboolean
is_one_of (const char        *text,
           const char *const *words)
{
  return g_strv_contains (words, text);
}

/* What stands there without quotes, by the core schema of YAML 1.2 as far as JSON goes. */
static HearthValue *
resolve_plain (const char *text,
               gsize       length)
{
  static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
  static const char *const trues[] = { "true", "True", "TRUE", NULL };
  static const char *const falses[] = { "false", "False", "FALSE", NULL };

  if (is_one_of (text, nulls))
    return hearth_value_null ();
  if (is_one_of (text, trues) || is_one_of (text, falses))
    return hearth_value_boolean (is_one_of (text, trues));
  if (g_ascii_isdigit (*text) || *text == '-')
    {
      HearthValue *number = hearth_json_parse (text, (gssize) length, NULL);

      if (number != NULL && hearth_value_is_number (number))
        return number;
      g_clear_pointer (&number, hearth_value_unref);
    }
  return hearth_value_string_len (text, length);
}

static HearthValue *
read_scalar (const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;
  gsize length = event->data.scalar.length;

  if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
    return resolve_plain (text, length);
  return hearth_value_string_len (text, length);
}

/* --- lists and mappings ------------------------------------------------------------------- */

static Frame *
get_frame (Reader *self)
{
  return self->frames->len > 0 ? g_ptr_array_index (self->frames, self->frames->len - 1) : NULL;
}

/* Of the value that comes next. New string. */
static char *
dup_path (Frame *frame)
{
  if (frame == NULL)
    return g_strdup ("");
  if (frame->keys == NULL)
    return g_strdup_printf ("%s[%u]", frame->path, frame->n_items);
  return *frame->path != '\0' ? g_strconcat (frame->path, ".", frame->key, NULL) : g_strdup (frame->key);
}

static void
note_line (Reader             *self,
           const yaml_event_t *event)
{
  if (self->lines != NULL && g_hash_table_size (self->lines) < MAX_NOTED_LINES)
    g_hash_table_replace (self->lines, dup_path (get_frame (self)), GUINT_TO_POINTER (event->start_mark.line + 1));
}

static gboolean
take_key (Frame              *frame,
          const yaml_event_t *event,
          GError            **error)
{
  const char *key = (const char *) event->data.scalar.value;

  if (strlen (key) != event->data.scalar.length)
    return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event, _("A name holds a NUL character."));
  if (event->data.scalar.length > MAX_KEY_BYTES)
    return fail (error, HEARTH_YAML_ERROR_LIMIT, event, _("A name is longer than any that is used here."));
  if (!g_hash_table_add (frame->keys, g_strdup (key)))
    {
      g_autofree char *message = g_strdup_printf (_("“%s” stands here for the second time."), key);

      return fail (error, HEARTH_YAML_ERROR_SYNTAX, event, message);
    }
  frame->key = g_strdup (key);
  return TRUE;
}

/* Each takes more room than the two letters it may be written with. */
static gboolean
count (Reader             *self,
       const yaml_event_t *event,
       GError            **error)
{
  return ++self->n_values <= HEARTH_YAML_MAX_VALUES
         || fail (error, HEARTH_YAML_ERROR_LIMIT, event, _("There are more values than anybody would write."));
}

/* Takes @value. */
static void
put (Reader      *self,
     HearthValue *value)
{
  Frame *frame = get_frame (self);

  if (frame == NULL)
    {
      self->root = value;
      return;
    }
  hearth_builder_add (&frame->members, frame->key, value);
  g_clear_pointer (&frame->key, g_free);
  frame->n_items++;
}

static gboolean
begin (Reader             *self,
       gboolean            is_mapping,
       const yaml_event_t *event,
       GError            **error)
{
  Frame *outer = get_frame (self);
  Frame *frame;

  if (outer != NULL && outer->keys != NULL && outer->key == NULL)
    return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event, _("A list or a mapping cannot be a name."));
  if (self->frames->len >= HEARTH_YAML_MAX_DEPTH)
    return fail (error, HEARTH_YAML_ERROR_LIMIT, event, _("This is nested too deep."));
  if (!count (self, event, error))
    return FALSE;
  note_line (self, event);
  frame = g_new0 (Frame, 1);
  frame->path = dup_path (outer);
  if (is_mapping)
    frame->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->frames, frame);
  return TRUE;
}

static void
end (Reader *self)
{
  Frame *frame = g_ptr_array_steal_index (self->frames, self->frames->len - 1);

  put (self, frame->keys != NULL ? hearth_builder_end_object (&frame->members)
                                 : hearth_builder_end_array (&frame->members));
  frame_free (frame);
}

static gboolean
take_scalar (Reader             *self,
             const yaml_event_t *event,
             GError            **error)
{
  Frame *frame = get_frame (self);

  if (frame != NULL && frame->keys != NULL && frame->key == NULL)
    return take_key (frame, event, error);
  if (!count (self, event, error))
    return FALSE;
  note_line (self, event);
  put (self, read_scalar (event));
  return TRUE;
}

/* --- events ------------------------------------------------------------------------------ */

static gboolean
refuse_extras (const yaml_event_t *event,
               const yaml_char_t  *anchor,
               const yaml_char_t  *tag,
               GError            **error)
{
  if (anchor != NULL)
    return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event, _("Anchors (&name) are not read here. Write the value out."));
  if (tag != NULL)
    return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event, _("Tags (!name) are not read here. Take it away."));
  return TRUE;
}

static gboolean
take_event (Reader             *self,
            const yaml_event_t *event,
            GError            **error)
{
  switch (event->type)
    {
    case YAML_ALIAS_EVENT:
      return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event,
                   _("Aliases (*name) are not read here. Write the value out."));
    case YAML_DOCUMENT_START_EVENT:
      if (self->root != NULL)
        return fail (error, HEARTH_YAML_ERROR_UNSUPPORTED, event, _("A second document begins here. Only one is read."));
      return TRUE;
    case YAML_SCALAR_EVENT:
      return refuse_extras (event, event->data.scalar.anchor, event->data.scalar.tag, error)
             && take_scalar (self, event, error);
    case YAML_SEQUENCE_START_EVENT:
      return refuse_extras (event, event->data.sequence_start.anchor, event->data.sequence_start.tag, error)
             && begin (self, FALSE, event, error);
    case YAML_MAPPING_START_EVENT:
      return refuse_extras (event, event->data.mapping_start.anchor, event->data.mapping_start.tag, error)
             && begin (self, TRUE, event, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      end (self);
      return TRUE;
    case YAML_STREAM_END_EVENT:
      self->ended = TRUE;
      return TRUE;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
      return TRUE;
    }
}

static gboolean
fail_syntax (const yaml_parser_t *parser,
             GError             **error)
{
  gsize line = parser->problem_mark.line > 0 ? parser->problem_mark.line : parser->mark.line;

  /* Translators: the second place is libyaml's own remark, in English */
  g_set_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_SYNTAX, _("Line %u: This is not YAML (%s)."), (guint) line + 1,
               parser->problem != NULL ? parser->problem : "?");
  return FALSE;
}

static gboolean
read_events (Reader        *self,
             yaml_parser_t *parser,
             GError       **error)
{
  while (!self->ended)
    {
      yaml_event_t event;
      gboolean taken;

      if (!yaml_parser_parse (parser, &event))
        return fail_syntax (parser, error);
      taken = take_event (self, &event, error);
      yaml_event_delete (&event);
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

HearthValue *
hearth_yaml_parse (const char  *text,
                   gsize        length,
                   gsize        max_length,
                   GHashTable **lines,
                   GError     **error)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (frame_free);
  Reader self = { .frames = frames };
  yaml_parser_t parser;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (lines != NULL)
    *lines = self.lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (length > max_length)
    {
      g_set_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_LIMIT,
                   _("The file is larger than %u KiB, the most that is read."), (guint) (max_length >> 10));
      return NULL;
    }
  if (!yaml_parser_initialize (&parser))
    g_error ("Out of memory for a YAML parser");
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const unsigned char *) text, length);
  if (!read_events (&self, &parser, error))
    g_clear_pointer (&self.root, hearth_value_unref);
  else if (self.root == NULL)
    self.root = hearth_value_null ();
  yaml_parser_delete (&parser);
  return self.root;
}

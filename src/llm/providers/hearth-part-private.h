/* hearth-part-private.h: one part of a message's content, and what else providers read in messages
 *
 * Messages come in the form of OpenAI's chat completions, whatever the provider (hearth-model-request.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-model-request.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_PART_TEXT,
  HEARTH_PART_IMAGE,
  HEARTH_PART_FILE,
} HearthPartKind;

/**
 * HearthPart:
 * @text: of a text
 * @address: of an image or a file; NULL when there is only @file_id
 * @media_type: what the data is, "image/png"; NULL when @address is no data: address
 * @base64: the data; NULL when @address is no data: address
 * @filename: of a file, or NULL
 * @file_id: the provider's own id of a file, or NULL
 * @detail: "low", "high": how closely an image is looked at, or NULL
 */
typedef struct
{
  HearthPartKind kind;
  const char *text;
  const char *address;
  char *media_type;
  const char *base64;
  const char *filename;
  const char *file_id;
  const char *detail;
  /*< private >*/
  char *own_base64;
} HearthPart;

void     _hearth_content_part_clear (HearthPart       *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthPart, _hearth_content_part_clear)

/* FALSE with HEARTH_MODEL_ERROR_INVALID: no more parts. */
typedef gboolean (*HearthPartFunc) (const HearthPart *part,
                                    gpointer          user_data,
                                    GError          **error);

/* Each part of a content: a text, or a list of parts; null has none. */
gboolean _hearth_content_each_part  (HearthValue      *content,
                                     HearthPartFunc    func,
                                     gpointer          user_data,
                                     GError          **error);
/* The texts in it, an empty line between two; images and files are left out. */
char    *_hearth_content_dup_text   (HearthValue      *content);

/* The data as text; NULL when it is not UTF-8. */
char    *_hearth_part_dup_data_text (const HearthPart *self);
/* Text that people read, whatever it is called: text/plain, application/json … */
gboolean _hearth_part_is_text_file  (const HearthPart *self);

G_END_DECLS

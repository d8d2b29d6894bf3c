/* old-model.h: what the two older model nodes share: settings that bring address and key, images as they take them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-channel.h"
#include "hearth-model-request.h"
#include "hearth-secret.h"
#include "shapes.h"

G_BEGIN_DECLS

/**
 * HearthOldModel:
 * @channel: stands in no table. Without a @key the router asks the stored one with its address or name instead
 *
 * Starts as {0}.
 */
typedef struct
{
  HearthChannel *channel;
  HearthSecret  *key; /* or NULL */
  char          *model;
  HearthValue   *params;
} HearthOldModel;

/* Inputs "api_settings", "model", "temperature" and "max_tokens". */
gboolean     hearth_old_model_read       (HearthOldModel *self,
                                          HearthStep     *step,
                                          GError        **error);
void         hearth_old_model_clear      (HearthOldModel *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthOldModel, hearth_old_model_clear)

/* Input "image" (nodes.md 5.4, "Image encoding"): NULL without @error when there is none. */
HearthValue *hearth_old_model_read_image (HearthStep     *step,
                                          GError        **error);

G_END_DECLS

/* hearth-model-request.c: one question to a model, kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-request.h"

HearthModelRequest *
hearth_model_request_copy (const HearthModelRequest *request)
{
  HearthModelRequest *self;

  g_return_val_if_fail (request != NULL, NULL);

  self = g_new0 (HearthModelRequest, 1);
  self->model = g_strdup (request->model);
  self->messages = hearth_value_ref_or_null (request->messages);
  self->params = hearth_value_ref_or_null (request->params);
  self->tools = hearth_value_ref_or_null (request->tools);
  self->tool_choice = g_strdup (request->tool_choice);
  self->schema = hearth_value_ref_or_null (request->schema);
  self->stream = request->stream;
  return self;
}

void
hearth_model_request_free (HearthModelRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free ((char *) self->model);
  g_clear_pointer (&self->messages, hearth_value_unref);
  g_clear_pointer (&self->params, hearth_value_unref);
  g_clear_pointer (&self->tools, hearth_value_unref);
  g_free ((char *) self->tool_choice);
  g_clear_pointer (&self->schema, hearth_value_unref);
  g_free (self);
}

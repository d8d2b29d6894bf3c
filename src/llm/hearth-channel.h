/* hearth-channel.h: where a model is asked (nodes.md 5.3, API channel record)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

typedef struct _HearthProvider HearthProvider;
typedef struct _HearthChannel  HearthChannel;

/**
 * HearthChannel:
 * @id: "ch_…", or NULL: it stands in no table
 * @label: what its owner calls it, or NULL
 * @provider: static
 * @preset: id of a #HearthProviderPreset of @provider, or NULL
 * @base_url: without a slash at its end
 * @headers: customHeaders, an object of strings, or NULL
 * @models: supportedModels; NULL or empty: any
 * @models_path: modelListEndpoint, or NULL
 * @weight: its share of the calls beside other channels; 0: none of its own
 * @timeout_ms: to the first byte; 0: default
 * @disabled: by its owner
 * @has_key: the keyring has one for it
 * @created_ms: since 1970; the oldest comes first
 *
 * Counted, any thread. Whoever made it fills it, with copies that it frees; after that it does not change. Its key is
 * not here: only who makes the one call holds it.
 */
struct _HearthChannel
{
  char                 *id;
  char                 *label;
  const HearthProvider *provider;
  char                 *preset;
  char                 *base_url;
  HearthValue          *headers;
  char                **models;
  char                 *models_path;
  guint                 weight;
  guint                 timeout_ms;
  gboolean              disabled;
  gboolean              has_key;
  gint64                created_ms;
};

/* @base_url: space around it and slashes at its end are dropped. */
HearthChannel *hearth_channel_new       (const HearthProvider *provider,
                                         const char           *base_url);
/* The one that is always there: the provider without a network (hearth-provider-offline.c). */
HearthChannel *hearth_channel_new_offline (void);
HearthChannel *hearth_channel_ref       (HearthChannel        *self);
void           hearth_channel_unref     (HearthChannel        *self);
/* What is meant by an address that people type: one of nothing but a host gets "/v1" (nodes.md 5.4). New string; NULL: it
 * is no address, and stays as it is. */
char          *hearth_channel_complete_address (const char       *address);
/* Whether its list of models is empty or names @model. */
gboolean       hearth_channel_has_model (const HearthChannel  *self,
                                         const char           *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthChannel, hearth_channel_unref)

G_END_DECLS

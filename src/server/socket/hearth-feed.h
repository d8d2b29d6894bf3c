/* hearth-feed.h: the news of one run on their way to the connection that asked for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-client.h"

G_BEGIN_DECLS

typedef struct _HearthFeed HearthFeed;

/* Sends the accept message at once. @metadata: of the payload, or NULL. @older: its client speaks an
 * earlier version, and hears what happens in those words as well. */
HearthFeed  *hearth_feed_new        (HearthHub    *hub,
                                     HearthClient *client,
                                     const char   *prompt_id,
                                     HearthValue  *metadata,
                                     gboolean      older);
gboolean     hearth_feed_is_for     (HearthFeed   *self,
                                     HearthClient *client);
void         hearth_feed_free       (HearthFeed   *self);
const char  *hearth_feed_get_id     (HearthFeed   *self);
/* From here on everything that happens in @run is told. */
void         hearth_feed_follow     (HearthFeed   *self,
                                     HearthRun    *run);
/* @client went away. Returns whether it was ours: then everything from now on is kept for the
 * connections that open later. */
gboolean     hearth_feed_orphan     (HearthFeed   *self,
                                     HearthClient *client);
/* @client has just opened: it gets what an orphaned run has told so far. */
void         hearth_feed_welcome    (HearthFeed   *self,
                                     HearthClient *client);

/* --- for feeds: what the hub does for them ------------------------------------------------------ */

/* To every connection that opened after @serial, as hearth_client_tell(). */
void         hearth_hub_send_after  (HearthHub    *hub,
                                     guint         serial,
                                     const char   *message,
                                     GBytes       *whole);
guint        hearth_hub_get_serial  (HearthHub    *hub);
/* The feed has nothing more to tell; it is freed. */
void         hearth_hub_end_feed    (HearthHub    *hub,
                                     HearthFeed   *feed);

G_END_DECLS

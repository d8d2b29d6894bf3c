/* hearth-outside-private.h: what the files of this room share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "hearth-outside.h"

G_BEGIN_DECLS

/* Below drawing, as the engine's own work: a stream that never ends leaves the window alive. */
#define HEARTH_OUTSIDE_PRIORITY G_PRIORITY_DEFAULT_IDLE

/* --- requests: checked copies ----------------------------------------------------------------- */

typedef struct
{
  char         *method;
  GUri         *uri;
  HearthValue  *headers;        /* an object of strings */
  HearthSecret *secret;         /* or NULL */
  char         *secret_header;  /* set when there is a secret */
  char         *secret_prefix;
  GBytes       *body;           /* or NULL */
  char         *content_type;
  guint         first_byte_ms;
  guint         idle_ms;
  gsize         max_bytes;
} HearthSent;

/* NULL with HEARTH_OUTSIDE_ERROR_ADDRESS. */
HearthSent    *_hearth_sent_new          (const HearthOutsideRequest *request,
                                          GError                    **error);
void           _hearth_sent_free         (HearthSent                 *self);
SoupMessage   *_hearth_sent_make_message (HearthSent                 *self);
/* Whether the answer @message only names a place that may be asked instead; @self then asks there. */
gboolean       _hearth_sent_follow       (HearthSent                 *self,
                                          SoupMessage                *message);
/* "example.org" or "localhost:8080" */
char          *_hearth_sent_dup_place    (HearthSent                 *self);
gboolean       _hearth_sent_is_near      (HearthSent                 *self); /* this machine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSent, _hearth_sent_free)

/* --- errors ------------------------------------------------------------------------------------- */

/* What libsoup or GIO said, in our domain. @has_head: the answer had begun. */
GError        *_hearth_outside_error_translate (const GError *error,
                                                const char   *place,
                                                gboolean      has_head);

/* --- sockets ------------------------------------------------------------------------------------ */

/* Before @message is sent. */
void           _hearth_socket_table_watch   (SoupSession *session,
                                             SoupMessage *message);
/* After its head has come. Borrowed, or NULL. */
GSocket       *_hearth_socket_table_lookup  (SoupSession *session,
                                             SoupMessage *message);
/* Bytes around a chunk of @length. */
gsize          _hearth_socket_table_frame   (gsize        length);
/* Whether the body that has just ended, did so because the other side has gone. @framing: around the pieces of it that
 * were read, had each been a chunk. */
gboolean       _hearth_socket_table_was_cut (GSocket     *socket,
                                             SoupMessage *message,
                                             gsize        received,
                                             gsize        framing);

/* --- recordings --------------------------------------------------------------------------------- */

#define HEARTH_CASSETTE_VERSION 1

/* What a recording knows of a request: {method, uri, headers, body?}, in one form whatever the order of members;
 * keys are gone. New reference. */
HearthValue   *_hearth_sent_describe        (HearthSent        *self);
/* @value in that form; @secret or NULL. New reference. */
HearthValue   *_hearth_description_new      (HearthValue       *value,
                                             HearthSecret      *secret);
/* Hex digits that are the same for requests that are. */
char          *_hearth_description_hash     (HearthValue       *description);
/* Every occurrence of @secret, also as JSON or part of an address, becomes as many stars. @secret or NULL. */
void           _hearth_mask                 (GByteArray        *bytes,
                                             HearthSecret      *secret);

/* The first member of whatever goes on while it is recorded. */
typedef struct _HearthOpenTake HearthOpenTake;
struct _HearthOpenTake
{
  /* Writes what came; what comes later is not recorded any more. */
  void (*detach) (HearthOpenTake *self);
};

/* A file that is written while calls go on, by a thread of its own. */
typedef struct _HearthCassetteWriter HearthCassetteWriter;

HearthCassetteWriter *_hearth_cassette_writer_new    (const char            *path,
                                                      HearthValue           *head,
                                                      GError               **error);
void                  _hearth_cassette_writer_add    (HearthCassetteWriter  *self,
                                                      HearthValue           *line);
/* A call that has begun, and is over. */
void                  _hearth_cassette_writer_expect (HearthCassetteWriter  *self,
                                                      HearthOpenTake        *take);
void                  _hearth_cassette_writer_forget (HearthCassetteWriter  *self,
                                                      HearthOpenTake        *take);
/* Calls that go on are written as far as they came; from now on nothing is added. */
void                  _hearth_cassette_writer_detach (HearthCassetteWriter  *self);
/* Then, on any thread: frees it when all is written. */
gboolean              _hearth_cassette_writer_finish (HearthCassetteWriter  *self,
                                                      GError               **error);

/* One call that is being recorded. */
typedef struct _HearthTake HearthTake;

HearthTake    *_hearth_take_new             (HearthCassetteWriter *writer,
                                             HearthSent           *sent,
                                             guint                 number);
void           _hearth_take_set_head        (HearthTake           *self,
                                             guint                 status,
                                             HearthValue          *headers);
void           _hearth_take_add_data        (HearthTake           *self,
                                             const char           *bytes,
                                             gsize                 length);
/* Each writes and frees it. */
void           _hearth_take_end             (HearthTake           *self,
                                             const GError         *error);
void           _hearth_take_break_off       (HearthTake           *self);

/* A file that was read. */
typedef struct _HearthCassette HearthCassette;

/* On any thread, which then lets go of it. */
HearthCassette *_hearth_cassette_load       (const char           *path,
                                             GError              **error);
void            _hearth_cassette_free       (HearthCassette       *self);
HearthValue    *_hearth_cassette_get_head   (HearthCassette       *self);
/* hearth_outside_get_prepared() */
HearthValue    *_hearth_cassette_get_prepared (HearthCassette     *self);
guint           _hearth_cassette_get_n_calls (HearthCassette      *self);
/* From now on it has none. */
void            _hearth_cassette_forget_calls (HearthCassette     *self);
/* The next recording of what is described so; borrowed. NULL with HEARTH_OUTSIDE_ERROR_NOT_RECORDED. */
HearthValue    *_hearth_cassette_take       (HearthCassette       *self,
                                             HearthValue          *asked,
                                             GError              **error);
/* "body.model is “a” in the recording and “b” now": how two descriptions differ, at most @max of it; @n counts all. */
char           *_hearth_description_compare (HearthValue          *recorded,
                                             HearthValue          *asked,
                                             guint                 max,
                                             guint                *n);

/* --- exchanges ---------------------------------------------------------------------------------- */

typedef struct
{
  void (*pause)  (HearthExchange *self);
  void (*resume) (HearthExchange *self);
  void (*cancel) (HearthExchange *self);
} HearthExchangeKind;

struct _HearthExchange
{
  const HearthExchangeKind *kind;
};

/* Takes @sent and @take, which may be NULL. */
HearthExchange *_hearth_live_exchange_new     (SoupSession                *session,
                                               HearthSent                 *sent,
                                               HearthTake                 *take,
                                               const HearthExchangeEvents *events,
                                               gpointer                    user_data);
/* @recorded: as _hearth_cassette_take() gives it. */
HearthExchange *_hearth_replayed_exchange_new (HearthClock                *clock,
                                               HearthValue                *recorded,
                                               const HearthExchangeEvents *events,
                                               gpointer                    user_data);
/* Only tells @error (taken) as its end. */
HearthExchange *_hearth_exchange_new_failed   (GError                     *error,
                                               const HearthExchangeEvents *events,
                                               gpointer                    user_data);

/* {"kind", "message"}: an error in recordings, and back. New reference; new error. */
HearthValue    *_hearth_outside_error_describe  (HearthOutsideError           code,
                                                 const char                  *message);
GError         *_hearth_outside_error_read      (HearthValue                 *described);

G_END_DECLS

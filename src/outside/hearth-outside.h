/* hearth-outside.h: the one door through which calls leave the program
 *
 * Models, HTTP nodes and packs send through here and nowhere else, so that a run's outside can be recorded, and
 * played back without a socket (docs/record-and-replay.md).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-clock.h"
#include "hearth-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Main thread. A service of runs (hearth_run_add_service ()). */
#define HEARTH_TYPE_OUTSIDE (hearth_outside_get_type ())
G_DECLARE_FINAL_TYPE (HearthOutside, hearth_outside, HEARTH, OUTSIDE, GObject)

/**
 * HearthOutsideError:
 * @HEARTH_OUTSIDE_ERROR_UNREACHABLE: no such host, refused, no network
 * @HEARTH_OUTSIDE_ERROR_TLS: the other side cannot prove who it is
 * @HEARTH_OUTSIDE_ERROR_TIMEOUT: no first byte, or no next one, in time
 * @HEARTH_OUTSIDE_ERROR_CUT: the answer ended before its end, or is no HTTP
 * @HEARTH_OUTSIDE_ERROR_TOO_LARGE: more than max_bytes
 * @HEARTH_OUTSIDE_ERROR_NOT_RECORDED: replaying, and the recording has no such call
 * @HEARTH_OUTSIDE_ERROR_ADDRESS: no http:// or https:// address, or a header that cannot be sent
 *
 * The messages are sentences that name the host, never a key.
 */
typedef enum
{
  HEARTH_OUTSIDE_ERROR_UNREACHABLE,
  HEARTH_OUTSIDE_ERROR_TLS,
  HEARTH_OUTSIDE_ERROR_TIMEOUT,
  HEARTH_OUTSIDE_ERROR_CUT,
  HEARTH_OUTSIDE_ERROR_TOO_LARGE,
  HEARTH_OUTSIDE_ERROR_NOT_RECORDED,
  HEARTH_OUTSIDE_ERROR_ADDRESS,
} HearthOutsideError;

#define HEARTH_OUTSIDE_ERROR (hearth_outside_error_quark ())
GQuark hearth_outside_error_quark (void);

/* The header of what a node asks because its workflow or pack says so, with who that is. Our own server knows it and
 * refuses: they may do what they declare, not what the user may. */
#define HEARTH_OUTSIDE_HEADER "Hearth-Pack"

/**
 * HearthOutsideRequest:
 * @method: "POST"
 * @uri: http or https; no user info. Never holds a key: what holds one is @secret
 * @headers: an object of strings, or NULL; never holds a key
 * @secret: or NULL; sent as "@secret_header: @secret_prefix<text>"; not recorded, not logged, not in errors
 * @secret_header: such as "Authorization"
 * @secret_prefix: such as "Bearer ", or NULL
 * @body: or NULL
 * @content_type: of @body
 * @first_byte_ms: until the head of the answer, 0: 60 s
 * @idle_ms: between two pieces of it, 0: 60 s; time in which the exchange is paused does not count
 * @max_bytes: of the answer's body, unpacked; 0: 64 MiB
 *
 * Filled by the caller, copied by the callee.
 */
typedef struct
{
  const char   *method;
  const char   *uri;
  HearthValue  *headers;
  HearthSecret *secret;
  const char   *secret_header;
  const char   *secret_prefix;
  GBytes       *body;
  const char   *content_type;
  guint         first_byte_ms;
  guint         idle_ms;
  gsize         max_bytes;
} HearthOutsideRequest;

/* One call on its way. Belongs to the caller until @ended was called or hearth_exchange_cancel (). */
typedef struct _HearthExchange HearthExchange;

/**
 * HearthExchangeEvents:
 * @head: status and headers (an object of strings, lower-case names, repeated ones joined by ", "; borrowed) of the
 *   answer. Redirects were followed when they stay at the same origin or only change http to https; any other is the
 *   answer itself, with its "location"
 * @data: a piece of the body as it came, any cut
 * @ended: the last; @error NULL: the body is complete, whatever the status. The exchange is gone when it returns
 *
 * Never called from within hearth_outside_send (), hearth_exchange_resume () or hearth_exchange_cancel (). Each may
 * cancel the exchange.
 */
typedef struct
{
  void (*head)  (guint         status,
                 HearthValue  *headers,
                 gpointer      user_data);
  void (*data)  (const char   *bytes,
                 gsize         length,
                 gpointer      user_data);
  void (*ended) (const GError *error,
                 gpointer      user_data);
} HearthExchangeEvents;

/* "Not Found"; of any number. */
const char     *hearth_outside_get_phrase (guint                     status);

/* The machine's proxy is asked for everything but this machine itself. */
HearthOutside  *hearth_outside_new       (void);

/* --- recordings (docs/record-and-replay.md); before anything is sent --------------------------------- */

/* From now on every call is written into the file @path, too, without its key. Opens the file: blocks for a moment. */
gboolean        hearth_outside_record        (HearthOutside              *self,
                                              const char                 *path,
                                              GError                    **error);
/* From now on no call leaves: each is answered out of the file @path, or fails with HEARTH_OUTSIDE_ERROR_NOT_RECORDED
 * and what differs. Reads the file: blocks for a moment. */
gboolean        hearth_outside_replay        (HearthOutside              *self,
                                              const char                 *path,
                                              GError                    **error);
/* The same, with the file read on a thread. @callback gets no source: the caller keeps @self. */
void            hearth_outside_replay_async  (HearthOutside              *self,
                                              const char                 *path,
                                              GCancellable               *cancellable,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
gboolean        hearth_outside_replay_finish (HearthOutside              *self,
                                              GAsyncResult               *result,
                                              GError                    **error);
/* Waits until everything recorded is on the disk; calls that go on are broken off in the recording, and later ones are
 * not in it. A replay lets go of its recording, and answers no further call. */
gboolean        hearth_outside_finish        (HearthOutside              *self,
                                              GError                    **error);
/* The same, with a thread that waits. @callback gets no source. */
void            hearth_outside_finish_async  (HearthOutside              *self,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
gboolean        hearth_outside_finish_finish (HearthOutside              *self,
                                              GAsyncResult               *result,
                                              GError                    **error);
/* What stands for a key then: a text that occurs nowhere. */
#define HEARTH_OUTSIDE_REPLAYED_KEY "\001\002\003"
/* While this is so nobody looks for a key: the keyring is outside as well. */
gboolean        hearth_outside_is_replaying  (HearthOutside              *self);
/* Recording or replaying: what calls are made of must be the same, whoever runs it, in whatever language. */
gboolean        hearth_outside_has_recording (HearthOutside              *self);
/* What nodes have changed in themselves before the run, {node id: {input: value}}: is kept in the recording, when there is
 * one, and known again in its replays; else NULL. */
void            hearth_outside_set_prepared  (HearthOutside              *self,
                                              HearthValue                *prepared);
HearthValue    *hearth_outside_get_prepared  (HearthOutside              *self);
/* Calls recorded so far; or those in the recording that is replayed. */
guint           hearth_outside_get_n_recorded (HearthOutside             *self);
/* The clock of runs and of everything that waits between their calls: the real one, or while replaying a virtual one
 * that begins when the recording did. Borrowed. */
HearthClock    *hearth_outside_get_clock     (HearthOutside              *self);
/* What chance begins with while recording or replaying (hearth_chance_new_seeded()). */
guint32         hearth_outside_get_seed      (HearthOutside              *self);

/* --- calls --------------------------------------------------------------------------------------------- */

/* Never NULL: what is wrong with @request is told by @ended. @events must stay. */
HearthExchange *hearth_outside_send      (HearthOutside              *self,
                                          const HearthOutsideRequest *request,
                                          const HearthExchangeEvents *events,
                                          gpointer                    user_data);
/* Back-pressure: neither @data nor @ended until resumed; what the socket has stays there. */
void            hearth_exchange_pause    (HearthExchange             *self);
void            hearth_exchange_resume   (HearthExchange             *self);
/* Ends it at once, the connection too; nothing is called any more and @self is gone. */
void            hearth_exchange_cancel   (HearthExchange             *self);

G_END_DECLS

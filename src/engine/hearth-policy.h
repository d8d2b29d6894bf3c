/* hearth-policy.h: what happens to a node that fails or takes too long, as the user set it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"
#include "hearth-node-type.h"

G_BEGIN_DECLS

/* Stored in configValues:
 *
 *   "_policy": {
 *     "retry": { "count": 3, "delayMs": 500, "factor": 2, "maxDelayMs": 30000, "jitter": 0.2, "on": ["rate-limit"] },
 *     "timeoutMs": 60000,
 *     "onFailure": "stop" | "value" | "input",
 *     "value": { "<output key>": … }
 *   }
 */
/* With onFailure "input" the value of HEARTH_FALLBACK_INPUT becomes the first output. */

typedef enum
{
  HEARTH_ON_FAILURE_STOP,  /* its branch ends */
  HEARTH_ON_FAILURE_VALUE,
  HEARTH_ON_FAILURE_INPUT,
} HearthOnFailure;

typedef struct
{
  guint            retries;      /* tries after the first; at most 100 */
  guint            delay_ms;     /* before the first retry */
  double           factor;       /* each further one waits so many times longer */
  guint            max_delay_ms;
  double           jitter;       /* 0…1: the wait is shortened by up to that part, by the run's seed */
  char           **on;           /* classes of errors that are tried again; NULL: all that can pass */
  guint            timeout_ms;   /* of one try; 0: none */
  HearthOnFailure  on_failure;
  HearthValue     *value;        /* object, or NULL */
} HearthPolicy;

/* From a node's config; NULL when it has none. What is out of range is brought into it; what is
 * of the wrong type is an error that names the field. */
HearthPolicy *hearth_policy_new_from_config (HearthValue   *config,
                                             GError       **error);
void          hearth_policy_free            (HearthPolicy  *self);
/* The wait before retry number @retry (from 1). @retry_after_ms: what the other side asked for
 * (Retry-After), or 0; it is honoured up to max_delay_ms. @random: 0…1. */
guint         hearth_policy_get_delay       (HearthPolicy  *self,
                                             guint          retry,
                                             guint          retry_after_ms,
                                             double         random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPolicy, hearth_policy_free)

G_END_DECLS

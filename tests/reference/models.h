/* models.h: what each kind of node makes of its inputs, as plain functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kinds.h"

G_BEGIN_DECLS

char        *ref_call_dup_text      (RefCall     *call,
                                     const char  *key);
char        *ref_call_join_chunks   (GPtrArray   *chunks,
                                     guint        max);

void         ref_model_add          (RefCall     *call);
void         ref_model_concat       (RefCall     *call);
void         ref_model_join         (RefCall     *call);
void         ref_model_pass         (RefCall     *call);
void         ref_model_extra        (RefCall     *call);
void         ref_model_modal        (RefCall     *call);
void         ref_model_paired       (RefCall     *call);
void         ref_model_fail         (RefCall     *call);
void         ref_model_fussy        (RefCall     *call);
void         ref_model_group_input  (RefCall     *call);
void         ref_model_source       (RefCall     *call);
void         ref_model_murmur       (RefCall     *call);
void         ref_model_relay        (RefCall     *call);
void         ref_model_collect      (RefCall     *call);
void         ref_model_both         (RefCall     *call);
void         ref_model_sip          (RefCall     *call);
void         ref_model_lazy         (RefCall     *call);
void         ref_model_fork         (RefCall     *call);
void         ref_model_meet         (RefCall     *call);
void         ref_model_sluice       (RefCall     *call);
void         ref_model_flaky        (RefCall     *call);
void         ref_model_ask          (RefCall     *call);
void         ref_model_spill        (RefCall     *call);
HearthValue *ref_model_map_relay    (RefCall     *call,
                                     HearthValue *chunk);

G_END_DECLS

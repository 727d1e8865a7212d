/* How weights fill segments. */
#ifndef SEPTET_KERNEL_SEGMENTS_H
#define SEPTET_KERNEL_SEGMENTS_H

#include "weights.h"

/* Segments as they fill up. Units that may be cut anywhere pass in bulk and late, only when a
 * weight that must stay together comes after them: a text without such a weight needs no walk. */
typedef struct {
    int64_t part;     /* units in one segment */
    int64_t room;     /* units still free in the last one */
    int64_t segments;
    int64_t walked;   /* how many units of the text have passed */
} segment_walk;

KERNEL_INLINE void walk_loose(segment_walk *walk, int64_t units)
{
    if (units > walk->room) {
        units -= walk->room;
        if (units <= walk->part) {
            walk->segments += 1;
            walk->room = walk->part;
        } else {
            int64_t opened = (units + walk->part - 1) / walk->part;
            walk->segments += opened;
            walk->room = opened * walk->part;
        }
    }
    walk->room -= units;
}

/* One weight that must not be cut; one heavier than a segment has a segment of its own. */
KERNEL_INLINE void walk_together(segment_walk *walk, int64_t units)
{
    if (units > walk->room) {
        walk->segments += 1;
        walk->room = walk->part > units ? walk->part : units;
    }
    walk->room -= units;
}

KERNEL_INLINE void walk_code(segment_walk *walk, uint8_t code)
{
    if (code_keeps_together(code)) {
        walk_together(walk, code);
    } else {
        walk_loose(walk, code & CODE_UNITS);
    }
}

#endif

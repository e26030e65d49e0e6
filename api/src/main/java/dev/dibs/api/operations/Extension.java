package dev.dibs.api.operations;

import java.util.ArrayList;
import java.util.List;

/**
 * A wish that a sale goes on for longer.
 *
 * @param endTime epoch seconds; null where {@code seconds} are given
 * @param seconds beyond the end that there is; null where {@code endTime} is given
 */
record Extension(Long endTime, Integer seconds) {
    Extension {
        if ((endTime == null) == (seconds == null)) {
            throw new IllegalArgumentException("either end_time or seconds must be given");
        }
        if (seconds != null && seconds < 1) {
            throw new IllegalArgumentException("seconds must be at least 1");
        }
    }

    static Reading<Extension> read(byte[] body, DocumentFormat format) {
        List<Fault> faults = new ArrayList<>();
        DocumentNode.Branch root = new DocumentReader(faults).read(body, format);
        if (root == null) {
            return new Reading.Faulty<>(faults);
        }
        DocumentFields fields = new DocumentFields(root, "", faults);
        Long endTime = fields.timeIfAny("end_time");
        Integer seconds = fields.has("seconds") ? fields.wholeOr("seconds", 0) : null;
        fields.refuseOthers();
        if (faults.isEmpty()) {
            try {
                return new Reading.Sound<>(new Extension(endTime, seconds));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(seconds == null ? "end_time" : "seconds", e.getMessage()));
            }
        }
        return new Reading.Faulty<>(faults);
    }

    /** The end that it asks for, of a sale that ends at {@code now}. */
    long endAfter(long now) {
        return endTime == null ? now + seconds : endTime;
    }

    /** Whether asking twice asks for more than asking once. */
    boolean isRelative() {
        return seconds != null;
    }
}

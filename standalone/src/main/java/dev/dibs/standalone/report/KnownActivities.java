package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** Finds one activity among all, and can say which there are; remembers no more of the others than it would list. */
final class KnownActivities {
    private static final int LISTED = 20;

    private final ActivityId wanted;
    private final TreeSet<String> others = new TreeSet<>();
    private boolean more;
    private Activity found;

    KnownActivities(ActivityId wanted) {
        this.wanted = wanted;
    }

    void add(byte[] key, byte[] value) {
        if (key == null || value == null) {
            return;
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (!id.equals(wanted.value())) {
            others.add(id);
            if (others.size() > LISTED) {
                others.pollLast();
                more = true;
            }
            return;
        }
        try {
            Activity activity = ActivityCodec.decode(value);
            // Of two records with the same version the first counts.
            if (found == null || activity.version() > found.version()) {
                found = activity;
            }
        } catch (UndecodableRecordException e) {
            throw new ProblemException("the activity " + wanted + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws ProblemException which lists those that there are, where this one is not among them */
    Activity wanted() {
        if (found != null) {
            return found;
        }
        if (others.isEmpty()) {
            throw new ProblemException("there is no activity " + wanted + ", nor any other");
        }
        throw new ProblemException("there is no activity " + wanted + "; there is " + String.join(", ", others)
                + (more ? " and more" : ""));
    }
}

package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.api.operations.DocumentNode.Branch;
import dev.dibs.api.operations.DocumentNode.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator wants to be different about an activity: a merge patch (RFC 7396). Fields that it does not name stay,
 * also those within a group, a null takes a field back to its default, and a list replaces the whole list. The outcome is read by the rules of a
 * new activity, so that nothing can be changed into what could not be created.
 */
final class ActivityChange {
    private final Branch patch;

    private ActivityChange(Branch patch) {
        this.patch = patch;
    }

    static Reading<ActivityChange> read(byte[] body, DocumentFormat format) {
        List<Fault> faults = new ArrayList<>();
        Branch patch = new DocumentReader(faults).read(body, format);
        if (patch != null && patch.fields().isEmpty()) {
            faults.add(new Fault("", "names no field that is to be changed"));
        }
        return faults.isEmpty() ? new Reading.Sound<>(new ActivityChange(patch)) : new Reading.Faulty<>(faults);
    }

    /** The activity as it would be: a draft of version 1, as any document is read. */
    Reading<Activity> appliedTo(Activity current) {
        Map<String, Object> now = ActivityDocument.render(current);
        now.keySet().removeAll(ActivityDocument.NOT_WRITTEN);
        return ActivityDocument.read(merged((Branch) node(now), patch), new ArrayList<>());
    }

    /**
     * Group by group (RFC 7396, section 2): what a group does not name stays as well. A null is kept, for it reads like a
     * field that is missing, and a fault can say where it stands.
     */
    private static Branch merged(Branch now, Branch patch) {
        Map<String, DocumentNode> fields = new LinkedHashMap<>(now.fields());
        patch.fields()
                .forEach((name, wanted) -> fields.merge(
                        name,
                        wanted,
                        (old, other) -> old instanceof Branch group && other instanceof Branch change
                                ? merged(group, change)
                                : other));
        return new Branch(fields, patch.place());
    }

    private static DocumentNode node(Object value) {
        if (value == null) {
            return new DocumentNode.Nothing(Place.UNCHANGED);
        }
        if (value instanceof Boolean truth) {
            return new DocumentNode.Truth(truth, Place.UNCHANGED);
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, DocumentNode> nodes = new LinkedHashMap<>();
            fields.forEach((name, field) -> nodes.put((String) name, node(field)));
            return new Branch(nodes, Place.UNCHANGED);
        }
        if (value instanceof List<?> items) {
            return new DocumentNode.Items(
                    items.stream().map(ActivityChange::node).toList(), Place.UNCHANGED);
        }
        if (value instanceof Number number) {
            return new DocumentNode.Whole(number.longValue(), Place.UNCHANGED);
        }
        if (value instanceof String text) {
            return new DocumentNode.Text(text, Place.UNCHANGED);
        }
        throw new IllegalStateException("an activity has no field of " + value.getClass());
    }
}

package dev.dibs.api.operations;

import dev.dibs.api.operations.DocumentNode.Branch;
import dev.dibs.api.operations.DocumentNode.Items;
import dev.dibs.api.operations.DocumentNode.Nothing;
import dev.dibs.api.operations.DocumentNode.Text;
import dev.dibs.api.operations.DocumentNode.Truth;
import dev.dibs.api.operations.DocumentNode.Whole;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The fields of one group of a document, asked for by name and type. What cannot be given is null, and then a fault
 * says why; going on after a fault brings out the others.
 */
final class DocumentFields {
    private static final String TIME_FORMS =
            "epoch seconds or ISO-8601 with seconds and offset, such as 2026-12-01T20:00:00+08:00";

    private final Branch branch;
    private final String path;
    private final List<Fault> faults;
    private final Set<String> asked = new HashSet<>();

    DocumentFields(Branch branch, String path, List<Fault> faults) {
        this.branch = branch;
        this.path = path;
        this.faults = faults;
    }

    boolean has(String name) {
        asked.add(name);
        DocumentNode node = branch.fields().get(name);
        return node != null && !(node instanceof Nothing);
    }

    String text(String name) {
        return present(name) ? textOr(name, null) : null;
    }

    String textOr(String name, String absent) {
        if (!has(name)) {
            return absent;
        }
        DocumentNode node = branch.fields().get(name);
        if (node instanceof Text text) {
            return text.value();
        }
        String quote = node instanceof Whole ? "; put it in quotes" : "";
        fault(name, "must be a text but is " + node.what() + quote);
        return null;
    }

    Integer wholeOr(String name, int absent) {
        if (!has(name)) {
            return absent;
        }
        DocumentNode node = branch.fields().get(name);
        if (node instanceof Whole whole && whole.value() == (int) whole.value()) {
            return (int) whole.value();
        }
        fault(
                name,
                "must be a whole number" + (node instanceof Whole ? " of at most 32 bits" : " but is " + node.what()));
        return null;
    }

    Boolean truthOr(String name, boolean absent) {
        if (!has(name)) {
            return absent;
        }
        DocumentNode node = branch.fields().get(name);
        if (node instanceof Truth truth) {
            return truth.value();
        }
        fault(name, "must be true or false but is " + node.what());
        return null;
    }

    /** A group of fields, or null where there is none. */
    DocumentFields groupIfAny(String name) {
        if (!has(name)) {
            return null;
        }
        DocumentNode node = branch.fields().get(name);
        if (node instanceof Branch group) {
            return new DocumentFields(group, pathOf(name), faults);
        }
        fault(name, "must be a group of fields but is " + node.what());
        return null;
    }

    /** A point in time as epoch seconds. */
    Long time(String name) {
        return present(name) ? timeIfAny(name) : null;
    }

    /** The same, of a field that may be missing. */
    Long timeIfAny(String name) {
        if (!has(name)) {
            return null;
        }
        DocumentNode node = branch.fields().get(name);
        if (node instanceof Whole whole) {
            return whole.value();
        }
        if (node instanceof Text text) {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text.value());
                if (time.getNano() == 0) {
                    return time.toEpochSecond();
                }
                fault(name, "must be a whole second");
                return null;
            } catch (DateTimeParseException e) {
                fault(name, "must be " + TIME_FORMS);
                return null;
            }
        }
        fault(name, "must be " + TIME_FORMS + ", but is " + node.what());
        return null;
    }

    /** Hands over each group of a list; null where it is no list. */
    Integer groups(String name, Consumer<DocumentFields> each) {
        if (!present(name)) {
            return null;
        }
        if (!(branch.fields().get(name) instanceof Items list)) {
            fault(name, "must be a list but is " + branch.fields().get(name).what());
            return null;
        }
        for (int i = 0; i < list.items().size(); i++) {
            String below = pathOf(name) + "[" + i + "]";
            DocumentNode item = list.items().get(i);
            if (item instanceof Branch group) {
                each.accept(new DocumentFields(group, below, faults));
            } else {
                faults.add(new Fault(below, "must be a group of fields but is " + item.what() + at(item)));
            }
        }
        return list.items().size();
    }

    /** Names every field that nobody has asked for. Comes last. */
    void refuseOthers() {
        branch.fields().forEach((name, node) -> {
            if (!asked.contains(name)) {
                faults.add(new Fault(pathOf(name), "is not known here" + at(node)));
            }
        });
    }

    void fault(String name, String message) {
        DocumentNode node = branch.fields().get(name);
        faults.add(new Fault(pathOf(name), message + at(node == null ? branch : node)));
    }

    /** Notes what a constructor says of a value, as a fault of this field. */
    void check(String name, Runnable construction) {
        try {
            construction.run();
        } catch (IllegalArgumentException e) {
            fault(name, e.getMessage());
        }
    }

    private boolean present(String name) {
        if (!has(name)) {
            fault(name, branch.fields().containsKey(name) ? "must not be empty" : "is missing");
            return false;
        }
        return true;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String at(DocumentNode node) {
        return " (" + node.place() + ")";
    }
}

package dev.dibs.api.operations;

import java.util.List;

/** What a server says of an activity's file, for whoever holds the file. */
public final class ActivityFiles {
    private ActivityFiles() {}

    /** @return all that is wrong with the document, in YAML; empty where a server would take it */
    public static List<Fault> faults(byte[] document) {
        return ActivityDocument.read(document, DocumentFormat.YAML) instanceof Reading.Faulty<?> faulty
                ? faulty.faults()
                : List.of();
    }
}

package dev.dibs.standalone.export;

import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What came of a download.
 *
 * @param breaks how often the connection broke on the way
 */
record Received(LogPosition position, long rows, long bytes, String sha256, int breaks) {

    /** In what it differs from what the server says of it; empty where it does not. */
    List<String> differences(ExportManifest manifest) {
        List<String> differences = new ArrayList<>();
        compare(differences, "the position", manifest.position(), position);
        compare(differences, "rows", manifest.rows(), rows);
        compare(differences, "bytes", manifest.bytes(), bytes);
        compare(differences, "sha256", manifest.sha256(), sha256);
        compare(differences, "complete", manifest.complete(), true);
        return differences;
    }

    private static void compare(List<String> differences, String what, Object told, Object received) {
        if (!Objects.equals(told, received)) {
            differences.add(what + ": " + told + " there, " + received + " here");
        }
    }
}

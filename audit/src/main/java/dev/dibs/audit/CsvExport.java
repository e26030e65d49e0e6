package dev.dibs.audit;

import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.ids.ActivityId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An exported CSV file, also compressed ({@code .gz}), and the activity whose results it holds.
 *
 * @param manifest what the file says of itself; null where nothing is known: then it must list everything in the log, as
 *     it stands at the end of the log
 */
public record CsvExport(Path file, ActivityId activityId, ExportManifest manifest) {
    /** What the name of a manifest ends with, behind the name of its file. */
    public static final String MANIFEST_SUFFIX = ".manifest.json";

    public CsvExport {
        if (file == null || activityId == null) {
            throw new IllegalArgumentException("file and activityId must not be empty");
        }
    }

    /** Of the whole log. */
    public CsvExport(Path file, ActivityId activityId) {
        this(file, activityId, null);
    }

    /**
     * The manifest that lies beside the file, or null where there is none.
     *
     * @throws AuditSourceException where it cannot be read
     */
    public static ExportManifest manifestBeside(Path file) {
        Path manifest = file.resolveSibling(file.getFileName() + MANIFEST_SUFFIX);
        if (!Files.exists(manifest)) {
            return null;
        }
        try {
            return ExportManifestCodec.decode(Files.readAllBytes(manifest));
        } catch (IOException | UndecodableRecordException e) {
            throw new AuditSourceException(Source.CSV, manifest.toString(), e.toString(), e);
        }
    }
}

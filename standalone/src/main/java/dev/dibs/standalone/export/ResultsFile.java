package dev.dibs.standalone.export;

import dev.dibs.audit.CsvExport;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifest.StoredFile;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.exports.LogPosition;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Exports to a file, and a manifest beside it. Both appear only when everything has been received and found to be what
 * the server says it is.
 */
public final class ResultsFile {
    private static final int UNAVAILABLE = 503;
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final OperatorClient client;
    private final ExportQuery query;
    private final Duration pause;
    private final Consumer<String> told;

    /** @param told what somebody who waits wants to know */
    public ResultsFile(OperatorClient client, ExportQuery query, Consumer<String> told) {
        this(client, query, PAUSE, told);
    }

    ResultsFile(OperatorClient client, ExportQuery query, Duration pause, Consumer<String> told) {
        this.client = client;
        this.query = query;
        this.pause = pause;
        this.told = told;
    }

    /**
     * Writes file and manifest, and answers the manifest.
     *
     * @throws ProblemException where the server cannot be reached for a while, the file cannot be written, or is not what
     *     it should be
     * @throws RefusedException where the server refuses
     */
    public ExportManifest write(Path file, ExportFormat format) {
        Path target = file.toAbsolutePath();
        if (!Files.isDirectory(target.getParent())) {
            throw new ProblemException(
                    "the results could not be written to " + file + ": there is no folder " + target.getParent());
        }
        try (Drafts drafts = new Drafts(target)) {
            Path draft = drafts.create();
            Received received = receive(draft, format);
            ExportManifest manifest = verified(received);
            if (format == ExportFormat.PARQUET) {
                Path parquet = drafts.create();
                ParquetFile.write(draft, query.layout(), manifest, parquet);
                draft = parquet;
            }
            ExportManifest stored = manifest.storedAs(new StoredFile(
                    target.getFileName().toString(), format.label(), Files.size(draft), FileHash.sha256(draft)));
            if (format == ExportFormat.CSV && !stored.file().sha256().equals(stored.sha256())) {
                throw new ProblemException(file + " was not stored as it was received; is the disk in order?");
            }
            Path manifestDraft = drafts.create();
            Files.write(manifestDraft, ExportManifestCodec.encode(stored));
            // An old manifest beside a new file would say that something is wrong with it.
            Path beside = manifestOf(target);
            Files.deleteIfExists(beside);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.move(manifestDraft, beside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return stored;
        } catch (IOException e) {
            throw new ProblemException("the results could not be written to " + file + ": " + e, e);
        }
    }

    /** Where the manifest of a file lies. */
    public static Path manifestOf(Path file) {
        return file.resolveSibling(file.getFileName() + CsvExport.MANIFEST_SUFFIX);
    }

    private Received receive(Path draft, ExportFormat format) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(draft));
                OutputStream out = format == ExportFormat.CSV_GZ ? new GZIPOutputStream(file) : file) {
            return new ResultsDownload(client, query, out, pause, told).run();
        }
    }

    /** What the server says of the file, which must be what was received. */
    private ExportManifest verified(Received received) {
        ExportManifest manifest = manifest(received.position());
        List<String> differences = received.differences(manifest);
        if (!differences.isEmpty()) {
            throw new ProblemException("what was received is not what the server has as of " + received.position()
                    + "; " + String.join("; ", differences));
        }
        return manifest;
    }

    private ExportManifest manifest(LogPosition position) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ExportManifestCodec.decode(client.bytes(query.manifest(position)));
            } catch (UndecodableRecordException e) {
                throw new ProblemException("the server's manifest cannot be read: " + e.getMessage(), e);
            } catch (RefusedException e) {
                if (e.status() != UNAVAILABLE || attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (ProblemException e) {
                if (!(e.getCause() instanceof IOException) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            OperatorClient.pause(pause);
        }
    }
}

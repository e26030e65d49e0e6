package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Imports of codes that are watched while they go on. */
public final class CodeUpload {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Of 256 MB over a slow line. */
    private static final Duration UPLOAD = Duration.ofMinutes(30);

    private static final long LOOK_MILLIS = 500;

    private final OperatorClient operator;

    public CodeUpload(OperatorClient operator) {
        this.operator = operator;
    }

    /** @throws ProblemException where this is no file that can be read, and sent with its length */
    public static void requireFile(Path csv) {
        if (!Files.isReadable(csv)) {
            throw new ProblemException(
                    csv + " cannot be read: " + (Files.exists(csv) ? "no permission" : "no such file"));
        }
        if (!Files.isRegularFile(csv)) {
            throw new ProblemException(
                    csv + " is not a regular file; codes are read twice, so write them to one before");
        }
    }

    /** Sends the file, and answers the job that imports it. */
    public JsonNode begin(String activityId, Path csv) {
        try {
            return operator.json(operator.call(
                    "POST",
                    OperatorClient.path(activityId) + "/codes",
                    BodyPublishers.ofFile(csv),
                    UPLOAD,
                    "Content-Type",
                    "text/csv",
                    "Prefer",
                    "respond-async"));
        } catch (FileNotFoundException e) {
            throw new ProblemException(csv + " cannot be read: " + e.getMessage(), e);
        } catch (RefusedException e) {
            throw Importing.complaint(csv, e);
        }
    }

    /**
     * Sends the file, and answers the job that has imported it; shows a bar where somebody looks.
     *
     * @throws ProblemException where it was not imported, with its bad rows
     */
    public JsonNode complete(String activityId, Path csv) {
        JsonNode ended;
        try (ImportBar bar = ImportBar.open()) {
            ended = await(activityId, begin(activityId, csv).path("job").asString(), bar::show);
        }
        complain(csv, ended);
        return ended;
    }

    /** @param name of a job or of an import */
    public JsonNode job(String activityId, String name) {
        return operator.json(operator.call(
                "GET", OperatorClient.path(activityId) + "/imports/" + name, BodyPublishers.noBody(), ANSWER));
    }

    /** All that are known of the activity, the latest first. */
    public JsonNode jobs(String activityId) {
        return operator.json(
                operator.call("GET", OperatorClient.path(activityId) + "/imports", BodyPublishers.noBody(), ANSWER));
    }

    /**
     * Waits until the job has ended.
     *
     * @param watcher is shown it now and then, also its end
     */
    public JsonNode await(String activityId, String name, Consumer<JsonNode> watcher) {
        while (true) {
            JsonNode job = job(activityId, name);
            watcher.accept(job);
            if (!job.path("finishedAt").isNull() || job.path("stalled").asBoolean()) {
                return job;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException("interrupted; the import goes on, see 'dibs codes status'", e);
            }
        }
    }

    /** Tells what is wrong with a job that has ended or stalled, if anything is. */
    private static void complain(Path csv, JsonNode job) {
        if (job.path("stage").asString("").equals("DONE")) {
            return;
        }
        if (job.path("stalled").asBoolean()) {
            throw new ProblemException(
                    csv + ": the server that imported it is gone; import the file again to finish it");
        }
        List<RefusedException.BadRow> rows = RefusedException.rows(job.path("errors"));
        throw Importing.complaint(
                csv,
                new RefusedException(
                        0,
                        job.path("detail").asString(""),
                        rows,
                        job.path("badRows").asLong(0)));
    }
}

package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.io.FileNotFoundException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * The list of the accounts that may take part in one activity. Each call answers how it is then: {@code everyone, list,
 * accounts, changed}, and what the server says beside.
 */
public final class EligibilityList {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A million accounts take a few seconds, and their way through a slow line more. */
    private static final Duration IMPORT = Duration.ofMinutes(15);

    private final OperatorClient operator;
    private final String path;

    public EligibilityList(OperatorClient operator, String activityId) {
        this.operator = operator;
        this.path = OperatorClient.path(activityId) + "/eligibility";
    }

    /** Takes the accounts of a CSV file as the list. */
    public JsonNode replace(Path csv) {
        return file("PUT", csv);
    }

    /** Adds the accounts of a CSV file. */
    public JsonNode add(Path csv) {
        return file("POST", csv);
    }

    private JsonNode file(String method, Path csv) {
        try {
            return operator.json(
                    operator.call(method, path, BodyPublishers.ofFile(csv), IMPORT, "Content-Type", "text/csv"));
        } catch (RefusedException e) {
            throw Importing.complaint(csv, e);
        } catch (FileNotFoundException e) {
            throw new ProblemException(csv + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param account to say in {@code eligible} whether it may take part, or null */
    public JsonNode state(String account) {
        String query = account == null ? "" : "?account=" + URLEncoder.encode(account, StandardCharsets.UTF_8);
        return operator.json(operator.call("GET", path + query, BodyPublishers.noBody(), ANSWER));
    }

    /** Lets everyone take part. */
    public JsonNode clear() {
        return operator.json(operator.call("DELETE", path, BodyPublishers.noBody(), ANSWER));
    }
}

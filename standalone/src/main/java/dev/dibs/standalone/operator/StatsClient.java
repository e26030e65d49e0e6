package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sale's figures, once or as they change. */
public final class StatsClient {
    private static final int OK = 200;
    /** Until an answer is there, or a stream begins; from then on that lasts as long as it lasts. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final String EVENT = "event:";
    private static final String DATA = "data:";

    private final OperatorClient operator;
    private final JsonMapper json = new JsonMapper();

    public StatsClient(OperatorClient operator) {
        this.operator = operator;
    }

    /** As the server's description of its interface says. */
    public JsonNode stats(String activityId) {
        return operator.json(operator.send(
                operator.call(path(activityId), ANSWER), "GET", BodyPublishers.noBody(), BodyHandlers.ofByteArray()));
    }

    /**
     * Hands over the figures whenever there are new ones.
     *
     * @param goOn whether more are wanted
     * @return why the server has ended the stream; {@code ""} where nobody wanted more of it, or it just ended
     */
    public String follow(String activityId, Predicate<JsonNode> goOn) {
        AtomicReference<InputStream> stream = new AtomicReference<>();
        operator.send(
                operator.call(path(activityId) + "/stream", ANSWER).header("Accept", "text/event-stream"),
                "GET",
                BodyPublishers.noBody(),
                begun(stream));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.get(), StandardCharsets.UTF_8))) {
            return read(lines, goOn);
        } catch (IOException e) {
            throw new ProblemException("the server is gone: " + e.getMessage(), e);
        }
    }

    private static String path(String activityId) {
        return OperatorClient.path(activityId) + "/stats";
    }

    /** A stream is handed on as soon as it begins; what is said instead of one is kept, to be told. */
    private static BodyHandler<byte[]> begun(AtomicReference<InputStream> stream) {
        return info -> info.statusCode() == OK
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), in -> {
                    stream.set(in);
                    return new byte[0];
                })
                : BodySubscribers.ofByteArray();
    }

    /** Server-sent events, as far as this server sends them: one line of data each. */
    private String read(BufferedReader lines, Predicate<JsonNode> goOn) throws IOException {
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length()).strip();
            } else if (line.startsWith(DATA)) {
                JsonNode data = json.readTree(line.substring(DATA.length()));
                if (event.equals("end")) {
                    return data.path("reason").asString("");
                } else if (!goOn.test(data)) {
                    return "";
                }
            }
        }
        return "";
    }
}

package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operators' calls of one server, with a token that was given, or as the account {@code admin}: that logs in when it is
 * first needed, and again when the token has run out.
 */
public final class OperatorClient {
    private static final String ACCOUNT = "admin";
    private static final int UNAVAILABLE = 503;
    private static final Duration FOLLOW = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** Longer than a server waits for it. */
    private static final Duration RECOVERY = Duration.ofSeconds(150);

    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Until the first rows come, or what they come to: a million are read for that. */
    private static final Duration EXPORT = Duration.ofMinutes(10);

    private final JsonMapper json = new JsonMapper();
    private final URI server;
    private final Wire wire;
    /** Null where a token was given. */
    private final String password;

    private String token;

    /**
     * @param server such as {@code http://127.0.0.1:8080}
     * @param password of the account {@code admin}
     */
    public OperatorClient(URI server, String password) {
        this(server, password, "");
    }

    private OperatorClient(URI server, String password, String token) {
        this.server = server;
        this.wire = new Wire(server);
        this.password = password;
        this.token = token;
    }

    /** @param token an access token of whoever is calling; what its roles do not allow is refused */
    public static OperatorClient withToken(URI server, String token) {
        return new OperatorClient(server, null, token);
    }

    /** Creates an activity, or finds the very same one there. Answers the activity. */
    public JsonNode create(String contentType, byte[] file) {
        return json(send(
                call("/admin/activities", ANSWER).header("Content-Type", contentType),
                "POST",
                BodyPublishers.ofByteArray(file)));
    }

    public JsonNode activity(String activityId) {
        return json(send(call(path(activityId), ANSWER), "GET", BodyPublishers.noBody()));
    }

    public JsonNode activities() {
        return json(send(call("/admin/activities", ANSWER), "GET", BodyPublishers.noBody()));
    }

    /** Has Redis rebuilt for an activity. Answers {@code id, previousEpoch, epoch}. */
    public JsonNode recover(String activityId) {
        return json(send(call(path(activityId) + "/recover", RECOVERY), "POST", BodyPublishers.noBody()));
    }

    /**
     * Publishes, and waits until the servers that sell have followed: they load all codes first.
     *
     * @param waiting is told why, once, if it takes longer than a call may
     * @throws RefusedException also if they have not followed in time
     */
    public JsonNode publish(String activityId, Consumer<String> waiting) {
        long end = System.nanoTime() + FOLLOW.toNanos();
        boolean told = false;
        while (true) {
            try {
                return json(send(call(path(activityId) + "/publish", ANSWER), "POST", BodyPublishers.noBody()));
            } catch (RefusedException e) {
                // Publishing again what is published only waits on.
                if (e.status() != UNAVAILABLE || System.nanoTime() > end) {
                    throw e;
                }
                if (!told) {
                    waiting.accept(e.getMessage());
                    told = true;
                }
                pause(AGAIN);
            }
        }
    }

    /** Waits; ends as a {@link ProblemException} where it is interrupted. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("interrupted", e);
        }
    }

    /**
     * A long answer, which the handler takes as it arrives.
     *
     * @param path below the server, with its query; what is in it must be encoded already
     * @param goesOn asked every now and then; whether it is still worth waiting
     * @throws IOException where the connection breaks, or it did not go on
     * @throws RefusedException where the server refuses
     */
    public void stream(String path, BodyHandler<byte[]> answer, BooleanSupplier goesOn) throws IOException {
        try {
            send(call(path, EXPORT), "GET", BodyPublishers.noBody(), answer, goesOn);
        } catch (ProblemException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw e;
        }
    }

    /**
     * Any answer as it is.
     *
     * @throws ProblemException caused by an {@link IOException} where the connection breaks
     */
    public byte[] bytes(String path) {
        return send(call(path, EXPORT), "GET", BodyPublishers.noBody()).body();
    }

    /** @param path below the server, with its query; what is in it must be encoded already */
    public JsonNode get(String path) {
        return json(send(call(path, ANSWER), "GET", BodyPublishers.noBody()));
    }

    /** @param body written as JSON */
    public JsonNode post(String path, Map<String, String> body) {
        return json(send(
                call(path, ANSWER).header("Content-Type", "application/json"),
                "POST",
                BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /**
     * Any call of an operator, for the clients of single areas in this package.
     *
     * @param headers names and values in turn
     */
    HttpResponse<byte[]> call(String method, String path, BodyPublisher body, Duration timeout, String... headers) {
        HttpRequest.Builder request = call(path, timeout);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, method, body);
    }

    HttpRequest.Builder call(String path, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(timeout);
    }

    static String path(String activityId) {
        return "/admin/activities/" + URLEncoder.encode(activityId, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String method, BodyPublisher body) {
        return send(request, method, body, BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> send(
            HttpRequest.Builder request, String method, BodyPublisher body, BodyHandler<byte[]> answer) {
        return send(request, method, body, answer, () -> true);
    }

    private HttpResponse<byte[]> send(
            HttpRequest.Builder request,
            String method,
            BodyPublisher body,
            BodyHandler<byte[]> answer,
            BooleanSupplier goesOn) {
        if (token.isEmpty()) {
            token = login();
        }
        HttpResponse<byte[]> response = wire.exchange(authorized(request, method, body), answer, goesOn);
        if (response.statusCode() == 401) {
            token = login();
            response = wire.exchange(authorized(request, method, body), answer, goesOn);
        }
        if (response.statusCode() >= 300) {
            throw RefusedException.of(response.statusCode(), json(response));
        }
        return response;
    }

    private HttpRequest authorized(HttpRequest.Builder request, String method, BodyPublisher body) {
        return request.setHeader("Authorization", "Bearer " + token)
                .method(method, body)
                .build();
    }

    private String login() {
        if (password == null) {
            throw new ProblemException(
                    server + " does not take the token: it has expired, was ended, or is signed with another key");
        }
        String credentials = json.writeValueAsString(Map.of("account", ACCOUNT, "password", password));
        HttpResponse<byte[]> response = wire.exchange(
                call("/user/login", ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(credentials))
                        .build(),
                BodyHandlers.ofByteArray(),
                () -> true);
        JsonNode answer = json(response);
        String granted = answer.path("data").path("token").asString("");
        if (granted.isEmpty()) {
            // What a proxy in front refuses is a problem, and no envelope.
            throw new ProblemException(server + " refuses the login of admin: "
                    + answer.path("message").asString(answer.path("detail").asString(""))
                    + " (is DIBS_ADMIN_PASSWORD right?)");
        }
        return granted;
    }

    /** What to say where there is no answer. */
    public String unreachable(String reason) {
        return wire.unreachable(reason);
    }

    JsonNode json(HttpResponse<byte[]> response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new ProblemException(
                    response.uri() + " did not answer JSON (HTTP " + response.statusCode()
                            + "); is this a Dibs server?",
                    e);
        }
    }
}

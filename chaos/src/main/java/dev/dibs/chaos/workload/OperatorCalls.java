package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.workload.Http.Call;
import dev.dibs.chaos.workload.Http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The operators' calls. Each goes into the history; logging in does not. Safe for use by several threads. */
final class OperatorCalls {
    static final JsonMapper JSON = new JsonMapper();
    private static final int UNAUTHORIZED = 401;
    private static final Duration LOGIN = Duration.ofSeconds(10);

    private final Http http;
    private final History history;
    private final String password;
    private volatile String token = "";

    OperatorCalls(Http http, History history, String password) {
        this.http = http;
        this.history = history;
        this.password = password;
    }

    /** What is to be kept of a call beside its answer. */
    record About(Operation operation, String activity, String request, String expected) {
        About(Operation operation, String activity, String request) {
            this(operation, activity, request, "");
        }

        About(Operation operation, Sale sale) {
            this(operation, sale.id(), "");
        }
    }

    int instances() {
        return http.instances();
    }

    /** @param note made of the answer */
    Reply send(int api, About about, Call call, Duration timeout, Function<Reply, String> note) {
        if (token.isEmpty()) {
            login(api);
        }
        Reply reply = http.send(api, with(token, call), timeout);
        if (reply.status() == UNAUTHORIZED) {
            login(api);
            reply = http.send(api, with(token, call), timeout);
        }
        history.add(new Exchange(
                reply.at(),
                reply.took(),
                api,
                about.operation,
                about.activity,
                "",
                about.request,
                reply.status() == 0 ? Exchange.NO_ANSWER : reply.status(),
                List.of(),
                about.expected,
                note.apply(reply)));
        return reply;
    }

    private void login(int api) {
        byte[] credentials = JSON.writeValueAsBytes(Map.of("account", "admin", "password", password));
        Reply reply = http.send(api, new Call("POST", "/user/login", "", "application/json", credentials), LOGIN);
        try {
            if (reply.status() == 200) {
                token = JSON.readTree(reply.body()).path("data").path("token").asString("");
            }
        } catch (JacksonException e) {
            // Without a token the next call is refused, and that is in the history.
            token = "";
        }
    }

    private static Call with(String token, Call call) {
        return new Call(call.method(), call.path(), token, call.contentType(), call.body());
    }

    static String failureOf(Reply reply) {
        if (reply.status() == 0) {
            return reply.failure();
        }
        return reply.status() < 300 ? "" : new String(reply.body(), StandardCharsets.UTF_8);
    }
}

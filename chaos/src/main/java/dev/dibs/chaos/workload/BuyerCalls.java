package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import dev.dibs.chaos.history.Waits;
import dev.dibs.chaos.workload.Http.Call;
import dev.dibs.chaos.workload.Http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The buyers' calls. Each goes into the history, whatever came of it. */
final class BuyerCalls {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOTHING = "";
    private static final String LIST = "/ticket/list";
    private static final String DETAIL = "/ticket/detail?ticketId=";

    private final Http http;
    private final History history;

    BuyerCalls(Http http, History history) {
        this.http = http;
        this.history = history;
    }

    int instances() {
        return http.instances();
    }

    /** The grabs of which this buyer was told to wait, and not yet what became of them; the oldest first. */
    List<Waits.Wait> waitsOf(Shopper shopper) {
        return history.waitsOf(shopper.activity(), shopper.user());
    }

    /** @param request the requestId; empty for none */
    CompletableFuture<Exchange> grab(int api, Shopper shopper, String request, boolean posted, Duration timeout) {
        String path = "/ticket/get?actId=" + shopper.activity() + (request.isEmpty() ? "" : "&requestId=" + request);
        Call call = posted ? Call.post(path, shopper.token()) : Call.get(path, shopper.token());
        return http.sendAsync(api, call, timeout)
                .thenApply(reply -> keep(api, Operation.GRAB, shopper, request, NOTHING, reply));
    }

    /** Keeps what came of a grab that was sent in another way. */
    Exchange grabbed(int api, Shopper shopper, String request, Reply reply) {
        return keep(api, Operation.GRAB, shopper, request, NOTHING, reply);
    }

    Exchange result(int api, Shopper shopper, String expected, Duration timeout) {
        return get(api, Operation.RESULT, shopper, "/ticket/result?actId=" + shopper.activity(), expected, timeout);
    }

    Exchange list(int api, Shopper shopper, String expected, Duration timeout) {
        return get(api, Operation.LIST, shopper, LIST, expected, timeout);
    }

    Exchange detail(int api, Shopper shopper, String ticket, Duration timeout) {
        return get(api, Operation.DETAIL, shopper, DETAIL + ticket, ticket, timeout);
    }

    /** Looks for a ticket once all is healed, in the list or by itself; answers whether it was seen. */
    boolean seesOnceHealed(int api, Operation operation, Shopper shopper, String ticket, Duration timeout) {
        String path = operation == Operation.LIST ? LIST : DETAIL + ticket;
        Reply reply = http.send(api, Call.get(path, shopper.token()), timeout);
        String note = Exchange.ONCE_HEALED + (reply.failure().isEmpty() ? NOTHING : ": " + reply.failure());
        Exchange exchange = keep(api, operation, shopper, NOTHING, ticket, reply, note);
        return exchange.ret() == Exchange.SUCCESS
                && exchange.told().stream().anyMatch(told -> told.ticket().equals(ticket));
    }

    /** Asks for a ticket that is somebody else's. */
    Exchange pry(int api, Shopper shopper, String ticket, Duration timeout) {
        return get(api, Operation.PRY, shopper, DETAIL + ticket, NOTHING, timeout);
    }

    /** Whether the activity is sold out, as far as this instance knows; false also where it does not answer. */
    boolean isSoldOut(int api, Shopper shopper, Duration timeout) {
        Reply reply = http.send(api, Call.get("/act/detail?actId=" + shopper.activity(), shopper.token()), timeout);
        keep(api, Operation.ACTIVITY, shopper, NOTHING, NOTHING, reply);
        return data(reply).path("status").asString(NOTHING).equals("sold_out");
    }

    private Exchange get(
            int api, Operation operation, Shopper shopper, String path, String expected, Duration timeout) {
        Reply reply = http.send(api, Call.get(path, shopper.token()), timeout);
        return keep(api, operation, shopper, NOTHING, expected, reply);
    }

    private Exchange keep(int api, Operation operation, Shopper shopper, String request, String expected, Reply reply) {
        boolean isAnswered = ret(tree(reply)) != Exchange.NO_ANSWER;
        String note = isAnswered
                ? NOTHING
                : reply.status() == 0 ? reply.failure() : "HTTP " + reply.status() + " without a ret";
        return keep(api, operation, shopper, request, expected, reply, note);
    }

    private Exchange keep(
            int api, Operation operation, Shopper shopper, String request, String expected, Reply reply, String note) {
        JsonNode answer = tree(reply);
        Exchange exchange = new Exchange(
                reply.at(),
                reply.took(),
                api,
                operation,
                shopper.activity(),
                shopper.user(),
                request,
                ret(answer),
                told(answer.path("data"), operation),
                expected,
                note);
        history.add(exchange);
        return exchange;
    }

    private static int ret(JsonNode answer) {
        return answer.path("ret").asInt(Exchange.NO_ANSWER);
    }

    private static JsonNode data(Reply reply) {
        return tree(reply).path("data");
    }

    private static JsonNode tree(Reply reply) {
        try {
            return reply.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(reply.body());
        } catch (JacksonException e) {
            // What cut the answer off is kept as no answer; the client cannot tell more either.
            return JSON.createObjectNode();
        }
    }

    private static List<Told> told(JsonNode data, Operation operation) {
        List<Told> told = new ArrayList<>(1);
        if (operation == Operation.LIST) {
            data.path("list").forEach(ticket -> add(told, ticket));
        } else if (operation != Operation.ACTIVITY) {
            add(told, data);
        }
        return told;
    }

    /** The endpoints name the activity differently, on purpose. */
    private static void add(List<Told> told, JsonNode ticket) {
        String id = ticket.path("id").asString(NOTHING);
        if (!id.isEmpty()) {
            String activity = ticket.has("actId") ? "actId" : "act_id";
            told.add(new Told(
                    ticket.path(activity).asString(NOTHING),
                    id,
                    ticket.path("code").asString(NOTHING)));
        }
    }
}

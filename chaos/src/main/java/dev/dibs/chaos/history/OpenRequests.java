package dev.dibs.chaos.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests that got an error or no answer, and have neither been granted nor refused since. Who told no requestId cannot
 * repeat his request, so that those do not count. Not safe for use by several threads.
 */
public final class OpenRequests {
    /** What makes a request the same when it is repeated. */
    private record Request(String activity, String user, String request) {}

    /**
     * @param last the latest error
     * @param errors how many since the request was granted or refused, if ever
     */
    public record Open(Exchange last, int errors) {}

    private final Map<Request, Open> open = new LinkedHashMap<>();

    /** @param exchange in the order of the answers */
    public void see(Exchange exchange) {
        if (exchange.operation() != Operation.GRAB || exchange.request().isEmpty()) {
            return;
        }
        Request request = new Request(exchange.activity(), exchange.user(), exchange.request());
        if (exchange.isDecided()) {
            open.remove(request);
        } else if (exchange.isError()) {
            open.merge(request, new Open(exchange, 1), (before, now) -> new Open(exchange, before.errors + 1));
        }
    }

    public Collection<Open> all() {
        return new ArrayList<>(open.values());
    }
}

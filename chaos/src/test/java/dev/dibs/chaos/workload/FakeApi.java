package dev.dibs.chaos.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dibs.chaos.Targets;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.StockRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A seller in memory with the calls of a real one, at two addresses, that can be told to do wrong in one way. It knows
 * the truth: what it holds in its ledger is what a log would say.
 */
final class FakeApi implements AutoCloseable {
    /** What it does wrong. */
    enum Fault {
        NONE,
        /** Tells of a ticket that is in no log. */
        CONFIRMS_WITHOUT_THE_LOG,
        /** Takes a repeated request for a new one. */
        FORGETS_REQUESTS,
        /** Lets the next buyer have the code of the last. */
        SELLS_A_CODE_TWICE,
        /** Never tells what became of a grab. */
        NEVER_DECIDES,
        /** Never tells what became of somebody's second grab; asked for a result, it tells of the first. */
        NEVER_DECIDES_A_SECOND,
        /** Shows a ticket to nobody. */
        HIDES_TICKETS,
        /** Answers each who looks at tickets that it is busy. */
        SHOWS_NOTHING_BUT_ERRORS,
        /** Says that it is sold out while there is one code left. */
        STRANDS_A_CODE,
        /** Never serves a request again that it has answered with an error once. */
        NEVER_CURES,
        /** Opens the door to every press. */
        LETS_EVERYBODY_IN,
        /** Tells the second gate of a first that it was not. */
        NAMES_ANOTHER_GATE
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final TicketKind KIND = new TicketKind("standard");
    /** One in so many grabs is answered as pending, and one as if the system was busy. */
    private static final int RARELY = 20;

    private final Fault fault;
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final Map<String, String[]> codesOfImport = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<TicketId, TicketRedeemed> redeemed = new HashMap<>();
    private final Map<String, String> pressOf = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private long offset;
    private long grabs;

    FakeApi(Fault fault) throws IOException {
        this.fault = fault;
        for (int i = 0; i < 2; i++) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::handle);
            server.start();
            servers.add(server);
        }
    }

    Targets targets() {
        List<URI> apis = servers.stream()
                .map(server ->
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .toList();
        return new Targets(apis, "", "", "", "secret", "a key of at least thirty-two bytes, yes");
    }

    /** What a log would say; not to be used before the crowd has gone. */
    MemoryLedgerState state() {
        return state;
    }

    /** What the log would say is redeemed. */
    List<TicketRedeemed> redemptions() {
        return List.copyOf(redeemed.values());
    }

    private Answer redeem(JsonNode press) {
        String request = press.path("requestId").asString();
        TicketRedeemed mine =
                ofCode(press.path("code").asString(), press.path("gate").asString());
        if (mine == null) {
            return new Answer(404, "{\"type\":\"urn:dibs:problem:unknown-code\"}");
        }
        TicketRedeemed first = redeemed.putIfAbsent(mine.ticketId(), mine);
        if (first == null || request.equals(pressOf.get(mine.ticketId().toString()))) {
            pressOf.putIfAbsent(mine.ticketId().toString(), request);
            return door(200, "", first == null ? mine : first, "");
        }
        return fault == Fault.LETS_EVERYBODY_IN
                ? door(200, "", mine, "")
                : door(409, "already-redeemed", first, fault == Fault.NAMES_ANOTHER_GATE ? "-of-another" : "");
    }

    private static Answer door(int status, String kind, TicketRedeemed redeemed, String more) {
        return new Answer(
                status,
                JSON.writeValueAsString(Map.of(
                        "type", "urn:dibs:problem:" + kind,
                        "gate", redeemed.gate() + more,
                        "redeemed_at", redeemed.occurredAt())));
    }

    private TicketRedeemed ofCode(String code, String gate) {
        for (String activity : limits.keySet()) {
            MemoryActivityAccount account = account(activity);
            for (int sequence = 0; sequence < account.granted(); sequence++) {
                Holding holding = account.holding(sequence);
                if (ticket(activity, holding).get("code").equals(code)) {
                    return new TicketRedeemed(
                            UUID.randomUUID(),
                            System.currentTimeMillis(),
                            new ActivityId(activity),
                            holding.ticketId(),
                            sequence,
                            gate);
                }
            }
        }
        return null;
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            byte[] body = http.getRequestBody().readAllBytes();
            Answer answer = answer(http, body);
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(answer.status, bytes.length);
            http.getResponseBody().write(bytes);
        } catch (UncheckedIOException e) {
            // The client is gone; some of them are impatient.
            http.close();
        }
    }

    private record Answer(int status, String body) {
        static Answer of(int ret, Object data) {
            return new Answer(200, JSON.writeValueAsString(Map.of("ret", ret, "message", "", "data", data)));
        }
    }

    private synchronized Answer answer(HttpExchange http, byte[] body) {
        String path = http.getRequestURI().getPath();
        Map<String, String> query = query(http.getRequestURI().getRawQuery());
        if (path.equals("/admin/tickets/redeem")) {
            return redeem(JSON.readTree(body));
        }
        if (path.startsWith("/admin/")) {
            return admin(http.getRequestMethod(), path.split("/"), body);
        }
        return switch (path) {
            case "/user/login" -> Answer.of(0, Map.of("token", "operator"));
            case "/act/detail" -> Answer.of(0, Map.of("status", left(query.get("actId")) > 0 ? "on_sale" : "sold_out"));
            case "/ticket/get" -> grab(user(http), query.get("actId"), query.get("requestId"));
            case "/ticket/result" -> result(user(http), query.get("actId"));
            case "/ticket/list" -> list(user(http));
            case "/ticket/detail" -> detail(user(http), query.get("ticketId"));
            default -> new Answer(404, "{}");
        };
    }

    private Answer admin(String method, String[] path, byte[] body) {
        if (path.length == 3) {
            JsonNode activity = JSON.readTree(body);
            limits.put(
                    activity.path("id").asString(),
                    activity.path("limit_per_user").asInt());
            return new Answer(201, "{}");
        }
        String id = path[3];
        String step = path.length > 4 ? path[4] : method;
        if (step.equals("codes")) {
            return importCodes(id, new String(body, StandardCharsets.UTF_8));
        }
        if (step.equals("publish")) {
            ledger.apply(offset++, new EpochOpened(UUID.randomUUID(), 1, new ActivityId(id), "n", "f", limits.get(id)));
        }
        return step.equals("results.csv") ? new Answer(503, "{}") : new Answer(200, "{}");
    }

    private Answer importCodes(String id, String csv) {
        String[] lines = csv.substring(csv.indexOf('\n') + 1).split("\n");
        String importId = new CodeFile("", lines.length, csv.getBytes(StandardCharsets.UTF_8)).importId();
        int from = state.account(new ActivityId(id)).stock();
        codesOfImport.put(importId, lines);
        ledger.apply(
                offset++,
                new StockAdded(
                        UUID.randomUUID(),
                        1,
                        new ActivityId(id),
                        from,
                        from + lines.length,
                        KIND,
                        new ImportId(importId)));
        return new Answer(200, JSON.writeValueAsString(Map.of("importId", importId, "from", from)));
    }

    private int left(String activity) {
        int remaining = account(activity).remaining();
        return fault == Fault.STRANDS_A_CODE ? remaining - 1 : remaining;
    }

    private MemoryActivityAccount account(String activity) {
        return state.account(new ActivityId(activity));
    }

    private Answer grab(String user, String activity, String named) {
        String request = named == null ? UUID.randomUUID().toString() : named;
        MemoryActivityAccount account = account(activity);
        List<Holding> held = account.holdings(Fingerprint.of(user));
        grabs++;
        if (account.epoch() < 0) {
            return Answer.of(-10, Map.of());
        }
        if (failed.contains(user + request)) {
            return Answer.of(-3, Map.of());
        }
        for (Holding holding : held) {
            if (holding.request().equals(Fingerprint.of(request)) && fault != Fault.FORGETS_REQUESTS) {
                return Answer.of(0, ticket(activity, holding));
            }
        }
        if (held.size() >= account.limitPerUser()) {
            return Answer.of(-5, ticket(activity, held.get(held.size() - 1)));
        }
        if (fault == Fault.NEVER_DECIDES_A_SECOND && !held.isEmpty()) {
            return Answer.of(1, Map.of());
        }
        if (left(activity) <= 0) {
            return Answer.of(-2, Map.of());
        }
        if (grabs % RARELY == 1) {
            if (fault == Fault.NEVER_CURES) {
                failed.add(user + request);
            }
            return Answer.of(-3, Map.of());
        }
        return granted(user, activity, request, account);
    }

    private Answer granted(String user, String activity, String request, MemoryActivityAccount account) {
        int sequence = account.granted();
        TicketGrabbed grab = new TicketGrabbed(
                new ActivityId(activity),
                account.epoch(),
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId(request),
                1,
                1,
                KIND,
                "");
        boolean lies = grabs % RARELY == 3 && fault == Fault.CONFIRMS_WITHOUT_THE_LOG;
        if (!lies) {
            ledger.apply(offset++, grab);
        }
        if (grabs % RARELY == 2) {
            return Answer.of(1, Map.of());
        }
        int told = fault == Fault.SELLS_A_CODE_TWICE && grabs % RARELY == 4 ? Math.max(0, sequence - 1) : sequence;
        return Answer.of(0, ticket(activity, grab.ticketId().toString(), told));
    }

    private Answer result(String user, String activity) {
        List<Holding> held = account(activity).holdings(Fingerprint.of(user));
        if (fault == Fault.NEVER_DECIDES) {
            return Answer.of(1, Map.of());
        }
        return held.isEmpty() ? Answer.of(-10, Map.of()) : Answer.of(0, ticket(activity, held.get(held.size() - 1)));
    }

    private Answer list(String user) {
        if (fault == Fault.SHOWS_NOTHING_BUT_ERRORS) {
            return Answer.of(-3, Map.of());
        }
        List<Map<String, Object>> tickets = new ArrayList<>();
        if (fault != Fault.HIDES_TICKETS) {
            for (String activity : Set.copyOf(limits.keySet())) {
                account(activity)
                        .holdings(Fingerprint.of(user))
                        .forEach(holding -> tickets.add(ticket(activity, holding)));
            }
        }
        return Answer.of(0, Map.of("list", tickets));
    }

    private Answer detail(String user, String ticket) {
        if (fault == Fault.SHOWS_NOTHING_BUT_ERRORS) {
            return Answer.of(-3, Map.of());
        }
        for (String activity : Set.copyOf(limits.keySet())) {
            for (Holding holding : account(activity).holdings(Fingerprint.of(user))) {
                if (holding.ticketId().toString().equals(ticket)) {
                    return Answer.of(0, ticket(activity, holding));
                }
            }
        }
        return Answer.of(-10, Map.of());
    }

    private Map<String, Object> ticket(String activity, Holding holding) {
        return ticket(activity, holding.ticketId().toString(), holding.sequence());
    }

    private Map<String, Object> ticket(String activity, String ticket, int sequence) {
        StockRange range = account(activity).range(sequence);
        String code = codesOfImport.get(range.importId().value())[sequence - range.from()];
        return Map.of("id", ticket, "actId", activity, "act_id", activity, "code", code);
    }

    /** The subject of the token, unverified. */
    private static String user(HttpExchange http) {
        String token = http.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("sub")
                .asString();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return query;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}

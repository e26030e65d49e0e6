package dev.dibs.chaos;

import dev.dibs.chaos.cluster.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * A sale of its own that never sells out, with a buyer every tenth of a second at each API instance: by it one sees
 * whether tickets are confirmed at all, and for how long none was.
 */
final class Pulse implements AutoCloseable {
    static final String ACTIVITY = "pulse";
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int PER_SECOND = 20;
    private static final int ASKS_AGAIN = 3;

    private record Won(String code, String ticketId) {}

    private final PulseClient client;
    private final Targets targets;
    private final Gaps gaps;
    private final ConcurrentMap<String, Won> won = new ConcurrentHashMap<>();
    /** Buyers who were told to wait, or nothing at all. */
    private final ConcurrentMap<String, Boolean> unsure = new ConcurrentHashMap<>();

    private final List<String> violations = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong pendingAnswers = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private Duration patience = Duration.ZERO;

    Pulse(Targets targets) {
        this.targets = targets;
        this.gaps = new Gaps(targets.apis().size());
        this.client = new PulseClient(targets);
    }

    /** Opens the sale and lets the buyers in. */
    void start(Duration lasts) {
        int codes = (int) (lasts.toSeconds() + 600) * PER_SECOND;
        client.open(ACTIVITY, codes, lasts.plus(Duration.ofHours(6)));
        for (int i = 0; i < targets.apis().size(); i++) {
            int api = i;
            Thread thread = new Thread(() -> grab(api), "pulse-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void grab(int api) {
        for (long n = 0; !over; n++) {
            String user = "pulse-" + api + "-" + n;
            for (int attempt = 0; attempt < ASKS_AGAIN && !over && !asked(api, user); attempt++) {
                Patience.pause(EVERY);
            }
            if (!over) {
                Patience.pause(EVERY);
            }
        }
    }

    /** Whether there was a final answer. */
    private boolean asked(int api, String user) {
        Optional<JsonNode> answer =
                client.get(targets.apis().get(api), "/ticket/get?actId=" + ACTIVITY + "&requestId=r", user);
        int ret = answer.map(a -> a.path("ret").asInt(-3)).orElse(-3);
        if (ret == 0) {
            confirmed(api, user, answer.orElseThrow().path("data"));
            return true;
        }
        if (ret == 1) {
            pendingAnswers.incrementAndGet();
        } else if (ret != -3) {
            violations.add("pulse: " + user + " was answered ret " + ret + ", though there is enough for everybody");
            return true;
        }
        unsure.put(user, true);
        return false;
    }

    private void confirmed(int api, String user, JsonNode data) {
        Won now = new Won(data.path("code").asString(), data.path("id").asString());
        Won before = won.putIfAbsent(user, now);
        if (before != null && !before.equals(now)) {
            violations.add(
                    "pulse: G3 " + user + " was told of ticket " + before.ticketId + ", then of " + now.ticketId);
        }
        unsure.remove(user);
        gaps.confirmed(api);
    }

    Gaps gaps() {
        return gaps;
    }

    /** Lets nobody in any more. */
    void stop() {
        over = true;
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(10).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    long confirmed() {
        return won.size();
    }

    long pendingAnswers() {
        return pendingAnswers.get();
    }

    /**
     * Asks for every ticket once more, when all is healed.
     *
     * @param atMost how long to wait for answers that are not yet as they should be, all together: where one never comes,
     *     hundreds may not
     */
    List<String> check(Duration atMost) {
        patience = atMost;
        Map<String, String> byCode = new ConcurrentHashMap<>();
        won.forEach((user, ticket) -> {
            String other = byCode.putIfAbsent(ticket.code, user);
            if (other != null) {
                violations.add("pulse: G1 one code was confirmed to " + user + " and to " + other);
            }
        });
        won.forEach((user, ticket) -> {
            if (!settles(() -> sees(user, ticket))) {
                violations.add("pulse: G3 " + user + " no longer sees the confirmed ticket " + ticket.ticketId);
            }
        });
        unsure.keySet().forEach(user -> {
            if (!settles(() -> isSettled(user))) {
                violations.add("pulse: G3 the grab of " + user + " is still pending");
            }
        });
        return List.copyOf(violations);
    }

    /** What is so at once takes none of the time. */
    private boolean settles(BooleanSupplier answer) {
        if (answer.getAsBoolean()) {
            return true;
        }
        long begun = System.nanoTime();
        boolean settled = Patience.await(patience, answer);
        patience = patience.minusNanos(System.nanoTime() - begun);
        return settled;
    }

    private boolean sees(String user, Won ticket) {
        return client.get(anyApi(user), "/ticket/result?actId=" + ACTIVITY, user)
                .filter(answer -> answer.path("ret").asInt(-3) == 0)
                .filter(answer -> answer.path("data").path("id").asString().equals(ticket.ticketId))
                .filter(answer -> answer.path("data").path("code").asString().equals(ticket.code))
                .isPresent();
    }

    private boolean isSettled(String user) {
        return client.get(anyApi(user), "/ticket/result?actId=" + ACTIVITY, user)
                .filter(answer -> answer.path("ret").asInt(-3) != -3)
                .filter(answer -> answer.path("ret").asInt() != 1)
                .isPresent();
    }

    private URI anyApi(String user) {
        return targets.apis().get(Math.floorMod(user.hashCode(), targets.apis().size()));
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
    }
}

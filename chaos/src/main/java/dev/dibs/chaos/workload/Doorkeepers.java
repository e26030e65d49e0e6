package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.DoorNote;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.workload.Http.Call;
import dev.dibs.chaos.workload.Http.Reply;
import dev.dibs.chaos.workload.OperatorCalls.About;
import dev.dibs.chaos.workload.Winners.Winner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Gates that redeem tickets of winners while the sale goes on: some once, some at two gates and two instances at the same
 * time, some with the same press sent twice. A press that was not answered is repeated, in the end when all is mended.
 */
final class Doorkeepers implements Runnable, AutoCloseable {
    private static final int LONGEST_GAP_MILLIS = 300;
    private static final int ATTEMPTS = 4;
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final OperatorCalls calls;
    private final Winners winners;
    private final SplittableRandom dice;
    private final BooleanSupplier over;
    private final Queue<Press> undecided = new ArrayDeque<>();
    private final ExecutorService second = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "chaos-second-gate");
        thread.setDaemon(true);
        return thread;
    });
    private int presses;

    Doorkeepers(OperatorCalls calls, Winners winners, long seed, BooleanSupplier over) {
        this.calls = calls;
        this.winners = winners;
        this.dice = new SplittableRandom(seed ^ 0xd00f);
        this.over = over;
    }

    private record Press(Winner winner, String gate, String request) {}

    @Override
    public void run() {
        while (!over.getAsBoolean() && Pause.ofMillis(dice.nextInt(LONGEST_GAP_MILLIS))) {
            winners.any(dice).ifPresent(this::comes);
        }
    }

    /** Somebody shows a code. Whoever has shown it before is told so. */
    private void comes(Winner winner) {
        int what = dice.nextInt(100);
        int api = dice.nextInt(calls.instances());
        Press north = press(winner, "north");
        if (what < 50) {
            insist(api, north);
        } else {
            Press other = what < 80 ? press(winner, "south") : north;
            CompletableFuture<Void> atOnce =
                    CompletableFuture.runAsync(() -> insist((api + 1) % calls.instances(), other), second);
            insist(api, north);
            atOnce.join();
        }
    }

    private synchronized Press press(Winner winner, String gate) {
        return new Press(winner, gate, "press-" + presses++);
    }

    private void insist(int firstApi, Press press) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isDecided(send((firstApi + attempt) % calls.instances(), press)) || !Pause.of(AGAIN)) {
                return;
            }
        }
        synchronized (undecided) {
            undecided.add(press);
        }
    }

    /**
     * Repeats, once all is mended, every press of which it is not known what came of it.
     *
     * @return those of which it still is not, a sentence each
     */
    List<String> settle(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<String> left = new ArrayList<>();
        for (Press press : undecided()) {
            int api = 0;
            boolean decided = false;
            while (!decided && System.nanoTime() - deadline < 0) {
                decided = isDecided(send(api++ % calls.instances(), press)) || !Pause.of(AGAIN);
            }
            if (!decided) {
                left.add("nobody says what came of " + press.request + " at gate " + press.gate);
            }
        }
        return left;
    }

    private List<Press> undecided() {
        synchronized (undecided) {
            List<Press> all = List.copyOf(undecided);
            undecided.clear();
            return all;
        }
    }

    private Reply send(int api, Press press) {
        byte[] body = OperatorCalls.JSON.writeValueAsBytes(
                Map.of("code", press.winner.code(), "gate", press.gate, "requestId", press.request));
        Call call = new Call("POST", "/admin/tickets/redeem", "", "application/json", body);
        About about =
                new About(Operation.REDEEM, press.winner.shopper().activity(), press.request, press.winner.ticket());
        return calls.send(api, about, call, ANSWER, reply -> note(press, reply).text());
    }

    /** Also a refusal is a decision; but not where there was no answer, no token, or a server in trouble. */
    private static boolean isDecided(Reply reply) {
        return reply.status() != 0 && reply.status() != UNAUTHORIZED && reply.status() < 500;
    }

    private static DoorNote note(Press press, Reply reply) {
        if (reply.status() == 0) {
            return new DoorNote(reply.failure(), press.gate, "", -1);
        }
        try {
            JsonNode answer = OperatorCalls.JSON.readTree(reply.body());
            String type = answer.path("type").asString("");
            String kind = reply.status() == OK ? DoorNote.LET_IN : type.substring(type.lastIndexOf(':') + 1);
            return new DoorNote(
                    kind,
                    press.gate,
                    answer.path("gate").asString(""),
                    answer.path("redeemed_at").asLong(-1));
        } catch (JacksonException e) {
            return new DoorNote("no JSON", press.gate, "", -1);
        }
    }

    @Override
    public void close() {
        second.shutdownNow();
    }
}

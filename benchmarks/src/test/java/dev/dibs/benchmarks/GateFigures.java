package dev.dibs.benchmarks;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.TicketType;
import dev.dibs.api.access.Principal;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.gate.ProofOfWork;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Run by hand: what the gate costs the server for each grab, and a client that computes like a program, not like a
 * browser. The best of several rounds, for others may be busy on the machine.
 */
final class GateFigures {
    /** So many and so short that some of them have a processor to themselves. */
    private static final int ROUNDS = 5_000;

    private static final int CALLS = 500;
    private static final long NOW = 2_000;
    private static final Principal ANNA = Principal.of(new UserId("anna@example.org"), Set.of("buyer"));

    private final GrabTickets tickets = new GrabTickets("a secret of more than thirty-two bytes");

    private GateFigures() {}

    public static void main(String[] args) {
        new GateFigures().run();
    }

    private void run() {
        Activity plain = gated(0);
        Activity hard = gated(16);
        Pass pass = new Pass(tickets.issue(plain, ANNA, NOW).text(), "");
        String challenge = tickets.issue(hard, ANNA, NOW).text();
        Pass proved = new Pass(challenge, ProofOfWork.solve(challenge, 16));
        perCall(
                "a ticket is handed out",
                () -> tickets.issue(plain, ANNA, NOW).text().length());
        perCall("a ticket is checked", () -> tickets.check(plain, ANNA, pass, NOW) == null ? 1 : 0);
        perCall("a ticket and its proof are checked", () -> tickets.check(hard, ANNA, proved, NOW) == null ? 1 : 0);
        perCall("a forged ticket is refused", () -> tickets.check(hard, ANNA, pass, NOW) == null ? 0 : 1);
        double micros = perCall("one attempt at a proof", () -> ProofOfWork.holds(challenge, "1", 64) ? 1 : 0);
        for (int bits : new int[] {12, 16, 20}) {
            print("%d bits take %.1f ms on average", bits, (1 << bits) * micros / 1_000);
        }
    }

    private static Activity gated(int bits) {
        return new Activity(
                new ActivityId("movie-night"),
                "Movie night",
                "",
                "",
                1_000,
                5_000,
                1,
                "",
                List.of(new TicketType(new TicketKind("seat"), "Seat", "", "", 1, 9_000)),
                ActivityState.PUBLISHED,
                1,
                0,
                new Entry(Optional.empty(), "", new Gate(60, bits)));
    }

    private static double perCall(String what, IntSupplier call) {
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum += call.getAsInt();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        double micros = best / 1_000.0 / CALLS;
        print("%s: %.2f µs (%d)", what, micros, sum / ROUNDS / CALLS);
        return micros;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

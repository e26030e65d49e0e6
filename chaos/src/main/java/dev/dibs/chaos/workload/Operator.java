package dev.dibs.chaos.workload;

import static dev.dibs.chaos.workload.OperatorCalls.JSON;
import static dev.dibs.chaos.workload.OperatorCalls.failureOf;

import dev.dibs.chaos.history.ImportNote;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.workload.Http.Call;
import dev.dibs.chaos.workload.Http.Reply;
import dev.dibs.chaos.workload.OperatorCalls.About;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** What an operator does, who repeats each call until it has worked or the run is over. */
final class Operator {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration EXPORT = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** Windows are not what this run is about: sales open at once and close long after the run. */
    private static final Duration OPEN_FOR = Duration.ofHours(6);

    private final OperatorCalls calls;
    private final BooleanSupplier over;
    private int turn;

    /** @param over says when to stop repeating */
    Operator(OperatorCalls calls, BooleanSupplier over) {
        this.calls = calls;
        this.over = over;
    }

    /** The same operator, who gives up when this time is over. */
    Operator untilDoneWithin(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        return new Operator(calls, () -> System.nanoTime() - deadline > 0);
    }

    /** Sets the sale up and opens it; false where the run was over before that had worked. */
    boolean open(Sale sale, int codes) {
        return create(sale) && addCodes(sale, codes) && publish(sale);
    }

    private boolean create(Sale sale) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> ticket = Map.of(
                "kind",
                "standard",
                "name",
                "Standard",
                "start_time",
                now - 60,
                "end_time",
                now + 2 * OPEN_FOR.toSeconds());
        byte[] document = JSON.writeValueAsBytes(Map.of(
                "id",
                sale.id(),
                "name",
                "Sale " + sale.id(),
                "start_time",
                now - 60,
                "end_time",
                now + OPEN_FOR.toSeconds(),
                "limit_per_user",
                sale.limit(),
                "tickets",
                List.of(ticket)));
        Call call = new Call("POST", "/admin/activities", "", "application/json", document);
        return untilDone(
                api -> calls.send(api, new About(Operation.CREATE, sale), call, ANSWER, OperatorCalls::failureOf));
    }

    /** Imports codes that no sale has had before; the same file again until it is known to be stock. */
    boolean addCodes(Sale sale, int count) {
        CodeFile file = CodeFile.of(sale.id(), sale.nextImport(), count);
        Call call = new Call("POST", path(sale) + "/codes", "", "text/csv", file.bytes());
        About about = new About(Operation.IMPORT, sale.id(), file.importId());
        boolean added = untilDone(api -> calls.send(api, about, call, ANSWER, reply -> note(file, reply)));
        if (added) {
            sale.saidToBeSoldOut(false);
        }
        return added;
    }

    private static String note(CodeFile file, Reply reply) {
        boolean done = reply.status() == 200;
        int from = done ? JSON.readTree(reply.body()).path("from").asInt(-1) : -1;
        return new ImportNote(file.codes(), file.rows(), from).text();
    }

    private boolean publish(Sale sale) {
        boolean done = untilDone(api -> step(api, Operation.PUBLISH, sale, "publish"));
        if (done) {
            sale.published();
        }
        return done;
    }

    /** Nobody gets a ticket for a while. Where resuming does not work before the run is over, draining does it. */
    void pauseFor(Sale sale, Duration time) {
        sale.mayBePaused(true);
        boolean answered = step(nextApi(), Operation.PAUSE, sale, "pause").status() != 0;
        Pause.of(time);
        // A pause without an answer may still come, after everything else: then draining resumes once more.
        if (resume(sale) && answered) {
            sale.mayBePaused(false);
        }
    }

    /** True if the sale goes on; also where it was not paused. */
    boolean resume(Sale sale) {
        return untilDone(api -> step(api, Operation.RESUME, sale, "resume"));
    }

    void extend(Sale sale, Duration from, Duration by) {
        long end = Instant.now().plus(from).plus(by).getEpochSecond();
        byte[] document = JSON.writeValueAsBytes(Map.of("end_time", end));
        Call call = new Call("PATCH", path(sale), "", "application/json", document);
        calls.send(nextApi(), new About(Operation.EXTEND, sale), call, ANSWER, OperatorCalls::failureOf);
    }

    /** Writes the results to a file; true if they came whole. A file that is not whole is not kept. */
    boolean export(Sale sale, Path file) {
        Call call = Call.get(path(sale) + "/results.csv?waitSeconds=20", "");
        Reply reply = calls.send(
                nextApi(),
                new About(Operation.EXPORT, sale),
                call,
                EXPORT,
                answer -> answer.status() == 200 ? file.toAbsolutePath().toString() : failureOf(answer));
        if (reply.status() != 200) {
            return false;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, reply.body());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exports until it has worked. */
    boolean exportAtLast(Sale sale, Path file) {
        while (!export(sale, file)) {
            if (over.getAsBoolean() || !Pause.of(AGAIN)) {
                return false;
            }
        }
        return true;
    }

    private Reply step(int api, Operation operation, Sale sale, String step) {
        return calls.send(
                api,
                new About(operation, sale),
                Call.post(path(sale) + "/" + step, ""),
                ANSWER,
                OperatorCalls::failureOf);
    }

    /** A conflict is repeated, too: an instance may not have read yet what another has written. */
    private boolean untilDone(IntFunction<Reply> attempt) {
        while (true) {
            int status = attempt.apply(nextApi()).status();
            if (status >= 200 && status < 300) {
                return true;
            }
            if (over.getAsBoolean() || !Pause.of(AGAIN)) {
                return false;
            }
        }
    }

    private static String path(Sale sale) {
        return "/admin/activities/" + sale.id();
    }

    private synchronized int nextApi() {
        return turn++ % calls.instances();
    }
}

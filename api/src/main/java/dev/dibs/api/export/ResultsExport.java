package dev.dibs.api.export;

import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The results as of a position of the log: what was won before it, whatever is won while the file is being read. Whether
 * a ticket has been redeemed or revoked is told as it stands when its row is read, which may be later than the position;
 * everything else in a row never changes.
 */
final class ResultsExport {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Rows that become one buffer. The server asks for a few dozen buffers ahead, so this bounds the memory. */
    private static final int ROWS_PER_BUFFER = 64;

    private final LedgerView ledger;
    private final ResultStore store;

    ResultsExport(LedgerView ledger, ResultStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** What came of waiting for the projection. */
    sealed interface Ready {
        record Reached(LogPosition position, String collection) implements Ready {}

        /** @param projected the first offset that has not been written yet */
        record TooFarBehind(LogPosition position, long projected) implements Ready {}
    }

    /** Takes the present position and waits, at most so long, until the projection has reached it. */
    Mono<Ready> ready(ActivityId activityId, Duration atMost) {
        return Mono.defer(() -> {
            int partition = ledger.partitionOf(activityId);
            LogPosition position = new LogPosition(partition, ledger.positions().getOrDefault(partition, 0L));
            long deadline = System.nanoTime() + atMost.toNanos();
            return poll(position)
                    .repeatWhen(polls -> polls.delayElements(POLL))
                    .filter(ready -> ready instanceof Ready.Reached || System.nanoTime() - deadline >= 0)
                    .next();
        });
    }

    private Mono<Ready> poll(LogPosition position) {
        return store.projected(position.partition())
                .map(projected -> projected.nextOffset() >= position.offset()
                        ? new Ready.Reached(position, projected.collection())
                        : new Ready.TooFarBehind(position, projected.nextOffset()));
    }

    /** The file in parts, header first; an error in the middle ends it as one. */
    Flux<byte[]> csv(ActivityId activityId, Ready.Reached reached) {
        Flux<byte[]> rows = store.rows(reached.collection(), activityId, reached.position())
                .buffer(ROWS_PER_BUFFER)
                .map(CsvEncoder::rows);
        return Flux.concat(Mono.fromSupplier(CsvEncoder::header), rows);
    }
}

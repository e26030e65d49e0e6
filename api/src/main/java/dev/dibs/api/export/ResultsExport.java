package dev.dibs.api.export;

import dev.dibs.api.verdict.LedgerView;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.LogPosition;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The results as of a position of the log: what was won, redeemed and revoked before it, whatever happens while the file
 * is being read, and whenever it is asked for again.
 */
final class ResultsExport {
    private static final Duration POLL = Duration.ofMillis(100);
    /** How far another instance, which gave the position, may be ahead of this one. */
    private static final Duration OTHER_INSTANCE = Duration.ofSeconds(2);
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

        /**
         * The position is none that the log has for this activity.
         *
         * @param end the last one that is possible; the first is offset 0 of the same partition
         */
        record NoSuchPosition(LogPosition asked, LogPosition end) implements Ready {}
    }

    /** A piece of the file. */
    record Part(byte[] bytes, int rows) {}

    /**
     * Waits, at most so long, until the projection has reached the position.
     *
     * @param asked null for the present position
     */
    Mono<Ready> ready(ActivityId activityId, LogPosition asked, Duration atMost) {
        return Mono.defer(() -> {
            LogPosition end = end(activityId);
            if (asked != null && asked.partition() != end.partition()) {
                return Mono.just(new Ready.NoSuchPosition(asked, end));
            }
            long start = System.nanoTime();
            return poll(activityId, asked == null ? end : asked)
                    .repeatWhen(polls -> polls.delayElements(POLL))
                    .filter(ready -> isDecided(ready, Duration.ofNanos(System.nanoTime() - start), atMost))
                    .next();
        });
    }

    private LogPosition end(ActivityId activityId) {
        int partition = ledger.partitionOf(activityId);
        return new LogPosition(partition, ledger.positions().getOrDefault(partition, 0L));
    }

    private static boolean isDecided(Ready ready, Duration waited, Duration atMost) {
        return ready instanceof Ready.Reached
                || waited.compareTo(atMost) >= 0
                || ready instanceof Ready.NoSuchPosition && waited.compareTo(OTHER_INSTANCE) >= 0;
    }

    private Mono<Ready> poll(ActivityId activityId, LogPosition position) {
        return Mono.defer(() -> {
            LogPosition end = end(activityId);
            if (position.offset() > end.offset()) {
                return Mono.just(new Ready.NoSuchPosition(position, end));
            }
            return store.projected(position.partition())
                    .map(projected -> projected.nextOffset() >= position.offset()
                            ? new Ready.Reached(position, projected.collection())
                            : new Ready.TooFarBehind(position, projected.nextOffset()));
        });
    }

    /** The file in parts, the columns first; an error in the middle ends it as one. */
    Flux<Part> csv(ActivityId activityId, Ready.Reached reached, ExportRequest request) {
        CsvEncoder encoder = new CsvEncoder(request.layout());
        RowQuery query = new RowQuery(
                reached.collection(),
                activityId,
                reached.position(),
                request.filter(),
                request.after(),
                request.withCodes());
        Flux<Part> rows = store.rows(query)
                .filter(row -> request.filter().states().contains(row.state()))
                .buffer(ROWS_PER_BUFFER)
                .map(some -> new Part(encoder.rows(some), some.size()));
        return request.after() == null
                ? Flux.concat(Mono.fromSupplier(() -> new Part(encoder.header(), 0)), rows)
                : rows;
    }

    /** What {@link #csv} comes to, without keeping it. */
    Mono<ExportManifest> manifest(ActivityId activityId, Ready.Reached reached, ExportRequest request) {
        return csv(activityId, reached, request)
                .collect(Digest::new, Digest::add)
                .map(digest -> new ExportManifest(
                        activityId,
                        reached.position(),
                        request.layout(),
                        request.filter(),
                        request.after(),
                        digest.rows(),
                        digest.bytes(),
                        digest.sha256(),
                        null));
    }
}

package dev.dibs.api.control;

import dev.dibs.api.OccasionalWarning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Before something is said not to be there, this instance reads what the others have written by now. Where that cannot be
 * read in time, it goes on with what it knows.
 */
public final class ReadFirst {
    private static final Logger log = LoggerFactory.getLogger(ReadFirst.class);

    private final OccasionalWarning unread = new OccasionalWarning(log);
    private final String topic;
    private final Supplier<CompletableFuture<Void>> readThrough;
    private final Duration atMost;

    /**
     * @param topic that is read, for the log
     * @param readThrough completes once all has been read that had been written when it was asked for
     * @param atMost after which it goes on with what is known
     */
    public ReadFirst(String topic, Supplier<CompletableFuture<Void>> readThrough, Duration atMost) {
        this.topic = topic;
        this.readThrough = readThrough;
        this.atMost = atMost;
    }

    /**
     * Reads, and goes on.
     *
     * @param next is told whether all could be read
     */
    public <T> Mono<T> then(Function<Boolean, Mono<T>> next) {
        return Mono.fromFuture(readThrough)
                .timeout(atMost)
                // Off the thread that reads, which has better to do than to answer.
                .publishOn(Schedulers.parallel())
                .thenReturn(true)
                .onErrorResume(error -> {
                    unread.occurred(
                            "What other instances have written could not be read before an answer; topic=" + topic,
                            error);
                    return Mono.just(false);
                })
                .flatMap(next);
    }
}

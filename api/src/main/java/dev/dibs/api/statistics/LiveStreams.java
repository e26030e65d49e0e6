package dev.dibs.api.statistics;

import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Streams of server-sent events, one for each that watches. An event is the whole state, made when the watcher can take
 * it: who reads slowly misses some, and nothing is kept for it or for one that comes back.
 */
final class LiveStreams {
    /** So soon a change of the phase is told; so soon a stream ends whose caller may not watch any more. */
    private static final Duration TICK = Duration.ofMillis(200);

    private static final long EVERY_MILLIS = 1_000;
    /** A proxy that hears nothing takes the connection for dead. */
    private static final long HEARTBEAT_MILLIS = 10_000;

    private final LiveViews views;
    private final int most;
    private final Scheduler scheduler;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;

    /**
     * @param most streams at one time
     * @param scheduler gives the time too
     */
    LiveStreams(LiveViews views, int most, Scheduler scheduler) {
        this.views = views;
        this.most = most;
        this.scheduler = scheduler;
    }

    boolean isFull() {
        return open.get() >= most;
    }

    /** How many streams are open. */
    int open() {
        return open.get();
    }

    /**
     * Ends by itself; the last event says why.
     *
     * @param mayWatch asked before each event
     */
    Flux<ServerSentEvent<Object>> of(ActivityId activityId, BooleanSupplier mayWatch) {
        return Flux.defer(() -> {
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                return Flux.just(end("too-many-streams"));
            }
            Stream stream = new Stream(activityId, mayWatch);
            return Flux.interval(Duration.ZERO, TICK, scheduler)
                    // Ticks, not events: what is made for a watcher that was slow is as of when it reads again.
                    .onBackpressureDrop()
                    .handle(stream::tick)
                    .doFinally(signal -> open.decrementAndGet());
        });
    }

    /** Ends all streams: a server that waits for its last answers must not wait for these. */
    void close() {
        closing = true;
    }

    private static ServerSentEvent<Object> end(String reason) {
        return ServerSentEvent.<Object>builder(Map.of("reason", reason))
                .event("end")
                .build();
    }

    private final class Stream {
        private final ActivityId activityId;
        private final BooleanSupplier mayWatch;
        private LiveView.Phase phase;
        private Map<String, Object> told = Map.of();
        private long toldAt;

        private Stream(ActivityId activityId, BooleanSupplier mayWatch) {
            this.activityId = activityId;
            this.mayWatch = mayWatch;
        }

        private void tick(Long number, SynchronousSink<ServerSentEvent<Object>> sink) {
            String over = closing ? "shutting-down" : mayWatch.getAsBoolean() ? null : "token-not-valid";
            LiveView view = over == null ? views.of(activityId) : null;
            if (view == null) {
                sink.next(end(over == null ? "no-such-activity" : over));
                sink.complete();
                return;
            }
            long now = scheduler.now(java.util.concurrent.TimeUnit.MILLISECONDS);
            boolean changed = phase != view.phase();
            if (changed || now - toldAt >= EVERY_MILLIS) {
                tell(view, now, changed, sink);
            }
        }

        private void tell(LiveView view, long now, boolean changed, SynchronousSink<ServerSentEvent<Object>> sink) {
            Map<String, Object> json = view.json();
            boolean selling = view.phase() == LiveView.Phase.ON_SALE;
            if (changed || selling || !timeless(json).equals(told)) {
                phase = view.phase();
                told = timeless(json);
                toldAt = now;
                sink.next(ServerSentEvent.<Object>builder(json)
                        .event("stats")
                        .id(json.get("at_ms").toString())
                        .build());
            } else if (now - toldAt >= HEARTBEAT_MILLIS) {
                toldAt = now;
                sink.next(ServerSentEvent.builder().comment("nothing new").build());
            }
        }

        /** Time alone is nothing new. */
        private static Map<String, Object> timeless(Map<String, Object> json) {
            Map<String, Object> rest = new LinkedHashMap<>(json);
            rest.remove("at_ms");
            rest.computeIfPresent("statistics", (name, age) -> ((Map<?, ?>) age).get("written_ms"));
            return rest;
        }
    }
}

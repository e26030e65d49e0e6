package dev.dibs.chaos.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * The clients' own story of a run: append-only, safe for use by several threads. All of it is in the file; in memory
 * are figures, who waits for a verdict, and which tickets each buyer knows of.
 */
public final class History implements AutoCloseable {
    private static final long LONGEST_MICROS = Duration.ofMinutes(5).toNanos() / 1_000;

    private final Path path;
    private final HistoryFile file;
    private final PendingGrabs pending = new PendingGrabs();
    private final Set<UUID> confirmed = new HashSet<>();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final Histogram all = new Histogram(LONGEST_MICROS, 3);
    private final Histogram sinceAsked = new Histogram(LONGEST_MICROS, 3);
    private final long begun = System.nanoTime();
    private long asked = System.nanoTime();
    private long confirmedWhenAsked;
    private long exchanges;
    private long grabs;
    private final ConfirmedTimes times = new ConfirmedTimes();

    /** @param path of the file to write, which replaces one that may be there */
    public History(Path path) {
        this.path = path;
        this.file = new HistoryFile(path);
    }

    /** Adds what a client has just learnt. */
    public void add(Exchange exchange) {
        file.append(exchange);
        synchronized (this) {
            exchanges++;
            pending.note(exchange);
            if (exchange.operation() == Operation.GRAB) {
                grab(exchange);
            }
        }
    }

    private void grab(Exchange exchange) {
        grabs++;
        answers.merge(exchange.ret(), 1L, Long::sum);
        if (exchange.ret() != Exchange.NO_ANSWER) {
            long micros = Math.min(LONGEST_MICROS, exchange.took() * 1_000);
            all.recordValue(micros);
            sinceAsked.recordValue(micros);
        }
        if (exchange.confirms() && !exchange.told().isEmpty() && isNew(exchange)) {
            times.add(exchange.at(), exchange.answeredAt());
            notifyAll();
        }
    }

    /** A ticket that is merely repeated needs neither Redis nor the log, and shows nothing of them. */
    private boolean isNew(Exchange exchange) {
        try {
            return confirmed.add(UUID.fromString(exchange.told().get(0).ticket()));
        } catch (IllegalArgumentException e) {
            // The checker complains of it; here it merely does not count.
            return false;
        }
    }

    /**
     * Waits for a ticket that is confirmed to a buyer who asked after a moment, such as that of a fault. It need not be
     * asked at once: the latest tickets are remembered.
     *
     * @return how long after that moment the first such buyer was told; empty where none was in time
     */
    public synchronized Optional<Duration> awaitConfirmed(Instant after, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        OptionalLong found = times.firstAfter(after.toEpochMilli());
        while (found.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            found = times.firstAfter(after.toEpochMilli());
        }
        return Optional.of(Duration.ofMillis(found.getAsLong() - after.toEpochMilli()));
    }

    /** When a new ticket was confirmed last; empty before the first. */
    public synchronized Optional<Instant> lastConfirmed() {
        OptionalLong last = times.last();
        return last.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last.getAsLong()));
    }

    /** The grabs of which this buyer was told to wait, and not yet what became of them; the oldest first. */
    public synchronized List<Waits.Wait> waitsOf(String activity, String user) {
        return pending.of(activity, user);
    }

    public synchronized Figures figures() {
        return new Figures(
                exchanges,
                grabs,
                confirmed.size(),
                pending.answers(),
                pending.waiting(),
                pending.longestMillis(System.currentTimeMillis()),
                answers);
    }

    /** Of the whole run. */
    public synchronized Latencies latencies() {
        return Latencies.of(all, perSecond(confirmed.size(), begun));
    }

    /** Of the time since this was asked last. */
    public synchronized Latencies latenciesSinceAsked() {
        Latencies latencies = Latencies.of(sinceAsked, perSecond(confirmed.size() - confirmedWhenAsked, asked));
        sinceAsked.reset();
        confirmedWhenAsked = confirmed.size();
        asked = System.nanoTime();
        return latencies;
    }

    private static double perSecond(long count, long since) {
        return count * 1e9 / Math.max(1, System.nanoTime() - since);
    }

    /** Where all of it stands, one exchange a line. */
    public Path path() {
        return path;
    }

    /** Reads what has been added so far, from the file. */
    public void forEach(Consumer<Exchange> each) {
        file.flush();
        read(path, each);
    }

    /** Reads the history of a run that may be over long since. */
    public static void read(Path path, Consumer<Exchange> each) {
        HistoryFile.read(path, each);
    }

    /** Completes the file; nothing can be added afterwards. */
    @Override
    public void close() {
        file.close();
    }
}

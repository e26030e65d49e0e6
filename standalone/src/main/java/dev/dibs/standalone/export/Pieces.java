package dev.dibs.standalone.export;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One answer as it arrives, on the client's thread. Once closed it hands on nothing more: a connection that was given up
 * may still bring something while the next one is read.
 */
final class Pieces implements AutoCloseable {
    private static final int OK = 200;
    /** So long may a server say nothing: before the first row it waits for the projection, and sorts. */
    private static final long STALL_NANOS = 300_000_000_000L;

    private final CsvRecords records;
    private final Consumer<HttpHeaders> started;
    private volatile long lastPiece = System.nanoTime();
    private boolean closed;
    private IOException unwritten;

    Pieces(CsvRecords records, Consumer<HttpHeaders> started) {
        this.records = records;
        this.started = started;
    }

    /** A good answer goes to the records; what is said instead of it does not. */
    BodyHandler<byte[]> handler() {
        return info -> {
            if (info.statusCode() != OK) {
                return BodySubscribers.ofByteArray();
            }
            started.accept(info.headers());
            return BodySubscribers.mapping(BodySubscribers.ofByteArrayConsumer(this::arrived), nothing -> new byte[0]);
        };
    }

    private synchronized void arrived(Optional<byte[]> piece) {
        lastPiece = System.nanoTime();
        if (closed || piece.isEmpty() || unwritten != null) {
            return;
        }
        try {
            records.accept(piece.get());
        } catch (IOException e) {
            unwritten = e;
        }
    }

    /** Whether it is worth waiting for more. */
    synchronized boolean isAlive() {
        return unwritten == null && System.nanoTime() - lastPiece < STALL_NANOS;
    }

    /** Why what came could not be handed on; null where it could. */
    synchronized IOException unwritten() {
        return unwritten;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}

package dev.dibs.chaos.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges as JSON lines, appended one by one. Safe for use by several threads. */
final class HistoryFile implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long FLUSH_NANOS = 1_000_000_000;

    private final Path path;
    private final BufferedWriter writer;
    private long flushed = System.nanoTime();
    private boolean closed;

    /** Makes the file, over one that may be there. */
    HistoryFile(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(Exchange exchange) {
        String line = JSON.writeValueAsString(exchange);
        synchronized (this) {
            try {
                writer.append(line).append('\n');
                // Whoever reads the file of a run that hangs or dies finds it at most a second old.
                if (System.nanoTime() - flushed > FLUSH_NANOS) {
                    flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The history cannot be kept in " + path, e);
            }
        }
    }

    synchronized void flush() {
        if (closed) {
            return;
        }
        try {
            writer.flush();
            flushed = System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException("The history cannot be kept in " + path, e);
        }
    }

    /** Hands over each exchange in the order of the answers. A last line that was cut off is left out. */
    static void read(Path path, Consumer<Exchange> each) {
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                Exchange exchange = parse(path, line, next == null);
                if (exchange != null) {
                    each.accept(exchange);
                }
                line = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exchange parse(Path path, String line, boolean isLast) {
        try {
            return JSON.readValue(line, Exchange.class);
        } catch (JacksonException e) {
            if (isLast) {
                return null;
            }
            throw new IllegalStateException(path + " has a line that is no exchange: " + line, e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The history cannot be kept in " + path, e);
        }
    }
}

package dev.dibs.api.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compresses parts as they come. Memory: what zlib needs, about 300 KB, whatever comes through. */
final class Gzip implements AutoCloseable {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;
    private boolean closed;

    private Gzip() {
        try {
            gzip = new GZIPOutputStream(written);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory failed", e);
        }
    }

    static Flux<byte[]> of(Flux<byte[]> parts) {
        return Flux.using(
                        Gzip::new, gzip -> Flux.concat(parts.map(gzip::add), Mono.fromSupplier(gzip::end)), Gzip::close)
                // zlib keeps some back until there is enough of it.
                .filter(bytes -> bytes.length > 0);
    }

    private synchronized byte[] add(byte[] part) {
        try {
            if (!closed) {
                gzip.write(part);
            }
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory failed", e);
        }
    }

    private synchronized byte[] end() {
        close();
        return taken();
    }

    private byte[] taken() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    /** Also where somebody goes away in the middle: what zlib holds is not on the heap. */
    @Override
    public synchronized void close() {
        try {
            closed = true;
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory failed", e);
        }
    }
}

package dev.dibs.api.operations;

import dev.dibs.ids.ImportId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An upload on disk: an import reads it more than once, and it may be larger than the memory. */
final class SpooledFile {
    private static final int ID_DIGITS = 32;
    private static final int PREFETCH = 16;

    private final Path path;
    private final MessageDigest digest;
    private final long maxBytes;
    private long bytes;

    private SpooledFile(Path path, long maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }

    /** Makes an empty file that only this user can read. Blocks. */
    static SpooledFile create(Path folder, long maxBytes) throws IOException {
        return new SpooledFile(Files.createTempFile(folder, "dibs-import-", ".csv"), maxBytes);
    }

    Path path() {
        return path;
    }

    /** Completes when all is on disk; with a {@link ProblemException} once it is more than allowed. */
    Mono<SpooledFile> receive(Flux<DataBuffer> body, ImportProgress progress) {
        return Mono.using(
                () -> new DigestOutputStream(Files.newOutputStream(path), digest),
                out -> body.publishOn(Schedulers.boundedElastic(), PREFETCH)
                        .doOnNext(buffer -> {
                            write(buffer, out);
                            progress.received(bytes);
                        })
                        .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                        .then(Mono.just(this)),
                SpooledFile::close);
    }

    /** The first half of the SHA-256 of the content: the same file is the same import, wherever it comes from. */
    ImportId importId() {
        return new ImportId(HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS));
    }

    /** Blocks. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private void write(DataBuffer buffer, OutputStream out) {
        try {
            bytes += buffer.readableByteCount();
            if (bytes > maxBytes) {
                throw new ProblemException(Problem.tooLarge("A file of codes", maxBytes, "bytes"));
            }
            byte[] chunk = new byte[buffer.readableByteCount()];
            buffer.read(chunk);
            out.write(chunk);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

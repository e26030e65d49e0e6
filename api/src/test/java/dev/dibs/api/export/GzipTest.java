package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class GzipTest {

    @Test
    void whatWasCompressedIsWhatComesOut() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Flux<byte[]> parts = Flux.range(0, 5_000).map(GzipTest::part).doOnNext(plain::writeBytes);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();

        Gzip.of(parts).toIterable().forEach(compressed::writeBytes);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray())).readAllBytes())
                .isEqualTo(plain.toByteArray());
    }

    @Test
    void nothingAtAllIsAWholeFile() throws IOException {
        byte[] compressed = Gzip.of(Flux.empty()).blockLast();

        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEmpty();
    }

    @Test
    void aBreakInTheMiddleDoesNotLookWhole() {
        Flux<byte[]> broken = Flux.range(0, 100).map(GzipTest::part).concatWith(Flux.error(new IOException("gone")));

        StepVerifier.create(Gzip.of(broken).then()).verifyError(IOException.class);
    }

    /** Reads on only as the client does, and lets go when the client has gone. */
    @Test
    void readsNoFurtherThanItIsAsked() {
        AtomicLong read = new AtomicLong();
        Flux<byte[]> endless = Flux.generate(() -> 0, (i, sink) -> {
            sink.next(part((int) read.incrementAndGet()));
            return i + 1;
        });

        StepVerifier.create(Gzip.of(endless), 3).expectNextCount(3).thenCancel().verify();

        assertThat(read.get()).isLessThan(50_000);
    }

    private static byte[] part(int i) {
        return ("row " + i + " of " + Integer.toHexString(i * 0x9E3779B9) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}

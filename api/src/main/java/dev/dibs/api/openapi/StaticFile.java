package dev.dibs.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One file of the class path, held in memory: reading it for each request would block an event loop. */
final class StaticFile implements HandlerFunction<ServerResponse> {
    /** Swagger UI and the page, no more: what others may not see is not here, and nothing comes from elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] bytes;
    private final MediaType type;
    private final String etag;

    private StaticFile(byte[] bytes, MediaType type) {
        this.bytes = bytes;
        this.type = type;
        this.etag = "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
    }

    static StaticFile of(String path, MediaType type) {
        try (InputStream in = StaticFile.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new StaticFile(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        return request.checkNotModified(etag)
                .switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
                        .contentType(type)
                        .contentLength(bytes.length)
                        .eTag(etag)
                        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                        .header("Content-Security-Policy", POLICY)
                        .body(BodyInserters.fromDataBuffers(
                                Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(bytes))))));
    }
}

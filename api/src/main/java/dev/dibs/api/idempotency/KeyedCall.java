package dev.dibs.api.idempotency;

import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request under a key. Its fingerprint covers method, path, query, type and length, and the body where its length is
 * given and small; an upload is streamed, and whoever sends another file of the same length under the same key is not
 * found out here.
 *
 * @param id of the call: who and key, hashed, so that it is short and says nothing
 * @param request as the route is to see it
 */
record KeyedCall(String id, String fingerprint, ServerHttpRequest request) {
    private static final int MAX_BODY_BYTES = 256 * 1024;

    static Mono<KeyedCall> of(ServerHttpRequest request, UserId who, String key) {
        String id = hash(key, who.value().getBytes(StandardCharsets.UTF_8));
        HttpHeaders headers = request.getHeaders();
        String head = String.join(
                "\n",
                request.getMethod().name(),
                request.getURI().getRawPath(),
                String.valueOf(request.getURI().getRawQuery()),
                String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE)),
                String.valueOf(headers.getFirst(HttpHeaders.IF_MATCH)),
                Long.toString(headers.getContentLength()));
        if (headers.getContentLength() < 0 || headers.getContentLength() > MAX_BODY_BYTES) {
            return Mono.just(new KeyedCall(id, hash(key, head.getBytes(StandardCharsets.UTF_8)), request));
        }
        return DataBufferUtils.join(request.getBody(), MAX_BODY_BYTES)
                .map(KeyedCall::bytes)
                .defaultIfEmpty(new byte[0])
                .map(body -> new KeyedCall(
                        id, hash(key, head.getBytes(StandardCharsets.UTF_8), body), new Buffered(request, body)));
    }

    /** The key goes in first: a body may hold a secret that is short enough to be guessed, and the key is kept nowhere. */
    private static String hash(String key, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                digest.update((byte) 0);
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static final class Buffered extends ServerHttpRequestDecorator {
        private final byte[] body;

        Buffered(ServerHttpRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.length == 0
                    ? Flux.empty()
                    : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
        }
    }
}

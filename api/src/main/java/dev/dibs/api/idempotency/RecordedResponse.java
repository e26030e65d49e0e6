package dev.dibs.api.idempotency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response that is kept before it is sent: whoever has got an answer gets it again. */
final class RecordedResponse extends ServerHttpResponseDecorator {
    private static final List<String> KEPT = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.CACHE_CONTROL,
            "Preference-Applied");
    private static final int OK = 200;

    private final Function<KeptAnswer, Mono<Void>> keep;
    private boolean recorded;

    /** @param keep does not fail: an answer is sent also where it could not be kept */
    RecordedResponse(ServerHttpResponse response, Function<KeptAnswer, Mono<Void>> keep) {
        super(response);
        this.keep = keep;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        long length = getHeaders().getContentLength();
        if (length < 0 || length > KeptAnswer.MAX_BYTES) {
            return record(null).then(super.writeWith(body));
        }
        return DataBufferUtils.join(Flux.from(body), KeptAnswer.MAX_BYTES)
                .map(RecordedResponse::bytesOf)
                .flatMap(bytes -> record(bytes)
                        .then(Mono.defer(
                                () -> super.writeWith(Mono.just(bufferFactory().wrap(bytes))))))
                .switchIfEmpty(Mono.defer(this::setComplete));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return record(null).then(super.writeAndFlushWith(body));
    }

    @Override
    public Mono<Void> setComplete() {
        return record(new byte[0]).then(Mono.defer(super::setComplete));
    }

    private Mono<Void> record(byte[] body) {
        return Mono.defer(() -> {
            if (recorded) {
                return Mono.empty();
            }
            recorded = true;
            HttpStatusCode status = getStatusCode();
            Map<String, String> headers = new LinkedHashMap<>();
            for (String name : KEPT) {
                String value = getHeaders().getFirst(name);
                if (value != null) {
                    headers.put(name, value);
                }
            }
            return keep.apply(new KeptAnswer(status == null ? OK : status.value(), headers, body));
        });
    }

    /** A copy; while the answer is kept its client may go, and nobody would give the buffer back. */
    private static byte[] bytesOf(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}

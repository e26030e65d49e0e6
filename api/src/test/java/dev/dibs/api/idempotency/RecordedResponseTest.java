package dev.dibs.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class RecordedResponseTest {
    private static final String TEXT = "an answer";

    private final ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
    private final MockServerHttpResponse sent = new MockServerHttpResponse();
    private final List<String> kept = new ArrayList<>();

    private Mono<Void> written(Mono<Void> keeping) {
        buffer.writeBytes(TEXT.getBytes(StandardCharsets.UTF_8));
        RecordedResponse response = new RecordedResponse(sent, answer -> {
            kept.add(new String(answer.body(), StandardCharsets.UTF_8));
            return keeping;
        });
        response.getHeaders().setContentLength(TEXT.length());
        return response.writeWith(Mono.just(new NettyDataBufferFactory(ByteBufAllocator.DEFAULT).wrap(buffer)));
    }

    @Test
    void whatIsKeptIsSent() {
        written(Mono.empty()).block();

        assertThat(kept).containsExactly(TEXT);
        assertThat(sent.getBodyAsString().block()).isEqualTo(TEXT);
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void whoGoesWhileHisAnswerIsKeptTakesNoMemoryAlong() {
        Disposable client = written(Mono.never()).subscribe();
        assertThat(kept).containsExactly(TEXT);

        client.dispose();

        assertThat(buffer.refCnt()).isZero();
    }
}

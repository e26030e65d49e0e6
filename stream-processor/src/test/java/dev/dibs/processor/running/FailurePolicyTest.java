package dev.dibs.processor.running;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class FailurePolicyTest {
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final FailurePolicy policy = new FailurePolicy(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), fatal::set);

    @Test
    void anErrorThatPassesReplacesTheThread() {
        var response = policy.handle(new StreamsException("in a task", new TimeoutException("broker away")));

        assertThat(response).isEqualTo(REPLACE_THREAD);
        assertThat(fatal).hasNullValue();
    }

    @Test
    void anErrorThatDoesNotPassStopsTheProcessor() {
        var error = new StreamsException("in a task", new IllegalStateException("a bug"));

        assertThat(policy.handle(error)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(fatal).hasValue(error);
    }

    @Test
    void anErrorThatComesTooOftenDoesNotPass() {
        for (int i = 0; i < 10; i++) {
            assertThat(policy.handle(new TimeoutException("broker away"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(policy.handle(new TimeoutException("broker away"))).isEqualTo(SHUTDOWN_CLIENT);
    }
}

package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplicaExitTest {
    @Test
    void whoeverFindsOutWithinASecondLeavesItOnce() {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger left = new AtomicInteger();
        ReplicaExit exit = new ReplicaExit(left::incrementAndGet, nanos::get);

        exit.leave();
        exit.leave();
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        exit.leave();
        assertThat(left).hasValue(1);

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        exit.leave();
        assertThat(left).hasValue(2);
    }
}

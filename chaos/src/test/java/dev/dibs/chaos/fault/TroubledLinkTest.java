package dev.dibs.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.proxy.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TroubledLinkTest {
    /** Of Kafka's clients: default.api.timeout.ms and delivery.timeout.ms as the services set them. */
    private static final Duration CLIENTS_WAIT = Duration.ofSeconds(10);

    private static List<Duration> durations(String servers) {
        Random random = new Random(4);
        return Stream.generate(() -> new TroubledLink(Trouble.CUT, servers).lasts(random))
                .limit(200)
                .toList();
    }

    @Test
    void onTheWayToKafkaItNowAndThenLastsLongerThanItsClientsWait() {
        assertThat(durations("kafka-"))
                .anyMatch(lasts -> lasts.compareTo(CLIENTS_WAIT.multipliedBy(3)) > 0)
                .anyMatch(lasts -> lasts.compareTo(CLIENTS_WAIT) < 0)
                .allMatch(lasts -> lasts.compareTo(Duration.ofSeconds(40)) <= 0);
    }

    @Test
    void elsewhereItIsShort() {
        assertThat(durations("redis-")).allMatch(lasts -> lasts.compareTo(CLIENTS_WAIT) <= 0);
    }
}

package dev.dibs.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GrabRateTest {
    private static final Fingerprint ANNA = Fingerprint.of("anna");
    private static final Fingerprint BERTA = Fingerprint.of("berta");

    @Test
    void refusesWhatIsBeyondTheLimitAndOnlyOfThatUser() {
        GrabRate rate = new GrabRate(3, Duration.ofHours(1));

        assertThat(IntStream.range(0, 3).allMatch(i -> rate.allows(ANNA))).isTrue();

        assertThat(rate.allows(ANNA)).isFalse();
        assertThat(rate.allows(BERTA)).isTrue();
    }

    @Test
    void allowsMoreAsTimeGoesBy() {
        GrabRate rate = new GrabRate(1, Duration.ofMillis(200));
        rate.allows(ANNA);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rate.allows(ANNA));
    }

    @Test
    void zeroSwitchesTheLimitOff() {
        GrabRate rate = new GrabRate(0, Duration.ofHours(1));

        assertThat(IntStream.range(0, 1_000).allMatch(i -> rate.allows(ANNA))).isTrue();
    }
}

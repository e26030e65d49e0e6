package dev.dibs.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GrantRatesTest {
    private static final ActivityId ID = new ActivityId("movie-night");

    private final GrantRates rates = new GrantRates();

    @Test
    void theRateIsThatOfTheLastSecondsOnly() {
        for (int second = 0; second <= 20; second++) {
            int granted = second < 10 ? 100 * second : 900 + 2 * second;
            rates.look(Set.of(ID), id -> granted, second * 1_000L);
        }

        assertThat(rates.perSecond(ID)).isEqualTo(2.0);
    }

    @Test
    void aLookThatCameLateDoesNotMakeTheSaleLookFaster() {
        rates.look(Set.of(ID), id -> 0, 0);
        rates.look(Set.of(ID), id -> 30, 3_000);

        assertThat(rates.perSecond(ID)).isEqualTo(10.0);
    }

    @Test
    void ofWhatIsNotOnSaleNothingIsRemembered() {
        rates.look(Set.of(ID), id -> 0, 0);
        rates.look(Set.of(ID), id -> 30, 1_000);

        rates.look(Set.of(), id -> 60, 2_000);

        assertThat(rates.perSecond(ID)).isZero();
    }
}

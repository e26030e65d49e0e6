package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.results.ConservationAlarm;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private final Alarms alarms = new Alarms();

    @Test
    void oneThatIsRaisedAgainIsTheSame() {
        alarms.add(alarm(7));
        alarms.add(alarm(9));

        alarms.add(alarm(7));

        assertThat(alarms.count()).isEqualTo(2);
        assertThat(alarms.latest()).containsExactly(alarm(9), alarm(7));
    }

    @Test
    void ofManyTheLatestAreKept() {
        for (int i = 0; i < 3 * Alarms.COUNTED; i++) {
            alarms.add(alarm(i));
        }

        assertThat(alarms.count()).isEqualTo(Alarms.COUNTED);
        assertThat(alarms.latest()).hasSize(Alarms.SHOWN).first().isEqualTo(alarm(3 * Alarms.COUNTED - 1));
    }

    private static ConservationAlarm alarm(long offset) {
        return GivenStats.alarm(offset, 1_000 * offset, 500, 500, 1, 0);
    }
}

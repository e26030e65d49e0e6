package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecondsTest {
    @Test
    void theLatestRecordOfASecondCounts() {
        Seconds seconds = new Seconds();
        seconds.put(new CountedSecond(7, 1, 0, 2, 1, 0, 9));

        seconds.put(new CountedSecond(7, 5, 1, 6, 2, 10, 5));

        assertThat(read(seconds)).containsExactly(new CountedSecond(7, 5, 1, 6, 2, 10, 5));
    }

    @Test
    void secondsComeInTheirOrderWhateverThatOfTheirRecords() {
        Seconds seconds = new Seconds();
        Random random = new Random(11);
        List<Long> shuffled = new ArrayList<>();
        for (long i = 0; i < 5_000; i++) {
            shuffled.add(i);
        }
        java.util.Collections.shuffle(shuffled, random);

        shuffled.forEach(second -> seconds.put(new CountedSecond(second, second, 0, 0, 0, 0, 0)));

        assertThat(read(seconds))
                .hasSize(5_000)
                .isSortedAccordingTo(java.util.Comparator.comparingLong(CountedSecond::second))
                .allMatch(counted -> counted.granted() == counted.second());
    }

    @Test
    void moreSecondsThanItHoldsAreSaidToBeTooMany() {
        Seconds seconds = new Seconds(2);
        seconds.put(new CountedSecond(1, 1, 0, 0, 0, 0, 0));
        seconds.put(new CountedSecond(2, 1, 0, 0, 0, 0, 0));
        seconds.put(new CountedSecond(1, 3, 0, 0, 0, 0, 0));
        assertThat(seconds.hasTooMany()).isFalse();

        seconds.put(new CountedSecond(3, 1, 0, 0, 0, 0, 0));

        assertThat(seconds.hasTooMany()).isTrue();
        assertThat(seconds.size()).isEqualTo(2);
    }

    private static List<CountedSecond> read(Seconds seconds) {
        List<CountedSecond> read = new ArrayList<>();
        seconds.forEach(read::add);
        return read;
    }
}

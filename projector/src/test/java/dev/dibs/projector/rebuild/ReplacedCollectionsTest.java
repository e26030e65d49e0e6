package dev.dibs.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.projector.store.TicketVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplacedCollectionsTest {
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Versions versions = new Versions();
    private final TestClock clock = new TestClock();
    private final ReplacedCollections replaced = new ReplacedCollections(versions, clock, GRACE);

    @Test
    void whatIsReplacedStaysForTheGraceAndGoesThen() {
        // Given
        versions.names.addAll(List.of("user_tickets", "user_tickets_2", "user_tickets_3"));
        versions.current = "user_tickets_2";
        assertThat(replaced.sweep()).isEmpty();
        clock.now = clock.now.plus(GRACE).minusMillis(1);
        assertThat(replaced.sweep()).isEmpty();

        // When
        clock.now = clock.now.plusMillis(1);
        List<String> dropped = replaced.sweep();

        // Then
        assertThat(dropped).containsExactly("user_tickets");
        assertThat(versions.names)
                .as("a newer one may be under construction")
                .containsExactly("user_tickets_2", "user_tickets_3");
    }

    @Test
    void aSecondRebuildGivesReadersOfTheFirstCollectionNoLessAndOfTheSecondTheirOwnTime() {
        // Given
        versions.names.addAll(List.of("user_tickets", "user_tickets_2", "user_tickets_3"));
        versions.current = "user_tickets_2";
        replaced.sweep();
        clock.now = clock.now.plus(GRACE.dividedBy(2));
        versions.current = "user_tickets_3";
        replaced.sweep();

        // When
        clock.now = clock.now.plus(GRACE.dividedBy(2));
        List<String> dropped = replaced.sweep();

        // Then
        assertThat(dropped).containsExactly("user_tickets");
        assertThat(versions.names).containsExactly("user_tickets_2", "user_tickets_3");
    }

    private static final class TestClock extends Clock {
        private Instant now = Instant.ofEpochSecond(1_800_000_000);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Names in the order of their numbers, and nothing behind them. */
    private static final class Versions implements TicketVersions {
        private final List<String> names = new ArrayList<>();
        private final Map<String, Long> since = new HashMap<>();
        private String current;

        @Override
        public String current() {
            return current;
        }

        @Override
        public void prepare(String collection) {}

        @Override
        public String createNext() {
            throw new AssertionError("Sweeping makes nothing new");
        }

        @Override
        public boolean switchTo(String expected, String next) {
            throw new AssertionError("Sweeping moves no pointer");
        }

        @Override
        public List<String> olderThan(String collection) {
            return List.copyOf(names.subList(0, names.indexOf(collection)));
        }

        @Override
        public long replacedSince(String collection, long now) {
            return since.computeIfAbsent(collection, c -> now);
        }

        @Override
        public void drop(String collection) {
            names.remove(collection);
        }

        @Override
        public Census count(String collection) {
            return new Census(0, 0);
        }
    }
}

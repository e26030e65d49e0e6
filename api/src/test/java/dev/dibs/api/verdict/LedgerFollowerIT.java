package dev.dibs.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.tail.FoldStart;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerFollowerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @BeforeAll
    static void create() {
        TestTopics.create();
    }

    private static LedgerFollower follower() {
        return new LedgerFollower(TestServers.kafkaClient(), TestTopics.PARTITIONS, null, new PendingVerdicts());
    }

    /** As after a loss in Kafka: what it had read up to is not there any more. */
    @Test
    void whoCannotReadOnSaysSoForGood() {
        try (LedgerFollower follower = follower()) {
            follower.start(FoldStart.at(Map.of(0, Long.MAX_VALUE / 2)));

            await().atMost(PATIENCE).until(follower::hasFailed);
            assertThat(follower.isCaughtUp()).isFalse();
        }
    }

    @Test
    void whoReadsOrIsStoppedHasNotFailed() {
        LedgerFollower follower = follower();
        assertThat(follower.hasFailed()).as("before the start").isFalse();
        follower.start(FoldStart.BEGINNING);
        await().atMost(PATIENCE).until(follower::isCaughtUp);
        assertThat(follower.hasFailed()).isFalse();

        follower.close();

        assertThat(follower.hasFailed()).isFalse();
    }
}

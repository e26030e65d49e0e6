package dev.dibs.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.TestClock;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Session;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long it is remembered that a session is over: as long as one of its tokens could be good, and no longer. */
@Timeout(120)
class RevokedSessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final RevokedSessions sessions = sessions();
    private final UserId user = TestIds.user("ended");

    @BeforeAll
    static void createTopics() {
        TestTopics.create();
    }

    @BeforeEach
    void start() {
        sessions.start();
    }

    @AfterEach
    void stop() {
        sessions.stop();
    }

    private RevokedSessions sessions() {
        return new RevokedSessions(
                Map.of("bootstrap.servers", TestServers.kafka()), TestIds.unique("instance"), LONGEST, clock);
    }

    @Test
    void aLogoutIsForgottenWhenTheLastOfItsTokensHasExpired() {
        int before = sessions.size();
        Session session = session(clock.millis());

        sessions.end(session.key(), clock.millis() + 900_000).block(PATIENCE);

        assertThat(sessions.contain(session)).isTrue();
        assertThat(sessions.size()).isEqualTo(before + 1);
        clock.goOn(Duration.ofSeconds(899));
        assertThat(sessions.contain(session)).isTrue();
        clock.goOn(Duration.ofSeconds(1));
        await().atMost(PATIENCE).until(() -> !sessions.contain(session));
    }

    @Test
    void nothingIsRememberedForLongerThanATokenMayLive() {
        Session session = session(clock.millis());

        sessions.end(session.key(), Long.MAX_VALUE).block(PATIENCE);
        sessions.endAll(user, clock.millis()).block(PATIENCE);

        assertThat(sessions.endedUntil(user)).isEqualTo(clock.millis());
        clock.goOn(LONGEST.plusMinutes(1));
        assertThat(sessions.contain(session)).isTrue();
        clock.goOn(Duration.ofMinutes(1));
        await().atMost(PATIENCE).until(() -> sessions.endedUntil(user) == 0 && !sessions.contain(session));
    }

    @Test
    void ofAUserWhatWasIssuedUntilThenIsOverAndWhatIsIssuedLaterIsNot() {
        long then = clock.millis();

        sessions.endAll(user, then).block(PATIENCE);

        assertThat(sessions.contain(session(then))).isTrue();
        assertThat(sessions.contain(session(0))).isTrue();
        assertThat(sessions.contain(session(then + 1_000))).isFalse();
    }

    @Test
    void whoeverStartsLaterKnowsBeforeItServes() {
        Session session = session(clock.millis());
        sessions.end(session.key(), clock.millis() + 900_000).block(PATIENCE);

        RevokedSessions later = sessions();
        try {
            later.start();

            assertThat(later.contain(session)).isTrue();
        } finally {
            later.stop();
        }
    }

    private Session session(long issuedAt) {
        return new Session(
                Principal.of(user, Set.of()),
                Session.keyOfLogin(TestIds.unique("login")),
                issuedAt,
                issuedAt + 900_000,
                null);
    }
}

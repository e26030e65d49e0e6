package dev.dibs.api.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.access.Role;
import dev.dibs.api.access.Session;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

class LogoutTest {
    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.1";
    private static final UserId ALICE = new UserId("alice");

    private final AccountWorld world = new AccountWorld();
    private final Accounts accounts = world.accounts();
    private final Logins logins = world.logins("operators only");
    private final LoggedIn here = loggedIn(accounts.register("alice", PASSWORD, HOME));
    private final LoggedIn elsewhere = loggedIn(accounts.login("alice", PASSWORD, HOME));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aLogoutEndsTheAccessTokenAndTheRefreshTokenOfThisLoginAndNoOther() {
        assertThat(accounts.logout(session(here), null).block()).isEqualTo(Plain.LOGGED_OUT);

        assertThat(isGood(here)).isFalse();
        assertThat(accounts.refresh(here.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(isGood(elsewhere)).isTrue();
        assertThat(accounts.refresh(elsewhere.refreshToken()).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void withoutTheTableOfEndingsAnAccessTokenOutlivesItsLogin() {
        Tokens forgetful = new Tokens("a secret of more than thirty-two bytes", world.clock);

        accounts.logout(session(here), null).block();

        assertThat(forgetful.verify(here.token())).isNotNull();
    }

    @Test
    void allTokensOfALoginEndTogether() {
        world.clock.goOn(Duration.ofMinutes(5));
        LoggedIn refreshed = loggedIn(accounts.refresh(here.refreshToken()));

        accounts.logout(session(here), null).block();

        assertThat(isGood(here)).isFalse();
        assertThat(isGood(refreshed)).isFalse();
        assertThat(accounts.refresh(refreshed.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void aRefreshTokenAloneEndsItsLogin() {
        assertThat(accounts.logout(null, here.refreshToken()).block()).isEqualTo(Plain.LOGGED_OUT);

        assertThat(isGood(here)).isFalse();
        assertThat(accounts.refresh(here.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(isGood(elsewhere)).isTrue();
    }

    @Test
    void aMadeUpRefreshTokenIsRememberedByNobody() {
        String madeUp = RefreshToken.newFamily(ALICE).text();

        assertThat(accounts.logout(null, madeUp).block()).isEqualTo(Plain.LOGGED_OUT);
        assertThat(accounts.refresh(madeUp).block()).isEqualTo(Plain.WRONG_CREDENTIALS);

        assertThat(world.sessions.size()).isZero();
    }

    @Test
    void nobodyLogsOutWithNothingOrWithSomebodyElsesToken() {
        LoggedIn bobby = loggedIn(accounts.register("bobby", PASSWORD, HOME));

        assertThat(accounts.logout(null, null).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.logout(null, "nonsense").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.logout(session(here), bobby.refreshToken()).block()).isInstanceOf(BadParameter.class);
        assertThat(isGood(here)).isTrue();
        assertThat(accounts.refresh(bobby.refreshToken()).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aLogoutThatCouldNotBeToldCanBeRepeated() {
        world.sessions.fail(true);
        assertThat(accounts.logout(session(here), null).block()).isEqualTo(Plain.UNAVAILABLE);
        assertThat(accounts.logout(null, elsewhere.refreshToken()).block()).isEqualTo(Plain.UNAVAILABLE);
        world.sessions.fail(false);

        assertThat(accounts.logout(session(here), null).block()).isEqualTo(Plain.LOGGED_OUT);
        assertThat(accounts.logout(null, elsewhere.refreshToken()).block()).isEqualTo(Plain.LOGGED_OUT);

        assertThat(isGood(here)).isFalse();
        assertThat(isGood(elsewhere)).isFalse();
    }

    @Test
    void withTheStoreAwayALogoutEndsTheAccessTokensAndARepeatedOneTheRest() {
        world.store.fail();
        assertThat(accounts.logout(session(here), null).block()).isEqualTo(Plain.STILL_REFRESHABLE);
        assertThat(accounts.logout(session(elsewhere), elsewhere.refreshToken()).block())
                .isEqualTo(Plain.STILL_REFRESHABLE);
        world.store.recover();

        assertThat(isGood(here)).isFalse();
        assertThat(isGood(elsewhere)).isFalse();
        // As it was said: this one is not ended yet.
        LoggedIn refreshed = loggedIn(accounts.refresh(here.refreshToken()));
        assertThat(isGood(refreshed)).isFalse();

        assertThat(session(here)).isNull();
        assertThat(accounts.logout(sessionEvenIfEnded(here), null).block()).isEqualTo(Plain.LOGGED_OUT);
        assertThat(accounts.logout(null, elsewhere.refreshToken()).block()).isEqualTo(Plain.LOGGED_OUT);

        assertThat(accounts.refresh(refreshed.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh(elsewhere.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void withTheStoreAwayARefreshTokenAloneEndsNothingAsItMayBeMadeUp() {
        world.store.fail();

        assertThat(accounts.logout(null, here.refreshToken()).block()).isEqualTo(Plain.UNAVAILABLE);

        assertThat(world.sessions.size()).isZero();
        world.store.recover();
        assertThat(accounts.logout(null, here.refreshToken()).block()).isEqualTo(Plain.LOGGED_OUT);
        assertThat(isGood(here)).isFalse();
    }

    @Test
    void theAccessTokenIsEndedAlsoWhereTheRefreshTokenOfAnotherLoginCannotBeLookedUp() {
        world.store.fail();

        assertThat(accounts.logout(session(here), elsewhere.refreshToken()).block())
                .isEqualTo(Plain.STILL_REFRESHABLE);

        assertThat(isGood(here)).isFalse();
    }

    @Test
    void aStoreThatGoesAwayInTheMiddleOfALogoutIsToldOfToo() {
        world.store.failAfter(1);

        assertThat(accounts.logout(null, here.refreshToken()).block()).isEqualTo(Plain.STILL_REFRESHABLE);

        assertThat(isGood(here)).isFalse();
        world.store.recover();
        assertThat(accounts.logout(null, here.refreshToken()).block()).isEqualTo(Plain.LOGGED_OUT);
        assertThat(accounts.refresh(here.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void whereNeitherTheStoreNorTheLogAnswersNothingIsSaidToBeEnded() {
        world.store.fail();
        world.sessions.fail(true);

        assertThat(accounts.logout(session(here), null).block()).isEqualTo(Plain.UNAVAILABLE);
        assertThatThrownBy(() -> logins.endAll(ALICE).block()).isNotInstanceOf(StillRefreshableException.class);

        assertThat(isGood(here)).isTrue();
    }

    @Test
    void withTheStoreAwayAllAccessTokensOfAUserEndAndARepeatedCallEndsTheRest() {
        world.store.fail();

        assertThatThrownBy(() -> logins.endAll(ALICE).block())
                .isInstanceOf(StillRefreshableException.class)
                .hasMessageContaining("repeat the call");

        assertThat(isGood(here)).isFalse();
        assertThat(isGood(elsewhere)).isFalse();
        world.store.recover();
        LoggedIn refreshed = loggedIn(accounts.refresh(here.refreshToken()));
        assertThat(isGood(refreshed)).isTrue();

        world.clock.goOn(Duration.ofSeconds(10));
        logins.endAll(ALICE).block();

        assertThat(isGood(refreshed)).isFalse();
        assertThat(accounts.refresh(refreshed.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh(elsewhere.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anOperatorIsToldWhatIsEndedAndWhatIsNotYet() {
        WebTestClient operator = WebTestClient.bindToRouterFunction(
                        new AccountsConfiguration().sessionRoutes(world.tokens, logins))
                .configureClient()
                .defaultHeaders(headers ->
                        headers.setBearerAuth(world.tokens.issue(new UserId("somebody"), Set.of(Role.OPERATOR))))
                .build();
        world.store.fail();

        operator.post()
                .uri("/admin/users/alice/revoke-sessions")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists(HttpHeaders.RETRY_AFTER)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:dibs:problem:refresh-tokens-not-ended")
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail).contains("access tokens are ended", "repeat the call"));

        world.store.recover();
        operator.post()
                .uri("/admin/users/alice/revoke-sessions")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aTokenThatComesFromNoLoginIsEndedForItself() {
        String one = world.tokens.issue(ALICE, Set.of(), Duration.ofHours(1));
        String another = world.tokens.issue(ALICE, Set.of(), Duration.ofHours(2));

        accounts.logout(session(one), null).block();

        assertThat(world.tokens.verify(one)).isNull();
        assertThat(world.tokens.verify(another)).isNotNull();
    }

    @Test
    void aStolenRefreshTokenEndsTheAccessTokensToo() {
        LoggedIn thief = loggedIn(accounts.refresh(here.refreshToken()));

        accounts.refresh(here.refreshToken()).block();

        assertThat(isGood(thief)).isFalse();
        assertThat(accounts.refresh(thief.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void aStolenRefreshTokenIsWorthNothingEvenWhileNobodyCanBeTold() {
        LoggedIn thief = loggedIn(accounts.refresh(here.refreshToken()));
        world.sessions.fail(true);

        assertThat(accounts.refresh(here.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh(thief.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void allSessionsOfAUserEndAtOnceAndNobodyElses() {
        LoggedIn bobby = loggedIn(accounts.register("bobby", PASSWORD, HOME));

        logins.endAll(ALICE).block();

        assertThat(isGood(here)).isFalse();
        assertThat(isGood(elsewhere)).isFalse();
        assertThat(accounts.refresh(here.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(isGood(bobby)).isTrue();
    }

    @Test
    void whoeverLogsInAfterwardsIsLetInAtOnceAndGoesOn() {
        logins.endAll(ALICE).block();

        LoggedIn again = loggedIn(accounts.login("alice", PASSWORD, HOME));
        LoggedIn refreshed = loggedIn(accounts.refresh(again.refreshToken()));

        assertThat(isGood(again)).isTrue();
        assertThat(isGood(refreshed)).isTrue();
    }

    @Test
    void anInstanceWhoseClockIsAheadHasIssuedNothingThatOutlivesTheEnd() {
        world.clock.goOn(Duration.ofSeconds(4));
        LoggedIn ahead = loggedIn(accounts.login("alice", PASSWORD, HOME));
        world.clock.goOn(Duration.ofSeconds(-4));

        logins.endAll(ALICE).block();

        assertThat(isGood(ahead)).isFalse();
    }

    @Test
    void operatorsCanBeLoggedOutToo() {
        LoggedIn operator = loggedIn(accounts.login("admin", "operators only", HOME));

        accounts.logout(session(operator), operator.refreshToken()).block();

        assertThat(isGood(operator)).isFalse();
        assertThat(world.tokens
                        .verify(loggedIn(accounts.login("admin", "operators only", HOME))
                                .token())
                        .roles())
                .isEqualTo(Role.ALL);
    }

    private boolean isGood(LoggedIn login) {
        return world.tokens.verify(login.token()) != null;
    }

    private Session session(LoggedIn login) {
        return session(login.token());
    }

    private Session session(String token) {
        return world.tokens.session(bearing(token));
    }

    private Session sessionEvenIfEnded(LoggedIn login) {
        return world.tokens.sessionEvenIfEnded(bearing(login.token()));
    }

    private static HttpHeaders bearing(String token) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        return headers;
    }

    private static LoggedIn loggedIn(Mono<AccountOutcome> outcome) {
        return (LoggedIn) outcome.block();
    }
}

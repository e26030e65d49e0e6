package dev.dibs.api.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.TestClock;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class AccountsTest {
    private static final String PASSWORD = "correct horse";

    private final TestClock clock = new TestClock();
    private final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", clock);
    private final MemoryAccountStore store = new MemoryAccountStore();
    private final Passwords passwords = new Passwords();
    private final Accounts accounts = new Accounts(store, passwords, tokens, "operators only", clock);

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void whoeverRegistersIsLoggedInAsThemselvesWithoutARole() {
        LoggedIn registered = loggedIn(accounts.register("alice", PASSWORD));

        assertThat(tokens.verify(registered.token()).userId()).isEqualTo(new UserId("alice"));
        assertThat(tokens.verify(registered.token()).roles()).isEmpty();
        assertThat(registered.expiresIn()).isEqualTo(900);
    }

    @Test
    void anAccountIsRegisteredOnce() {
        accounts.register("alice", PASSWORD).block();

        assertThat(accounts.register("alice", "another password").block())
                .isInstanceOfSatisfying(
                        BadParameter.class, bad -> assertThat(bad.message()).startsWith("account "));
        assertThat(accounts.login("alice", PASSWORD).block()).isInstanceOf(LoggedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"al", "", "-alice", "ali ce", "alice{1}", "ädna", "admin", "Admin"})
    void anAccountThatCannotBeIsRefusedByName(String account) {
        assertThat(accounts.register(account, PASSWORD).block())
                .isInstanceOfSatisfying(
                        BadParameter.class, bad -> assertThat(bad.message()).startsWith("account "));
    }

    @Test
    void aPasswordHas8To128Characters() {
        assertThat(List.of("1234567", "x".repeat(129)))
                .allSatisfy(password -> assertThat(
                                accounts.register("alice", password).block())
                        .isInstanceOfSatisfying(
                                BadParameter.class,
                                bad -> assertThat(bad.message()).startsWith("password ")));
        String longest = "\uD83C\uDFAB".repeat(128);
        assertThat(accounts.register("alice", longest).block()).isInstanceOf(LoggedIn.class);
        assertThat(accounts.login("alice", longest).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreAnsweredAlike() {
        accounts.register("alice", PASSWORD).block();

        assertThat(accounts.login("alice", "wrong horse").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.login("nobody", PASSWORD).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.login("no such account", PASSWORD).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anUnknownAccountTakesAHashToRefuse() {
        accounts.register("alice", PASSWORD).block();
        accounts.login("nobody", PASSWORD).block();

        long wrongPassword = nanos(() -> accounts.login("alice", "wrong horse").block());
        long unknown = nanos(() -> accounts.login("nobody", PASSWORD).block());

        // Without the hash it would be a thousandth.
        assertThat(unknown).isGreaterThan(wrongPassword / 10);
    }

    /** The shortest of some, which a busy machine does not make longer. */
    private static long nanos(Runnable call) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            call.run();
            shortest = Math.min(shortest, System.nanoTime() - begin);
        }
        return shortest;
    }

    @Test
    void theOperatorsLogInWithTheConfiguredPassword() {
        LoggedIn operator = loggedIn(accounts.login("admin", "operators only"));

        assertThat(tokens.verify(operator.token()).roles()).isEqualTo(Role.ALL);
        assertThat(accounts.login("admin", "something else").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void withoutAConfiguredPasswordNoOperatorLogsIn() {
        Accounts closed = new Accounts(store, passwords, tokens, "", clock);

        assertThat(closed.login("admin", "").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void operatorsLogInWhileTheStoreIsAway() {
        store.fail();

        LoggedIn operator = loggedIn(accounts.login("admin", "operators only"));

        assertThat(tokens.verify(operator.token()).roles()).isEqualTo(Role.ALL);
        assertThat(operator.refreshToken()).isEmpty();
    }

    @Test
    void buyersAreToldToComeBackWhileTheStoreIsAway() {
        store.fail();

        assertThat(accounts.login("alice", PASSWORD).block()).isEqualTo(Plain.UNAVAILABLE);
        assertThat(accounts.register("alice", PASSWORD).block()).isEqualTo(Plain.UNAVAILABLE);
    }

    @Test
    void aRefreshTokenIsGoodForOneUse() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD));

        LoggedIn second = loggedIn(accounts.refresh(first.refreshToken()));

        assertThat(tokens.verify(second.token()).userId()).isEqualTo(new UserId("alice"));
        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void usingAnOldRefreshTokenEndsTheWholeLogin() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD));
        LoggedIn elsewhere = loggedIn(accounts.login("alice", PASSWORD));
        LoggedIn second = loggedIn(accounts.refresh(first.refreshToken()));

        accounts.refresh(first.refreshToken()).block();

        assertThat(accounts.refresh(second.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh(elsewhere.refreshToken()).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aRefreshTokenExpires() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD));

        clock.goOn(Duration.ofDays(31));

        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void aRefreshTokenOfSomebodyElseIsNotTaken() {
        LoggedIn alice = loggedIn(accounts.register("alice", PASSWORD));
        accounts.register("bobby", PASSWORD).block();

        String asBobby = alice.refreshToken().replace(".alice", ".bobby");

        assertThat(accounts.refresh(asBobby).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh("nonsense").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anotherAdminPasswordEndsTheOldRefreshTokens() {
        LoggedIn operator = loggedIn(accounts.login("admin", "operators only"));
        Accounts changed = new Accounts(store, passwords, tokens, "another password", clock);

        assertThat(changed.refresh(operator.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void theOldestLoginEndsWithTheEleventh() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD));
        for (int i = 0; i < 10; i++) {
            clock.goOn(Duration.ofSeconds(1));
            accounts.login("alice", PASSWORD).block();
        }

        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void tooManyLoginsAtOnceAreTurnedAwayInsteadOfWaitingForEver() {
        accounts.register("alice", PASSWORD).block();
        try (Passwords few = new Passwords(1)) {
            Accounts busy = new Accounts(store, few, tokens, "", clock);

            List<AccountOutcome> outcomes = Flux.range(0, 20)
                    .flatMap(i -> busy.login("alice", PASSWORD), 20)
                    .collectList()
                    .block();

            assertThat(outcomes).hasSize(20).contains(Plain.UNAVAILABLE).anyMatch(LoggedIn.class::isInstance);
        }
    }

    @Test
    void noSecretIsPrinted() {
        LoggedIn registered = loggedIn(accounts.register("alice", PASSWORD));

        assertThat(registered.toString()).doesNotContain(registered.token(), registered.refreshToken());
        assertThat(RefreshToken.parse(registered.refreshToken()).orElseThrow().toString())
                .doesNotContain(registered.refreshToken().substring(0, 43));
    }

    private static LoggedIn loggedIn(Mono<AccountOutcome> outcome) {
        return (LoggedIn) outcome.block();
    }
}

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

    private static final String HOME = "192.0.2.1";

    private final AccountWorld world = new AccountWorld();
    private final TestClock clock = world.clock;
    private final Tokens tokens = world.tokens;
    private final MemoryAccountStore store = world.store;
    private final Accounts accounts = world.accounts();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whoeverRegistersIsLoggedInAsThemselvesWithoutARole() {
        LoggedIn registered = loggedIn(accounts.register("alice", PASSWORD, HOME));

        assertThat(tokens.verify(registered.token()).userId()).isEqualTo(new UserId("alice"));
        assertThat(tokens.verify(registered.token()).roles()).isEmpty();
        assertThat(registered.expiresIn()).isEqualTo(900);
    }

    @Test
    void anAccountIsRegisteredOnce() {
        accounts.register("alice", PASSWORD, HOME).block();

        assertThat(accounts.register("alice", "another password", HOME).block())
                .isInstanceOfSatisfying(
                        BadParameter.class, bad -> assertThat(bad.message()).startsWith("account "));
        assertThat(accounts.login("alice", PASSWORD, HOME).block()).isInstanceOf(LoggedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"al", "", "-alice", "ali ce", "alice{1}", "ädna", "admin", "Admin"})
    void anAccountThatCannotBeIsRefusedByName(String account) {
        assertThat(accounts.register(account, PASSWORD, HOME).block())
                .isInstanceOfSatisfying(
                        BadParameter.class, bad -> assertThat(bad.message()).startsWith("account "));
    }

    @Test
    void aPasswordHas8To128Characters() {
        assertThat(List.of("1234567", "x".repeat(129)))
                .allSatisfy(password -> assertThat(
                                accounts.register("alice", password, HOME).block())
                        .isInstanceOfSatisfying(
                                BadParameter.class,
                                bad -> assertThat(bad.message()).startsWith("password ")));
        String longest = "\uD83C\uDFAB".repeat(128);
        assertThat(accounts.register("alice", longest, HOME).block()).isInstanceOf(LoggedIn.class);
        assertThat(accounts.login("alice", longest, HOME).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreAnsweredAlike() {
        accounts.register("alice", PASSWORD, HOME).block();

        assertThat(accounts.login("alice", "wrong horse", HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.login("nobody", PASSWORD, HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.login("no such account", PASSWORD, HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anUnknownAccountTakesAsManyHashesToRefuseAsAWrongPassword() {
        accounts.register("alice", PASSWORD, HOME).block();

        int wrongPassword = world.hashesOf(
                () -> accounts.login("alice", "wrong horse", HOME).block());
        int unknown =
                world.hashesOf(() -> accounts.login("nobody", PASSWORD, HOME).block());
        int right = world.hashesOf(() -> accounts.login("alice", PASSWORD, HOME).block());

        assertThat(List.of(wrongPassword, unknown, right)).containsOnly(1);
    }

    @Test
    void theOperatorsLogInWithTheConfiguredPassword() {
        LoggedIn operator = loggedIn(accounts.login("admin", "operators only", HOME));

        assertThat(tokens.verify(operator.token()).roles()).isEqualTo(Role.ALL);
        assertThat(accounts.login("admin", "something else", HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void withoutAConfiguredPasswordNoOperatorLogsIn() {
        Accounts closed = world.accounts("");

        assertThat(closed.login("admin", "", HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void operatorsLogInWhileTheStoreIsAway() {
        store.fail();

        LoggedIn operator = loggedIn(accounts.login("admin", "operators only", HOME));

        assertThat(tokens.verify(operator.token()).roles()).isEqualTo(Role.ALL);
        assertThat(operator.refreshToken()).isEmpty();
    }

    @Test
    void buyersAreToldToComeBackWhileTheStoreIsAway() {
        store.fail();

        assertThat(accounts.login("alice", PASSWORD, HOME).block()).isEqualTo(Plain.UNAVAILABLE);
        assertThat(accounts.register("alice", PASSWORD, HOME).block()).isEqualTo(Plain.UNAVAILABLE);
    }

    @Test
    void aRefreshTokenIsGoodForOneUse() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD, HOME));

        LoggedIn second = loggedIn(accounts.refresh(first.refreshToken()));

        assertThat(tokens.verify(second.token()).userId()).isEqualTo(new UserId("alice"));
        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void usingAnOldRefreshTokenEndsTheWholeLogin() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD, HOME));
        LoggedIn elsewhere = loggedIn(accounts.login("alice", PASSWORD, HOME));
        LoggedIn second = loggedIn(accounts.refresh(first.refreshToken()));

        accounts.refresh(first.refreshToken()).block();

        assertThat(accounts.refresh(second.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh(elsewhere.refreshToken()).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aRefreshTokenExpires() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD, HOME));

        clock.goOn(Duration.ofDays(31));

        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void aRefreshTokenOfSomebodyElseIsNotTaken() {
        LoggedIn alice = loggedIn(accounts.register("alice", PASSWORD, HOME));
        accounts.register("bobby", PASSWORD, HOME).block();

        String asBobby = alice.refreshToken().replace(".alice", ".bobby");

        assertThat(accounts.refresh(asBobby).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(accounts.refresh("nonsense").block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anotherAdminPasswordEndsTheOldRefreshTokens() {
        LoggedIn operator = loggedIn(accounts.login("admin", "operators only", HOME));
        Accounts changed = world.accounts("another password");

        assertThat(changed.refresh(operator.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void theOldestLoginEndsWithTheEleventh() {
        LoggedIn first = loggedIn(accounts.register("alice", PASSWORD, HOME));
        for (int i = 0; i < 10; i++) {
            clock.goOn(Duration.ofSeconds(1));
            accounts.login("alice", PASSWORD, HOME).block();
        }

        assertThat(accounts.refresh(first.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void tooManyLoginsAtOnceAreTurnedAwayInsteadOfWaitingForEver() {
        accounts.register("alice", PASSWORD, HOME).block();
        try (Passwords few = new Passwords(Passwords.argon2id(), 1)) {
            Accounts busy = world.accounts(few);

            List<AccountOutcome> outcomes = Flux.range(0, 20)
                    .flatMap(i -> busy.login("alice", PASSWORD, HOME), 20)
                    .collectList()
                    .block();

            assertThat(outcomes).hasSize(20).contains(Plain.UNAVAILABLE).anyMatch(LoggedIn.class::isInstance);
        }
    }

    @Test
    void aNameThatAnotherLoginGivesIsNobodysHere() {
        LoggedIn before = loggedIn(accounts.register("acme.anna", PASSWORD, HOME));
        world.reserve("acme.");
        Accounts behindAnotherLogin = world.accounts();

        assertThat(behindAnotherLogin.register("acme.bob", PASSWORD, HOME).block())
                .isInstanceOf(BadParameter.class);
        assertThat(behindAnotherLogin.login("acme.anna", PASSWORD, HOME).block())
                .isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(behindAnotherLogin.refresh(before.refreshToken()).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(behindAnotherLogin.register("alice", PASSWORD, HOME).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void whereAllNamesAreAnotherLoginsOnlyTheOperatorsLogInHere() {
        accounts.register("alice", PASSWORD, HOME).block();
        world.reserve("");
        Accounts behindAnotherLogin = world.accounts();

        assertThat(behindAnotherLogin.login("alice", PASSWORD, HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(behindAnotherLogin.login("admin", "operators only", HOME).block())
                .isInstanceOf(LoggedIn.class);
    }

    @Test
    void noSecretIsPrinted() {
        LoggedIn registered = loggedIn(accounts.register("alice", PASSWORD, HOME));

        assertThat(registered.toString()).doesNotContain(registered.token(), registered.refreshToken());
        assertThat(RefreshToken.parse(registered.refreshToken()).orElseThrow().toString())
                .doesNotContain(registered.refreshToken().substring(0, 43));
    }

    private static LoggedIn loggedIn(Mono<AccountOutcome> outcome) {
        return (LoggedIn) outcome.block();
    }
}

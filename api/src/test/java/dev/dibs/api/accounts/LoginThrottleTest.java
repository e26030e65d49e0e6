package dev.dibs.api.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.AccountOutcome.TooManyAttempts;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Six failed logins per account and five minutes, two of them from one address; twenty per address. */
class LoginThrottleTest {
    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.1";
    private static final String ATTACKER = "203.0.113.66";

    private final AccountWorld world = new AccountWorld();
    private final Accounts accounts = limited(6, 20);

    @AfterEach
    void close() {
        world.close();
    }

    private Accounts limited(int perAccount, int perAddress) {
        world.limits = new ApiProperties.Login(perAccount, perAddress, Duration.ofMinutes(5));
        return world.accounts();
    }

    @Test
    void passwordsOfOneAccountCannotBeTriedOutFromOneAddress() {
        accounts.register("alice", PASSWORD, HOME).block();

        List<AccountOutcome> outcomes = wrong(accounts, "alice", ATTACKER, 5);

        assertThat(outcomes.subList(0, 2)).containsOnly(Plain.WRONG_CREDENTIALS);
        assertThat(outcomes.subList(2, 5)).hasOnlyElementsOfType(TooManyAttempts.class);
    }

    @Test
    void withoutTheLimitTheyCan() {
        Accounts open = limited(0, 0);
        open.register("alice", PASSWORD, HOME).block();

        assertThat(wrong(open, "alice", ATTACKER, 40)).containsOnly(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void whatIsRefusedCostsNoHashAndSaysWhenToComeBack() {
        wrong(accounts, "alice", ATTACKER, 2);

        int hashes = world.hashesOf(() ->
                assertThat(accounts.login("alice", PASSWORD, ATTACKER).block()).isEqualTo(new TooManyAttempts(151)));

        assertThat(hashes).isZero();
        world.clock.goOn(Duration.ofSeconds(151));
        assertThat(wrong(accounts, "alice", ATTACKER, 1)).containsOnly(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void anAccountThatIsNotThereIsRefusedLikeOneThatIs() {
        accounts.register("alice", PASSWORD, HOME).block();

        assertThat(wrong(accounts, "nobody", ATTACKER, 5)).isEqualTo(wrong(accounts, "alice", ATTACKER, 5));
    }

    @Test
    void somebodyAtOneAddressCannotLockTheOwnerOutAnywhere() {
        accounts.register("alice", PASSWORD, HOME).block();

        wrong(accounts, "alice", ATTACKER, 15);

        assertThat(accounts.login("alice", PASSWORD, "198.51.100.7").block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void somebodyAtManyAddressesCannotLockTheOwnerOutWhereTheyAreLoggedIn() {
        LoggedIn owner = (LoggedIn) accounts.register("alice", PASSWORD, HOME).block();

        for (int i = 0; i < 20; i++) {
            wrong(accounts, "alice", "203.0.113." + i, 2);
        }

        assertThat(accounts.login("alice", PASSWORD, "198.51.100.7").block()).isInstanceOf(TooManyAttempts.class);
        assertThat(accounts.login("alice", PASSWORD, HOME).block()).isInstanceOf(LoggedIn.class);
        assertThat(accounts.refresh(owner.refreshToken()).block()).isInstanceOf(LoggedIn.class);
        // Nor for longer than it lasts.
        world.clock.goOn(Duration.ofMinutes(1));
        assertThat(accounts.login("alice", PASSWORD, "198.51.100.7").block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void anIpv6NetworkIsOnePlace() {
        List<AccountOutcome> outcomes = IntStream.range(0, 5)
                .mapToObj(i -> accounts.login("alice", "wrong horse", "2001:db8:0:7:0:0:0:" + i)
                        .block())
                .toList();

        assertThat(outcomes.subList(2, 5)).hasOnlyElementsOfType(TooManyAttempts.class);
        assertThat(wrong(accounts, "alice", "2001:db8:0:8:0:0:0:1", 1)).containsOnly(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void whoeverKnowsTheirPasswordIsNotCountedNorAreTheOthersBehindTheirAddress() {
        accounts.register("alice", PASSWORD, HOME).block();

        List<AccountOutcome> outcomes = IntStream.range(0, 40)
                .mapToObj(i -> accounts.login("alice", PASSWORD, HOME).block())
                .toList();

        assertThat(outcomes).hasOnlyElementsOfType(LoggedIn.class);
    }

    @Test
    void manyAccountsCannotBeTriedOutFromOneAddress() {
        List<AccountOutcome> outcomes = IntStream.range(0, 25)
                .mapToObj(i -> accounts.login("user" + i, "password", ATTACKER).block())
                .toList();

        assertThat(outcomes.subList(0, 20)).containsOnly(Plain.WRONG_CREDENTIALS);
        assertThat(outcomes.subList(20, 25)).hasOnlyElementsOfType(TooManyAttempts.class);
        assertThat(accounts.login("user1", "password", HOME).block()).isEqualTo(Plain.WRONG_CREDENTIALS);
    }

    @Test
    void accountsCannotBeRegisteredByTheThousandFromOneAddress() {
        Accounts strict = limited(6, 3);

        List<AccountOutcome> outcomes = IntStream.range(0, 5)
                .mapToObj(i -> strict.register("user" + i, PASSWORD, ATTACKER).block())
                .toList();

        assertThat(outcomes.subList(0, 3)).hasOnlyElementsOfType(LoggedIn.class);
        assertThat(outcomes.subList(3, 5)).hasOnlyElementsOfType(TooManyAttempts.class);
    }

    @Test
    void theOperatorsPasswordCannotBeTriedOutEvenWhileTheStoreIsAway() {
        world.store.fail();

        List<AccountOutcome> outcomes = wrong(accounts, "admin", ATTACKER, 5);

        assertThat(outcomes.subList(0, 2)).containsOnly(Plain.WRONG_CREDENTIALS);
        assertThat(outcomes.subList(2, 5)).hasOnlyElementsOfType(TooManyAttempts.class);
        assertThat(accounts.login("admin", "operators only", HOME).block()).isInstanceOf(LoggedIn.class);
    }

    @Test
    void whoeverIsAskedToComeBackWhileTooManyPasswordsWaitIsNotCounted() {
        accounts.register("alice", PASSWORD, HOME).block();
        try (BusyPasswords passwords = new BusyPasswords()) {
            Accounts busy = world.accounts(passwords.passwords());

            assertThat(logins(busy, "alice", 30)).containsOnly(Plain.UNAVAILABLE);

            passwords.goOn();
            assertThat(busy.login("alice", PASSWORD, HOME).block()).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    void norIsWhoeverRegistersThen() {
        limited(6, 3);
        try (BusyPasswords passwords = new BusyPasswords()) {
            Accounts busy = world.accounts(passwords.passwords());

            assertThat(registrations(busy, 5)).containsOnly(Plain.UNAVAILABLE);

            passwords.goOn();
            List<AccountOutcome> outcomes = registrations(busy, 5);
            assertThat(outcomes.subList(0, 3)).hasOnlyElementsOfType(LoggedIn.class);
            assertThat(outcomes.subList(3, 5)).hasOnlyElementsOfType(TooManyAttempts.class);
        }
    }

    @Test
    void norIsWhoeverComesWhileTheStoreIsAway() {
        accounts.register("alice", PASSWORD, HOME).block();
        world.store.fail();

        assertThat(logins(accounts, "alice", 30)).containsOnly(Plain.UNAVAILABLE);
        assertThat(registrations(accounts, 30)).containsOnly(Plain.UNAVAILABLE);

        world.store.recover();
        assertThat(accounts.login("alice", PASSWORD, HOME).block()).isInstanceOf(LoggedIn.class);
        assertThat(registrations(accounts, 1)).hasOnlyElementsOfType(LoggedIn.class);
    }

    @Test
    void aRightPasswordGivesBackOnceAlsoWhereTheLoginCannotBeStored() {
        accounts.register("alice", PASSWORD, HOME).block();
        wrong(accounts, "alice", HOME, 1);
        world.store.failAfter(1);
        assertThat(accounts.login("alice", PASSWORD, HOME).block()).isEqualTo(Plain.UNAVAILABLE);
        world.store.recover();

        List<AccountOutcome> outcomes = wrong(accounts, "alice", HOME, 2);

        assertThat(outcomes.get(0)).isEqualTo(Plain.WRONG_CREDENTIALS);
        assertThat(outcomes.get(1)).isInstanceOf(TooManyAttempts.class);
    }

    private static List<AccountOutcome> logins(Accounts accounts, String account, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> accounts.login(account, PASSWORD, HOME).block())
                .toList();
    }

    private static List<AccountOutcome> registrations(Accounts accounts, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> accounts.register("user" + i, PASSWORD, ATTACKER).block())
                .toList();
    }

    private static List<AccountOutcome> wrong(Accounts accounts, String account, String address, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> accounts.login(account, "wrong horse", address).block())
                .toList();
    }
}

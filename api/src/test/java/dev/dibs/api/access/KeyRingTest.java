package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.ApiProperties.Jwt;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The secrets of Dibs itself, and what tokens signed with them must say. */
class KeyRingTest {
    private static final String OLD = "the old secret of more than thirty-two bytes";
    private static final String NEW = "the new secret of more than thirty-two bytes";
    private static final UserId ALICE = new UserId("alice");

    private final TestClock clock = new TestClock();

    @Test
    void aTokenThatSaysNothingButWhoAndUntilWhenIsTaken() {
        assertThat(tokens(jwt(NEW)).verify(minted(NEW).compact())).isEqualTo(Principal.of(ALICE, Set.of("vip")));
    }

    @Test
    void whoeverHasTheSecretMayCallItAndThemselvesWhatTheyLike() {
        String named = minted(NEW)
                .header()
                .keyId("our key")
                .and()
                .issuer("box office")
                .audience()
                .add("cinema")
                .and()
                .compact();

        assertThat(CompanyKeys.named(tokens(jwt(NEW)).verify(named))).isEqualTo(Principal.of(ALICE, Set.of("vip")));
    }

    @Test
    void theSecretIsRotatedWithoutEndingASession() {
        Tokens before = tokens(jwt(OLD));
        Tokens first = tokens(jwt(OLD, NEW));
        Tokens then = tokens(jwt(NEW, OLD));
        Tokens after = tokens(jwt(NEW));
        String old = before.issue(ALICE, Set.of());
        String fresh = then.issue(ALICE, Set.of());

        // Each step goes over the instances one by one: those before and after it take each other's tokens.
        assertThat(List.of(before, first, then))
                .allSatisfy(step -> assertThat(step.verify(old)).isNotNull());
        assertThat(List.of(first, then, after))
                .allSatisfy(step -> assertThat(step.verify(fresh)).isNotNull());
        assertThat(before.verify(fresh)).isNull();
        assertThat(after.verify(old)).isNull();
    }

    @Test
    void theFirstSecretSignsAndTheTokenSaysWhichItWas() {
        String token = tokens(jwt(NEW, OLD)).issue(ALICE, Set.of());

        assertThat(header(token))
                .contains("\"kid\":")
                .isEqualTo(header(tokens(jwt(NEW)).issue(ALICE, Set.of())));
        assertThat(header(token)).isNotEqualTo(header(tokens(jwt(OLD)).issue(ALICE, Set.of())));
    }

    @Test
    void aTokenOfOneKeyThatNamesAnotherIsNotTaken() {
        Tokens both = tokens(jwt(NEW, OLD));
        String nameOfOld = header(tokens(jwt(OLD)).issue(ALICE, Set.of())).replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");

        assertThat(both.verify(minted(NEW).header().keyId(nameOfOld).and().compact()))
                .isNull();
    }

    @Test
    void whereAnIssuerAndAnAudienceAreConfiguredTokensHaveThem() {
        Tokens strict =
                tokens(new Jwt(NEW, List.of(), "dibs", "buyers", Duration.ofSeconds(5), Duration.ZERO, List.of()));

        assertThat(strict.verify(strict.issue(ALICE, Set.of()))).isNotNull();
        assertThat(tokens(jwt(NEW)).verify(strict.issue(ALICE, Set.of()))).isNotNull();
        assertThat(strict.verify(minted(NEW).compact())).isNull();
        assertThat(strict.verify(minted(NEW).issuer("dibs").compact())).isNull();
        assertThat(strict.verify(minted(NEW)
                        .issuer("dobs")
                        .audience()
                        .add("buyers")
                        .and()
                        .compact()))
                .isNull();
        assertThat(strict.verify(minted(NEW)
                        .issuer("dibs")
                        .audience()
                        .add("others")
                        .add("buyers")
                        .and()
                        .compact()))
                .isNotNull();
    }

    @Test
    void clocksMayDifferByAsMuchAsIsConfigured() {
        Tokens exact = tokens(new Jwt(NEW, List.of(), "", "", Duration.ZERO, Duration.ZERO, List.of()));
        Tokens patient = tokens(new Jwt(NEW, List.of(), "", "", Duration.ofSeconds(60), Duration.ZERO, List.of()));
        String token = minted(NEW).compact();

        clock.goOn(Duration.ofSeconds(90));

        assertThat(exact.verify(token)).isNull();
        assertThat(patient.verify(token)).isNotNull();
    }

    @Test
    void aTokenThatIsNotGoodYetIsNotTaken() {
        assertThat(tokens(jwt(NEW))
                        .verify(minted(NEW)
                                .notBefore(new Date(clock.millis() + 30_000))
                                .compact()))
                .isNull();
    }

    @Test
    void aTokenThatLivesLongerThanIsConfiguredIsNotTaken() {
        Tokens strict = tokens(new Jwt(NEW, List.of(), "", "", Duration.ZERO, Duration.ofMinutes(30), List.of()));
        String long_ =
                minted(NEW).expiration(new Date(clock.millis() + 1_861_000)).compact();

        assertThat(strict.verify(long_)).isNull();
        assertThat(strict.verify(minted(NEW).compact())).isNotNull();
        assertThat(tokens(jwt(NEW)).verify(long_)).isNotNull();
    }

    @Test
    void aCompressedTokenIsNotTaken() {
        String compressed = minted(NEW).compressWith(Jwts.ZIP.DEF).compact();

        assertThat(tokens(jwt(NEW)).verify(compressed)).isNull();
    }

    @Test
    void whatIsNoTokenIsNotTaken() {
        assertThat(List.of("", ".", "..", "x.y.z", "e30.e30.", "W10.W10.x", "eyJhbGciOiJIUzI1NiJ9.e30.x"))
                .allSatisfy(text -> assertThat(tokens(jwt(NEW)).verify(text)).isNull());
    }

    @Test
    void settingsThatCannotBeAreRefusedByNameAndWithoutTheSecret() {
        refuses(jwt(NEW, "short"), "dibs.jwt.other-secrets must have at least 32 bytes but has 5");
        refuses(jwt(""), "DIBS_JWT_SECRET");
        refuses(
                new Jwt(NEW, List.of(), "", "", Duration.ofSeconds(61), Duration.ZERO, List.of()),
                "dibs.jwt.clock-skew must be 0s to 60s");
        refuses(
                new Jwt(NEW, List.of(), "", "", Duration.ZERO, Duration.ofMinutes(14), List.of()),
                "dibs.jwt.max-lifetime must be 15m to 30d");
        refuses(
                new Jwt(NEW, List.of(), "", "", Duration.ZERO, Duration.ofDays(31), List.of()),
                "dibs.jwt.max-lifetime must be 15m to 30d");
        assertThat(jwt(NEW, OLD).toString()).doesNotContain(NEW, OLD);
    }

    private void refuses(Jwt settings, String complaint) {
        assertThatThrownBy(() -> new KeyRing(settings, clock))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining(NEW);
    }

    private static Jwt jwt(String secret, String... others) {
        return new Jwt(secret, List.of(others), "", "", Duration.ofSeconds(5), Duration.ZERO, List.of());
    }

    private Tokens tokens(Jwt settings) {
        return new Tokens(new KeyRing(settings, clock), Revocations.none(), settings.maxLifetime(), clock);
    }

    /** As another system mints it that knows the secret. */
    private JwtBuilder minted(String secret) {
        return Jwts.builder()
                .subject("alice")
                .claim("roles", List.of("vip"))
                .expiration(new Date(clock.millis() + 60_000))
                .signWith(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256);
    }

    private static String header(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }
}

package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.activity.RequiredClaim;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class TokensTest {
    private static final String SECRET = "a secret of more than thirty-two bytes, and of sixty-four at that";
    private static final UserId ALICE = new UserId("alice");

    private final TestClock clock = new TestClock();
    private final Tokens tokens = new Tokens(SECRET, clock);

    @Test
    void aTokenNamesWhomItWasIssuedTo() {
        Principal principal = tokens.verify(tokens.issue(ALICE, Set.of("vip", "gate")));

        assertThat(principal).isEqualTo(Principal.of(ALICE, Set.of("vip", "gate")));
    }

    @Test
    void whatElseATokenSaysOfItsUserMayBeAskedFor() {
        Principal principal = tokens.verify(Jwts.builder()
                .subject("alice")
                .issuer("https://login.example.org")
                .claim("roles", List.of("vip"))
                .claim("department", "sales")
                .claim("sites", List.of("berlin", "wuhan"))
                .claim("level", 5)
                .claim("staff", true)
                .claim("address", java.util.Map.of("city", "berlin"))
                .claim("essay", "x".repeat(129))
                .expiration(Date.from(clock.instant().plusSeconds(60)))
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact());

        assertThat(principal.has(new RequiredClaim("department", "sales"))).isTrue();
        assertThat(principal.has(new RequiredClaim("sites", "wuhan"))).isTrue();
        assertThat(principal.has(new RequiredClaim("level", "5"))).isTrue();
        assertThat(principal.has(new RequiredClaim("staff", "true"))).isTrue();
        assertThat(principal.has(new RequiredClaim("iss", "https://login.example.org")))
                .isTrue();
        assertThat(principal.attributes()).doesNotContainKeys("address", "essay", "roles", "sub", "exp");
        assertThat(principal.has(new RequiredClaim("department", "sale"))).isFalse();
    }

    @Test
    void ofATokenThatSaysTooMuchNotEverythingIsRemembered() {
        List<String> sites = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "site-" + i)
                .toList();

        Principal principal = tokens.verify(Jwts.builder()
                .subject("alice")
                .claim("sites", sites)
                .expiration(Date.from(clock.instant().plusSeconds(60)))
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact());

        assertThat(principal.attributes().get("sites")).hasSize(32);
    }

    @Test
    void aVerifiedTokenIsNotVerifiedAgain() {
        String token = tokens.issue(ALICE, Set.of());

        Principal first = tokens.verify(token);

        assertThat(tokens.verify(token)).isSameAs(first);
    }

    @Test
    void aRememberedTokenStillExpires() {
        String token = tokens.issue(ALICE, Set.of());
        tokens.verify(token);

        clock.goOn(Tokens.LIFETIME.plusSeconds(6));

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void anExpiredTokenIsNotTaken() {
        String token = tokens.issue(ALICE, Set.of());

        clock.goOn(Tokens.LIFETIME.plusSeconds(6));

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void clocksMayDifferALittle() {
        String token = tokens.issue(ALICE, Set.of());

        clock.goOn(Tokens.LIFETIME.plusSeconds(2));

        assertThat(tokens.verify(token)).isNotNull();
    }

    @Test
    void aTokenOfAnotherKeyIsNotTaken() {
        Tokens others = new Tokens("another secret of more than thirty-two bytes", clock);

        assertThat(tokens.verify(others.issue(ALICE, Set.of(Role.OPERATOR)))).isNull();
    }

    @Test
    void aTokenWithoutSignatureIsNotTaken() {
        String header = base64("{\"alg\":\"none\"}");
        String claims = base64("{\"sub\":\"alice\",\"roles\":[\"operator\"],\"exp\":" + (clock.seconds() + 60) + "}");

        assertThat(tokens.verify(header + "." + claims + ".")).isNull();
    }

    @Test
    void onlyTheOneAlgorithmIsTakenWhateverTheHeaderAsksFor() {
        SecretKeySpec sameSecret = new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA512");
        String token = Jwts.builder()
                .subject("alice")
                .expiration(new Date(clock.millis() + 60_000))
                .signWith(sameSecret, Jwts.SIG.HS512)
                .compact();

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void aTokenThatHasBeenTamperedWithIsNotTaken() {
        String[] parts = tokens.issue(ALICE, Set.of()).split("\\.");
        String promoted = base64("{\"sub\":\"alice\",\"roles\":[\"operator\"],\"exp\":" + (clock.seconds() + 60) + "}");

        assertThat(tokens.verify(parts[0] + "." + promoted + "." + parts[2])).isNull();
    }

    @Test
    void aTokenThatNeverExpiresIsNotTaken() {
        String token = Jwts.builder()
                .subject("alice")
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void aSubjectThatIsNoUserIsNotTaken() {
        String token = Jwts.builder()
                .subject("alice {and} bob")
                .expiration(new Date(clock.millis() + 60_000))
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void theCallerIsWhoeverTheBearerTokenNames() {
        String token = tokens.issue(ALICE, Set.of());

        assertThat(List.of("Bearer " + token, "bearer " + token, "Bearer  " + token))
                .allSatisfy(value -> assertThat(caller(value).userId()).isEqualTo(ALICE));
        assertThat(List.of("", "Bearer", "Bearer ", "Basic " + token, token))
                .allSatisfy(value -> assertThat(caller(value)).isNull());
    }

    private Principal caller(String authorization) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, authorization);
        return tokens.caller(headers);
    }

    @Test
    void aMissingOrShortSecretIsRefusedInOneLine() {
        assertThatThrownBy(() -> new Tokens("", clock))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("DIBS_JWT_SECRET")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> new Tokens("x".repeat(31), clock))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("at least 32 bytes but has 31");
        assertThat(new Tokens("x".repeat(32), clock).issue(ALICE, Set.of(), Duration.ofSeconds(1)))
                .isNotEmpty();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

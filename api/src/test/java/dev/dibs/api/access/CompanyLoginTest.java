package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.ApiProperties.CompanyLogin;
import dev.dibs.api.ApiProperties.Jwt;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dibs behind somebody else's login. */
class CompanyLoginTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final KeyPair RSA = CompanyKeys.rsa();
    private static final KeyPair EC = CompanyKeys.ec("secp256r1");
    private static final KeyPair ED = CompanyKeys.ed25519();
    private static final Principal ANNA = Principal.of(new UserId("anna"), Set.of());

    private final TestClock clock = new TestClock();

    static Stream<KeyPair> pairs() {
        return Stream.of(RSA, EC, ED);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aPublicKeyIsTakenAsPemAsJwkAsSetAndFromAFile(KeyPair pair, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys.pem"), CompanyKeys.pem(pair.getPublic()));
        String jwk = CompanyKeys.jwk("k1", pair.getPublic());
        String other = CompanyKeys.jwk("k2", CompanyKeys.ed25519().getPublic());

        assertThat(List.of(
                        CompanyKeys.pem(pair.getPublic()),
                        CompanyKeys.pem(pair.getPublic()).replace("\n", "\\n"),
                        CompanyKeys.pem(CompanyKeys.ed25519().getPublic()) + CompanyKeys.pem(pair.getPublic()),
                        jwk,
                        "{\"keys\":[" + other + "," + jwk + "]}",
                        file.toString()))
                .allSatisfy(keys -> {
                    Tokens tokens = tokens(CompanyKeys.login(keys));
                    assertThat(CompanyKeys.named(tokens.verify(signed(pair)))).isEqualTo(ANNA);
                    String named = anna().header()
                            .keyId("k1")
                            .and()
                            .signWith(pair.getPrivate())
                            .compact();
                    assertThat(CompanyKeys.named(tokens.verify(named))).isEqualTo(ANNA);
                });
    }

    @Test
    void aSharedSecretIsTaken() {
        String theirs = "the company's secret of more than thirty-two bytes";
        Tokens tokens = tokens(new CompanyLogin(
                CompanyKeys.ISSUER, CompanyKeys.AUDIENCE, "", theirs, "sub", "", "roles", List.of("operator")));

        assertThat(CompanyKeys.named(tokens.verify(signed(anna(), theirs)))).isEqualTo(ANNA);
        // Their secret does not make them Dibs.
        assertThat(tokens.verify(
                        signed(Jwts.builder().subject("anna").expiration(new Date(clock.millis() + 60_000)), theirs)))
                .isNull();
    }

    @Test
    void aPublicKeyIsNoSecret() {
        String pem = CompanyKeys.pem(RSA.getPublic());
        Tokens tokens = tokens(CompanyKeys.login(pem));

        for (byte[] bytes :
                List.of(pem.getBytes(StandardCharsets.UTF_8), RSA.getPublic().getEncoded())) {
            assertThat(tokens.verify(anna().signWith(new SecretKeySpec(bytes, "HmacSHA256"), Jwts.SIG.HS256)
                            .compact()))
                    .isNull();
        }
    }

    @Test
    void aKeyIsGoodForOneAlgorithmWhateverTheHeaderSays() {
        Tokens tokens = tokens(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())));

        assertThat(tokens.verify(
                        anna().signWith(RSA.getPrivate(), Jwts.SIG.RS256).compact()))
                .isNotNull();
        assertThat(tokens.verify(
                        anna().signWith(RSA.getPrivate(), Jwts.SIG.RS512).compact()))
                .isNull();
        assertThat(tokens.verify(
                        anna().signWith(RSA.getPrivate(), Jwts.SIG.PS256).compact()))
                .isNull();
        String[] parts = signed(RSA).split("\\.");
        assertThat(tokens.verify(base64("{\"alg\":\"none\"}") + "." + parts[1] + "."))
                .isNull();
    }

    @Test
    void whatIsSignedWithAnotherKeyIsNotTaken() {
        Tokens tokens = tokens(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())));

        assertThat(tokens.verify(signed(CompanyKeys.rsa()))).isNull();
        assertThat(tokens.verify(signed(EC))).isNull();
    }

    @Test
    void whatSaysAnotherIssuerOrIsMeantForSomebodyElseIsNotTaken() {
        Tokens tokens = tokens(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())));
        JwtBuilder others = Jwts.builder().subject("anna").expiration(new Date(clock.millis() + 60_000));

        assertThat(tokens.verify(anna().issuer("https://login.example.com/")
                        .signWith(RSA.getPrivate())
                        .compact()))
                .isNull();
        assertThat(tokens.verify(others.issuer(CompanyKeys.ISSUER)
                        .signWith(RSA.getPrivate())
                        .compact()))
                .isNull();
        assertThat(tokens.verify(others.issuer(CompanyKeys.ISSUER)
                        .audience()
                        .add("payroll")
                        .and()
                        .signWith(RSA.getPrivate())
                        .compact()))
                .isNull();
    }

    @Test
    void whatDibssSecretHasSignedCannotPassForTheCompany() {
        Tokens tokens = tokens(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())));

        assertThat(tokens.verify(signed(anna(), SECRET))).isNull();
        assertThat(tokens.verify(signed(anna().issuer("box office"), SECRET))).isNotNull();
    }

    @Test
    void oneCompanyCannotSpeakForAnother() {
        CompanyLogin first = CompanyKeys.login(CompanyKeys.pem(RSA.getPublic()));
        CompanyLogin second = new CompanyLogin(
                "https://other.example.org/",
                CompanyKeys.AUDIENCE,
                CompanyKeys.pem(EC.getPublic()),
                "",
                "sub",
                "other.",
                "roles",
                List.of("operator"));
        Tokens tokens = tokens(under("acme.", first), second);

        assertThat(tokens.verify(anna().issuer("https://other.example.org/")
                        .signWith(RSA.getPrivate())
                        .compact()))
                .isNull();
        assertThat(tokens.verify(anna().issuer("https://other.example.org/")
                        .signWith(EC.getPrivate())
                        .compact()))
                .isNotNull();
    }

    @Test
    void noRoleIsTakenThatWasNotAgreedOn() {
        String token = anna().claim("roles", List.of("operator", "analyst", "gate", "vip"))
                .signWith(RSA.getPrivate())
                .compact();
        String pem = CompanyKeys.pem(RSA.getPublic());

        assertThat(tokens(CompanyKeys.login(pem)).verify(token).roles()).isEmpty();
        assertThat(tokens(CompanyKeys.login(pem, "vip", "gate=analyst"))
                        .verify(token)
                        .roles())
                .containsExactlyInAnyOrder("vip", "analyst");
        assertThat(tokens(CompanyKeys.login(pem, "operator")).verify(token).roles())
                .containsExactly("operator");
    }

    @Test
    void theClaimsWithTheUserAndTheRolesAreWhereTheCompanyHasThem() {
        CompanyLogin login = new CompanyLogin(
                CompanyKeys.ISSUER,
                CompanyKeys.AUDIENCE,
                CompanyKeys.pem(RSA.getPublic()),
                "",
                "preferred_username",
                "acme.",
                "realm_access.roles",
                List.of("tickets admin=operator", "staff=buyer"));
        Tokens tokens = tokens(login);

        Principal found = tokens.verify(anna().claim("preferred_username", "bob@example.org")
                .claim("realm_access", Map.of("roles", List.of("tickets admin", "staff", "other")))
                .signWith(RSA.getPrivate())
                .compact());

        assertThat(CompanyKeys.named(found))
                .isEqualTo(Principal.of(new UserId("acme.bob@example.org"), Set.of("operator", "buyer")));
        assertThat(tokens.verify(signed(RSA))).isNull();
    }

    @Test
    void rolesMayBeWordsAndTheClaimsNameAnAddress() {
        CompanyLogin login = new CompanyLogin(
                CompanyKeys.ISSUER,
                CompanyKeys.AUDIENCE,
                CompanyKeys.pem(RSA.getPublic()),
                "",
                "sub",
                "",
                "https://example.org/roles",
                List.of("vip", "gate"));

        assertThat(tokens(login)
                        .verify(anna().claim("https://example.org/roles", "vip operator gate")
                                .signWith(RSA.getPrivate())
                                .compact())
                        .roles())
                .containsExactlyInAnyOrder("vip", "gate");
    }

    @Test
    void nobodyIsTheOperatorsAccountByTheirNameThere() {
        Tokens tokens = tokens(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic()), "operator"));

        for (String name : List.of("admin", "Admin", "ADMIN", "", "a|b", "anna {x}", "x".repeat(65))) {
            assertThat(tokens.verify(CompanyKeys.token(name, clock.millis())
                            .signWith(RSA.getPrivate())
                            .compact()))
                    .as(name)
                    .isNull();
        }
    }

    @Test
    void whoeverRegistersHereGetsNoNameThatTheCompanyGives() {
        KeyRing keys = keys(new CompanyLogin(
                CompanyKeys.ISSUER,
                CompanyKeys.AUDIENCE,
                CompanyKeys.pem(RSA.getPublic()),
                "",
                "sub",
                "acme.",
                "roles",
                List.of()));

        assertThat(keys.reserved().contains("acme.anna")).isTrue();
        assertThat(keys.reserved().contains("anna")).isFalse();
        assertThat(keys(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())))
                        .reserved()
                        .contains("anna"))
                .isTrue();
        assertThat(keys(CompanyKeys.login(CompanyKeys.pem(RSA.getPublic())))
                        .reserved()
                        .contains("admin"))
                .isFalse();
        assertThat(keys().reserved().contains("anna")).isFalse();
    }

    @Test
    void settingsThatCannotBeAreRefusedByNameAtTheStart() {
        String pem = CompanyKeys.pem(RSA.getPublic());
        refuses(CompanyKeys.login("/no/such/file"), "issuers[0].keys must be PEM, a JWK");
        refuses(CompanyKeys.login("{\"keys\":[]}"), "issuers[0].keys has no public key");
        refuses(CompanyKeys.login("{broken"), "issuers[0].keys is no JSON");
        refuses(
                CompanyKeys.login("{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"),
                "issuers[0].keys has a JWK that is no public");
        refuses(CompanyKeys.login(pem.replace("PUBLIC", "PRIVATE")), "BEGIN PRIVATE KEY");
        refuses(CompanyKeys.login(CompanyKeys.pem(CompanyKeys.rsa(1024).getPublic())), "at least 2048 bits");
        refuses(CompanyKeys.login(CompanyKeys.pem(CompanyKeys.ec("secp384r1").getPublic())), "P-256 (ES256)");
        refuses(CompanyKeys.login(""), "issuers[0] must have either keys or a secret");
        refuses(CompanyKeys.login(pem, "=operator"), "issuers[0].roles must list");
        refuses(new CompanyLogin("", "dibs", pem, "", "sub", "", "roles", List.of()), "issuers[0].issuer must say");
        refuses(new CompanyLogin("x", "", pem, "", "sub", "", "roles", List.of()), "issuers[0].audience must say");
        refuses(
                new CompanyLogin("x", "dibs", pem, "", "sub", "a b", "roles", List.of()),
                "issuers[0].user-prefix must be");
        refuses(new CompanyLogin("x", "dibs", "", "short", "sub", "", "roles", List.of()), "at least 32 bytes");
        assertThatThrownBy(() -> keys(CompanyKeys.login(pem), CompanyKeys.login(pem)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("one entry for each issuer");
    }

    @ParameterizedTest
    @CsvSource({"a.,a.b.", "a.b.,a.", "a.,a.", "'',''", "'',a.", "a.,''"})
    void twoLoginsWhoseUsersCouldHaveOneNameAreRefusedAtTheStart(String first, String second) {
        CompanyLogin login = CompanyKeys.login(CompanyKeys.pem(RSA.getPublic()));
        String shorter = first.length() <= second.length() ? first : second;
        String longer = shorter.equals(first) ? second : first;

        assertThatThrownBy(() -> keys(under(first, login), by("https://other.example.org/", under(second, login))))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("issuers[")
                .hasMessageContaining("'" + shorter + "' and '" + longer + "'")
                .hasMessageContaining("each needs a user-prefix");
    }

    @Test
    void withoutAPrefixOfItsOwnTheUserOfAnotherLoginWouldBeTheSame() {
        CompanyLogin login = CompanyKeys.login(CompanyKeys.pem(RSA.getPublic()));
        String other = "https://other.example.org/";
        String others = anna().issuer(other).signWith(RSA.getPrivate()).compact();

        // Each alone: together they are refused.
        assertThat(tokens(by(other, login)).verify(others).userId())
                .isEqualTo(tokens(login).verify(signed(RSA)).userId());

        Tokens tokens = tokens(under("acme.", login), by(other, under("other.", login)));
        assertThat(tokens.verify(signed(RSA)).userId()).isEqualTo(new UserId("acme.anna"));
        assertThat(tokens.verify(others).userId()).isEqualTo(new UserId("other.anna"));
    }

    @Test
    void aSetMayHaveKeysForOtherPurposes() {
        String forOthers = CompanyKeys.jwk("e1", CompanyKeys.rsa().getPublic()).replace("{", "{\"use\":\"enc\",");
        String unknown = "{\"kty\":\"XYZ\",\"kid\":\"x1\"}";
        String ours = CompanyKeys.jwk("k1", RSA.getPublic());

        Tokens tokens = tokens(CompanyKeys.login("{\"keys\":[" + forOthers + "," + unknown + "," + ours + "]}"));

        assertThat(CompanyKeys.named(tokens.verify(signed(RSA)))).isEqualTo(ANNA);
    }

    private void refuses(CompanyLogin login, String complaint) {
        assertThatThrownBy(() -> keys(login))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(complaint);
    }

    private static CompanyLogin under(String prefix, CompanyLogin login) {
        return new CompanyLogin(
                login.issuer(),
                login.audience(),
                login.keys(),
                login.secret(),
                login.userClaim(),
                prefix,
                login.rolesClaim(),
                login.roles());
    }

    private static CompanyLogin by(String issuer, CompanyLogin login) {
        return new CompanyLogin(
                issuer,
                login.audience(),
                login.keys(),
                login.secret(),
                login.userClaim(),
                login.userPrefix(),
                login.rolesClaim(),
                login.roles());
    }

    private KeyRing keys(CompanyLogin... logins) {
        return new KeyRing(
                new Jwt(SECRET, List.of(), "", "", Duration.ofSeconds(5), Duration.ZERO, List.of(logins)), clock);
    }

    private Tokens tokens(CompanyLogin... logins) {
        return new Tokens(keys(logins), Revocations.none(), Duration.ZERO, clock);
    }

    private JwtBuilder anna() {
        return CompanyKeys.token("anna", clock.millis());
    }

    private String signed(KeyPair pair) {
        return anna().signWith(pair.getPrivate()).compact();
    }

    private static String signed(JwtBuilder token, String secret) {
        return token.signWith(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

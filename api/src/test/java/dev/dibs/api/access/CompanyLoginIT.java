package dev.dibs.api.access;

import static dev.dibs.api.RunningApi.ret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.RunningApi;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole service behind somebody else's login, over HTTP. */
@Timeout(180)
class CompanyLoginIT {
    private static final KeyPair RSA = CompanyKeys.rsa();
    private static final KeyPair EC = CompanyKeys.ec("secp256r1");
    private static final KeyPair ED = CompanyKeys.ed25519();
    private static final String PARTNER_SECRET = "the partner's secret of more than thirty-two bytes";
    private static final String OLD_SECRET = "the secret before this one of more than thirty-two bytes";

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.start(
                "--dibs.jwt.other-secrets=" + OLD_SECRET,
                "--dibs.jwt.issuers[0].issuer=" + CompanyKeys.ISSUER,
                "--dibs.jwt.issuers[0].audience=" + CompanyKeys.AUDIENCE,
                "--dibs.jwt.issuers[0].keys={\"keys\":["
                        + CompanyKeys.jwk("rsa", RSA.getPublic()) + ","
                        + CompanyKeys.jwk("ec", EC.getPublic()) + ","
                        + CompanyKeys.jwk("ed", ED.getPublic()) + "]}",
                "--dibs.jwt.issuers[0].user-prefix=acme.",
                "--dibs.jwt.issuers[0].roles-claim=realm_access.roles",
                "--dibs.jwt.issuers[0].roles=tickets-admin=operator,staff=buyer",
                "--dibs.jwt.issuers[1].issuer=https://partner.example.org/",
                "--dibs.jwt.issuers[1].audience=" + CompanyKeys.AUDIENCE,
                "--dibs.jwt.issuers[1].secret=" + PARTNER_SECRET,
                "--dibs.jwt.issuers[1].user-prefix=partner.");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static List<KeyPair> pairs() {
        return List.of(RSA, EC, ED);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void usersOfTheCompanyAreLetIn(KeyPair pair) {
        String token = anna().signWith(pair.getPrivate()).compact();

        assertThat(ret(api.get("/ticket/result?actId=none", token))).isEqualTo(-10);
        assertThat(api.get("/admin/activities", token).statusCode()).isEqualTo(403);
    }

    @Test
    void aPartnersSecretLetsThemInAsThemselves() {
        String token = Jwts.builder()
                .issuer("https://partner.example.org/")
                .audience()
                .add(CompanyKeys.AUDIENCE)
                .and()
                .subject("anna")
                .claim("roles", List.of("operator"))
                .expiration(inAMinute())
                .signWith(Keys.hmacShaKeyFor(PARTNER_SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                .compact();

        assertThat(ret(api.get("/ticket/result?actId=none", token))).isEqualTo(-10);
        assertThat(api.get("/admin/activities", token).statusCode()).isEqualTo(403);
    }

    @Test
    void onlyTheRoleThatWasAgreedOnMakesAnOperator() {
        assertThat(api.get("/admin/activities", withRoles("operator")).statusCode())
                .isEqualTo(403);
        assertThat(api.get("/admin/activities", withRoles("staff", "gate", "analyst"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.get("/admin/activities", withRoles("tickets-admin")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsMeantForOthersOrSignedByOthersIsRefused() {
        String forPayroll = Jwts.builder()
                .issuer(CompanyKeys.ISSUER)
                .audience()
                .add("payroll")
                .and()
                .subject("anna")
                .expiration(inAMinute())
                .signWith(RSA.getPrivate())
                .compact();
        String forged = anna().signWith(CompanyKeys.rsa().getPrivate()).compact();
        String withPublicKey = anna().signWith(
                        Keys.hmacShaKeyFor(RSA.getPublic().getEncoded()), Jwts.SIG.HS256)
                .compact();

        for (String token : List.of(forPayroll, forged, withPublicKey)) {
            assertThat(ret(api.get("/ticket/result?actId=none", token))).isEqualTo(-7);
        }
    }

    @Test
    void nobodyRegistersUnderANameOfTheCompany() {
        assertThat(ret(api.form("/user/register", "account=acme.anna&password=correct-horse")))
                .isEqualTo(-9);
        assertThat(ret(api.form("/user/login", "account=acme.anna&password=correct-horse")))
                .isEqualTo(-7);
    }

    @Test
    void theSecretsOfDibsGoOnWorkingBesideIt() {
        for (String secret : List.of(RunningApi.SECRET, OLD_SECRET)) {
            String token = Jwts.builder()
                    .subject("box-office")
                    .claim("roles", List.of("operator"))
                    .expiration(inAMinute())
                    .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                    .compact();

            assertThat(api.get("/admin/activities", token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTokenOfTheCompanyCanBeEndedHere() {
        // Ed25519 signs the same in the same way: without ids, other tests of this second would have this very token.
        String token = anna().id("one").signWith(ED.getPrivate()).compact();
        String another = anna().id("another").signWith(ED.getPrivate()).compact();

        assertThat(ret(api.post("/user/logout", token, "application/json", ""))).isZero();

        assertThat(ret(api.get("/ticket/result?actId=none", token))).isEqualTo(-7);
        assertThat(ret(api.get("/ticket/result?actId=none", another))).isEqualTo(-10);
    }

    private static JwtBuilder anna() {
        return CompanyKeys.token("anna", System.currentTimeMillis());
    }

    private static String withRoles(String... roles) {
        return anna().claim("realm_access", Map.of("roles", List.of(roles)))
                .signWith(EC.getPrivate())
                .compact();
    }

    private static Date inAMinute() {
        return new Date(System.currentTimeMillis() + 60_000);
    }
}

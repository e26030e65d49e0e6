package dev.dibs.api.accounts;

import static dev.dibs.api.RunningApi.data;
import static dev.dibs.api.RunningApi.json;
import static dev.dibs.api.RunningApi.ret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.RunningApi;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import io.jsonwebtoken.Jwts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions over HTTP, with two instances: what one of them ends is over at the other one too. */
@Timeout(180)
class SessionsIT {
    private static final Duration PATIENCE = RunningApi.PATIENCE;
    private static final String PASSWORD = "correct-horse";
    private static final String JSON = "application/json";

    private static RunningApi one;
    private static RunningApi other;

    @BeforeAll
    static void start() {
        one = RunningApi.start("--dibs.login.per-address=0");
        other = RunningApi.start("--dibs.login.per-address=0");
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void aLogoutIsKnownToTheOtherInstanceWithinASecond() {
        Duration shortest = Duration.ofDays(1);
        // A busy machine may be late; it is not so every time.
        for (int i = 0; i < 5 && shortest.toMillis() > 1_000; i++) {
            String token = data(register(TestIds.user("leaves")), "token");
            assertThat(isGood(other, token)).isTrue();

            HttpResponse<String> answer = one.post("/user/logout", token, JSON, "");
            Instant answered = Instant.now();

            assertThat(ret(answer)).as(answer.body()).isZero();
            assertThat(isGood(one, token)).isFalse();
            await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> !isGood(other, token));
            Duration took = Duration.between(answered, Instant.now());
            shortest = took.compareTo(shortest) < 0 ? took : shortest;
        }
        assertThat(shortest).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aLogoutEndsTheRefreshTokenEverywhereAndOtherLoginsNowhere() {
        UserId user = TestIds.user("leaves");
        HttpResponse<String> here = register(user);
        HttpResponse<String> elsewhere = login(other, user);

        assertThat(ret(one.post("/user/logout", data(here, "token"), JSON, ""))).isZero();

        assertThat(refresh(other, here).statusCode()).isEqualTo(401);
        assertThat(ret(refresh(one, elsewhere))).isZero();
        assertThat(isGood(one, data(elsewhere, "token"))).isTrue();
        assertThat(isGood(other, data(elsewhere, "token"))).isTrue();
    }

    @Test
    void aLogoutByRefreshTokenEndsTheAccessTokenToo() {
        HttpResponse<String> here = register(TestIds.user("leaves"));

        HttpResponse<String> answer = one.form("/user/logout", "refresh_token=" + data(here, "refresh_token"));

        assertThat(ret(answer)).as(answer.body()).isZero();
        assertThat(isGood(one, data(here, "token"))).isFalse();
        await().atMost(PATIENCE).until(() -> !isGood(other, data(here, "token")));
    }

    @Test
    void aLogoutCanBeRepeatedWithTheTokenThatItEnded() {
        String token = data(register(TestIds.user("leaves")), "token");

        assertThat(ret(one.post("/user/logout", token, JSON, ""))).isZero();
        assertThat(ret(one.post("/user/logout", token, JSON, ""))).isZero();

        assertThat(isGood(one, token)).isFalse();
    }

    @Test
    void aRefreshTokenThatIsUsedTwiceEndsItsLoginOnBothInstances() {
        HttpResponse<String> first = register(TestIds.user("robbed"));
        HttpResponse<String> thief = refresh(other, first);
        assertThat(ret(thief)).isZero();

        assertThat(refresh(one, first).statusCode()).isEqualTo(401);

        assertThat(refresh(other, thief).statusCode()).isEqualTo(401);
        await().atMost(PATIENCE).until(() -> !isGood(other, data(thief, "token")));
    }

    @Test
    void anOperatorEndsAllSessionsOfAUserOnAllInstancesAlsoOnOneThatStartsLater() {
        UserId user = TestIds.user("banned");
        UserId neighbour = TestIds.user("neighbour");
        List<String> tokens = List.of(data(register(user), "token"), data(login(other, user), "token"), minted(user));
        HttpResponse<String> refreshable = login(one, user);
        String neighbours = data(register(neighbour), "token");
        assertThat(tokens).allMatch(token -> isGood(one, token)).allMatch(token -> isGood(other, token));

        HttpResponse<String> answer = revoke(user, operator());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get("userId").stringValue()).isEqualTo(user.value());
        assertThat(tokens).noneMatch(token -> isGood(one, token));
        await().atMost(PATIENCE).until(() -> tokens.stream().noneMatch(token -> isGood(other, token)));
        assertThat(refresh(other, refreshable).statusCode()).isEqualTo(401);
        assertThat(isGood(one, neighbours)).isTrue();
        String again = data(login(one, user), "token");
        assertThat(isGood(one, again)).isTrue();
        assertThat(isGood(other, again)).isTrue();
        try (RunningApi late = RunningApi.start()) {
            assertThat(tokens).noneMatch(token -> isGood(late, token));
            assertThat(isGood(late, again)).isTrue();
        }
    }

    @Test
    void nobodyButAnOperatorEndsSomebodyElsesSessions() {
        UserId user = TestIds.user("victim");
        String token = data(register(user), "token");
        Tokens tokens = one.bean(Tokens.class);

        assertThat(revoke(user, null).statusCode()).isEqualTo(401);
        for (Set<String> roles :
                List.of(Set.<String>of(), Set.of(Role.BUYER), Set.of(Role.ANALYST), Set.of(Role.GATE), Set.of("vip"))) {
            assertThat(revoke(user, tokens.issue(new UserId("someone"), roles)).statusCode())
                    .as("%s", roles)
                    .isEqualTo(403);
        }
        assertThat(one.post("/admin/users/a%20b/revoke-sessions", operator(), JSON, "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(isGood(one, token)).isTrue();
    }

    @Test
    void whoeverHasNoTokenCannotLogOut() {
        assertThat(one.post("/user/logout", null, JSON, "").statusCode()).isEqualTo(401);
        assertThat(one.post("/user/logout", "nonsense", JSON, "{}").statusCode())
                .isEqualTo(401);
        assertThat(one.get("/user/logout", null).statusCode()).isEqualTo(405);
    }

    @Test
    void wrongPasswordsAreAnsweredWithWhenToComeBack() {
        UserId user = TestIds.user("guessed");
        try (RunningApi strict = RunningApi.start(
                "--dibs.login.per-account=6", "--dibs.login.period=10m", "--dibs.trusted-proxies=127.0.0.1")) {
            register(user);

            List<HttpResponse<String>> answers = List.of(
                    guess(strict, user, "203.0.113.1"),
                    guess(strict, user, "203.0.113.1"),
                    guess(strict, user, "203.0.113.1"),
                    guess(strict, user, "203.0.113.2"));

            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(401, 401, 429, 401);
            assertThat(ret(answers.get(2))).isEqualTo(-8);
            assertThat(answers.get(2).headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(200L, 301L);
        }
    }

    private static HttpResponse<String> guess(RunningApi api, UserId user, String address) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api.send(api.request("/user/login", null)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Forwarded-For", address)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "account=" + user + "&password=wrong-horse"))),
                        answer -> answer.statusCode() != 503);
    }

    /** As a system mints it that says nothing but who and until when. */
    private static String minted(UserId user) {
        return Jwts.builder()
                .subject(user.value())
                .expiration(Date.from(Instant.now().plus(Duration.ofHours(12))))
                .signWith(new SecretKeySpec(RunningApi.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .compact();
    }

    private static String operator() {
        return data(one.form("/user/login", "account=admin&password=" + RunningApi.ADMIN_PASSWORD), "token");
    }

    private static HttpResponse<String> revoke(UserId user, String token) {
        return one.post("/admin/users/" + user + "/revoke-sessions", token, JSON, "");
    }

    private static HttpResponse<String> register(UserId user) {
        HttpResponse<String> answer = one.form("/user/register", "account=" + user + "&password=" + PASSWORD);
        assertThat(ret(answer)).as(answer.body()).isZero();
        return answer;
    }

    private static HttpResponse<String> login(RunningApi api, UserId user) {
        HttpResponse<String> answer = api.form("/user/login", "account=" + user + "&password=" + PASSWORD);
        assertThat(ret(answer)).as(answer.body()).isZero();
        return answer;
    }

    private static HttpResponse<String> refresh(RunningApi api, HttpResponse<String> login) {
        return api.form("/user/refresh", "refresh_token=" + data(login, "refresh_token"));
    }

    private static boolean isGood(RunningApi api, String token) {
        int status = api.get("/ticket/result?actId=none", token).statusCode();
        assertThat(status).isIn(404, 401);
        return status == 404;
    }
}

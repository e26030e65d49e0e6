package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.access.Role;
import dev.dibs.api.openapi.OpenApiWorld.Request;
import dev.dibs.testkit.TestIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of good will sends, to the whole service; and what its answers let a browser do. */
@Timeout(180)
class HostileRequestsIT {
    private static final String FRIEND = "https://tickets.example";
    private static OpenApiWorld world;
    private static String buyer;
    private static String operator;

    @BeforeAll
    static void start() {
        world = new OpenApiWorld("--dibs.cors.origins=" + FRIEND);
        buyer = world.token(TestIds.user("buyer"), Set.of());
        operator = world.token(TestIds.user("operator"), Role.ALL);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actId=%",
                "actId=%zz",
                "actId=%4",
                "actId=%C3%28",
                "actId=%00",
                "actId=%0d%0aSet-Cookie:a",
                "actId=a b|c",
                "actId=night&actId=night",
                "actId=%FF",
                "a\"b",
                "actId=%u0041",
                "actId=[",
                "actId=^"
            })
    void aQueryThatCannotBeReadIsABadParameter(String query) throws IOException {
        Answer answer = world.http.send(("GET /ticket/get?" + query
                        + " HTTP/1.1\r\nHost: dibs\r\nAuthorization: Bearer " + buyer + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.json().get("ret").asInt()).isEqualTo(-9);
        assertSafe(answer);
    }

    @Test
    void anOperatorsPathThatCannotBeReadIsAProblem() {
        Answer answer = get("/admin/activities/%zz", operator);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(400);
        assertSafe(answer);
    }

    @Test
    void aRequestLineThatIsTooLongIsRefused() {
        assertBadRequest(414, get("/act/list?x=" + "a".repeat(9_000), null));
    }

    @Test
    void headersThatAreTooLongAreRefused() {
        assertBadRequest(431, with("X-Long", "a".repeat(17_000)));
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        assertBadRequest(400, world.http.send("HELLO\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        String head = "POST /ticket/get HTTP/1.1\r\nHost: dibs\r\nAuthorization: Bearer " + buyer
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n";
        assertBadRequest(
                413, world.http.send((head + "Content-Length: 70000\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        assertBadRequest(
                413,
                world.http.send(
                        (head + "Transfer-Encoding: chunked\r\n\r\n11170\r\n" + "a".repeat(70_000) + "\r\n0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aDocumentThatIsTooLargeIsAProblem() {
        Answer answer =
                world.send(Request.of("POST", "/admin/activities", operator, "application/json", "a".repeat(300_000)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "/", "a", "text/csv; charset=latin1", "application/json; charset=\""})
    void aContentTypeThatIsNoneIsAProblem(String type) {
        Answer answer = world.send(Request.of("POST", "/admin/activities", operator, type, "{}"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    }

    @Test
    void moreParametersThanAnybodyNeedsAreRefused() {
        assertBadRequest(400, get("/act/list?" + parameters(65), null));
        assertThat(get("/act/list?" + parameters(64), null).status()).isEqualTo(200);
    }

    private static String parameters(int count) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < count; i++) {
            query.append('p').append(i).append("=1&");
        }
        return query.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "+5", "1.0", "1e2", "٣", "0x10", "99999999999999999999", "NaN", "%20"})
    void aNumberOutOfItsRangeIsABadParameter(String number) {
        assertBadRequest(400, get("/act/list?pageNum=" + percentEncoded(number), null));
    }

    private static String percentEncoded(String text) {
        return text.startsWith("%") ? text : java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, '/admin/activities', 'GET, POST'", "TRACE, '/docs', 'GET'", "HEAD, '/openapi.json', 'GET'"})
    void behindTheDispatcherAWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        Answer answer = world.send(Request.of(method, path, operator, null, ""));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", allowed);
        assertThat(answer.body().length == 0).isEqualTo(method.equals("HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz",
                "/act/list",
                "/ticket/list",
                "/nowhere",
                "/admin/activities",
                "/docs",
                "/openapi.json",
                "/admin/activities/nowhere",
                "/%zz"
            })
    void everyAnswerTellsABrowserWhatItMayNot(String path) {
        assertSafe(get(path, operator));
        assertSafe(get(path, null));
    }

    private static void assertSafe(Answer answer) {
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsKey("cache-control")
                .doesNotContainKeys("server", "x-powered-by", "set-cookie");
        assertThat(answer.headers().get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'");
    }

    @Test
    void aPageOfAnAllowedOriginMayReadAnswersAndAsksFirst() {
        Answer read = with("Origin", FRIEND);
        Map<String, String> preflight = new LinkedHashMap<>(Map.of(
                "Origin", FRIEND,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "authorization"));
        Answer asked = world.send(new Request("OPTIONS", "/ticket/get", preflight, new byte[0]));

        assertThat(read.headers())
                .containsEntry("access-control-allow-origin", FRIEND)
                .containsEntry("vary", "Origin")
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.headers().get("access-control-allow-methods")).contains("POST");
        assertThat(asked.headers().get("access-control-allow-headers")).contains("Authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "https://tickets.example.evil.example", "http://tickets.example"
            })
    void aPageOfAnotherOriginMayNot(String origin) {
        Answer read = with("Origin", origin);
        Map<String, String> preflight = Map.of("Origin", origin, "Access-Control-Request-Method", "POST");
        Answer asked = world.send(new Request("OPTIONS", "/ticket/get", preflight, new byte[0]));
        Answer askedOperators = world.send(new Request("OPTIONS", "/admin/activities", preflight, new byte[0]));

        assertThat(read.headers()).doesNotContainKey("access-control-allow-origin");
        assertBadRequest(405, asked);
        assertThat(asked.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(askedOperators.status()).isGreaterThanOrEqualTo(400);
        assertThat(askedOperators.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void byDefaultNoOriginIsAllowed() {
        try (OpenApiWorld closed = new OpenApiWorld()) {
            Answer answer = closed.send(new Request("GET", "/act/list", Map.of("Origin", FRIEND), new byte[0]));

            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    private static Answer get(String target, String token) {
        return world.send(Request.of("GET", target, token, null, ""));
    }

    private static Answer with(String header, String value) {
        return world.send(new Request("GET", "/healthz", Map.of(header, value), new byte[0]));
    }

    private static void assertBadRequest(int status, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.json().get("ret").asInt()).isEqualTo(-9);
        assertSafe(answer);
    }
}

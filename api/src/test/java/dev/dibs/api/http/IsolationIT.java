package dev.dibs.api.http;

import static dev.dibs.api.RunningApi.PATIENCE;
import static dev.dibs.api.RunningApi.data;
import static dev.dibs.api.RunningApi.json;
import static dev.dibs.api.RunningApi.ret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.RunningApi;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.http.Routes.Route;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;

/** Every endpoint, asked for somebody else's tickets: by another buyer, by every role, and by nobody at all. */
@Timeout(180)
class IsolationIT {
    /** What asks for no token. */
    private static final Set<String> OPEN =
            Set.of("/act/list", "/act/detail", "/user/login", "/user/register", "/user/refresh", "/healthz", "/readyz");

    private static final AtomicInteger ISSUED = new AtomicInteger();

    private static RunningApi api;
    private static String annaId;
    private static String bobId;
    private static String activity;
    private static String anna;
    private static String bob;
    private static String annasTicket;
    private static String annasCode;
    private static String annasCursor;
    private static String bobsTicket;
    private static String bobsCode;

    @BeforeAll
    static void sell() {
        api = RunningApi.start("--dibs.rate.grabs=0");
        activity = TestIds.activity("private").value();
        annaId = TestIds.user("anna").value();
        bobId = TestIds.user("bob").value();
        anna = token(annaId);
        bob = token(bobId);
        open();
        HttpResponse<String> annas = grab(anna, "annas-request");
        annasTicket = data(annas, "id");
        annasCode = data(annas, "code");
        HttpResponse<String> bobs = grab(bob, "bobs-request");
        bobsTicket = data(bobs, "id");
        bobsCode = data(bobs, "code");
        annasCursor = data(api.get("/ticket/list?pageSize=1", anna), "lastId");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Each is another one: one that has been logged out does not take others with it. */
    private static String token(String user, String... roles) {
        Duration lifetime = Duration.ofMinutes(15).plusSeconds(ISSUED.incrementAndGet());
        return api.bean(Tokens.class).issue(new UserId(user), Set.of(roles), lifetime);
    }

    private static void open() {
        long now = System.currentTimeMillis() / 1_000;
        String operator = token("operator", Role.OPERATOR);
        expect(201, api.post("/admin/activities", operator, "application/yaml", """
                id: %s
                name: Private
                start_time: %d
                end_time: %d
                tickets: [{kind: seat, name: Seat, start_time: %d, end_time: %d}]
                """.formatted(
                        activity, now - 10, now + 3_600, now - 10, now + 7_200)));
        String codes = IntStream.range(0, 20)
                .mapToObj(i -> "SECRET-" + activity + "-" + i + ",seat")
                .collect(Collectors.joining("\n", "code,ticket\n", "\n"));
        expect(200, api.post("/admin/activities/" + activity + "/codes", operator, "text/csv", codes));
        expect(200, api.post("/admin/activities/" + activity + "/publish", operator, "application/json", ""));
    }

    private static void expect(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private static HttpResponse<String> grab(String token, String requestId) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api.get("/ticket/get?actId=" + activity + "&requestId=" + requestId, token),
                        answer -> ret(answer) == 0);
    }

    @Test
    void ownersSeeTheirOwn() {
        assertThat(api.get("/ticket/detail?ticketId=" + annasTicket, anna).body())
                .contains(annasCode)
                .doesNotContain(bobsCode);
        assertThat(api.get("/ticket/list", anna).body()).contains(annasCode).doesNotContain(bobsCode);
        assertThat(api.get("/ticket/result?actId=" + activity, anna).body())
                .contains(annasCode)
                .doesNotContain(bobsCode);
    }

    /** Whatever of Anna's somebody else puts into whatever parameter of whatever call. */
    @Test
    void nobodyElseSeesThemWhateverTheyAskFor() {
        List<String> strangers = new ArrayList<>(List.of(token(bobId), token("stranger"), token("vip", "vip")));
        Role.ALL.forEach(role -> strangers.add(token("staff-" + role, role)));
        strangers.add(null);
        strangers.add("nonsense");
        for (Route call : calls()) {
            for (String stranger : strangers) {
                HttpResponse<String> answer = ask(call, stranger);

                assertThat(answer.body()).as("%s", call).doesNotContain(annasCode, annasTicket);
                if (!OPEN.contains(call.path()) && (stranger == null || stranger.equals("nonsense"))) {
                    assertThat(answer.statusCode()).as("%s", call).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void aTicketOfSomebodyElseIsAsUnknownAsOneThatIsNotThere() {
        HttpResponse<String> annas = api.get("/ticket/detail?ticketId=" + annasTicket, bob);
        HttpResponse<String> nobodys = api.get("/ticket/detail?ticketId=018f0000-0000-7000-8000-000000000000", bob);

        assertThat(annas.statusCode()).isEqualTo(404);
        assertThat(annas.body()).isEqualTo(nobodys.body());
        assertThat(annas.headers().map().keySet())
                .isEqualTo(nobodys.headers().map().keySet());
    }

    @Test
    void somebodyElsesRequestIdLeadsToOnesOwnTicket() {
        HttpResponse<String> answer = api.get("/ticket/get?actId=" + activity + "&requestId=annas-request", bob);

        assertThat(ret(answer)).isEqualTo(-5);
        assertThat(data(answer, "id")).isEqualTo(bobsTicket);
    }

    @Test
    void somebodyElsesCursorLeadsIntoOnesOwnList() {
        for (String cursor : List.of(
                annasCursor,
                cursor(Long.MAX_VALUE + ":" + annasTicket),
                cursor(System.currentTimeMillis() + 60_000 + ":" + annasTicket))) {
            HttpResponse<String> answer = api.get("/ticket/list?lastId=" + cursor, bob);

            assertThat(answer.statusCode()).isEqualTo(200);
            for (var ticket : json(answer).get("data").get("list")) {
                assertThat(ticket.get("id").stringValue()).isEqualTo(bobsTicket);
            }
        }
        assertThat(api.get("/ticket/list?lastId=" + cursor("0:" + annasTicket + "' || '1'=='1"), bob)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void staffDoNotBuyUnlessTheyAreBuyersToo() {
        String path = "/ticket/get?actId=" + activity;
        for (String role : Role.ALL) {
            assertThat(ret(api.get(path, token("staff-" + role, role)))).isEqualTo(-6);
        }
        assertThat(ret(api.get(path, token("off-duty", Role.GATE, Role.BUYER)))).isIn(0, 1);
        assertThat(ret(api.get(path, token("vip-buyer", "vip")))).isIn(0, 1);
    }

    @Test
    void operatorsCallsAreForOperatorsAndAnalystsReadOnly() {
        List<Route> routes = adminRoutes();
        assertThat(routes).hasSizeGreaterThan(10);
        for (Route route : routes) {
            assertThat(status(route, null)).as("%s", route).isEqualTo(401);
            for (String token : List.of(bob, token("vip", "vip"), token("buyer", Role.BUYER))) {
                assertThat(status(route, token)).as("%s", route).isEqualTo(403);
            }
            if (route.method() != HttpMethod.GET) {
                assertThat(status(route, token("analyst", Role.ANALYST)))
                        .as("%s", route)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void nothingPersonalIsKeptByAnybodyOnTheWay() {
        String[] tokens = {token(annaId), token(bobId), "nonsense", null};
        for (Route call : calls()) {
            for (String token : tokens) {
                HttpResponse<String> answer = ask(call, token);
                boolean isPublic =
                        call.path().equals("/act/list") || call.path().equals("/act/detail") && token == null;
                if (!isPublic || answer.statusCode() != 200) {
                    assertThat(cacheControl(answer))
                            .as("%s %s", call, answer.statusCode())
                            .isEqualTo("no-store");
                }
            }
        }
    }

    @Test
    void nothingUnderAdminIsKeptByAnybodyOnTheWay() {
        for (Route route : adminRoutes()) {
            for (String token : new String[] {null, bob, token("operator", Role.OPERATOR)}) {
                if (route.method() == HttpMethod.GET || token == null || token.equals(bob)) {
                    assertThat(cacheControl(send(route, token))).as("%s", route).isEqualTo("no-store");
                }
            }
        }
        assertThat(cacheControl(api.get("/admin/nowhere", token("operator", Role.OPERATOR))))
                .isEqualTo("no-store");
    }

    private static String cacheControl(HttpResponse<?> answer) {
        return String.join(", ", answer.headers().allValues("Cache-Control"));
    }

    private static List<Route> calls() {
        return api.bean(BuyerEndpoints.class).routes().stream()
                .map(call -> call.split(" "))
                .map(call -> new Route(HttpMethod.valueOf(call[0]), call[1]))
                // Whoever asks for it can ask for nothing else afterwards.
                .sorted(Comparator.comparing(call -> call.path().equals("/user/logout")))
                .toList();
    }

    private static List<Route> adminRoutes() {
        ResolvableType type = ResolvableType.forClass(RouterFunction.class);
        List<RouterFunction<?>> functions =
                api.context().<RouterFunction<?>>getBeanProvider(type).stream().toList();
        return new Routes(functions)
                .all().stream()
                        .filter(route -> route.path().startsWith("/admin"))
                        .toList();
    }

    /** With all parameters that any call has, all of them Anna's. */
    private static HttpResponse<String> ask(Route call, String token) {
        String parameters = "actId=" + activity + "&requestId=annas-request&ticketId=" + annasTicket + "&lastId="
                + annasCursor + "&account=anna&password=not-hers&refresh_token=x";
        return call.method() == HttpMethod.GET
                ? api.get(call.path() + "?" + parameters, token)
                : api.post(call.path(), token, "application/x-www-form-urlencoded", parameters);
    }

    private static int status(Route route, String token) {
        return send(route, token).statusCode();
    }

    /** A stream that never ends has its headers all the same. */
    private static HttpResponse<?> send(Route route, String token) {
        String path = route.path().replaceFirst("\\{id}", activity).replaceAll("\\{[^}]*}", annasTicket);
        HttpRequest request = api.request(path, token)
                .method(route.method().name(), BodyPublishers.noBody())
                .build();
        HttpResponse<java.io.InputStream> response = api.send(request, BodyHandlers.ofInputStream());
        try {
            response.body().close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return response;
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }
}

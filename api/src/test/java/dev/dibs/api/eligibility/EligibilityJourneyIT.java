package dev.dibs.api.eligibility;

import static dev.dibs.api.SellingApi.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.SellingApi;
import dev.dibs.api.SellingApi.Reply;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.testkit.TestTopics;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who may take part, over HTTP, through two instances on servers of their own, of which MongoDB goes away. */
@Timeout(300)
class EligibilityJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ACCOUNTS = 10_000;
    private static final int NOT_ELIGIBLE = -6;
    private static final int UNDECIDED = -3;

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedRedis redis;
    private EmbeddedMongo mongo;
    private SellingApi one;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        redis = EmbeddedRedis.start(folder.resolve("redis"));
        mongo = EmbeddedMongo.start(folder.resolve("mongo"));
        TestTopics.create(kafka.bootstrapServers());
        one = another();
    }

    @AfterEach
    void stop() {
        if (one != null) {
            one.close();
        }
        mongo.close();
        redis.close();
        kafka.close();
    }

    private SellingApi another(Class<?>... parts) {
        return SellingApi.start(kafka.bootstrapServers(), redis.uri(), mongo.uri(), parts);
    }

    private static String csv(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "user-" + i)
                .collect(Collectors.joining("\n", "account\n", "\n"));
    }

    private Reply list(String method, String id, String type, String body) {
        return one.operate(method, path(id, "/eligibility"), type, body);
    }

    private static Reply grab(SellingApi api, String id, String user) {
        return api.grab(id, api.token(user, "buyer"), "&requestId=r1");
    }

    /** One attempt. */
    private static int ret(SellingApi api, String id, String user) {
        return api.get("/ticket/get?actId=" + id + "&requestId=r1", api.token(user, "buyer"))
                .ret();
    }

    /** A change reaches the other instance in a moment; a refusal costs nothing and can be repeated. */
    private static void awaitRefusal(SellingApi api, String id, String user) {
        await().atMost(PATIENCE).until(() -> ret(api, id, user) == NOT_ELIGIBLE);
    }

    @Test
    void onlyWhoIsOnTheListTakesPartAndTheListChangesDuringTheSale() {
        try (SellingApi two = another()) {
            one.onSale("club", 100, 1, "");
            assertThat(one.operate("GET", path("club", "/eligibility"), null, "")
                            .body())
                    .hasToString(
                            "{\"activityId\":\"club\",\"version\":2,\"everyone\":true,\"list\":null,\"accounts\":null}");

            // A list comes into force, and into both instances
            Reply replaced = list("PUT", "club", "text/csv", csv(0, ACCOUNTS) + "user-0\n");
            assertThat(replaced.status()).as("%s", replaced).isEqualTo(200);
            assertThat(replaced.body().path("accounts").asInt()).isEqualTo(ACCOUNTS);
            assertThat(replaced.body().path("repeated").asInt()).isOne();
            awaitRefusal(two, "club", "mallory");
            assertThat(grab(one, "club", "mallory").ret()).isEqualTo(NOT_ELIGIBLE);
            assertThat(grab(two, "club", "user-1").ret()).isZero();
            assertThat(grab(one, "club", "user-" + (ACCOUNTS - 1)).ret()).isZero();

            // The same file again changes nothing, a file with a bad row neither
            JsonNode again = list("PUT", "club", "text/csv", csv(0, ACCOUNTS)).body();
            assertThat(again.path("changed").asBoolean()).isFalse();
            assertThat(again.path("list")).isEqualTo(replaced.body().path("list"));
            Reply bad = list("PUT", "club", "text/csv", "account\nfine\nnot fine\n");
            assertThat(bad.status()).isEqualTo(422);
            assertThat(bad.body().path("rows").path(0).path("row").asInt()).isEqualTo(3);
            assertThat(ret(one, "club", "fine")).isEqualTo(NOT_ELIGIBLE);

            // A few come and go; whoever has won keeps the ticket
            Reply changed = list("PATCH", "club", "application/json", """
                    {"add": ["newcomer"], "remove": ["user-1", "user-2", "nobody"]}""");
            assertThat(changed.body().path("accounts").asInt()).isEqualTo(ACCOUNTS - 1);
            awaitRefusal(two, "club", "user-2");
            assertThat(grab(two, "club", "newcomer").ret()).isZero();
            assertThat(grab(two, "club", "user-1").ret()).as("granted before").isZero();
            assertThat(two.grab("club", two.token("user-1"), "&requestId=r2").ret())
                    .as("another request of a user who was taken off")
                    .isEqualTo(NOT_ELIGIBLE);
            assertThat(list("POST", "club", "text/csv", csv(0, 3))
                            .body()
                            .path("accounts")
                            .asInt())
                    .isEqualTo(ACCOUNTS + 1);
            assertThat(asked("user-2")).isTrue();
            assertThat(asked("mallory")).isFalse();

            // Other changes of the activity leave the list alone
            String inForce = one.operate("GET", path("club", ""), null, "")
                    .body()
                    .path("eligibility_list")
                    .asString("");
            assertThat(one.operate("PATCH", path("club", ""), "application/json", "{\"end_time\": 4102444800}")
                            .status())
                    .isEqualTo(200);
            one.operate("POST", path("club", "/pause"), null, "");
            one.operate("POST", path("club", "/resume"), null, "");
            assertThat(one.operate("GET", path("club", ""), null, "")
                            .body()
                            .path("eligibility_list")
                            .asString(""))
                    .isNotEmpty()
                    .isEqualTo(inForce);

            // A recovery changes nothing about it
            Reply recovered = one.operate("POST", path("club", "/recover"), null, "");
            assertThat(recovered.status()).as("%s", recovered).isEqualTo(200);
            assertThat(grab(one, "club", "mallory").ret()).isEqualTo(NOT_ELIGIBLE);
            assertThat(grab(two, "club", "mallory").ret()).isEqualTo(NOT_ELIGIBLE);
            assertThat(grab(two, "club", "user-7").ret()).isZero();

            // Without a list everyone may
            assertThat(list("DELETE", "club", null, "").body().path("everyone").asBoolean())
                    .isTrue();
            assertThat(list("DELETE", "club", null, "").body().path("changed").asBoolean())
                    .isFalse();
            await().atMost(PATIENCE).until(() -> ret(two, "club", "mallory") == 0);
        }
    }

    private boolean asked(String account) {
        return one.operate("GET", path("club", "/eligibility?account=" + account), null, "")
                .body()
                .path("eligible")
                .asBoolean();
    }

    @Test
    void withoutMongoDbTheSaleGoesOnAndAFreshInstanceLetsNobodyInUntilItHasTheList() {
        one.onSale("club", 100, 1, "");
        assertThat(list("PUT", "club", "text/csv", csv(0, ACCOUNTS)).status()).isEqualTo(200);
        int port = mongo.port();
        mongo.close();

        assertThat(grab(one, "club", "user-1").ret()).isZero();
        assertThat(grab(one, "club", "mallory").ret()).isEqualTo(NOT_ELIGIBLE);
        assertThat(list("PUT", "club", "text/csv", csv(0, 5)).status()).isEqualTo(503);
        assertThat(grab(one, "club", "user-9").ret())
                .as("the list is as it was")
                .isZero();
        try (SellingApi fresh = another()) {
            assertThat(ret(fresh, "club", "user-2")).isEqualTo(UNDECIDED);
            assertThat(ret(fresh, "club", "mallory")).isEqualTo(UNDECIDED);
            assertThat(grab(one, "club", "user-3").ret()).isZero();

            mongo = EmbeddedMongo.start(folder.resolve("mongo"), port);

            awaitRefusal(fresh, "club", "mallory");
            assertThat(grab(fresh, "club", "user-2").ret()).isZero();
        }
    }

    @Test
    void anInstanceThatTrustedEverybodyWithoutTheListWouldLetThemIn() {
        one.onSale("club", 100, 1, "");
        assertThat(list("PUT", "club", "text/csv", csv(0, 10)).status()).isEqualTo(200);
        mongo.close();

        try (SellingApi trusting = another(TrustingEligibility.class)) {
            assertThat(grab(trusting, "club", "mallory").ret()).isZero();
        }
    }

    @Test
    void roleClaimAndLimitAreAskedForOverHttp() {
        one.onSale("staff", 100, 3, "required_role: member\nrequired_claim: {name: department, value: sales}\n");

        assertThat(one.grab("staff", one.token("anna", "member"), "").ret()).isEqualTo(NOT_ELIGIBLE);
        assertThat(one.grab("staff", withDepartment("anna", "marketing"), "").ret())
                .isEqualTo(NOT_ELIGIBLE);
        String seller = withDepartment("anna", "sales");
        for (int i = 1; i <= 3; i++) {
            assertThat(one.grab("staff", seller, "&requestId=r" + i).ret()).isZero();
        }
        assertThat(one.grab("staff", seller, "&requestId=r4").ret()).isEqualTo(-5);
        assertThat(one.grab("staff", withDepartment("berta", "sales"), "").ret())
                .isZero();
    }

    private static String withDepartment(String user, String department) {
        return Jwts.builder()
                .subject(user)
                .claim("roles", List.of("member"))
                .claim("department", department)
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(Keys.hmacShaKeyFor(SellingApi.SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                .compact();
    }

    @Test
    void onlyOperatorsChangeListsAndWhatIsWrongIsSaid() {
        one.draft("club", 1, 1, 1_000, "");
        String path = path("club", "/eligibility");

        for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
            assertThat(one.send(method, path, "", "text/csv", "").status()).isEqualTo(401);
            assertThat(one.send(method, path, one.token("anna", "buyer"), "text/csv", "")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(one.operate("PUT", path("nothing", "/eligibility"), "text/csv", csv(0, 1))
                        .status())
                .isEqualTo(404);
        assertThat(list("PUT", "club", "application/json", "{}").status()).isEqualTo(415);
        assertThat(list("PUT", "club", "text/csv", "").status()).isEqualTo(422);
        assertThat(list("PATCH", "club", "application/json", "{\"add\": [\"a b\"], \"dele\": 1}")
                        .body()
                        .path("errors")
                        .size())
                .isEqualTo(2);
        assertThat(list("PATCH", "club", "application/json", "{}").status()).isEqualTo(400);
        assertThat(one.operate("GET", path("club", "/eligibility?account=a%20b"), null, "")
                        .status())
                .isEqualTo(400);
    }
}

package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.http.BuyerEndpoints;
import dev.dibs.api.http.Routes;
import dev.dibs.api.openapi.ApiDocument.Operation;
import dev.dibs.api.openapi.OpenApiWorld.Request;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.reactive.function.server.RouterFunction;

/** What a running service says about itself is so. */
@Timeout(180)
class OpenApiIT {
    private static OpenApiWorld world;

    @BeforeAll
    static void start() {
        world = new OpenApiWorld("--dibs.admin.password=operators only");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theServiceAnswersTheCommittedDocument() {
        Answer answer = world.send(Request.of("GET", "/openapi.json", null, null, ""));

        assertThat(answer.text()).isEqualTo(OpenApiFiles.read(OpenApiFiles.DOCUMENT));
    }

    @Test
    void everyRouteIsDocumentedAndNothingElseIs() {
        Set<String> routes =
                new TreeSet<>(world.api.getBean(BuyerEndpoints.class).routes());
        List<RouterFunction<?>> functions = world
                .api
                .<RouterFunction<?>>getBeanProvider(
                        org.springframework.core.ResolvableType.forClass(RouterFunction.class))
                .stream()
                .toList();
        new Routes(functions).all().forEach(route -> routes.add(route.toString()));

        Set<String> documented = new TreeSet<>();
        world.document.operations().forEach(operation -> documented.add(unnamed(operation.toString())));

        Set<String> known = new TreeSet<>();
        routes.forEach(route -> known.add(unnamed(route)));
        assertThat(documented).isEqualTo(known);
    }

    /** What a variable is called is between the route and its handler. */
    private static String unnamed(String route) {
        return route.replaceAll("\\{[^}]+}", "{}");
    }

    /** Each as its example says, on a sale of its own: it must do what it is there for, and answer as described. */
    @TestFactory
    Stream<DynamicTest> everyOperationAnswersAsDocumented() {
        return world.document.operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> answersAsDocumented(operation)));
    }

    private void answersAsDocumented(Operation operation) {
        Example example = new Example(world, operation);
        Request request = example.request();

        Answer answer = world.send(request);

        assertThat(answer).as(request.toString()).isNotNull();
        Integer elsewhere = Example.ELSEWHERE.get(operation.id());
        assertThat(answer.status())
                .as(request + "\n" + answer)
                .isBetween(elsewhere == null ? 200 : elsewhere, elsewhere == null ? 299 : elsewhere);
        assertThat(world.document.differences(operation, answer))
                .as(request + "\n" + answer)
                .isEmpty();
    }

    /** Without a token, and with one that has no role. */
    @TestFactory
    Stream<DynamicTest> whoMayNotIsToldSoAsDocumented() {
        UserId nobody = TestIds.user("nobody");
        return world.document.operations().stream()
                .filter(Operation::isForOperators)
                .flatMap(operation -> Map.of(401, "not.a.token", 403, world.token(nobody, Set.of())).entrySet().stream()
                        .map(refusal -> DynamicTest.dynamicTest(operation + " " + refusal.getKey(), () -> {
                            String target = operation.path().replaceAll("\\{[^}]+}", "x");
                            Answer answer =
                                    world.send(Request.of(operation.method(), target, refusal.getValue(), null, ""));

                            assertThat(answer.status()).isEqualTo(refusal.getKey());
                            assertThat(world.document.differences(operation, answer))
                                    .isEmpty();
                        })));
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsSeen() {
        Operation ready = world.document.operations().stream()
                .filter(operation -> operation.id().equals("ready"))
                .findFirst()
                .orElseThrow();
        Answer right = world.send(Request.of("GET", "/readyz", null, null, ""));
        Answer wrong = new Answer(
                right.status(),
                right.headers(),
                right.text().replace("catalogue", "cat").getBytes());

        assertThat(world.document.differences(ready, right)).isEmpty();
        assertThat(world.document.differences(ready, wrong)).anyMatch(difference -> difference.contains("catalogue"));
        assertThat(world.document.differences(ready, new Answer(418, right.headers(), right.body())))
                .containsExactly("status 418 is not documented");
    }
}

package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

/** At which version of an activity a list is changed, over HTTP, without a server behind it. */
class EligibilityHttpTest {
    private static final ActivityId ID = new ActivityId("club");
    private static final String PATH = "/admin/activities/club/eligibility";
    private static final List<String> CHANGES = List.of("PUT", "POST", "PATCH", "DELETE");

    private final TestClock clock = new TestClock();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private Mono<Activity> justBeforeNext = Mono.empty();

    @BeforeEach
    void publish() {
        catalogue
                .save(TestActivities.of(ID, ActivityState.PUBLISHED, clock.seconds(), clock.seconds() + 60, 1))
                .block();
    }

    private Mono<Activity> otherFirst() {
        return Mono.defer(() -> {
            Mono<Activity> other = justBeforeNext;
            justBeforeNext = Mono.empty();
            return other;
        });
    }

    private WebTestClient operator() {
        MemoryListStore store = new MemoryListStore();
        CatalogueWriter writer = new CatalogueWriter() {
            @Override
            public Mono<Activity> save(Activity activity) {
                return otherFirst().then(catalogue.save(activity));
            }

            @Override
            public Mono<Activity> confirm(Activity activity) {
                return otherFirst().then(catalogue.confirm(activity));
            }
        };
        EligibilityOperations operations = new EligibilityOperations(
                catalogue, writer, store, new EligibilityLists(catalogue, store, clock, 100, 0), clock);
        return WebTestClient.bindToRouterFunction(EligibilityRoutesConfiguration.routes(
                        RequireRole.of(tokens, Role.OPERATOR), new EligibilityHandler(operations, catalogue)))
                .configureClient()
                .defaultHeaders(
                        headers -> headers.setBearerAuth(tokens.issue(new UserId("somebody"), Set.of(Role.OPERATOR))))
                .build();
    }

    /** @param ifMatch null for none */
    private static ResponseSpec change(WebTestClient operator, String method, String ifMatch) {
        WebTestClient.RequestBodySpec request = operator.method(HttpMethod.valueOf(method))
                .uri(PATH)
                .headers(headers -> {
                    if (ifMatch != null) {
                        headers.set("If-Match", ifMatch);
                    }
                });
        return switch (method) {
            case "DELETE" -> request.exchange();
            case "PATCH" ->
                request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{\"add\":[\"berta\"]}")
                        .exchange();
            default ->
                request.contentType(MediaType.parseMediaType("text/csv"))
                        .bodyValue("account\n" + (method.equals("PUT") ? "anna" : "carla") + "\n")
                        .exchange();
        };
    }

    private static void refused(ResponseSpec response, int version) {
        response.expectStatus()
                .isEqualTo(412)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:dibs:problem:changed-meanwhile")
                .jsonPath("$.version")
                .isEqualTo(version);
    }

    private Mono<Activity> anotherOperatorPauses() {
        return catalogue.save(catalogue.find(ID).withState(ActivityState.PAUSED));
    }

    @Test
    void aListIsChangedOnlyAtTheVersionThatItIsMeantFor() {
        WebTestClient operator = operator();
        int version = 1;
        for (String method : CHANGES) {
            refused(change(operator, method, "\"7\""), version);
            refused(change(operator, method, "W/\"" + version + "\""), version);
            change(operator, method, "" + version).expectStatus().isBadRequest();

            change(operator, method, "\"" + version + "\"")
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("ETag", "\"" + ++version + "\"");
        }
        operator.get().uri(PATH).exchange().expectHeader().valueEquals("ETag", "\"" + version + "\"");
    }

    @Test
    void aVersionThatIsTakenMeanwhileFailsThePrecondition() {
        WebTestClient operator = operator();
        change(operator, "PUT", null).expectStatus().isOk();
        String list = catalogue.find(ID).entry().eligibilityList();
        int version = 2;
        for (String method : List.of("POST", "PATCH", "DELETE")) {
            justBeforeNext = anotherOperatorPauses();

            refused(change(operator, method, "\"" + version + "\""), ++version);

            assertThat(catalogue.find(ID).entry().eligibilityList()).isEqualTo(list);
        }
    }

    @Test
    void withoutThePreconditionItIsMadeOfWhatOthersHaveLeft() {
        WebTestClient operator = operator();
        for (String method : CHANGES) {
            long version = catalogue.find(ID).version();
            justBeforeNext = anotherOperatorPauses();

            change(operator, method, null)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("ETag", "\"" + (version + 2) + "\"");

            assertThat(catalogue.find(ID).state()).as(method).isEqualTo(ActivityState.PAUSED);
        }
    }

    @Test
    void aListThatWasMadeElsewhereMeanwhileIsClearedAllTheSame() {
        WebTestClient operator = operator();
        Activity open = catalogue.find(ID);
        String list = ListName.of(open.version() + 1, AccountSet.empty().hash());
        justBeforeNext =
                Mono.defer(() -> catalogue.save(open.withEntry(open.entry().withList(list))));

        change(operator, "DELETE", null).expectStatus().isOk();

        assertThat(catalogue.find(ID).entry().hasList()).isFalse();
        assertThat(catalogue.find(ID).version())
                .as("there was something to clear")
                .isEqualTo(open.version() + 2);
    }
}

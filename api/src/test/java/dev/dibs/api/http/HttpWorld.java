package dev.dibs.api.http;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.AdminGuard;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.Accounts;
import dev.dibs.api.catalogue.ActivityListing;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.tickets.FakeTickets;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.UserId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.config.DelegatingWebFluxConfiguration;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The buyers' endpoints over HTTP, with a grab that answers what it is told to, a ledger and a catalogue in memory. */
final class HttpWorld implements AutoCloseable {
    static final ActivityId NIGHT = new ActivityId("night");
    static final UserId ALICE = new UserId("alice");

    /** What a grab was asked. */
    record Asked(Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass) {}

    final TestClock clock = new TestClock();
    final RedisClock redisClock = new RedisClock(clock);
    final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", clock);
    final GrabTickets grabTickets = new GrabTickets("a secret of more than thirty-two bytes");
    final MemoryCatalogue catalogue = new MemoryCatalogue();
    final MemoryLedgerView ledger = new MemoryLedgerView();
    final FakeTickets tickets = new FakeTickets(TestActivities.KIND);
    final WebTestClient client;
    private final BuyerEndpoints endpoints;
    private final List<DisposableServer> servers = new ArrayList<>();
    Mono<GrabOutcome> outcome = Mono.just(GrabOutcome.Plain.SOLD_OUT);
    Asked asked;
    boolean catalogueCaughtUp = true;

    HttpWorld() {
        this(List.of());
    }

    HttpWorld(List<String> trustedProxies) {
        Grabs grabs = new Grabs() {
            @Override
            public Mono<GrabOutcome> grab(
                    Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass) {
                asked = new Asked(principal, activityId, requestId, address, pass);
                return outcome;
            }

            @Override
            public Mono<GrabOutcome> result(Principal principal, ActivityId activityId) {
                asked = new Asked(principal, activityId, null, null, null);
                return outcome;
            }
        };
        Accounts noAccounts = null;
        endpoints = new BuyerEndpoints(
                new GrabHandler(grabs, tokens, new ClientAddress(trustedProxies), redisClock),
                new ActivityHandler(
                        catalogue, new ActivityListing(catalogue), ledger, tokens, grabs, grabTickets, redisClock),
                new TicketHandler(tickets.queries(ledger), catalogue, tokens, redisClock),
                new AccountHandler(noAccounts, null, tokens, new ClientAddress(List.of())),
                new HealthHandler(ledger, () -> catalogueCaughtUp));
        client = clientOf(endpoints.apply(RouterFunctions.toHttpHandler(nothing(), strategies())));
    }

    private WebTestClient clientOf(HttpHandler handler) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        servers.add(server);
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + server.port())
                .build();
    }

    @Override
    public void close() {
        servers.forEach(DisposableServer::disposeNow);
    }

    private static RouterFunction<ServerResponse> nothing() {
        return request -> Mono.empty();
    }

    private HandlerStrategies strategies() {
        return HandlerStrategies.builder()
                .webFilter(new AdminGuard(tokens))
                .exceptionHandler(new Errors(() -> new Routes(List.of())))
                .build();
    }

    /** Through all of Spring's dispatching, as the service has it, with one route that fails. */
    WebTestClient dispatchedClient() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(DelegatingWebFluxConfiguration.class);
        context.registerBean(
                "routes",
                RouterFunction.class,
                () -> RouterFunctions.route()
                        .GET("/admin/broken", request -> Mono.error(new IllegalStateException("jdbc://secret")))
                        .build());
        context.registerBean(AdminGuard.class, () -> new AdminGuard(tokens));
        context.registerBean(
                Errors.class,
                () -> new Errors(() -> new Routes(
                        context
                                .<RouterFunction<?>>getBeanProvider(ResolvableType.forClass(RouterFunction.class))
                                .stream()
                                .toList())));
        context.registerBean(SecurityHeaders.class, SecurityHeaders::new);
        context.registerBean(HttpHandlerDecoratorFactory.class, () -> endpoints);
        context.refresh();
        return clientOf(WebHttpHandlerBuilder.applicationContext(context).build());
    }

    /** An activity that is on sale since a minute and for another, with ten codes. */
    Activity openNight() {
        long now = clock.seconds();
        Activity night = TestActivities.of(NIGHT, ActivityState.PUBLISHED, now - 60, now + 60, 1);
        catalogue.save(night).block();
        ledger.open(NIGHT, 10, 1);
        return night;
    }

    WebTestClient.ResponseSpec get(String uri) {
        return client.get().uri(whole(uri)).exchange();
    }

    WebTestClient.ResponseSpec getAs(UserId user, String uri) {
        return client.get().uri(whole(uri)).headers(as(user)).exchange();
    }

    /** With its escapes as they are written. */
    private Function<UriBuilder, URI> whole(String uri) {
        return base -> URI.create(base.build() + uri);
    }

    Consumer<HttpHeaders> as(UserId user, String... roles) {
        return headers -> headers.setBearerAuth(tokens.issue(user, Set.of(roles)));
    }
}

package dev.dibs.api.trail;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.tail.LogConsumers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.view.ViewResolver;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The audit trail: who writes it, and who reads it. */
@Configuration(proxyBeanMethods = false)
class TrailConfiguration {
    /** Spring Boot has another one, of the page that welcomes. */
    private static final String ROUTES = "routerFunctionMapping";

    /** Longer than a broker takes that is not in trouble. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(3);

    private static final int REFUSALS = 20;
    private static final Duration REFUSALS_PER = Duration.ofSeconds(10);
    private static final int LOOK_AT_MOST = 20_000;
    private static final int READERS = 2;
    private static final int READERS_WAITING = 50;
    private static final int POLL_RECORDS = 500;

    @Bean
    Trail trail(ApiProperties properties, TrailWriter writer) {
        Clock clock = Clock.systemUTC();
        return new Trail(
                writer::append,
                properties.instance(),
                clock,
                WRITTEN_WITHIN,
                new RefusalBudget(REFUSALS, REFUSALS_PER, clock));
    }

    @Bean
    TrailFilter trailFilter(
            Trail trail,
            Tokens tokens,
            Catalogue catalogue,
            @Qualifier(ROUTES) ObjectProvider<RouterFunctionMapping> routes,
            ServerCodecConfigurer codecs) {
        CallNames names = new CallNames(
                () -> routes.getObject().getRouterFunction(),
                exchange -> ServerRequest.create(exchange, codecs.getReaders()),
                activityId -> catalogue.find(activityId) != null);
        return new TrailFilter(trail, tokens, names, context(codecs));
    }

    private static ServerResponse.Context context(ServerCodecConfigurer codecs) {
        return new ServerResponse.Context() {
            @Override
            public List<HttpMessageWriter<?>> messageWriters() {
                return codecs.getWriters();
            }

            @Override
            public List<ViewResolver> viewResolvers() {
                return List.of();
            }
        };
    }

    @Bean(destroyMethod = "dispose")
    Scheduler trailReaders() {
        return Schedulers.newBoundedElastic(READERS, READERS_WAITING, "trail-reader", 60, true);
    }

    @Bean
    RouterFunction<ServerResponse> trailRoutes(Tokens tokens, ApiProperties properties, Scheduler trailReaders) {
        Map<String, Object> kafka = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                properties.kafka(),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS);
        TrailReader reader = new TrailReader(() -> LogConsumers.create(kafka), trailReaders, LOOK_AT_MOST);
        return routes(RequireRole.of(tokens, Role.ANALYST, Role.OPERATOR), new TrailHandler(reader));
    }

    static RouterFunction<ServerResponse> routes(RequireRole readers, TrailHandler trail) {
        return route().GET("/admin/audit", trail::list)
                .GET("/admin/audit.csv", trail::csv)
                .filter(new ProblemFilter())
                .filter(readers)
                .build();
    }
}

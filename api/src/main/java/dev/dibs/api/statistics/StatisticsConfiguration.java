package dev.dibs.api.statistics;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.api.verdict.LedgerView;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Watching a sale. */
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {
    /** Each costs some kilobytes and an event a second: enough for every desk of an operator's house. */
    private static final int MOST_STREAMS = 100;

    @Bean
    StatisticsTable statisticsTable(Catalogue catalogue, RedisClock clock) {
        return new StatisticsTable(id -> {
            Activity activity = catalogue.find(id);
            return activity != null && !Lifespan.isForgotten(activity, clock.millis());
        });
    }

    @Bean
    LiveViews liveViews(Catalogue catalogue, LedgerView ledger, StatisticsTable table, RedisClock clock) {
        return new LiveViews(catalogue, ledger, table, new GrantRates(), clock);
    }

    @Bean
    StatisticsLifecycle statisticsLifecycle(
            ApiProperties properties,
            KafkaCatalogue catalogue,
            StatisticsTable table,
            LiveViews views,
            RedisClock clock) {
        Map<String, Object> kafka = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                properties.kafka(),
                CommonClientConfigs.CLIENT_ID_CONFIG,
                properties.instance() + "-statistics");
        return new StatisticsLifecycle(catalogue, new StatisticsFollower(kafka, table, clock), views);
    }

    @Bean(destroyMethod = "dispose")
    Scheduler liveStreamsScheduler() {
        return Schedulers.newSingle("live-streams", true);
    }

    @Bean(destroyMethod = "")
    LiveStreams liveStreams(LiveViews views, Scheduler liveStreamsScheduler) {
        return new LiveStreams(views, MOST_STREAMS, liveStreamsScheduler);
    }

    @Bean
    StreamsLifecycle streamsLifecycle(LiveStreams streams) {
        return new StreamsLifecycle(streams);
    }

    @Bean
    RouterFunction<ServerResponse> statsRoutes(Tokens tokens, LiveViews views, LiveStreams streams) {
        return routes(RequireRole.of(tokens, Role.ANALYST, Role.OPERATOR), new StatsHandler(views, streams, tokens));
    }

    static RouterFunction<ServerResponse> routes(RequireRole watchers, StatsHandler stats) {
        return route().GET("/admin/activities/{id}/stats", stats::get)
                .GET("/admin/activities/{id}/stats/stream", stats::stream)
                .filter(new ProblemFilter())
                .filter(watchers)
                .build();
    }
}

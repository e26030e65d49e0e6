package dev.dibs.api.metrics;

import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.PendingVerdicts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The metrics; where they are served, if anywhere, stands in {@code server.properties}. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    DibsMetrics dibsMetrics(
            FunnelCounter funnel, LedgerFollower ledger, PendingVerdicts pending, LogPublisher publisher) {
        return new DibsMetrics(funnel, ledger, pending, publisher);
    }
}

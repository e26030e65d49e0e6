package dev.dibs.api.metrics;

import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.PendingVerdicts;
import dev.dibs.ledger.Verdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** Reads what is counted anyway, when it is asked for: a grab does nothing for it. */
final class DibsMetrics implements MeterBinder {
    private final FunnelCounter funnel;
    private final LedgerFollower ledger;
    private final PendingVerdicts pending;
    private final LogPublisher publisher;

    DibsMetrics(FunnelCounter funnel, LedgerFollower ledger, PendingVerdicts pending, LogPublisher publisher) {
        this.funnel = funnel;
        this.ledger = ledger;
        this.pending = pending;
        this.publisher = publisher;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        funnel.answers()
                .forEach(answer -> FunctionCounter.builder(MetricNames.GRABS, funnel, counter -> counter.total(answer))
                        .tag(MetricNames.ANSWER, answer)
                        .register(registry));
        for (Verdict verdict : Verdict.values()) {
            FunctionCounter.builder(MetricNames.VERDICTS, ledger.verdicts(), counts -> counts.total(verdict))
                    .tag(MetricNames.VERDICT, verdict.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder(MetricNames.PENDING, pending, PendingVerdicts::size).register(registry);
        Gauge.builder(MetricNames.UNSENT, publisher, LogPublisher::waiting).register(registry);
        Gauge.builder(MetricNames.PUBLISHER_HEALTHY, publisher, p -> p.isHealthy() ? 1 : 0)
                .register(registry);
        Gauge.builder(MetricNames.READY, ledger, l -> l.isCaughtUp() ? 1 : 0).register(registry);
    }
}

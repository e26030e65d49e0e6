package dev.dibs.api.recovery;

import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.wiring.RedisConnections;
import dev.dibs.codes.CodeSeal;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts recovery together, on a connection and on threads of its own. */
@Configuration(proxyBeanMethods = false)
public class RecoveryConfiguration {
    private static final int THREADS = 4;

    @Bean
    RecoveryThreads recoveryThreads() {
        return new RecoveryThreads(THREADS);
    }

    @Bean
    RedisReconciler reconciler(
            RedisConnections connections,
            MongoDatabase mongo,
            CodeSeal seal,
            Catalogue catalogue,
            LedgerView ledger,
            FactWriter facts,
            Outbox outbox,
            LogPublisher publisher,
            TimeBasedEpochRandomGenerator ids,
            RedisClock clock,
            ApiProperties properties,
            RecoveryThreads threads) {
        RedisClusterAsyncCommands<String, String> redis = connections.connect();
        CodeLoader codes = new CodeLoader(mongo, seal);
        EpochOpening opening = new EpochOpening(redis, outbox, publisher, facts, ledger, codes, ids::generate, clock);
        return new RedisReconciler(
                redis,
                catalogue,
                ledger,
                opening,
                codes,
                properties.instance(),
                clock,
                connections::leaveReplica,
                threads);
    }

    @Bean
    Repair repair(RedisReconciler reconciler) {
        return new Repair(reconciler, reconciler::replace, System::nanoTime);
    }

    @Bean(destroyMethod = "")
    Relay relay(
            RedisConnections connections,
            RedisClock clock,
            MongoDatabase mongo,
            Catalogue catalogue,
            LedgerFollower ledger,
            Outbox outbox,
            LogPublisher publisher,
            Reconciler reconciler,
            Repair repair) {
        RedisClusterAsyncCommands<String, String> redis = connections.connect();
        Aftercare aftercare = new Aftercare(redis, catalogue, ledger, new ProjectedPositions(mongo), clock);
        return new Relay(redis, clock, catalogue, ledger, outbox, publisher, reconciler, repair, aftercare);
    }
}

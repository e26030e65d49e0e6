package dev.dibs.api.operations;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.recovery.Reconciler;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The operators' calls. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
    /** Opening an activity with a million codes takes a few seconds. */
    private static final Duration RECONCILE_AT_MOST = Duration.ofSeconds(15);

    /** Whoever asks for a recovery wants to know how it ended, also with a million winners. */
    private static final Duration RECOVER_AT_MOST = Duration.ofSeconds(120);

    /** How old what other instances know of an import may be. */
    private static final Duration IMPORT_NOTES = Duration.ofSeconds(1);

    /** Longer than the brokers are given to say how far their topic goes, shorter than anybody waits for an error. */
    private static final Duration READS_WITHIN = Duration.ofSeconds(5);

    @Bean
    Reconciliation reconciliation(Reconciler reconciler) {
        return new Reconciliation(reconciler, RECONCILE_AT_MOST);
    }

    @Bean
    ActivityHandler activityHandler(
            Catalogue catalogue,
            CatalogueWriter writer,
            LedgerView ledger,
            Reconciliation reconciliation,
            RedisClock clock) {
        return new ActivityHandler(
                new ActivityOperations(catalogue, writer, ledger, reconciliation, clock), catalogue, ledger);
    }

    @Bean
    ImportJobs importJobs(MongoDatabase database) {
        return new MongoImportJobs(database);
    }

    @Bean
    Background importsInBackground() {
        return new Background();
    }

    @Bean
    ImportHandler importHandler(
            MongoDatabase database,
            CodeSeal seal,
            CodeFingerprint fingerprints,
            ImportJobs importJobs,
            Background importsInBackground,
            Catalogue catalogue,
            LedgerView ledger,
            FactWriter facts,
            Reconciliation reconciliation,
            @Value("${dibs.import.max-bytes:268435456}") long maxBytes) {
        ImportLimits limits = new ImportLimits(maxBytes, ImportLimits.MAX_ROWS, ImportLimits.MAX_BATCH);
        CodeStore store = new MongoCodeStore(database, seal, fingerprints);
        CodeClaims claims = new CodeClaims(store, new Ownership(store, ledger, catalogue), limits.batchSize());
        StockAppender stock = new StockAppender(ledger, facts, Clock.systemUTC(), UUID::randomUUID);
        CodeImports imports = new CodeImports(store, claims, stock, catalogue, reconciliation, limits);
        return new ImportHandler(
                imports,
                new ImportRecorder(importJobs, IMPORT_NOTES),
                importsInBackground,
                catalogue,
                ledger,
                limits,
                Path.of(System.getProperty("java.io.tmpdir")),
                Clock.systemUTC());
    }

    @Bean
    ReadBeforeUnknown readBeforeUnknown(KafkaCatalogue catalogue, Tokens tokens) {
        return new ReadBeforeUnknown(
                catalogue, tokens, new ReadFirst(Topics.ACTIVITIES, catalogue::readThrough, READS_WITHIN));
    }

    @Bean
    RouterFunction<ServerResponse> recoveryRoutes(
            Tokens tokens, Recovery recovery, Catalogue catalogue, LedgerView ledger) {
        return recoveryRoutes(
                RequireRole.of(tokens, Role.OPERATOR),
                new RecoveryHandler(recovery, catalogue, ledger, RECOVER_AT_MOST));
    }

    static RouterFunction<ServerResponse> recoveryRoutes(RequireRole operators, RecoveryHandler recoveries) {
        return route().path(
                        "/admin/activities",
                        routes -> routes.POST("/{id}/recover", recoveries::recover)
                                .filter(new ProblemFilter())
                                .filter(operators))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> operationsRoutes(
            Tokens tokens,
            ActivityHandler activities,
            ImportHandler imports,
            ImportJobs importJobs,
            Catalogue catalogue) {
        return routes(
                RequireRole.of(tokens, Role.OPERATOR),
                activities,
                imports,
                new ImportJobHandler(importJobs, catalogue, Clock.systemUTC()));
    }

    static RouterFunction<ServerResponse> routes(
            RequireRole operators, ActivityHandler activities, ImportHandler imports, ImportJobHandler jobs) {
        return route().path(
                        "/admin/activities",
                        routes -> routes.POST("", activities::create)
                                .GET("", activities::list)
                                .GET("/{id}", activities::get)
                                .PATCH("/{id}", activities::edit)
                                .POST("/{id}/extend", activities::extend)
                                .POST("/{id}/codes", imports::add)
                                .GET("/{id}/imports", jobs::list)
                                .GET("/{id}/imports/{import}", jobs::get)
                                .POST("/{id}/publish", request -> activities.change(request, Change.PUBLISH))
                                .POST("/{id}/pause", request -> activities.change(request, Change.PAUSE))
                                .POST("/{id}/resume", request -> activities.change(request, Change.RESUME))
                                .POST("/{id}/end", request -> activities.change(request, Change.END))
                                .filter(new ProblemFilter())
                                .filter(operators))
                .build();
    }
}

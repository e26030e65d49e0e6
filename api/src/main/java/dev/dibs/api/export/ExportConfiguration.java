package dev.dibs.api.export;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeSeal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The analysts' exports. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    ExportHandler exportHandler(MongoDatabase database, CodeSeal seal, Catalogue catalogue, LedgerView ledger) {
        return new ExportHandler(new ResultsExport(ledger, new MongoResultStore(database, seal)), catalogue, ledger);
    }

    @Bean
    RouterFunction<ServerResponse> exportRoutes(Tokens tokens, ExportHandler exports) {
        return routes(RequireRole.of(tokens, Role.ANALYST, Role.OPERATOR), exports);
    }

    static RouterFunction<ServerResponse> routes(RequireRole analysts, ExportHandler exports) {
        return route().GET("/admin/activities/{id}/results.csv", exports::results)
                .GET("/admin/activities/{id}/results.json", exports::manifest)
                .filter(new ProblemFilter())
                .filter(analysts)
                .build();
    }
}

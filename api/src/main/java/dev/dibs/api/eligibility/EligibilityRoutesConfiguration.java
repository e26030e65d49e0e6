package dev.dibs.api.eligibility;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.operations.ProblemFilter;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The operators' calls for lists. */
@Configuration(proxyBeanMethods = false)
class EligibilityRoutesConfiguration {

    @Bean
    RouterFunction<ServerResponse> eligibilityRoutes(
            Tokens tokens, Catalogue catalogue, CatalogueWriter writer, ListStore store, EligibilityLists lists) {
        EligibilityOperations operations =
                new EligibilityOperations(catalogue, writer, store, lists, Clock.systemUTC());
        return routes(RequireRole.of(tokens, Role.OPERATOR), new EligibilityHandler(operations, catalogue));
    }

    static RouterFunction<ServerResponse> routes(RequireRole operators, EligibilityHandler lists) {
        return route().path(
                        "/admin/activities/{id}/eligibility",
                        routes -> routes.GET("", lists::get)
                                .PUT("", lists::replace)
                                .POST("", lists::add)
                                .PATCH("", lists::change)
                                .DELETE("", lists::clear)
                                .filter(new ProblemFilter())
                                .filter(operators))
                .build();
    }
}

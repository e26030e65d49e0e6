package dev.dibs.api.blocks;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.grab.AddressHash;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.blocks.Block;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The operators' calls about blocks. */
@Configuration(proxyBeanMethods = false)
class BlocksConfiguration {

    @Bean
    RouterFunction<ServerResponse> blockRoutes(Tokens tokens, SharedBlocks blocks, AddressHash addressHash) {
        BlocksHandler handler = new BlocksHandler(blocks, addressHash::hash, Clock.systemUTC());
        return route().path(
                        "/admin/blocks",
                        routes -> routes.GET("", handler::list)
                                .POST("", handler::add)
                                .GET("/users/{subject}", request -> handler.get(request, Block.Kind.USER))
                                .GET("/addresses/{subject}", request -> handler.get(request, Block.Kind.ADDRESS))
                                .DELETE("/users/{subject}", request -> handler.lift(request, Block.Kind.USER))
                                .DELETE("/addresses/{subject}", request -> handler.lift(request, Block.Kind.ADDRESS))
                                .filter(new ProblemFilter())
                                .filter(RequireRole.of(tokens, Role.OPERATOR)))
                .build();
    }
}

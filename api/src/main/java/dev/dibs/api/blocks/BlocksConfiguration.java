package dev.dibs.api.blocks;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.control.CompactedTable;
import dev.dibs.api.control.TableTopic;
import dev.dibs.api.grab.AddressHash;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.blocks.Block;
import dev.dibs.codec.BlockCodec;
import dev.dibs.topics.Topics;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The blocks, and the operators' calls about them. */
@Configuration(proxyBeanMethods = false)
class BlocksConfiguration {
    /** About 400 bytes each. */
    private static final int MOST_BLOCKS = 200_000;

    @Bean
    CompactedTable<Block> blockTable(ApiProperties properties) {
        return new CompactedTable<>(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, properties.kafka()),
                new TableTopic<>(
                        Topics.BLOCKS, "Blocked", "Unblocked", BlockCodec::encode, BlockCodec::decode, Block::until),
                "blocks",
                properties.instance(),
                MOST_BLOCKS,
                Clock.systemUTC());
    }

    @Bean
    SharedBlocks sharedBlocks(CompactedTable<Block> blockTable, ApiProperties properties) {
        return new SharedBlocks(blockTable, properties.rate().offence(), properties.instance(), Clock.systemUTC());
    }

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

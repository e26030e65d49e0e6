package dev.dibs.api.wiring;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.blocks.SharedBlocks;
import dev.dibs.api.control.CompactedTable;
import dev.dibs.api.control.TableTopic;
import dev.dibs.blocks.Block;
import dev.dibs.codec.BlockCodec;
import dev.dibs.topics.Topics;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is blocked, as all instances know it. */
@Configuration(proxyBeanMethods = false)
public class BlockTableConfiguration {
    /** About 400 bytes each. */
    private static final int MOST_BLOCKS = 200_000;

    @Bean
    CompactedTable<Block> blockTable(ApiProperties properties, TopicSetup topics) {
        return new CompactedTable<>(
                ServerConfiguration.connection(properties),
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
}

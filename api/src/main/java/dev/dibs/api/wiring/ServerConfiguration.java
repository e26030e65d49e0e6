package dev.dibs.api.wiring;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.claim.RedisClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Clients of the three servers. */
@Configuration(proxyBeanMethods = false)
public class ServerConfiguration {
    private static final Duration COMMAND_TIMEOUT_MARGIN = Duration.ofMillis(500);

    @Bean(destroyMethod = "close")
    RedisConnections redisConnections(ApiProperties properties) {
        return new RedisConnections(
                properties.redis(), properties.grab().claimTimeout().plus(COMMAND_TIMEOUT_MARGIN));
    }

    @Bean
    RedisClock redisClock() {
        return new RedisClock(Clock.systemUTC());
    }

    @Bean(destroyMethod = "close")
    MongoClient mongoClient(ApiProperties properties) {
        try {
            ConnectionString address = new ConnectionString(properties.mongodb());
            return MongoClients.create(MongoClientSettings.builder()
                    // Codes and accounts are nowhere else: a server of its own would answer before its journal has
                    // them.
                    .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                    .applyConnectionString(address)
                    .applyToClusterSettings(s -> s.serverSelectionTimeout(2, TimeUnit.SECONDS))
                    .applyToSocketSettings(s -> s.connectTimeout(2, TimeUnit.SECONDS))
                    .build());
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("dibs.mongodb must be a URI such as mongodb://127.0.0.1:27017", e);
        }
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client, ApiProperties properties) {
        return client.getDatabase(properties.database());
    }

    @Bean
    KafkaAdmin kafkaAdmin(ApiProperties properties) {
        KafkaAdmin admin = new KafkaAdmin(Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, properties.kafka(),
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 20_000,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 60_000));
        // TopicSetup creates what is missing, and before anybody needs it.
        admin.setAutoCreate(false);
        return admin;
    }

    @Bean
    TopicSetup topicSetup(KafkaAdmin admin, ApiProperties properties) {
        TopicSetup setup = new TopicSetup(admin);
        setup.ensure(properties.partitions(), properties.replication());
        return setup;
    }

    static Map<String, Object> connection(ApiProperties properties) {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, properties.kafka());
    }

    /** Durable, bounded in time and in memory; blocks at most half a second for metadata or buffers. */
    static Producer<byte[], byte[]> producer(ApiProperties properties) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        properties.kafka(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        2,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}

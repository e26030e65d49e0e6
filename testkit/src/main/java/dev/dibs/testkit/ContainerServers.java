package dev.dibs.testkit;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/** The servers of docker-compose.yml, in containers; tests that ask for one are skipped where Docker is not at hand. */
final class ContainerServers implements ServerSet {
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";
    private static final String REDIS_IMAGE = "redis:8.2-alpine";
    private static final String MONGODB_IMAGE = "mongo:8.0";
    private static final int REDIS_PORT = 6379;

    private final Lazy<KafkaContainer> kafka = new Lazy<>(ContainerServers::startKafka, KafkaContainer::stop);
    private final Lazy<GenericContainer<?>> redis =
            new Lazy<>(ContainerServers::startRedis, container -> container.stop());
    private final Lazy<MongoDBContainer> mongodb = new Lazy<>(ContainerServers::startMongodb, MongoDBContainer::stop);

    static boolean dockerIsAtHand() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static KafkaContainer startKafka() {
        KafkaContainer container = new KafkaContainer(DockerImageName.parse(KAFKA_IMAGE))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
        container.start();
        return container;
    }

    private static GenericContainer<?> startRedis() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(REDIS_IMAGE))
                .withExposedPorts(REDIS_PORT)
                .withCommand("redis-server", "--appendonly", "yes", "--maxmemory-policy", "noeviction");
        container.start();
        return container;
    }

    static MongoDBContainer startMongodb() {
        MongoDBContainer container = new MongoDBContainer(DockerImageName.parse(MONGODB_IMAGE));
        container.start();
        return container;
    }

    @Override
    public String description() {
        return "Testcontainers (" + KAFKA_IMAGE + ", " + REDIS_IMAGE + ", " + MONGODB_IMAGE + ")";
    }

    @Override
    public String kafka() {
        return kafka.get().getBootstrapServers();
    }

    @Override
    public String redis() {
        GenericContainer<?> container = redis.get();
        return "redis://" + container.getHost() + ":" + container.getMappedPort(REDIS_PORT);
    }

    @Override
    public String mongodb() {
        return mongodb.get().getConnectionString();
    }

    @Override
    public void close() {
        mongodb.close();
        redis.close();
        kafka.close();
    }
}

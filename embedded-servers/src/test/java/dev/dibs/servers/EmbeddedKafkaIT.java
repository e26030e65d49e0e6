package dev.dibs.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EmbeddedKafkaIT {
    private static final TopicPartition TOPIC = new TopicPartition("facts", 0);

    @TempDir
    Path folder;

    @Test
    void aRestartKeepsWhatWasWrittenAndItsAddress() throws Exception {
        // Given
        String address;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            address = kafka.bootstrapServers();
            createTopic(kafka);
            write(kafka, "one", "two");
        }
        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(read(kafka, 2)).containsExactly("one", "two");
            write(kafka, "three");
            assertThat(read(kafka, 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aRestartOnOtherPortsKeepsWhatWasWritten() throws Exception {
        // Given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            createTopic(kafka);
            write(kafka, "one");
        }
        Files.delete(folder.resolve("ports.properties"));
        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, FreePorts.next())) {
            // Then
            assertThat(read(kafka, 1)).containsExactly("one");
        }
    }

    @Test
    void theFolderOfABrokerThatWasKilledCanBeStartedAgain(@TempDir Path copy) throws Exception {
        // Given: the folder as it is while the broker runs is what a crash leaves behind
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            createTopic(kafka);
            write(kafka, "one", "two");
            copyFolder(folder, copy);
        }
        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start(copy)) {
            // Then
            assertThat(read(kafka, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void transactionsWorkOnASingleBroker() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            createTopic(kafka);
            Map<String, Object> settings = kafka.clientSettings();
            settings.put("transactional.id", "t");
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC.topic(), "k", "in a transaction"));
                producer.commitTransaction();
            }
            assertThat(read(kafka, 1)).containsExactly("in a transaction");
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("Kafka cannot start: port %d of 127.0.0.1 is in use", taken.getLocalPort());
        }
    }

    @Test
    void aFolderInUseIsSaidInOneLine() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            assertThat(kafka.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("another program uses the data folder");
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.clientSettings())) {
            admin.createTopics(Set.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static void write(EmbeddedKafka kafka, String... values) throws Exception {
        Map<String, Object> settings = kafka.clientSettings();
        settings.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC.topic(), "k", value)).get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka.clientSettings(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}

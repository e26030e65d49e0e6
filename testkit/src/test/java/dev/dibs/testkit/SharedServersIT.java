package dev.dibs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.topics.Topics;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class SharedServersIT {

    @Test
    void makingTheTopicsAgainChangesNothing() throws Exception {
        TestTopics.create();
        TestTopics.create();

        try (Admin admin = Admin.create(TestServers.kafkaClient())) {
            Set<String> names = admin.listTopics().names().get(20, TimeUnit.SECONDS);
            assertThat(names)
                    .containsAll(Topics.all(1, (short) 1).stream()
                            .map(NewTopic::name)
                            .toList());
        }
    }

    @Test
    void theSameServersAreGivenToEverybody() {
        assertThat(TestServers.kafka()).isEqualTo(TestServers.kafka());
        assertThat(TestServers.redis()).startsWith("redis://").isEqualTo(TestServers.redis());
        assertThat(TestServers.mongodb()).startsWith("mongodb://").isEqualTo(TestServers.mongodb());
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void everyMongoServerGivenToATestListens(MongoServer server) throws Exception {
        URI uri = URI.create(server.uri());

        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
            assertThat(socket.isConnected()).isTrue();
        }
    }
}

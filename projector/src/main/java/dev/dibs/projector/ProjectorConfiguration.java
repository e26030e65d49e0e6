package dev.dibs.projector;

import dev.dibs.projector.mongo.MongoConnection;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the projector and the rebuild; only one of them runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectorProperties.class)
class ProjectorConfiguration {

    @Bean
    static BeanFactoryPostProcessor settingsCheck(ConfigurableEnvironment environment) {
        return beans -> SettingsCheck.check(environment);
    }

    @Bean
    MongoConnection mongoConnection(ProjectorProperties properties) {
        return MongoConnection.open(properties.mongodb(), properties.database());
    }

    @Bean
    Projector projector(ProjectorProperties properties, MongoConnection mongo) {
        HealthFile health = new HealthFile(properties.health().file(), Clock.systemUTC());
        return new Projector(kafka(properties), properties.start().timeout(), mongo, health);
    }

    @Bean
    ApplicationRunner projectorRunner(ProjectorProperties properties, MongoConnection mongo, Projector projector) {
        return arguments -> {
            if (properties.rebuild()) {
                RebuildRun.run(kafka(properties), mongo, properties.start().timeout());
            } else {
                projector.start();
            }
        };
    }

    private static Map<String, Object> kafka(ProjectorProperties properties) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                properties.kafka(),
                CommonClientConfigs.CLIENT_ID_CONFIG,
                "dibs-projector-" + properties.instance());
    }
}

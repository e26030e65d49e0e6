package dev.dibs.processor;

import dev.dibs.processor.running.HealthFile;
import dev.dibs.processor.running.InputTopics;
import dev.dibs.processor.running.ProcessorRunner;
import dev.dibs.processor.running.StreamsSettings;
import dev.dibs.processor.topology.GrabTopology;
import dev.dibs.pseudonyms.Pseudonyms;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** What the stream-processor is made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorProperties.class)
class ProcessorConfiguration {

    @Bean
    static BeanFactoryPostProcessor settingsCheck(ConfigurableEnvironment environment) {
        return beans -> SettingsCheck.check(environment);
    }

    @Bean
    ProcessorRunner processorRunner(ProcessorProperties properties) {
        StreamsSettings settings = new StreamsSettings(
                properties.kafka(),
                properties.stateDir(),
                properties.replication(),
                properties.instance(),
                properties.standbyReplicas());
        InputTopics topics = new InputTopics(
                properties.kafka(),
                properties.partitions(),
                properties.replication(),
                properties.start().timeout());
        Optional<HealthFile> health = properties.healthFile().map(HealthFile::new);
        Pseudonyms pseudonyms = properties.pseudonym().pseudonyms();
        return new ProcessorRunner(resumption -> GrabTopology.build(resumption, pseudonyms), settings, topics, health);
    }
}

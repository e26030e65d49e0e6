package dev.dibs.api.catalogue;

import dev.dibs.api.ApiProperties;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalogue, whoever changes it, and the list that buyers see. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    KafkaCatalogue catalogue(ApiProperties properties) {
        return new KafkaCatalogue(kafka(properties, "catalogue"));
    }

    @Bean
    KafkaCatalogueWriter catalogueWriter(ApiProperties properties, KafkaCatalogue catalogue) {
        return new KafkaCatalogueWriter(
                kafka(properties, "catalogue-writer"), catalogue, properties.instance(), Clock.systemUTC());
    }

    @Bean
    ActivityListing activityListing(Catalogue catalogue) {
        return new ActivityListing(catalogue);
    }

    private static Map<String, Object> kafka(ApiProperties properties, String client) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                properties.kafka(),
                CommonClientConfigs.CLIENT_ID_CONFIG,
                properties.instance() + "-" + client);
    }
}

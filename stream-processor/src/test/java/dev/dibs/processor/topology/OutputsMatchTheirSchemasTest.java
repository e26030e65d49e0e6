package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.processor.RandomEvents;
import dev.dibs.processor.Samples;
import dev.dibs.processor.Seeds;
import dev.dibs.topics.Topics;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What analysts are promised in the schema files is what they get. */
final class OutputsMatchTheirSchemasTest {
    @TempDir
    private Path stateDir;

    @Test
    void everyRowIsAsItsSchemaSays() throws Exception {
        long seed = Seeds.fresh();
        try (Rig rig = new Rig(stateDir)) {
            RandomEvents events = new RandomEvents(seed, List.of(Samples.ACTIVITY));
            rig.activity(Samples.activity(Samples.ACTIVITY, "Film night", "Seat"));
            for (int i = 0; i < 300; i++) {
                TicketEvent event = events.next();
                long offset = rig.event(event);
                if (event instanceof EpochOpened) {
                    events.opened(event.activityId(), offset);
                }
            }
            rig.funnel(Samples.funnel("a1", Samples.SECOND, 3, Map.of("soldOut", 3L)));

            rig.writeStatistics();

            for (String topic : List.of(Topics.GRAB_RESULTS, Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND)) {
                Schema schema = schema(topic);
                List<String> rows = rig.values(topic)
                        .map(row -> new String(row.value(), StandardCharsets.UTF_8))
                        .toList();
                assertThat(rows).as("seed %d, %s", seed, topic).isNotEmpty();
                rows.forEach(row -> assertThat(schema.validate(row, InputFormat.JSON))
                        .as("seed %d, %s: %s", seed, topic, row)
                        .isEmpty());
            }
        }
    }

    private static Schema schema(String topic) throws Exception {
        String file = "/schemas/" + topic.substring("dibs.".length()) + ".schema.json";
        try (InputStream schema = OutputsMatchTheirSchemasTest.class.getResourceAsStream(file)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        }
    }
}

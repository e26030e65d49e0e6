package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.processor.Samples;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * A running application's changelogs are named after the stores and its offsets after the topics: a topology that
 * changes unnoticed loses its state. Who changes it on purpose replaces the file, and says in the change log what
 * becomes of the state.
 */
final class ApprovedTopologyTest {

    @Test
    void theTopologyIsTheApprovedOne() throws Exception {
        String approved;
        try (InputStream file = ApprovedTopologyTest.class.getResourceAsStream("/approved-topology.txt")) {
            approved = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }

        String described = GrabTopology.build(Resumption.FRESH, Samples.PSEUDONYMS)
                .describe()
                .toString();

        assertThat(described.strip()).isEqualTo(approved.strip());
    }
}

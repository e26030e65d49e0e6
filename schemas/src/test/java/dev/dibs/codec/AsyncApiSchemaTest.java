package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the topics is valid by the official schema of AsyncAPI 3.0, a copy of which lies beside the tests. */
class AsyncApiSchemaTest {
    private static Schema official;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = AsyncApiSchemaTest.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            official = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(Json.MAPPER.readTree(in.readAllBytes()));
        }
    }

    @Test
    void theDescriptionIsValid() {
        assertThat(faults(AsyncApiFile.read())).isEmpty();
    }

    @Test
    void whatIsNoSuchDescriptionIsSeen() {
        assertThat(faults(changed("/channels/ticketEvents", "adress", "\"dibs\"")))
                .isNotEmpty();
        assertThat(faults(changed("/operations/writeActivities", "action", "\"write\"")))
                .isNotEmpty();
        assertThat(faults(changed("/channels/ticketEvents/bindings/kafka", "partitions", "\"six\"")))
                .isNotEmpty();
        assertThat(faults(changed("/channels/ticketEvents/bindings/kafka", "retention", "1")))
                .isNotEmpty();
        assertThat(faults(changed("", "asyncapi", "\"2.6.0\""))).isNotEmpty();
    }

    private static List<Error> faults(JsonNode api) {
        return official.validate(api);
    }

    private static JsonNode changed(String path, String field, String value) {
        JsonNode api = AsyncApiFile.read();
        ((ObjectNode) api.at(path)).set(field, Json.MAPPER.readTree(value));
        return api;
    }
}

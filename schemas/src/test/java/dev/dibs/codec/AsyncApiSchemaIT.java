package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the topics is valid by the official schema of AsyncAPI 3.0. No Maven artifact carries that schema; its
 * authors publish it as a package of npm. Where npm is not installed or does not get the package, this test is skipped, and
 * says so; {@link AsyncApiForm} is checked in any case.
 */
class AsyncApiSchemaIT {
    private static final Logger log = LoggerFactory.getLogger(AsyncApiSchemaIT.class);
    private static final String PACKAGE = "@asyncapi/specs@6.11.1";
    private static final String FILE = "node_modules/@asyncapi/specs/schemas/3.0.0.json";
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    private static Path folder;

    private static Schema official;

    @BeforeAll
    static void fetch() throws Exception {
        String trouble = install();
        if (!trouble.isEmpty()) {
            log.warn("Not run: the official schema of AsyncAPI cannot be had, {}", trouble);
        }
        assumeThat(trouble).as(PACKAGE).isEmpty();
        official = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Json.MAPPER.readTree(Files.readAllBytes(folder.resolve(FILE))));
    }

    /** What was in the way, or nothing. A package that npm has had before is not asked for again. */
    private static String install() throws IOException, InterruptedException {
        Path output = folder.resolve("npm.txt");
        Process npm;
        try {
            npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--prefer-offline",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            folder.toString(),
                            PACKAGE)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return "npm is not installed";
        }
        if (!npm.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly().waitFor();
            return "npm was not done after " + LIMIT_SECONDS + " s";
        }
        return npm.exitValue() == 0 ? "" : Files.readString(output);
    }

    @Test
    void theDescriptionIsValid() {
        assertThat(faults(AsyncApiFile.read())).isEmpty();
    }

    @Test
    void whatIsNoSuchDescriptionIsSeen() {
        assertThat(faults(changed("/channels/ticketEvents", "adress", "\"dibs\""))).isNotEmpty();
        assertThat(faults(changed("/operations/writeActivities", "action", "\"write\""))).isNotEmpty();
        assertThat(faults(changed("/channels/ticketEvents/bindings/kafka", "partitions", "\"six\""))).isNotEmpty();
        assertThat(faults(changed("/channels/ticketEvents/bindings/kafka", "retention", "1"))).isNotEmpty();
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

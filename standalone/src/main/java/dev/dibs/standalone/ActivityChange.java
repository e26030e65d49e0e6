package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.Activities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes single fields of an activity. */
@Command(
        name = "change",
        description = "Changes what is given, and leaves everything else as it is.",
        footer = {
            "",
            "Texts and the validity of tickets can always be changed; window, limit and role until the end of the",
            "sale, its start until it has begun. Kinds of tickets are only ever added; they come from a file."
        })
final class ActivityChange implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "ID", description = "its id")
    private String id;

    @Option(names = "--name", paramLabel = "TEXT", description = "its name")
    private String name;

    @Option(names = "--desc", paramLabel = "TEXT", description = "its description")
    private String description;

    @Option(names = "--image", paramLabel = "URL", description = "its image")
    private String image;

    @Option(names = "--start", paramLabel = "TIME", description = "first second of the sale")
    private String start;

    @Option(names = "--end", paramLabel = "TIME", description = "end of the sale, such as 2027-01-31T20:00:00+01:00")
    private String end;

    @Option(names = "--limit", paramLabel = "N", description = "tickets per user; nobody loses one by it")
    private Integer limit;

    @Option(names = "--role", paramLabel = "ROLE", description = "who may take part; an empty one lets everybody")
    private String role;

    @Option(names = "--file", paramLabel = "FILE", description = "YAML or JSON with the fields to change, tickets too")
    private Path file;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "only if the activity is at this version, as 'get' shows it")
    private Long version;

    @Override
    public Integer call() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "name", name);
        put(fields, "desc", description);
        put(fields, "image", image);
        put(fields, "start_time", start);
        put(fields, "end_time", end);
        put(fields, "limit_per_user", limit);
        put(fields, "required_role", role);
        if (fields.isEmpty() == (file == null)) {
            throw new ParameterException(
                    spec.commandLine(), "say what to change, either with options such as --name or with --file");
        }
        JsonNode changed = new Activities(server.operator())
                .change(
                        id,
                        file == null ? "application/json" : "application/yaml",
                        file == null ? new JsonMapper().writeValueAsBytes(fields) : read(file),
                        version == null ? OptionalLong.empty() : OptionalLong.of(version));
        new Console(spec.commandLine().getOut()).line(ActivityCommand.summary(changed));
        return 0;
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProblemException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

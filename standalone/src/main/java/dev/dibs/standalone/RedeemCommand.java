package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.Repeating;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Redeems a code at a running server. */
@Command(
        name = "redeem",
        description = "Redeems a code at the door: once, whoever else presses.",
        footer = {"", "Exits with 0 if the holder may come in, else with 1 and the reason in one line."})
final class RedeemCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Parameters(
            paramLabel = "CODE",
            description =
                    "as the holder shows it; - reads it from the standard input, where no list of processes shows it")
    private String code;

    @Option(names = "--gate", paramLabel = "NAME", required = true, description = "who lets in, such as north-1")
    private String gate;

    @Option(names = "--activity", paramLabel = "ID", description = "let in to this one only")
    private String activityId;

    @Override
    public Integer call() {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("code", "-".equals(code) ? fromInput() : code);
        body.put("gate", gate);
        if (activityId != null) {
            body.put("activityId", activityId);
        }
        // The same for every attempt: an answer that was lost is given again.
        body.put("requestId", UUID.randomUUID().toString());
        JsonNode letIn = Repeating.post(server.operator(), "/admin/tickets/redeem", body);
        new Console(spec.commandLine().getOut())
                .line(
                        "let in: %s of %s, ticket %s, at %s",
                        letIn.path("name").asString(),
                        letIn.path("activityId").asString(),
                        letIn.path("ticketId").asString(),
                        Instant.ofEpochMilli(letIn.path("redeemed_at").asLong()));
        return 0;
    }

    private static String fromInput() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new ProblemException("there is no code in the standard input");
            }
            return line.strip();
        } catch (IOException e) {
            throw new ProblemException("the standard input cannot be read: " + e.getMessage(), e);
        }
    }
}

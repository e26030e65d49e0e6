package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.OperatorClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Has a running server seal all codes with the first of its keys. */
@Command(
        name = "codes",
        description = "Has a running server seal all stored codes with the first of dibs.codes.keys.",
        footer = {
            "",
            "For after a change of keys, and for codes of a time when they were stored plain. The sale goes on.",
            "Exits with 1 if codes are left whose key the server does not have."
        })
final class RebuildCodes implements Callable<Integer> {
    /** The projector may just have copied a code that was sealed with the old key: a second pass finds it. */
    private static final int PASSES = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    private record Pass(long looked, long changed, long unreadable) {}

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        OperatorClient operator = server.operator();
        Pass pass = new Pass(0, 1, 0);
        for (int i = 0; i < PASSES && pass.changed > 0; i++) {
            pass = pass(operator);
            console.line("%,d looked at, %,d changed, %,d unreadable", pass.looked, pass.changed, pass.unreadable);
        }
        return pass.unreadable == 0 && pass.changed == 0 ? 0 : 1;
    }

    private static Pass pass(OperatorClient operator) {
        Pass pass = new Pass(0, 0, 0);
        String after = "";
        do {
            JsonNode done = operator.post(
                    "/admin/codes/reseal?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8), Map.of());
            pass = new Pass(
                    pass.looked + done.path("looked").asLong(),
                    pass.changed + done.path("changed").asLong(),
                    pass.unreadable + done.path("unreadable").asLong());
            after = done.path("next").asString("");
        } while (!after.isEmpty());
        return pass;
    }
}

package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.RefusedException;
import dev.dibs.standalone.operator.StatsClient;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows how a sale goes. */
@Command(
        name = "stats",
        description = "Shows how a sale goes: stock, speed, refusals, order, waiting.",
        footer = {
            "",
            "With --follow it goes on until the sale is over: a page on a terminal, a line each time in a pipe.",
            "Ctrl-C ends it before."
        })
final class StatsCommand implements Callable<Integer> {
    /** ANSI: to the upper left corner, and clear what is below. */
    private static final String OVER_THE_LAST_PAGE = "\u001b[H\u001b[J";

    private static final String EXPIRED = "token-not-valid";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--activity", paramLabel = "ID", required = true, description = "which sale")
    private String activityId;

    @Option(names = "--follow", description = "go on until the sale is over")
    private boolean follow;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        StatsClient client = new StatsClient(server.operator());
        try {
            if (follow) {
                follow(client, console);
            } else {
                new StatsPage(client.stats(activityId)).page().forEach(console::line);
            }
        } catch (RefusedException e) {
            throw new ProblemException(activityId + " cannot be watched: " + e.getMessage(), e);
        }
        return 0;
    }

    private void follow(StatsClient client, Console console) {
        boolean screen = Console.isOutputTerminal();
        AtomicBoolean over = new AtomicBoolean();
        while (!over.get()) {
            String end = client.follow(activityId, stats -> {
                over.set(show(stats, screen, console));
                return !over.get();
            });
            // A token lasts a quarter of an hour, a sale may last longer: the next stream begins with a new one.
            if (!over.get() && !end.equals(EXPIRED)) {
                throw new ProblemException("the server has ended the stream" + (end.isEmpty() ? "" : ": " + end));
            }
        }
    }

    /** Whether that was the end of it. */
    private static boolean show(JsonNode stats, boolean screen, Console console) {
        StatsPage page = new StatsPage(stats);
        if (screen) {
            console.line(OVER_THE_LAST_PAGE + String.join(System.lineSeparator(), page.page()));
        } else {
            console.line(page.line());
        }
        return page.isOver();
    }
}

package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.stack.StackListener;
import java.time.Duration;

/** A line for each part that comes up or goes down. */
final class StartLines implements StackListener {
    private final Console console;

    StartLines(Console console) {
        this.console = console;
    }

    @Override
    public void started(String part, String address, Duration time) {
        console.line("  %-18s %-34s up after %s", part, address, Console.spoken(time));
    }

    @Override
    public void stopped(String part, Duration time) {
        console.line("  %-18s %-34s stopped after %s", part, "", Console.spoken(time));
    }
}

package dev.dibs.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is measured, and against what.
 *
 * @param folder for tokens, logs and the servers' data; the caller removes it
 * @param rounds how often each scenario is measured; the median counts
 * @param time of one measurement, whole seconds
 * @param connections kept open by the driver
 * @param jvmOptions of both servers
 * @param stack address of the Dibs stack that {@code stackMain} serves
 * @param stackMain main class and arguments of the Dibs stack
 * @param environment of the Dibs stack: all of {@code DIBS_*} that it has
 * @param tokenKey with which its tokens are signed
 * @param operator makes an operator once the stack answers at its address
 */
public record BenchPlan(
        Path folder,
        int rounds,
        Duration time,
        int connections,
        List<String> jvmOptions,
        URI stack,
        List<String> stackMain,
        Map<String, String> environment,
        String tokenKey,
        Function<URI, Operator> operator) {
    public BenchPlan {
        if (rounds < 1 || rounds > 20) {
            throw new IllegalArgumentException("rounds must be 1 to 20 but is " + rounds);
        }
        if (time.toSeconds() < 1 || time.toSeconds() > 25) {
            throw new IllegalArgumentException("seconds must be 1 to 25 but is " + time.toSeconds());
        }
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException("connections must be 1 to 10000 but is " + connections);
        }
        jvmOptions = List.copyOf(jvmOptions);
        stackMain = List.copyOf(stackMain);
        environment = Map.copyOf(environment);
    }
}

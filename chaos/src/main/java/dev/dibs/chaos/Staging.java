package dev.dibs.chaos;

import dev.dibs.chaos.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a test stages in a run to see that the checker bites. The program has no way to it.
 *
 * @param doctored a folder of classes and scripts that the services take instead of their own: those without a guard
 * @param faults by name, beside those there are
 * @param patience for each thing that is waited for once all is healed; without a guard some of it never comes
 */
public record Staging(Optional<Path> doctored, Map<String, Supplier<Fault>> faults, Duration patience) {
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(3);

    public Staging {
        faults = Map.copyOf(faults);
    }

    /** Nothing: a run as the plan has it. */
    static Staging none() {
        return new Staging(Optional.empty(), Map.of(), USUAL_PATIENCE);
    }
}

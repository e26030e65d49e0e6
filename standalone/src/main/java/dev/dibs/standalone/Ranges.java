package dev.dibs.standalone;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Of numbers on the command line. */
final class Ranges {
    private static final int LAST_PORT = 65_535;

    private Ranges() {}

    static void requirePort(CommandSpec spec, int port) {
        require(spec, "--port", port, 0, LAST_PORT);
    }

    static void require(CommandSpec spec, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), "%s must be %d to %d but is %d".formatted(option, least, most, value));
        }
    }
}
